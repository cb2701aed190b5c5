"""The chapter's runs, made into tables once."""

from collections.abc import Iterable
from functools import cached_property

import pandas as pd

from bigcurves.chapters.density.data_not_model import (
    data_not_model,
    mixed_hands,
    partly_scrambled,
    sparse_models,
)
from bigcurves.chapters.density.data_not_model.sparse_models import PRIOR
from bigcurves.measures.intervals import Interval
from bigcurves.measures.summary import interval_at, interval_table
from bigcurves.running import runs

DATA = {
    "real": "as they are",
    "permuted": "one shuffle for all",
    "scrambled": "a fresh shuffle for each",
    "shuffled": "labels shuffled",
}
WAYS = {"alike": "one shuffle for all", "apart": "a fresh one for each"}


class Tables:
    """Runs of the chapter's experiments, and what is read off them."""

    def __init__(self, seeds: Iterable[int]) -> None:
        self.seeds = list(seeds)
        table = runs.run(data_not_model, seeds=self.seeds)
        self.table = table.assign(data=table["data"].map(DATA))
        shuffled = runs.run(partly_scrambled, seeds=self.seeds)
        self.shuffled = shuffled.assign(dealing=shuffled["dealing"].map(WAYS))
        self.few = runs.run(sparse_models, seeds=self.seeds)
        hands = runs.run(mixed_hands, seeds=self.seeds)
        nearest = hands[hands["machine"] == "nearest neighbour"]
        self.hands = nearest.groupby(["seed", "hands"])["error"].mean().reset_index()

    @cached_property
    def shares(self) -> pd.DataFrame:
        """The share of new and of training digits that each model names rightly."""
        table = self.table.rename(columns={"test": "new", "train": "training"})
        return table.melt(["seed", "data", "model"], ["new", "training"], "digits", "share")

    @cached_property
    def means(self) -> pd.DataFrame:
        """The shares averaged over seeds."""
        return interval_table(self.shares, ["digits", "data", "model"], "share")

    @cached_property
    def by_degrees(self) -> pd.DataFrame:
        """Accuracy by way of shuffling and number of pixels shuffled, averaged over seeds."""
        return interval_table(self.shuffled, ["dealing", "moved"], "test")

    @cached_property
    def few_means(self) -> pd.DataFrame:
        """Accuracy with few digits, aligned or shifted, averaged over seeds."""
        return interval_table(self.few, ["digits", "n", "model"], "test")

    def apart(self, moved: int) -> float:
        """Say how many percent are named rightly with pixels shuffled digit by digit."""
        return interval_at(self.by_degrees, scale=100, dealing=WAYS["apart"], moved=moved).mean

    def by_hands(self, hands: str) -> Interval:
        """Say how many percent of digits of "mixed" or "other" hands the neighbour misnames."""
        return interval_at(interval_table(self.hands, ["hands"], "error"), scale=100, hands=hands)

    def spread_of_aligned(self, n: int) -> float:
        """Say how many points the four families are apart on n aligned digits."""
        few = self.few[(self.few["digits"] == "aligned") & (self.few["n"] == n)]
        return spread(few[few["model"] != PRIOR], ["seed"])

    def lead_on_shifted(self, n: int) -> float:
        """Say by how many points the convolution leads the best of the four on n shifted digits."""
        few = self.few[(self.few["digits"] == "shifted") & (self.few["n"] == n)]
        by_model = few.pivot_table("test", "seed", "model")
        return 100 * float((by_model[PRIOR] - by_model.drop(columns=PRIOR).max(axis=1)).mean())


def spread(rows: pd.DataFrame, by: list[str]) -> float:
    """Say how many points the best and the worst of each group are apart, on average."""
    accuracy = rows.groupby(by)["test"]
    return 100 * float((accuracy.max() - accuracy.min()).mean())
