"""From one image to another: the straight line of pixels leaves the world, other paths stay.

Two bars far apart in their latents, and nine ways from one to the other. Half-way, the mixture of
the pixels is no bar at all. A path through an encoding that has found the latents stays on the
manifold; so does a path of many short hops from image to image, which knows no encoding.

The figure is the distance from the middle of each path to the nearest bar that the world can draw,
beside the distance between the two ends. The control decodes latents that were shuffled
against the images before it learned: it arrives nowhere near a bar.

What could fool us: a path may stay on the manifold because it never moves, so `end` tells how far
each path's end is from the image it should arrive at. Principal components do not arrive.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from bigcurves.chapters.manifold.morphing.bar_paths import BarPaths, Strip
from bigcurves.claims.claim import Claim, at_least, at_most, mean_where
from bigcurves.measures import manifold_distance, picture_distance
from bigcurves.running.repeats import Rows, close, exact

PAGE = "manifold/morphing"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The world, how many of its images are seen, and how many pairs are joined.

    Attributes
    ----------
    worlds
        For each world of bars, 16 x 16 pixels: its latents, and how many images are seen.
    pairs
        Pairs of images seen, from the fifth that lie furthest apart in their latents.
    pixel_line
        "straight", or the control "latent": the true path in its place.
    decoder
        The latents that the decoder learns from: "real" or, as a control, "shuffled".
    """

    worlds: tuple[tuple[int, int], ...] = ((2, 400), (3, 1000))
    pairs: int = 40
    pixel_line: Literal["straight", "latent"] = "straight"
    decoder: Literal["real", "shuffled"] = "real"


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each world and way, `middle` and `end` as shares of the ends' distance.

    `bridged` counts the pairs that no chain of neighbours joins, so that the graph's way crosses
    the shortest bridge between two pieces.
    """
    rows = []
    for d, n in settings.worlds:
        paths = BarPaths.draw(d=d, n=n, pairs=settings.pairs, seed=seed)
        images, pairs, ways = paths.images, paths.pairs, dict(paths.ways)
        apart = picture_distance(images[pairs[:, 0]], images[pairs[:, 1]])
        if settings.pixel_line == "latent":
            ways["pixel line"] = ways["true latents"]
        if settings.decoder == "shuffled":
            ways["decoder"] = ways["shuffled decoder"]
        for name, way in ways.items():
            frames = np.stack([way(start, end, 3) for start, end in pairs])  # (pairs, 3, pixels)
            middle = manifold_distance(frames[:, 1], project=paths.world.project) / apart
            end = picture_distance(frames[:, 2], images[pairs[:, 1]]) / apart
            row = {"seed": seed, "d": d, "way": name, "middle": middle, "end": end}
            rows.append(row | {"bridged": paths.hops.bridged(pairs) if name == "graph" else 0})
    return rows


def film(
    settings: Settings, seed: int, *, d: int = 2, pair: int = 0, frames: int = 11
) -> list[Strip]:
    """Draw the film strip of each way between one pair of bars, with every frame's distance.

    The pairs are those of the run with this seed, in its order.
    """
    n = dict(settings.worlds)[d]
    paths = BarPaths.draw(d=d, n=n, pairs=settings.pairs, seed=seed)
    return paths.strips(pair, frames=frames)


def _middle(run: pd.DataFrame, way: str) -> float:
    return float(mean_where(run, d=2, way=way)["middle"])


def _beside_pixels(way: str) -> Callable[[pd.DataFrame], float]:
    return lambda run: _middle(run, way) / _middle(run, "pixel line")


def take_the_true_path(settings: Settings) -> Settings:
    """Put the true path in place of the pixel line."""
    return replace(settings, pixel_line="latent")


def shuffle_latents(settings: Settings) -> Settings:
    """Shuffle the decoder's latents."""
    return replace(settings, decoder="shuffled")


OF_WORLD = "worlds decoder"
# Isomap's eigenvectors: between kernels of linear algebra up to 3.3e-7 of a middle
# and 2.4e-6 of an end (20 seeds)
REPEATS = exact("d way bridged") | close("middle end", relative=2e-5)

CLAIMS = (
    Claim(
        id="morphing-pixel-line-leaves",
        sentence="Half-way, the straight line of pixels is a fifth of the whole way off the world.",
        thread=1,
        chapter=PAGE,
        figure=lambda run: _middle(run, "pixel line"),
        threshold=at_least(0.2),
        mutation=take_the_true_path,
        about_learner=True,
    ),
    Claim(
        id="morphing-autoencoder-stays-closer",
        sentence="Through an autoencoder the middle is at most half as far off.",
        thread=1,
        chapter=PAGE,
        figure=_beside_pixels("autoencoder"),
        threshold=at_most(0.5),
        mutation=take_the_true_path,
        about_learner=True,
    ),
    Claim(
        id="morphing-graph-stays",
        sentence="Hopping from neighbour to neighbour it is at most a twentieth as far off.",
        thread=1,
        chapter=PAGE,
        figure=_beside_pixels("graph"),
        threshold=at_most(0.05),
        mutation=take_the_true_path,
        about_learner=True,
    ),
    Claim(
        id="morphing-latents-stay",
        sentence="A decoder that knows the latents stays in the world, to a hundredth of the way.",
        thread=1,
        chapter=PAGE,
        figure=lambda run: _middle(run, "decoder"),
        threshold=at_most(0.01),
        mutation=shuffle_latents,
    ),
)
