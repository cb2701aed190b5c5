"""Filling up: as samples are added, their balls fill the latent square and not the space around it.

Bars of two latents, more and more of them, each with a ball of one fixed radius about it. The
share of new bars within some ball grows to nearly one while the count of bars grows a
thousandfold. The balls' share of the space of all images, at most the count times the volume of
one, grows a thousandfold too: from nothing to a thousand times nothing.

The control shuffles the pixels of each new image, so that it is no bar: then no count of
samples that one could draw comes near it.

What could fool us: the radius is a choice. A smaller one asks for more samples, as its inverse
square for two latents; and what fills up is this world's square, not what a network sees.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from bigcurves.claims.claim import Claim, at_least, mean_where
from bigcurves.measures.neighbours import nearest_distances
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.worlds import BarWorld

PAGE = "manifold/dust"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many images, how wide their balls, and what is looked for inside them.

    Attributes
    ----------
    sizes
        Numbers of images with balls about them, rising; each is the beginning of the next.
    radius
        Of a ball, in RMS pixel value. At this one a thousand balls hold 95 % of new bars.
    side
        Pixels along each side of an image.
    probes
        New images that are looked for.
    tried
        What stands for new images: "new" ones, or the control "shuffled" ones.
    """

    sizes: tuple[int, ...] = tuple(2**k for k in range(11))
    radius: float = 0.0135
    side: int = 8
    probes: int = 1000
    tried: Literal["new", "shuffled"] = "new"


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each number of images `n`: the share of new ones within a ball."""
    rng, world = np.random.default_rng([seed, 0]), BarWorld(d=2, side=settings.side)
    images = world.sample(max(settings.sizes), rng).inputs
    new = world.sample(settings.probes, rng).inputs
    if settings.tried == "shuffled":
        new = rng.permuted(new, axis=1)
    radius = settings.radius * np.sqrt(world.pixels)
    return [
        {
            "seed": seed,
            "n": n,
            "covered": float(np.mean(nearest_distances(new, images[:n]) <= radius)),
        }
        for n in settings.sizes
    ]


def _gain(run: pd.DataFrame) -> float:
    """Subtract the share that the 16 first images cover from the share of the most."""
    most = int(run["n"].max())
    return float(mean_where(run, n=most)["covered"] - mean_where(run, n=16)["covered"])


def try_shuffled_images(settings: Settings) -> Settings:
    """Try images with shuffled pixels in place of new ones."""
    return replace(settings, tried="shuffled")


OF_WORLD = "tried"
REPEATS = exact("n") | close("covered")

CLAIMS = (
    Claim(
        id="filling-square-fills",
        sentence="From 16 samples to 1,024 the covered share of new bars grows by four fifths.",
        thread=5,
        chapter=PAGE,
        figure=_gain,
        threshold=at_least(0.8),
        mutation=try_shuffled_images,
    ),
)
