"""Whether MNIST's test digits lie in the hull of all 60,000 training digits.

In the 784 pixels, and through few principal components of the training digits. Balestriero,
Pesenti and LeCun 2021 say that above a hundred dimensions a new picture almost surely lies
outside; they draw MNIST among others, and their curve could not be read to the digit.

All training digits span the hull on each seed; the seed draws the test digits, ten for the hull in
pixels, whose test goes through all training digits up to dozens of times, and fifty for those in
components. The sizes were chosen before the first result was seen.

What could fool us: outside is not far outside, and the distance is not measured here. Components
are those of the training digits, fitted without the test.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from sklearn.decomposition import PCA

from bigcurves.claims.claim import Claim, at_most, mean_where
from bigcurves.measures import share_inside_hull
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.worlds import MNIST
from bigcurves.worlds.mnist import Part

PAGE = "back/checks"
PIXELS = 784


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Which digits are tried, and through what.

    Attributes
    ----------
    in_pixels
        Digits drawn whose place in the hull of pixels is sought.
    in_components
        Digits drawn whose place is sought through few components, at least `in_pixels`.
    components
        How many principal components.
    tried
        The part that digits are drawn from: "test", or the control "train", which the hull holds.
    """

    in_pixels: int = 10
    in_components: int = 50
    components: tuple[int, ...] = (5, 10, 20)
    tried: Literal["test", "train"] = "test"


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each number of `dimensions`, pixels last, with the share `inside`."""
    known, part = MNIST().images, MNIST(part=_part(settings))
    rng = np.random.default_rng([seed, 2])
    chosen = part.images[rng.permutation(part.count)[: settings.in_components]]
    pictures = np.float32(known)
    view = PCA(max(settings.components), svd_solver="covariance_eigh").fit(pictures)
    here, there = view.transform(pictures), view.transform(np.float32(chosen))
    inside = {
        count: share_inside_hull(here[:, :count], there[:, :count]) for count in settings.components
    }
    inside[PIXELS] = share_inside_hull(known, chosen[: settings.in_pixels])
    return [{"seed": seed, "dimensions": d, "inside": share} for d, share in inside.items()]


def _part(settings: Settings) -> Part:
    return settings.tried


def try_digits_of_the_hull(settings: Settings) -> Settings:
    """Try training digits, which span the hull and so lie in it."""
    return replace(settings, tried="train")


OF_WORLD = "tried"
REPEATS = exact("dimensions") | close("inside")

CLAIMS = (
    Claim(
        id="mnist-outside-the-hull",
        sentence="MNIST's test digits lie outside the hull of all its training digits.",
        thread=6,
        chapter=PAGE,
        figure=lambda run: float(mean_where(run, dimensions=PIXELS)["inside"]),
        threshold=at_most(0.1),
        mutation=try_digits_of_the_hull,
    ),
)
