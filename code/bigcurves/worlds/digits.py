"""The real data of every chapter: 1,797 handwritten digits, and four ways to spoil them.

The digits are those that scikit-learn bundles (Alpaydin and Kaynak 1998, Optical
Recognition of Handwritten Digits, UCI), 8 x 8 pixels, here scaled to [0, 1]. Nobody
knows their true latents, so a sample's `latents` are None.

Thirteen people wrote them, on fourteen sheets, and a digit resembles the others of its writer.
Where some digits are learned and others asked for, `Digits.split` keeps sheets apart: with one
person's digits on both sides, nearest neighbours err a third as often.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from bigcurves.sample import Floats, Sample
from bigcurves.validation import require_choice, require_integers, require_whole, settle
from bigcurves.worlds.settings import require_draws

Form: TypeAlias = Literal["raw", "permuted", "scrambled", "gaussian", "uniform"]
UNWRITTEN = ("gaussian", "uniform")  # the forms that are no digits
COUNT = 1797
SIDE = 8
STARTS = (0, 130, 256, 386, 516, 646, 776, 906, 1029, 1157, 1287, 1415, 1545, 1667)  # of sheets
SHEETS = len(STARTS)
SHEET = np.searchsorted(STARTS, np.arange(COUNT), side="right") - 1  # of each of them: see `split`
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
        return self._drawn(rng.permutation(COUNT)[:n], rng)

    def split(
        self, rng: np.random.Generator, sheets: tuple[int, ...] = (10, 4)
    ) -> tuple[Sample, ...]:
        """Draw all digits as `sample` does, and share them out by the sheets they stand on.

        Each group holds the digits of other sheets, so that what was learned from one is asked
        of hands never seen (scikit-learn's course, "Sample grouping", shows what it costs to mix
        them). The sheets are the same for every form and shift. Each group is in random order:
        its first n digits are a random sample of it, nested in every larger one.

        The data name no writers, but they show the sheets: the labels repeat one sequence of at
        most 130 fourteen times, where a few digits of a sheet are missing. UCI says that they are
        of thirteen people, so that one of them may have filled two sheets.

        Parameters
        ----------
        rng
            Draws order, shift and form as for `sample`; the sheets follow from the order.
        sheets
            How many sheets each group has: at least 1 each, at most 14 together.

        Returns
        -------
        A sample for each group.

        Raises
        ------
        ValueError
            If the numbers of sheets do not fit, or the form is "gaussian" or "uniform", whose
            rows nobody wrote.
        """
        sizes = _require_sheets(sheets)
        if self.form in UNWRITTEN:
            raise ValueError(f"form must be one that has sheets to split by, got {self.form!r}")
        require_draws(COUNT, rng, features=self.side**2, most=COUNT)
        order = rng.permutation(COUNT)
        drawn = self._drawn(order, rng)
        shuffled = np.random.default_rng(order).permutation(SHEETS)
        groups = np.split(shuffled, np.cumsum(sizes))[:-1]
        return tuple(_taken(drawn, np.isin(SHEET[order], group)) for group in groups)

    def _drawn(self, chosen: NDArray[np.int64], rng: np.random.Generator) -> Sample:
        """Shift and spoil the chosen digits."""
        images, labels = _load()
        rows = self._shifted(images[chosen], rng)
        if self.form == "gaussian":
            return Sample(inputs=_gaussian(self._shifted(images, rng), len(chosen), rng))
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


def fewest(sheets: int) -> int:
    """Return how many digits so many sheets hold at least, whichever they are."""
    return int(np.sort(np.bincount(SHEET))[:sheets].sum())


def _require_sheets(sheets: tuple[int, ...]) -> list[int]:
    """Return how many sheets each group has, if there are as many."""
    sizes: list[int] = require_integers("sheets", sheets, 1, SHEETS).tolist()
    if sum(sizes) > SHEETS:
        raise ValueError(f"sheets must be at most {SHEETS} in all, got {sum(sizes)}")
    return sizes


def _taken(sample: Sample, rows: NDArray[np.bool_]) -> Sample:
    """Take some of the digits, in their order."""
    return Sample(inputs=sample.inputs[rows], targets=np.asarray(sample.targets)[rows])


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
