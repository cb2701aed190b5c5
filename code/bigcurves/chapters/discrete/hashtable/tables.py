"""The chapter's runs, made into tables once, and the network that the reader asks."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.special import expit

from bigcurves.chapters.discrete.hashtable import hashtable
from bigcurves.chapters.discrete.hashtable.costs import COSTS
from bigcurves.learners import BitStore
from bigcurves.learners.bit_store import store_bits
from bigcurves.measures.summary import interval_table
from bigcurves.running import runs
from bigcurves.sample import Floats, Sample
from bigcurves.worlds import Keys

TASK = {"random": "random bits", "curve": "bits of a curve"}
STORED = 1024


class Tables:
    """Runs of the chapter's experiment, and what is read off them."""

    def __init__(self, seeds: Iterable[int]) -> None:
        self.seeds = list(seeds)
        self.table = runs.run(hashtable, seeds=self.seeds)

    @cached_property
    def widths(self) -> pd.DataFrame:
        """The widths that were found, by task and number of keys."""
        widths = self.table[self.table["part"] == "width"]
        return widths.assign(m=widths["m"].astype(int))

    @cached_property
    def searched(self) -> pd.DataFrame:
        """The smallest and the reliable widths, below one another."""
        named = self.widths.assign(task=self.widths["task"].map(TASK))
        return named.melt(["seed", "task", "m"], ["smallest", "reliable"], "search", "width")

    @cached_property
    def means(self) -> pd.DataFrame:
        """The same over seeds, with intervals."""
        return interval_table(self.searched, ["search", "task", "m"], "width")

    @cached_property
    def spent(self) -> dict[str, float]:
        """The mean of the bits that each memory spends on a label."""
        bits = self.table[self.table["part"] == "memory"]
        means = interval_table(bits, ["memory"], "bits")
        return {
            str(memory): float(mean)
            for memory, mean in zip(means["memory"], means["mean"], strict=True)
        }

    @cached_property
    def timed(self) -> pd.DataFrame:
        """The times of each memory that was timed: `build`, `one` and `many`."""
        return pd.DataFrame(COSTS).set_index("memory")

    @cached_property
    def sample(self) -> Sample:
        """Keys with their bits: those to be stored, then strangers; the page draws the same."""
        return Keys().sample(STORED + 4000, np.random.default_rng(0))

    @cached_property
    def network(self) -> BitStore:
        """The network that the reader asks."""
        X, y = self.sample.inputs[:STORED], self.sample.targets
        assert y is not None
        network = store_bits(X, y[:STORED], 28, np.random.default_rng(0))
        assert network is not None
        return network

    @cached_property
    def sure(self) -> Floats:
        """How sure that network is of each key of the sample."""
        return np.asarray(expit(np.abs(self.network.log_odds(self.sample.inputs))))

    def full(self, task: str) -> pd.DataFrame:
        """Pick the runs with the most keys."""
        return self.widths[(self.widths["m"] == STORED) & (self.widths["task"] == task)]
