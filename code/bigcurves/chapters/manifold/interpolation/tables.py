"""The chapter's runs, made into tables once, and the digits that it shows."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
import pandas as pd

from bigcurves.chapters.manifold.interpolation import hull, hull_digits
from bigcurves.measures.intervals import Interval
from bigcurves.measures.summary import interval_at, interval_table
from bigcurves.running import runs
from bigcurves.sample import Floats, Sample
from bigcurves.worlds import Digits

NEW = 200  # digits tried, of other sheets than those seen
NAMED = {"correct_outside": "outside", "correct_inside": "inside"}


class Tables:
    """Runs of the chapter's experiments, and what is read off them."""

    def __init__(self, seeds: Iterable[int]) -> None:
        self.seeds = list(seeds)
        self.hull = runs.run(hull, seeds=self.seeds)
        self.hull_digits = runs.run(hull_digits, seeds=self.seeds)

    @cached_property
    def clean(self) -> pd.DataFrame:
        """The runs on clean bars, drawn from the whole square of latents."""
        return self.hull[self.hull["world"] == "bars"]

    @cached_property
    def half(self) -> pd.DataFrame:
        """The runs that show the left half of the latents alone."""
        return self.hull[self.hull["world"] == "half-seen bars"]

    @cached_property
    def shares(self) -> pd.DataFrame:
        """Shares of new digits inside the hull and named right, by the components kept."""
        digits = self.hull_digits["world"] == "digits"
        return self.hull_digits[digits].astype({"pixels": int})

    @cached_property
    def curves(self) -> pd.DataFrame:
        """The same as two curves, of all digits."""
        return self.shares.melt(["seed", "pixels"], ["correct", "inside"], "curve", "share")

    @cached_property
    def curve_means(self) -> pd.DataFrame:
        """These over seeds."""
        return interval_table(self.curves, ["pixels", "curve"], "share")

    @cached_property
    def split(self) -> pd.DataFrame:
        """Shares named right of those inside and of those outside, where there are both."""
        both = self.shares[self.shares["pixels"].between(4, 10)].drop(columns="inside")
        both = both.rename(columns=NAMED)
        return both.melt(["seed", "pixels"], list(NAMED.values()), "part", "share").dropna()

    @cached_property
    def split_means(self) -> pd.DataFrame:
        """The same over seeds."""
        return interval_table(self.split, ["pixels", "part"], "share")

    @cached_property
    def digits(self) -> tuple[Sample, ...]:
        """One draw of all digits: those of twelve sheets, and of two others."""
        return Digits().split(np.random.default_rng([0, 1]), sheets=(12, 2))

    @property
    def new(self) -> Floats:
        """The new digits of this draw."""
        return self.digits[1].inputs[:NEW]

    @property
    def seen(self) -> Floats:
        """The digits seen of this draw."""
        return self.digits[0].inputs


def geometric(rows: pd.DataFrame, value: str) -> Interval:
    """Average a column of one world over seeds, geometrically."""
    return interval_at(interval_table(rows, ["world"], value, log=True))


def times(half: pd.DataFrame, what: str) -> Interval:
    """Say how many times as large something is beyond the latents seen as among them."""
    ratio = half[f"{what}_outside"] / half[f"{what}_inside"]
    return geometric(half.assign(times=ratio), "times")
