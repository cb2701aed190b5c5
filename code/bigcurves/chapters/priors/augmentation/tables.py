"""The chapter's runs, made into tables once."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
import pandas as pd

from bigcurves.chapters.priors.augmentation import (
    augmentation,
    augmentation_worth,
    digit_augmentation,
    digit_worth,
    wrong_augmentation,
)
from bigcurves.measures.intervals import Interval
from bigcurves.measures.summary import interval_at, interval_table
from bigcurves.running import runs

UPRIGHT, TURNED = "as they are", "turned by up to 45°"
ASKED = {"error": UPRIGHT, "turned": TURNED}
HOWS = {
    "copies": "copies",
    "brighter or darker": "brighter or darker",
    "turned 10, shifted": "turned 10°, shifted",
    "turned 45": "turned 45°",
    "turned 180": "turned 180°",
}
PAIRS = {"6": "6 and 9", "9": "6 and 9", "T": "T and O", "O": "T and O"}


class Tables:
    """Runs of the chapter's experiments, and what is read off them."""

    def __init__(self, seeds: Iterable[int]) -> None:
        self.seeds = list(seeds)
        self.sets_run = runs.run(augmentation, seeds=self.seeds)
        self.glyphs_worth = runs.run(augmentation_worth, seeds=self.seeds)
        self.wrong = runs.run(wrong_augmentation, seeds=self.seeds)
        self.digits_run = runs.run(digit_augmentation, seeds=self.seeds)
        self.digits_worth = runs.run(digit_worth, seeds=self.seeds)

    @cached_property
    def sets(self) -> pd.DataFrame:
        """Each training set's error, with its interval over seeds, and its mean gap."""
        keys = ["kind", "set", "count"]
        gaps = interval_table(self.sets_run, keys, "gap")
        return interval_table(self.sets_run, keys, "error").assign(gap=gaps["mean"])

    @cached_property
    def pair_errors(self) -> pd.DataFrame:
        """The errors on 6 and 9 and on T and O, run by run, by the range of turns."""
        harm = self.wrong[self.wrong["glyph"] != "all"]
        harm = harm.assign(pair=harm["glyph"].map(PAIRS))
        return harm.groupby(["turn", "pair", "seed"])["error"].mean().reset_index()

    @cached_property
    def doses(self) -> pd.DataFrame:
        """The errors on pairs of glyphs, with intervals over seeds."""
        return interval_table(self.pair_errors, ["turn", "pair"], "error")

    @cached_property
    def digits(self) -> pd.DataFrame:
        """The errors on real digits, run by run, asked for as they are and turned."""
        digits = self.digits_run.rename(columns=ASKED)
        digits = digits.melt(["seed", "n", "how"], list(ASKED.values()), "asked", "error")
        return digits.assign(how=digits["how"].map(HOWS))

    @cached_property
    def gains(self) -> pd.DataFrame:
        """The errors on real digits, with intervals over seeds."""
        return interval_table(self.digits, ["n", "how", "asked"], "error")

    @cached_property
    def worths(self) -> pd.DataFrame:
        """What augmented digits are worth to the nearest neighbour, with intervals over seeds."""
        near = self.digits_worth[self.digits_worth["learner"] == "nearest"].dropna()
        each = np.log(near["worth"]).groupby([near["how"], near["seed"]]).mean()
        return interval_table(np.exp(each).reset_index(), ["how"], "worth", log=True)

    def set_error(self, name: str) -> Interval:
        """Give the error of a training set of glyphs, in percent."""
        return interval_at(self.sets, scale=100, set=name)

    def pair_error(self, turn: int, pair: str) -> float:
        """Give the error on a pair of glyphs at a range of turns, in percent."""
        return interval_at(self.doses, scale=100, turn=turn, pair=pair).mean

    def digit_error(self, how: str, asked: str = UPRIGHT) -> Interval:
        """Give the error that eight digits of each class leave, in percent."""
        return interval_at(self.gains, scale=100, n=8, how=HOWS[how], asked=asked)
