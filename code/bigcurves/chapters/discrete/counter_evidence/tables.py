"""The chapter's runs, made into tables once."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
import pandas as pd

from bigcurves.chapters.discrete.counter_evidence import (
    circle_prior,
    digit_sums,
    grokking,
    grokking_limits,
    parity,
)
from bigcurves.chapters.discrete.counter_evidence.charts.grokking import OTHERS, TAUGHT
from bigcurves.chapters.discrete.counter_evidence.number_circles import circle_films
from bigcurves.learners import NetworkClassifier
from bigcurves.measures.summary import interval_table
from bigcurves.running import runs
from bigcurves.worlds import ModularAddition

PARTS = {  # of the experiment on tables, as the charts name them
    "sums": "sums",
    "no decay": "sums, no weight decay",
    "latin": "Latin square",
    "random": "random answers",
    "renamed": "sums, numbers renamed",
}
GIVEN, NET = "given the circle", "network, given symbols"


class Tables:
    """Runs of the chapter's experiments, and what is read off them."""

    def __init__(self, seeds: Iterable[int]) -> None:
        self.seeds = list(seeds)
        self.learned = runs.run(grokking, seeds=self.seeds)
        self.limits = runs.run(grokking_limits, seeds=self.seeds)
        self.given = runs.run(circle_prior, seeds=self.seeds)
        self.bits = runs.run(parity, seeds=self.seeds)
        self.sums = runs.run(digit_sums, seeds=self.seeds)

    @cached_property
    def course(self) -> pd.DataFrame:
        """Right answers on pairs taught and never taught, at the steps that are drawn."""
        named = self.learned.assign(part=self.learned["part"].map(PARTS))
        named = named.rename(columns={"train": TAUGHT, "test": OTHERS})
        course = named.melt(["seed", "part", "step"], [TAUGHT, OTHERS], "on", "share")
        return course[(course["step"] % 20 == 0) | (course["step"] < 60)]

    @cached_property
    def course_means(self) -> pd.DataFrame:
        """The course of training, averaged over seeds."""
        return interval_table(self.course, ["part", "on", "step"], "share")

    @cached_property
    def last(self) -> pd.DataFrame:
        """The end of training on each table."""
        steps = self.learned["step"]
        return self.learned[steps == int(steps.max())]

    @cached_property
    def films(self) -> pd.DataFrame:
        """Where one network's hidden units place the numbers, step by step."""
        sums = ModularAddition(kind="sum")
        watched = {
            PARTS["sums"]: (sums, 1.0),
            PARTS["no decay"]: (sums, 0.0),
            PARTS["latin"]: (ModularAddition(kind="latin"), 1.0),
            PARTS["random"]: (ModularAddition(kind="random"), 1.0),
        }
        return pd.DataFrame(circle_films(watched, seed=0))

    @cached_property
    def worth(self) -> pd.DataFrame:
        """Right answers by pairs taught, of a network and of a regression given the circle."""
        given = self.given
        handed = given.assign(table=given["part"].map(PARTS), who=GIVEN, share=given["test"])
        swept = self.limits[self.limits["sweep"] == "share"]
        swept = swept.assign(table=PARTS["sums"], who=NET, pairs=(961 * swept["share"]).round())
        swept["share"] = swept["test"]
        ends = self.last[self.last["part"].isin(["renamed", "random"])]
        named = ends["part"].map(PARTS)
        ends = ends.assign(table=named, who=NET, pairs=480.0, share=ends["test"])
        return pd.concat([handed, swept, ends])[["seed", "table", "who", "pairs", "share"]]

    @cached_property
    def worth_means(self) -> pd.DataFrame:
        """Right answers by pairs taught, averaged over seeds."""
        return interval_table(self.worth, ["table", "who", "pairs"], "share")


def beside(seed: int) -> tuple[float, float]:
    """Return shares of answers, given at step 40 and guessed, that are taught beside their pair.

    The page shows the same code, for the reader to run.
    """
    taught, others = ModularAddition(p=31).split(0.5, np.random.default_rng([seed, 0]))
    assert taught.targets is not None
    young = NetworkClassifier(
        hidden=(128,),
        activation="square",
        loss="squared",
        weight_decay=1.0,
        betas=(0.9, 0.98),
        epochs=40,
        random_state=seed,
    )
    young.fit(taught.inputs, taught.targets)
    given = young.predict(others.inputs)
    heard = taught.inputs.T @ np.eye(31)[taught.targets]
    near = others.inputs @ heard > 0  # taught with a, or with b
    return float(near[np.arange(len(given)), given].mean()), float(near.mean())
