"""The real data of every chapter: 1,797 handwritten digits, and four ways to spoil them.

The digits are those that scikit-learn bundles (Alpaydin and Kaynak 1998, Optical
Recognition of Handwritten Digits, UCI), 8 x 8 pixels, here scaled to [0, 1]. Nobody
knows their true latents, so a sample's `latents` are None.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from bigcurves.sample import Floats, Sample
from bigcurves.validation import require_choice, require_whole, settle
from bigcurves.worlds.settings import require_draws

Form: TypeAlias = Literal["raw", "permuted", "scrambled", "gaussian", "uniform"]
COUNT = 1797
SIDE = 8
TINY = 1e-12  # a variance that is rounding only


@dataclass(frozen=True, kw_only=True)
class Digits:
    """Real digits, raw or spoilt, with the digit as target.

    Attributes
    ----------
    form
        "raw"; "permuted": one pixel permutation for the whole sample, so that every
        distance stays; "scrambled": a fresh permutation for each image; "gaussian":
        random rows with the digits' mean and covariance; "uniform": random rows in
        [0, 1]. The last two are no digits, so they have no targets.
    shift
        Largest shift across and down, in whole pixels, 0 to 8. The canvas grows by as
        much on each side, so that no ink is lost: rows have (8 + 2 shift)^2 pixels.

    Raises
    ------
    ValueError
        If a setting is out of range. The message gives the range and the value.
    """

    form: Form = "raw"
    shift: int = 0

    def __post_init__(self) -> None:
        settle(
            self,
            form=require_choice("form", self.form, get_args(Form)),
            shift=require_whole("shift", self.shift, 0, SIDE),
        )

    @property
    def side(self) -> int:
        """Pixels along each side of an image."""
        return SIDE + 2 * self.shift

    def sample(self, n: int, rng: np.random.Generator) -> Sample:
        """Draw `n` different digits, at most 1,797, then shift them, then spoil them."""
        n = require_draws(n, rng, features=self.side**2, most=COUNT)
        images, labels = _load()
        chosen = rng.permutation(COUNT)[:n]
        rows = self._shifted(images[chosen], rng)
        if self.form == "gaussian":
            return Sample(inputs=_gaussian(self._shifted(images, rng), n, rng))
        if self.form == "uniform":
            return Sample(inputs=rng.random(rows.shape))
        if self.form == "permuted":
            rows = rows[:, rng.permutation(rows.shape[1])]
        if self.form == "scrambled":
            rows = rng.permuted(rows, axis=1)
        return Sample(inputs=rows, targets=labels[chosen])

    def _shifted(self, images: Floats, rng: np.random.Generator) -> Floats:
        """Put each image at a random place on the larger canvas, flattened."""
        across, down = rng.integers(0, 2 * self.shift + 1, size=(2, len(images)))
        canvas = np.zeros((len(images), self.side, self.side))
        row = np.arange(len(images))[:, np.newaxis, np.newaxis]
        line = down[:, np.newaxis, np.newaxis] + np.arange(SIDE)[:, np.newaxis]
        column = across[:, np.newaxis, np.newaxis] + np.arange(SIDE)
        canvas[row, line, column] = images
        return canvas.reshape(len(images), -1)


@lru_cache(maxsize=1)
def _load() -> tuple[Floats, NDArray[np.int64]]:
    """Read the images, shape (1797, 8, 8), in [0, 1], and their labels."""
    bunch = load_digits()
    return bunch.images / 16, bunch.target.astype(np.int64)


def _gaussian(rows: Floats, n: int, rng: np.random.Generator) -> Floats:
    """Draw `n` rows from the Gaussian that has the mean and covariance of `rows`."""
    variances, axes = np.linalg.eigh(np.cov(rows, rowvar=False))
    spreads = np.sqrt(np.where(variances > TINY, variances, 0))  # some border pixels never vary
    drawn: Floats = rows.mean(axis=0) + (rng.standard_normal((n, len(axes))) * spreads) @ axes.T
    return drawn
