"""What the last chapter shows: every experiment's cases as tables, as numbers and as charts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
import pandas as pd

from bigcurves.chapters.density.data_not_model import data_not_model
from bigcurves.chapters.discrete.counter_evidence import (
    circle_prior,
    digit_sums,
    grokking,
    grokking_limits,
    parity,
)
from bigcurves.chapters.discrete.primes import number_priors, primes
from bigcurves.chapters.discrete.random_labels import random_labels
from bigcurves.chapters.opener.intro import curve_and_coins
from bigcurves.chapters.priors.architecture import architecture
from bigcurves.chapters.priors.augmentation import augmentation
from bigcurves.chapters.priors.what_is_in_a_model import cases, no_free_lunch, synthesis
from bigcurves.chapters.priors.what_is_in_a_model.charts import no_free_lunch as no_free_lunch_chart
from bigcurves.chapters.priors.what_is_in_a_model.charts import summary_map
from bigcurves.claims.results import Results, results
from bigcurves.measures.intervals import Interval
from bigcurves.measures.summary import interval_at, interval_table
from bigcurves.plotting.marks import Figure
from bigcurves.running import runs
from bigcurves.running.catalogue import BOOK_SEEDS

SORTED = (  # the experiments whose cases stand on the scale
    architecture,
    augmentation,
    circle_prior,
    curve_and_coins,
    data_not_model,
    digit_sums,
    grokking,
    grokking_limits,
    number_priors,
    parity,
    primes,
)
JUDGED = (  # the experiments whose claims the page states
    no_free_lunch,
    random_labels,
    architecture,
    circle_prior,
    curve_and_coins,
    data_not_model,
    grokking,
    grokking_limits,
    parity,
    primes,
)


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the page says in numbers; each field is a glue name.

    Names that end in `most` and `least` are skills, the extremes of some kind of case.
    """

    results: Results
    seeds: int
    cases: int
    all_right: float  # in per cent, the neighbour over all worlds
    smooth: float  # in per cent, the neighbour over worlds with at most one change
    opposite: float  # in per cent, the neighbour's opposite there
    smooth_worlds: int
    none_most: float  # without structure
    enough_least: float  # with structure and a general prior
    few_most: float
    made_few_least: float  # with a prior made for the problem
    sieve: float  # skill of the one such case with enough samples
    against_enough_most: float  # with a prior against it
    shuffled: float  # the largest skill against the prior, from few samples or enough
    decay: float  # in per cent, sums never taught that are right in the end
    no_decay: Interval


class Page:
    """What the page shows.

    Attributes
    ----------
    tables
        The rows of each experiment on the scale, by the experiment's name.
    """

    def __init__(self, seeds: Iterable[int]) -> None:
        self.seeds = list(seeds)
        self.guesses = runs.run(no_free_lunch, seeds=self.seeds)
        self.tables = {
            experiment.__name__.rpartition(".")[2]: runs.run(experiment, seeds=self.seeds)
            for experiment in SORTED
        }

    @cached_property
    def right(self) -> pd.DataFrame:
        """How often each learner is right over ever more worlds, averaged over seeds."""
        return interval_table(self.guesses, ["changes", "worlds", "learner"], "right")

    @cached_property
    def scale(self) -> pd.DataFrame:
        """The skill of every case, averaged over seeds."""
        found = synthesis.skills(cases.CASES, self.tables)
        found["structure"] = np.where(found["structure"], "there", "none")
        return interval_table(found, ["case", "structure", "samples", "prior"], "skill")

    def skills(self, **given: str) -> "pd.Series[float]":
        """List the skills of the cases that were given certain things."""
        chosen = self.scale
        for thing, how in given.items():
            chosen = chosen[chosen[thing] == how]
        return chosen["mean"]

    @cached_property
    def numbers(self) -> Numbers:
        """What the page says in numbers."""
        told = partial(interval_at, self.right, scale=100)
        every, one = int(self.right["changes"].max()), self.right[self.right["changes"] == 1]
        scale = self.scale
        general, made, against = (
            partial(self.skills, structure="there", prior=prior)
            for prior in ("general", "made for it", "against it")
        )
        ends = self.tables["grokking"].query("step == 1000")
        filled = partial(interval_at, interval_table(ends, ["part"], "test"), scale=100)
        return Numbers(
            results=results(*JUDGED, seeds=self.seeds),
            seeds=int(scale["seeds"].min()),
            cases=len(scale),
            all_right=told(changes=every, learner="nearest neighbour").mean,
            smooth=told(changes=1, learner="nearest neighbour").mean,
            opposite=told(changes=1, learner="the neighbour's opposite").mean,
            smooth_worlds=int(one["worlds"].iloc[0]),
            none_most=float(self.skills(structure="none").max()),
            enough_least=float(general(samples="enough").min()),
            few_most=float(general(samples="few").max()),
            made_few_least=float(made(samples="few").min()),
            sieve=float(made(samples="enough").min()),
            against_enough_most=float(against(samples="enough").max()),
            shuffled=float(against().max()),
            decay=filled(part="sums").mean,
            no_decay=filled(part="no decay"),
        )

    def no_free_lunch(self) -> Figure:
        """Draw how three learners fare over ever more worlds."""
        return no_free_lunch_chart.no_free_lunch_chart(
            self.right, description=no_free_lunch_chart.describe_no_free_lunch(self.right)
        )

    def summary(self) -> Figure:
        """Draw every case of the book on one scale."""
        words = summary_map.describe_summary(self.scale)
        return summary_map.summary_chart(self.scale, description=words)


def page(seeds: Iterable[int] = BOOK_SEEDS) -> Page:
    """Read the chapter's runs."""
    return Page(seeds)
