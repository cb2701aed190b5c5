"""How many dimensions the 60,000 training digits of MNIST seem to have.

The estimates of Facco et al. 2017 and of Levina and Bickel 2004, the latter by the twenty nearest
neighbours and with inverses averaged (MacKay and Ghahramani 2005), which the code of Pope et al.
2021 offers, too. What they give for MNIST stands in a table that we could not read, so that no
number of theirs stands beside ours.

The neighbours of 1,000 digits a seed are sought among all 60,000: other seeds ask about others.
The size was chosen before the first result was seen.

What could fool us: an estimate grows with the number of digits, here too, so that it belongs to
60,000 and not to MNIST. The control, each picture's pixels shuffled in its own way, is a crude
one: it shows that the estimate can be large, not that a fairer control would not be smaller.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from bigcurves.claims.claim import Claim, between, mean_where
from bigcurves.measures import two_nn_and_levina_bickel
from bigcurves.running.repeats import Rows, close
from bigcurves.worlds import MNIST

PAGE = "back/checks"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many digits are asked for their neighbours.

    Attributes
    ----------
    asked
        Training digits drawn, whose neighbours are sought among all.
    neighbours
        Of the estimate of Levina and Bickel.
    pixels
        As they are "drawn", or the control "shuffled" in each picture in its own way.
    """

    asked: int = 1000
    neighbours: int = 20
    pixels: Literal["drawn", "shuffled"] = "drawn"


def run(settings: Settings, seed: int) -> Rows:
    """Return one row with both estimates, `two_nn` and `levina_bickel`."""
    rng = np.random.default_rng([seed, 1])
    images = MNIST().images
    asked = rng.permutation(len(images))[: settings.asked]
    if settings.pixels == "shuffled":
        images = rng.permuted(images, axis=1)
    two, more = two_nn_and_levina_bickel(images, k=settings.neighbours, asked=asked)
    return [{"seed": seed, "two_nn": two, "levina_bickel": more}]


def shuffle_pixels(settings: Settings) -> Settings:
    """Shuffle each picture's pixels in its own way."""
    return replace(settings, pixels="shuffled")


OF_WORLD = "pixels"
REPEATS = close("two_nn levina_bickel")

CLAIMS = (
    Claim(
        id="mnist-few-dimensions",
        sentence="Among 60,000 of them, MNIST's digits seem to have some thirteen dimensions.",
        thread=5,
        chapter=PAGE,
        figure=lambda run: float(mean_where(run)["levina_bickel"]),
        threshold=between(10, 17),
        mutation=shuffle_pixels,
    ),
)
