"""How fast do neighbours come closer as rows are added? The slope that tells a dimension.

Every cloud has 64 pixels to a row: bars with 1 to 5 latents, real digits, and digits spoilt.
The nearest of n rows lies at a distance that falls as n^(-1/d), so in the logs of both the
slope is -1/d. Bars with pixel noise follow their two latents while the nearest bar is farther
than the noise, then come to rest at the noise's own distance: dimension depends on scale.

What could fool us: a slope is read off a finite range of n. Near edges and in many dimensions
it is still bending, and it then reads too steep or too shallow.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from bigcurves.claims.claim import Claim, at_least, at_most, between, in_place_of
from bigcurves.measures.neighbours import nearest_within_parts
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.sample import Floats
from bigcurves.worlds import BarWorld, Digits
from bigcurves.worlds.digits import Form

PARTS = ("digits", "permuted", "scrambled", "uniform")  # the digits' rows, in order
SIDE = 8  # bars as large as the digits, so that no cloud has more pixels than another


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Which clouds, and how many rows of each.

    Attributes
    ----------
    sizes
        Numbers of rows, rising; the largest is drawn, the others are separate parts of it.
    noises
        Standard deviations of the pixel noise in the bar world with two latents.
    noise
        The same in the worlds with one to five latents.
    forms
        The form of the digits in the place of each of `PARTS`. A control puts another form there.
    """

    sizes: tuple[int, ...] = (32, 64, 128, 256, 512, 1024)
    noises: tuple[float, ...] = (0.0, 0.003, 0.01, 0.03, 0.1)
    noise: float = 0.0
    forms: tuple[Form, ...] = ("raw", "permuted", "scrambled", "uniform")


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each cloud and size.

    `distance` is the geometric mean distance from a row to its nearest other, in RMS pixel
    values (Euclid's distance over the square root of the pixels).
    """
    return [
        {"seed": seed, **labels, "n": n, "distance": _typical(parts, images.shape[1])}
        for labels, images in _clouds(settings, seed)
        for n, parts in zip(
            settings.sizes, nearest_within_parts(images, list(settings.sizes)), strict=True
        )
    ]


def reading(rows: pd.DataFrame) -> float:
    """Read the dimension of one cloud off its slope: -1 over log distance by log (n - 1).

    A row among n has n - 1 others to be near to.
    """
    x, y = np.log(rows["n"] - 1), np.log(rows["distance"])
    slope = np.polynomial.Polynomial.fit(x, y, 1).convert().coef[1]
    return float(-1 / slope)


def _clouds(settings: Settings, seed: int) -> Iterator[tuple[dict[str, Any], Floats]]:
    """Draw every cloud, shape (largest size, 64), with what is known of it."""
    n = max(settings.sizes)
    for d in range(1, 6):
        world = BarWorld(d=d, side=SIDE, noise=settings.noise)
        images = world.sample(n, np.random.default_rng([seed, d])).inputs
        yield {"world": "bar", "d": d, "noise": settings.noise}, images
    for noise in settings.noises:
        world = BarWorld(d=2, side=SIDE, noise=noise)  # the same bars at every noise
        images = world.sample(n, np.random.default_rng([seed, 6])).inputs
        yield {"world": "noisy bar", "d": 2, "noise": noise}, images
    for part, form in zip(PARTS, settings.forms, strict=True):
        images = Digits(form=form).sample(n, np.random.default_rng([seed, 7])).inputs
        yield {"world": part}, images


def _typical(parts: list[Floats], pixels: int) -> float:
    """Average the log nearest distance over the separate parts of one size, in RMS pixels."""
    logs = [np.log(distances).mean() for distances in parts]
    return float(np.exp(np.mean(logs)) / np.sqrt(pixels))


def _worst_bar(run: pd.DataFrame) -> float:
    """Measure how far the slope strays from the truth in the worst of the bar worlds."""
    bars = run[run["world"] == "bar"]
    return max(abs(reading(rows) - float(rows["d"].iloc[0])) for _, rows in bars.groupby("d"))


def _of(run: pd.DataFrame, world: str) -> float:
    return reading(run[run["world"] == world])


def _rest(run: pd.DataFrame) -> float:
    """Compare the noisiest bars' nearest distance among the most rows with noise's alone.

    Two noisy copies of one bar are sqrt(2) noise apart, in RMS pixel values.
    """
    bars = run[run["world"] == "noisy bar"]
    last = bars[(bars["noise"] == bars["noise"].max()) & (bars["n"] == bars["n"].max())]
    noise = max(float(last["noise"].iloc[0]), 1e-12)  # without noise: nothing to rest on
    return float(last["distance"].iloc[0] / (np.sqrt(2) * noise))


def add_noise(settings: Settings) -> Settings:
    """Add noise to the worlds of one to five latents."""
    return replace(settings, noise=0.1)


def scramble_digits(settings: Settings) -> Settings:
    """Permute each digit's pixels in its own way."""
    return replace(settings, forms=in_place_of(settings.forms, raw="scrambled"))


def scramble_the_permuted(settings: Settings) -> Settings:
    """Permute each digit's pixels in its own way where all share one permutation."""
    return replace(settings, forms=in_place_of(settings.forms, permuted="scrambled"))


def permute_the_scrambled(settings: Settings) -> Settings:
    """Give all digits one permutation where each has its own."""
    return replace(settings, forms=in_place_of(settings.forms, scrambled="permuted"))


def quieten_noise(settings: Settings) -> Settings:
    """Add hardly any noise where it is measured."""
    return replace(settings, noises=(0.0, 0.001))


OF_WORLD = "noise noises forms"
CALLED = {"bar": ""}
REPEATS = exact("world d n") | close("noise distance")

CLAIMS = (
    Claim(
        id="crowding-slope-counts-latents",
        sentence="The slope reads each world of one to five latents to within one.",
        thread=5,
        chapter="manifold/dimension",
        figure=_worst_bar,
        threshold=at_most(1),
        mutation=add_noise,
    ),
    Claim(
        id="crowding-digits-few",
        sentence="Real digits crowd as a cloud of five to ten dimensions does.",
        thread=5,
        chapter="manifold/dimension",
        figure=lambda run: _of(run, "digits"),
        threshold=between(5, 10),
        mutation=scramble_digits,
    ),
    Claim(
        id="crowding-permutation-blind",
        sentence="One permutation of the pixels for all digits moves no neighbour.",
        thread=3,
        chapter="manifold/dimension",
        figure=lambda run: abs(_of(run, "permuted") - _of(run, "digits")),
        threshold=at_most(0.05),
        mutation=scramble_the_permuted,
        by_construction="one permutation for all changes no distance",
    ),
    Claim(
        id="crowding-scrambled-apart",
        sentence="Digits scrambled one by one crowd at least three times more slowly.",
        thread=3,
        chapter="manifold/dimension",
        figure=lambda run: _of(run, "scrambled") / _of(run, "digits"),
        threshold=at_least(3),
        mutation=permute_the_scrambled,
    ),
    Claim(
        id="crowding-rests-on-noise",
        sentence="Noisy bars come no closer than noise itself, give or take a third.",
        thread=7,
        chapter="manifold/dimension",
        figure=_rest,
        threshold=between(0.67, 1.33),
        mutation=quieten_noise,
    ),
)
