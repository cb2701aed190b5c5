"""How many numbers vary? Three estimators of dimension on worlds that we built, and on digits.

Bars with 1 to 5 latents are drawn at three sizes: the estimates follow the latents and not the
pixels. A thousand real digits read about 8.5 of 64 (all 1,797 read 8.9). One permutation of the
pixels for all changes nothing; a permutation for each digit leaves no structure, and a Gaussian
with the digits' covariance has far more dimensions: correlations alone are not the manifold.

What could fool us: the estimates fall short as the dimension grows (neighbours are far, edges
everywhere), and noise fills every pixel, so that at its scale a curve reads as a cloud.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from sklearn.decomposition import PCA

from bigcurves.claims.claim import Claim, at_least, at_most, between, in_place_of, mean_where
from bigcurves.measures import nearest_neighbour_slope, two_nn_and_levina_bickel
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.sample import Floats
from bigcurves.worlds import BarWorld, Digits
from bigcurves.worlds.digits import Form

PARTS = ("digits", "permuted", "scrambled", "gaussian", "uniform")  # the digits' rows, in order


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Which worlds are measured, and at which sizes.

    Attributes
    ----------
    n
        How many images each estimate sees, at most 1,797 (there are no more digits).
    sides
        Pixels along each side of the bars' images.
    noise
        Standard deviation of the pixels' noise in the worlds of known dimension.
    noises
        The same, one after the other, in a world with two latents.
    forms
        The form of the digits in the place of each of `PARTS`. A control puts another form there.
    """

    n: int = 1000
    sides: tuple[int, ...] = (8, 16, 32)
    noise: float = 0.0
    noises: tuple[float, ...] = (0.0, 0.01, 0.03, 0.1)
    forms: tuple[Form, ...] = ("raw", "permuted", "scrambled", "gaussian", "uniform")


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each cloud of images, with its true dimension `d` where there is one.

    `linear` counts the principal components that hold 95 % of the variance of a digits' cloud.
    """
    rows = []
    for row, images in _clouds(settings, seed):
        row |= {"seed": seed, "pixels": images.shape[1]}
        row["two_nn"], row["levina_bickel"] = two_nn_and_levina_bickel(images)
        row["slope"] = nearest_neighbour_slope(images, np.random.default_rng([seed, 0]))
        if "d" not in row:
            row["linear"] = int(PCA(n_components=0.95).fit(images).n_components_)
        rows.append(row)
    return rows


def _clouds(settings: Settings, seed: int) -> Iterator[tuple[dict[str, Any], Floats]]:
    """Draw every cloud of images, shape (n, pixels), with what is known of it."""
    for d in range(1, 6):
        for side in settings.sides:  # the same latents at every size
            world = BarWorld(d=d, side=side, noise=settings.noise)
            images = world.sample(settings.n, np.random.default_rng([seed, d])).inputs
            yield {"world": "bar", "d": d, "noise": settings.noise}, images
    for noise in settings.noises:
        images = BarWorld(noise=noise).sample(settings.n, np.random.default_rng([seed, 6])).inputs
        yield {"world": "noisy bar", "d": 2, "noise": noise}, images
    for part, form in zip(PARTS, settings.forms, strict=True):
        rng = np.random.default_rng([seed, 7])  # the same digits in every form
        yield {"world": part}, Digits(form=form).sample(settings.n, rng).inputs


def _worst_bar(run: pd.DataFrame) -> float:
    """Measure how far TwoNN strays from the truth in the worst of the bar worlds."""
    bars = run[run["world"] == "bar"]
    return float((bars["two_nn"] - bars["d"]).abs().max())


def _shift_with_pixels(run: pd.DataFrame) -> float:
    """Measure how far TwoNN moves, for the same latents, as the images grow."""
    by_world = run[run["world"] == "bar"].groupby("d")["two_nn"]
    return float((by_world.max() - by_world.min()).max())


def _two_nn(world: str) -> Callable[[pd.DataFrame], float]:
    return lambda run: mean_where(run, world=world)["two_nn"]


def add_noise(settings: Settings) -> Settings:
    """Add noise to the worlds of known dimension."""
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


def take_digits_for_gaussian(settings: Settings) -> Settings:
    """Put digits in place of Gaussian rows."""
    return replace(settings, forms=in_place_of(settings.forms, gaussian="permuted"))


def remove_noise(settings: Settings) -> Settings:
    """Take the noise off where it is measured."""
    return replace(settings, noises=(0.0,))


OF_WORLD = "noise noises forms"
CALLED = {"digits": "real digits"}
REPEATS = exact("world d pixels linear") | close("noise two_nn levina_bickel slope")

CLAIMS = (
    Claim(
        id="dimension-counts-latents",
        sentence="TwoNN reads each world of one to five latents to within 0.8.",
        thread=3,
        chapter="manifold/dimension",
        figure=_worst_bar,
        threshold=at_most(0.8),  # means are within 0.4; single runs spread by 0.2
        mutation=add_noise,
    ),
    Claim(
        id="dimension-ignores-pixels",
        sentence="Sixteen times the pixels leave the estimate where it was.",
        thread=5,
        chapter="manifold/dimension",
        figure=_shift_with_pixels,
        threshold=at_most(0.1),
        mutation=add_noise,
    ),
    Claim(
        id="dimension-digits-few",
        sentence="Real digits vary in about eight ways, not in sixty-four.",
        thread=5,
        chapter="manifold/dimension",
        figure=_two_nn("digits"),
        threshold=between(5, 12),
        mutation=scramble_digits,
    ),
    Claim(
        id="dimension-permutation-blind",
        sentence="One permutation of the pixels for all digits changes no estimate.",
        thread=3,
        chapter="manifold/dimension",
        figure=lambda run: abs(_two_nn("permuted")(run) - _two_nn("digits")(run)),
        threshold=at_most(0.05),
        mutation=scramble_the_permuted,
        by_construction="one permutation for all changes no distance",
    ),
    Claim(
        id="dimension-scrambled-many",
        sentence="A fresh permutation for each digit leaves more than twenty dimensions.",
        thread=3,
        chapter="manifold/dimension",
        figure=_two_nn("scrambled"),
        threshold=at_least(20),
        mutation=permute_the_scrambled,
    ),
    Claim(
        id="dimension-more-than-correlation",
        sentence="Gaussian rows with the digits' covariance have about twice their dimension.",
        thread=3,
        chapter="manifold/dimension",
        figure=lambda run: _two_nn("gaussian")(run) / _two_nn("digits")(run),
        threshold=at_least(1.8),
        mutation=take_digits_for_gaussian,
    ),
    Claim(
        id="dimension-hidden-by-noise",
        sentence="Pixel noise of a tenth of the brightness hides the two latents altogether.",
        thread=7,
        chapter="manifold/dimension",
        figure=lambda run: run.loc[run["world"] == "noisy bar", "two_nn"].max(),
        threshold=at_least(20),
        mutation=remove_noise,
    ),
)
