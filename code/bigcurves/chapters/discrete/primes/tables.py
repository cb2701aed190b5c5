"""The chapter's runs, made into tables once."""

from collections.abc import Iterable
from functools import cached_property

import pandas as pd

from bigcurves.chapters.discrete.primes import composite_trap, number_priors, primes
from bigcurves.measures.summary import interval_table
from bigcurves.running import runs
from bigcurves.worlds import Integers

PRIME, SMOOTH, SHUFFLED = "prime or composite", "smooth label", "labels shuffled"
TASK = {"label": PRIME, "twin": SMOOTH, "permuted": SHUFFLED}
ON = {"train": "numbers learned", "test": "new numbers"}
NETWORK, RULE = "network", '"composite", always'


class Tables:
    """Runs of the chapter's experiments, and what is read off them."""

    def __init__(self, seeds: Iterable[int]) -> None:
        self.seeds = list(seeds)
        self.traps = runs.run(composite_trap, seeds=self.seeds)
        table = runs.run(primes, seeds=self.seeds)
        self.asked = table.assign(task=table["task"].map(TASK))
        self.priors = runs.run(number_priors, seeds=self.seeds)

    @cached_property
    def shares(self) -> pd.DataFrame:
        """What the network and the rule "always composite" score, by what is counted."""
        net = self.traps[self.traps["part"] == "network"]
        marks = {
            "plain": ("raw", net["always"]),
            "balanced": ("balanced", 0.5),
            "hard": ("hard", 0.5),
        }
        return pd.concat(
            pd.DataFrame({"seed": net["seed"], "score": score, "who": who, "share": share})
            for score, (column, rule) in marks.items()
            for who, share in ((NETWORK, net[column]), (RULE, rule))
        )

    @cached_property
    def trap_means(self) -> pd.DataFrame:
        """The same over seeds, with intervals."""
        return interval_table(self.shares, ["score", "who"], "share")

    @cached_property
    def recalls(self) -> pd.DataFrame:
        """The shares that the rules get right, counted once: they are alike for every seed."""
        return self.traps[(self.traps["part"] == "rules") & (self.traps["seed"] == self.seeds[0])]

    @cached_property
    def both(self) -> pd.DataFrame:
        """What is scored on the numbers learned and on new ones, below one another."""
        return self.asked.rename(columns=ON).melt(
            ["seed", "part", "task", "learner", "m"], list(ON.values()), "on", "share"
        )

    @cached_property
    def four(self) -> pd.DataFrame:
        """What four learners score."""
        return self.both[self.both["part"] == "learners"]

    @cached_property
    def four_means(self) -> pd.DataFrame:
        """The same over seeds, with intervals."""
        return interval_table(self.four, ["on", "learner", "task"], "share")

    @cached_property
    def all_means(self) -> pd.DataFrame:
        """What the four score on new numbers on average, over seeds, with intervals."""
        only = self.four[self.four["on"] == ON["test"]]
        averaged = only.groupby(["seed", "task"])["share"].mean().reset_index()
        return interval_table(averaged, ["task"], "share")

    @cached_property
    def sweep(self) -> pd.DataFrame:
        """What the network scores on new numbers, by how many it learned."""
        return self.both[(self.both["part"] == "sweep") & (self.both["on"] == ON["test"])]

    @cached_property
    def sweep_means(self) -> pd.DataFrame:
        """The same over seeds, with intervals, and the mean on the numbers learned."""
        means = interval_table(self.sweep, ["m", "task"], "share")
        rows = self.asked[self.asked["part"] == "sweep"]
        known = rows.groupby(["m", "task"])["train"].mean()
        means["train"] = [known[m, task] for m, task in zip(means["m"], means["task"], strict=True)]
        return means

    @cached_property
    def rungs(self) -> pd.DataFrame:
        """What counting says that each divisor buys, and the largest that is handed over."""
        rungs = pd.DataFrame({"flags": range(33)})
        buys = [number_priors.flag_accuracy(k) for k in range(1, 33)]
        rungs["theory"] = [0.5, *buys]  # without any divisor, a coin
        rungs["largest"] = [0, *Integers(primes=32).divisors.tolist()]
        return rungs

    @cached_property
    def ladder_means(self) -> pd.DataFrame:
        """What logistic regression makes of the divisors, over seeds, with intervals."""
        ladder = self.priors[self.priors["part"] == "ladder"]
        return interval_table(ladder, ["flags"], "test")

    @cached_property
    def written(self) -> pd.DataFrame:
        """What the network scores, by how the numbers are written."""
        return self.priors[self.priors["part"] == "encodings"]

    @cached_property
    def ways(self) -> pd.DataFrame:
        """The same on new numbers, over seeds, with intervals."""
        return interval_table(self.written, ["encoding", "task"], "test")

    def off(self) -> float:
        """Measure how far the rungs' means lie from theory, at most."""
        exact, found = (rows.set_index("flags") for rows in (self.rungs, self.ladder_means))
        return float((found["mean"] - exact["theory"][found.index]).abs().max())
