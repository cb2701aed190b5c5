"""Dust: the space of all images is empty, and yet new images of a world fall on the old ones.

A thousand images of a world with two latents, each with a ball about it, so wide that the balls
hold 95 % of new images of that world. The same balls hold no uniform noise and none of the same
images with their pixels shuffled, and the share of the cube that they fill is bounded by
n times the volume of a ball: about 10^-78 with 64 pixels, 10^-5100 with 4,096. The digits, rougher
and wider spread, leave a bound of only about 10^-3 round 599 of them (10^-5 was read with twice as
many, closer together), and yet shuffled digits are not covered either.

What could fool us: balls round uniform noise cover new noise just as well, since their radius is
chosen to. That is the control: there the balls are so wide that they bound nothing, and a
shuffled image is as well covered as any. Emptiness is the gap between the two radii, not the 95 %.
"""

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy.special import gammaln

from bigcurves.claims.claim import Claim, at_least, at_most, mean_where
from bigcurves.measures.neighbours import nearest_distances
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.sample import Floats
from bigcurves.worlds import BarWorld, Digits

PAGE = "manifold/dust"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many images, how large, and which controls.

    Attributes
    ----------
    n
        Bars in the middle of balls; as many again set the radius, and as many are tried.
    digits
        The same for real digits, of which there are 1,797.
    sides
        Pixels along each side of the bars' images.
    covered
        The share of images that sets the radius.
    world
        "images", or the control "noise": rows that are uniform noise themselves.
    tried
        What stands for new images: "new" ones, or the control "shuffled" ones.
    """

    n: int = 1000
    digits: int = 599
    sides: tuple[int, ...] = (8, 16, 28, 64)
    covered: float = 0.95
    world: Literal["images", "noise"] = "images"
    tried: Literal["new", "shuffled"] = "new"


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each world: the balls' radius, what they cover, and how much they fill.

    `radius` is in RMS pixel values; `new`, `shuffled` and `noise` are shares of rows inside a ball;
    `log10_filled` bounds the share of the cube from above.
    """
    rows = []
    for side in settings.sides:
        rng = np.random.default_rng([seed, side])
        images = BarWorld(d=2, side=side).sample(3 * settings.n, rng).inputs
        rows.append({"seed": seed, "world": "bar", **_dust(images, settings, rng)})
    rng = np.random.default_rng([seed, 1])
    digits = Digits().sample(3 * settings.digits, rng).inputs
    rows.append({"seed": seed, "world": "digits", **_dust(digits, settings, rng)})
    return rows


def _dust(images: Floats, settings: Settings, rng: np.random.Generator) -> dict[str, Any]:
    """Put balls round a third of the images, set their radius by a third, try the last third."""
    if settings.world == "noise":
        images = rng.random(images.shape)
    centres, setting, tried = np.split(images, 3)
    shuffled = rng.permuted(tried, axis=1)
    pixels = images.shape[1]
    radius = float(np.quantile(nearest_distances(setting, centres), settings.covered))
    trials = {
        "new": tried if settings.tried == "new" else shuffled,
        "shuffled": shuffled,
        "noise": rng.random(tried.shape),
    }
    return {
        "pixels": pixels,
        "radius": radius / np.sqrt(pixels),
        "log10_filled": _log10_filled(len(centres), pixels, radius),
        **{name: _share_within(radius, rows, centres) for name, rows in trials.items()},
    }


def _share_within(radius: float, rows: Floats, centres: Floats) -> float:
    """Count the rows that lie in a ball about some centre, as a share."""
    return float(np.mean(nearest_distances(rows, centres) <= radius))


def _log10_filled(n: int, pixels: int, radius: float) -> float:
    """Bound the share of the unit cube inside n balls: n times the volume of one."""
    volume = pixels / 2 * np.log(np.pi) - gammaln(pixels / 2 + 1) + pixels * np.log(radius)
    return float((np.log(n) + volume) / np.log(10))


def _most_covered(run: pd.DataFrame, column: str) -> float:
    return float(run[column].max())


def try_shuffled_images(settings: Settings) -> Settings:
    """Try images with shuffled pixels in place of new ones."""
    return replace(settings, tried="shuffled")


def take_noise_for_images(settings: Settings) -> Settings:
    """Put uniform noise in place of the images."""
    return replace(settings, world="noise")


ALSO_SHOWN = (Settings(world="noise"),)  # the blank that every reading is held against
OF_WORLD = "world tried"
REPEATS = exact("world pixels") | close("radius log10_filled new shuffled noise")

CLAIMS = (
    Claim(
        id="dust-world-is-covered",
        sentence="Balls round a thousand images hold nine in ten of the new images of their world.",
        thread=5,
        chapter=PAGE,
        figure=lambda run: float(run["new"].min()),
        threshold=at_least(0.9),
        mutation=try_shuffled_images,
        by_construction=(
            "the radius is set so that the balls round one half hold 95 % of the other, and new "
            "images are drawn alike"
        ),
    ),
    Claim(
        id="dust-shuffled-is-not",
        sentence="The same balls hold none of these images once their pixels are shuffled.",
        thread=5,
        chapter=PAGE,
        figure=lambda run: _most_covered(run, "shuffled"),
        threshold=at_most(0.01),
        mutation=take_noise_for_images,
    ),
    Claim(
        id="dust-noise-is-not",
        sentence="They hold no image of uniform noise either.",
        thread=5,
        chapter=PAGE,
        figure=lambda run: _most_covered(run, "noise"),
        threshold=at_most(0.01),
        mutation=take_noise_for_images,
    ),
    Claim(
        id="dust-space-is-empty",
        sentence="At 64 pixels the balls fill less than one part in 10^60 of the space of images.",
        thread=5,
        chapter=PAGE,
        figure=lambda run: mean_where(run, world="bar", pixels=64)["log10_filled"],
        threshold=at_most(-60),
        mutation=take_noise_for_images,
    ),
)
