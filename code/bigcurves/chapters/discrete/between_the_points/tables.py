"""The chapter's runs, made into tables once."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
import pandas as pd
from sklearn.svm import SVC

from bigcurves.chapters.discrete.between_the_points import between_points, left_out
from bigcurves.chapters.discrete.between_the_points.charts import midpoints
from bigcurves.measures.summary import interval_table
from bigcurves.plotting.picture import sprite
from bigcurves.running import runs
from bigcurves.sample import Floats, Targets
from bigcurves.worlds import Digits, Integers, is_prime

ROW = np.arange(24)
CANDIDATES = "primes (1) among candidates"
CURVES = {"wave": "a wave", "primes": "primes", "coins": "coin flips", "in turn": "even and odd"}
EVERY, HARD = midpoints.KINDS
NEAREST, CLASS = "a digit and its nearest", "two digits of a class"
SMOOTH, PRIMES = "numbers, smooth label", "two nearby primes"
ROWS = {  # in the order of the chart: task and pairs of a run, and where its row stands
    ("digits", "nearest of class"): (NEAREST, EVERY),
    ("digits", "any of class"): (CLASS, EVERY),
    ("twin", "all"): (SMOOTH, EVERY),
    ("label", "all"): (PRIMES, EVERY),
    ("twin", "coprime"): (SMOOTH, HARD),
    ("label", "coprime"): (PRIMES, HARD),
}
SECOND = ("nearest of its class", "any of its class", "of another class")


class Tables:
    """Runs of the chapter's experiments, and what is read off them."""

    def __init__(self, seeds: Iterable[int]) -> None:
        self.seeds = list(seeds)
        self.spared = runs.run(left_out, seeds=self.seeds)
        self.halfway = runs.run(between_points, seeds=self.seeds)

    @cached_property
    def by_curve(self) -> pd.DataFrame:
        """The splines' runs, with curves named and ordered as they are drawn."""
        names = list(CURVES.values())
        curve = pd.Categorical(self.spared["curve"].map(CURVES), names, ordered=True)
        spared = self.spared.assign(curve=curve)
        return spared.sort_values(["curve", "seed"]).astype({"curve": str})

    @cached_property
    def misses(self) -> pd.DataFrame:
        """How far the splines miss, with intervals over seeds."""
        return interval_table(self.by_curve, ["curve"], "nrmse")

    @cached_property
    def halves(self) -> pd.DataFrame:
        """The runs on midpoints, with a `row` and a kind of midpoint (`which`) for the chart."""
        table = self.halfway
        parts = [
            table[(table["task"] == task) & (table["pairs"] == pairs)].assign(row=row, which=which)
            for (task, pairs), (row, which) in ROWS.items()
        ]
        return pd.concat(parts)

    @cached_property
    def keeps(self) -> pd.DataFrame:
        """How often the kind is kept, with intervals, and how often anything is of the kind."""
        bases = self.halves.groupby(["which", "row"])["base"].mean()
        keeps = interval_table(self.halves, ["which", "row"], "kept")
        return keeps.merge(bases.reset_index(), on=["which", "row"])

    @cached_property
    def heights(self) -> dict[str, Floats]:
        """The rows of points that the reader deletes from, by their names in the list."""
        candidates = is_prime(Integers().numbers)
        coins = np.random.default_rng(4).random(24) < candidates.mean()
        return {
            "a wave": np.sin(2 * np.pi * 1.3 * ROW / 24 + 0.7),
            CANDIDATES: candidates[40:64].astype(float),
            "coin flips": coins.astype(float),
            "even and odd in turn": (ROW % 2).astype(float),
        }

    def digit_pairs(self) -> pd.DataFrame:
        """Pair digits of the page's own sample, with their averages and the judge's words."""
        averaged, others = Digits().split(np.random.default_rng(0), sheets=(7, 7))
        judge = SVC(C=10).fit(others.inputs, others.targets)
        X, y = averaged.inputs, np.asarray(averaged.targets)
        firsts = [int(np.flatnonzero(y == digit)[0]) for digit in range(10)]
        return pd.DataFrame(
            _shown(X, y, judge, pair, place, kind)
            for kind in SECOND
            for pair, place in enumerate(firsts, start=1)
        )


def _shown(
    X: Floats, y: Targets, judge: SVC, pair: int, place: int, kind: str
) -> dict[str, str | int]:
    """Show a digit, its partner of some kind and their average, with the judge's word on it."""
    other = _partner(X, y, place, kind)
    halfway = (X[place] + X[other]) / 2
    says = judge.predict(halfway[np.newaxis])[0]
    words = f"A {y[place]} and a {y[other]}; halfway the judge says {says}."
    images = np.stack([X[place], halfway, X[other]]).reshape(3, 8, 8)
    return {"kind": kind, "pair": pair, "picture": sprite(images), "words": words}


def _partner(X: Floats, y: Targets, place: int, kind: str) -> int:
    """Choose a second digit: the nearest of the class, or the one in the middle of a list."""
    same = y == y[place]
    chosen = np.flatnonzero(same if kind != "of another class" else ~same)
    chosen = chosen[chosen != place]
    if kind == "nearest of its class":
        return int(chosen[np.linalg.norm(X[chosen] - X[place], axis=1).argmin()])
    return int(chosen[len(chosen) // 2])
