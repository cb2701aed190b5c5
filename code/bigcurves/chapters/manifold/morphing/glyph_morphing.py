"""Morphing a handwritten three: seven styles, 784 pixels, and the same answer as with bars.

Threes in seven styles look like those of real hands, but their world is known, so that every
picture's distance from it is exact. The pixel line between two of them leaves that world, as it
does for bars; hops from three to three stay near, though a thousand pictures are few for seven
styles. An autoencoder with seven units lies between, and its ends tell why: it does not draw
even those well.

What could fool us: how far the line leaves depends on how far the styles reach, for pens that
hardly overlap mix to two pale strokes. Half-way it is off by .44 of the distance of the ends; with
half of every reach by .31, and between pairs drawn at random, in place of far ones, by .40. An
earlier trial, whose reaches were not kept, read .27.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from bigcurves.chapters.manifold.morphing.bar_paths import (
    Hops,
    Pairs,
    Strip,
    Way,
    far_pairs,
    straight_way,
)
from bigcurves.claims.claim import Claim, at_least, at_most, mean_where
from bigcurves.learners import Autoencoder
from bigcurves.measures import manifold_distance, picture_distance
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.worlds import GlyphWorld

PAGE = "manifold/morphing"
WORLD = GlyphWorld(glyph="3")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many threes are seen, and how many pairs are joined.

    Attributes
    ----------
    n, pairs
        Pictures seen, and pairs from the fifth of them that lie furthest apart in their latents.
    pixel_line
        "straight", or the control "latent": the true path in its place.
    """

    n: int = 1000
    pairs: int = 12
    pixel_line: Literal["straight", "latent"] = "straight"


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each way, `middle` and `end` as shares of the distance of the ends.

    `bridged` counts the pairs that no chain of neighbours joins, so that the graph's way crosses
    the shortest bridge between two pieces.
    """
    hops, pairs, ways = _drawn(settings, seed)
    images = hops.images
    apart = picture_distance(images[pairs[:, 0]], images[pairs[:, 1]])
    rows: Rows = []
    for name, way in ways.items():
        frames = np.stack([way(start, end, 3) for start, end in pairs])  # (pairs, 3, pixels)
        middle = manifold_distance(frames[:, 1], project=WORLD.project) / apart
        end = picture_distance(frames[:, 2], images[pairs[:, 1]]) / apart
        row = {"seed": seed, "way": name, "middle": middle, "end": end}
        rows.append(row | {"bridged": hops.bridged(pairs) if name == "graph" else 0})
    return rows


def film(settings: Settings, seed: int, *, pair: int = 0, frames: int = 9) -> list[Strip]:
    """Draw the film strip of each way between one pair of the run, with every frame's distance."""
    _, pairs, ways = _drawn(settings, seed)
    start, end = pairs[pair]
    walked = {name: way(start, end, frames) for name, way in ways.items()}
    return [
        Strip(way=name, pictures=rows, distances=WORLD.project(rows).distances)
        for name, rows in walked.items()
    ]


def _drawn(settings: Settings, seed: int) -> tuple[Hops, Pairs, dict[str, Way]]:
    """Draw threes and pairs of them, and prepare the ways."""
    rng = np.random.default_rng([seed, 0])
    sample = WORLD.sample(settings.n, rng)
    images, latents = sample.inputs, np.asarray(sample.latents)
    hops = Hops.between(images)
    network = Autoencoder(bottleneck=WORLD.d, random_state=seed).fit(images)
    ways = {
        "pixel line": straight_way(images, lambda rows: rows),
        "autoencoder": straight_way(network.transform(images), network.inverse_transform),
        "graph": hops.way,
        "true latents": straight_way(latents, WORLD.render),
    }
    if settings.pixel_line == "latent":
        ways["pixel line"] = ways["true latents"]
    return hops, far_pairs(latents, settings.pairs, rng), ways


def _middle(run: pd.DataFrame, way: str) -> float:
    return float(mean_where(run, way=way)["middle"])


def take_the_true_path(settings: Settings) -> Settings:
    """Put the true path in place of the pixel line."""
    return replace(settings, pixel_line="latent")


OF_WORLD = "n"
REPEATS = exact("way bridged") | close("middle end")

CLAIMS = (
    Claim(
        id="glyph-morphing-line-leaves",
        sentence="Half-way between two threes the mixture is a fifth of the way off all threes.",
        thread=1,
        chapter=PAGE,
        figure=lambda run: _middle(run, "pixel line"),
        threshold=at_least(0.2),
        mutation=take_the_true_path,
        about_learner=True,
    ),
    Claim(
        id="glyph-morphing-graph-stays-closer",
        sentence="Hopping from three to three it is at most a third as far off.",
        thread=1,
        chapter=PAGE,
        figure=lambda run: _middle(run, "graph") / _middle(run, "pixel line"),
        threshold=at_most(0.33),
        mutation=take_the_true_path,
        about_learner=True,
    ),
)
