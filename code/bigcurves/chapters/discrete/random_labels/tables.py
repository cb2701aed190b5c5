"""The chapter's runs, made into tables once."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
import pandas as pd

from bigcurves.chapters.discrete.random_labels import random_labels
from bigcurves.chapters.discrete.random_labels.charts import early_stopping
from bigcurves.learners import NetworkClassifier
from bigcurves.measures.intervals import Interval
from bigcurves.measures.summary import interval_at, interval_table
from bigcurves.plotting.picture import sprite
from bigcurves.running import runs
from bigcurves.worlds import Digits

NAMES = {
    "three_fifths": "60% of them",
    "fifth": "20% of them",
    "two_fifths": "40% of them",
    "four_fifths": "80% of them",
    "every": "all of them",
    "none": "none",
    "control": "60%, pixels shuffled",
}
LINES = {"recovered": "knows the truth", "obeyed": "fits the lie", "test": "new digits"}
STEPS = [*range(1, 13), 14, 16, 18, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 112, 128]
STEPS += [160, 192, 224, 256, 320]


class Tables:
    """Runs of the chapter's experiment, and what is read off them."""

    def __init__(self, seeds: Iterable[int]) -> None:
        self.seeds = list(seeds)
        self.runs = runs.run(random_labels, seeds=self.seeds)

    @cached_property
    def course(self) -> pd.DataFrame:
        """The shares by epoch, network by network, one line of the chart below the other."""
        each = self.runs.groupby(["part", "seed"], sort=False)
        walks = pd.concat({key: _stretched(run) for key, run in each}, names=["part", "seed"])
        course = walks.rename(columns=LINES).reset_index()
        parts = list(NAMES.values())
        course["part"] = pd.Categorical(course["part"].map(NAMES), parts, ordered=True)
        course = course.sort_values(["part", "seed", "epoch"]).astype({"part": str})
        lines = list(LINES.values())
        return course.melt(["part", "seed", "epoch"], lines, "line", "share").dropna()

    @cached_property
    def course_means(self) -> pd.DataFrame:
        """The shares by epoch, with intervals over seeds."""
        return interval_table(self.course, ["part", "line", "epoch"], "share")

    @cached_property
    def networks(self) -> pd.DataFrame:
        """What became of each network: its epochs, and shares at the end and at their best."""
        each = self.runs.groupby(["part", "seed"], sort=False)
        return each.agg(
            random=("random", "last"),
            epochs=("epoch", "max"),
            end=("test", "last"),
            best=("test", "max"),
            corrected=("recovered", "max"),
            left=("recovered", "last"),
        ).reset_index()

    @cached_property
    def ends(self) -> pd.DataFrame:
        """What networks know of new digits, by the share of random labels and the stop."""
        networks = self.networks[self.networks["part"] != "control"]
        last, best = early_stopping.STOPS
        parts = [
            networks.assign(stop=last, share=networks["end"]),
            networks.assign(stop=best, share=networks["best"]),
        ]
        return pd.concat(parts)[["seed", "random", "stop", "share"]]

    def over_networks(self, column: str, part: str, scale: float = 1) -> Interval:
        """Average a column of `networks` over the seeds of a part."""
        networks = self.networks[self.networks["part"] == part]
        return interval_at(interval_table(networks, ["part"], column), scale=scale, part=part)

    def percent(self, column: str, part: str) -> Interval:
        """Average a share of `networks` over the seeds of a part, in percent."""
        return self.over_networks(column, part, scale=100)


def _stretched(run: pd.DataFrame) -> pd.DataFrame:
    """Let a network that is done stay as it is."""
    return run.set_index("epoch")[list(LINES)].reindex(range(1, 321)).ffill().loc[STEPS]


def lesson() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Teach the network that the page teaches in its open cells: a second, and no run.

    Returns
    -------
    The first digits that it is lied to about, and what it says of them, epoch by epoch.
    """
    rng = np.random.default_rng(0)
    known, _ = Digits().split(rng)
    X, truth = known.inputs[:1200], np.asarray(known.targets)[:1200]
    told, thrown = truth.copy(), rng.random(1200) < 0.6
    told[thrown] = rng.integers(10, size=thrown.sum())
    who = np.flatnonzero(told != truth)[:24]
    network = NetworkClassifier(
        hidden=(256,), learning_rate=2e-3, batch_size=64, epochs=400, random_state=0
    )
    said = {}
    for epoch in network.training(X, told):
        says = network.predict(X)
        said[epoch] = says[who]
        if (says == told).all():
            break
    walk = [e for e in STEPS if e < epoch] + [epoch]
    answers = pd.DataFrame([said[e] for e in walk])
    answers.insert(0, "epoch", walk)
    grid = pd.DataFrame({"place": range(len(who)), "truth": truth[who], "told": told[who]})
    grid["picture"] = [sprite(X[i].reshape(1, 8, 8)) for i in who]
    return grid, answers
