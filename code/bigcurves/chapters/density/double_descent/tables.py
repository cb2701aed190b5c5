"""The chapter's runs, made into tables once."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
import pandas as pd

from bigcurves.chapters.density.double_descent import (
    calming_curves,
    double_descent,
    interpolation_threshold,
    networks_by_width,
    price,
    tempered,
)
from bigcurves.chapters.density.double_descent.charts import noise, widths
from bigcurves.learners import CosineClassifier
from bigcurves.measures.summary import interval_table
from bigcurves.plotting.picture import sprite
from bigcurves.running import runs
from bigcurves.worlds import Digits

KINDS = {"real": "as they are", "noisy": "a fifth random", "random": "all random"}
FITS = {"plain": "no ridge", "damped": "a small ridge"}
SHARES = {"clean": "none", "noisy": "a fifth", "heavy": "two fifths"}
GAUSSIAN, NEAREST, LAPLACE, RIDGE = noise.MACHINES
MACHINES = {"every label": GAUSSIAN, "laplace": LAPLACE}
MACHINES |= {"nearest neighbour": NEAREST, "ridge": RIDGE}
KERNELS = {"gaussian": GAUSSIAN, "laplace": LAPLACE}
SCORES = {"price": "in wrong names", "squared": "by squares"}
LATE, STOPPED, TAUGHT = widths.ENDS
ENDS = {"test": LATE, "stopped": STOPPED, "train": TAUGHT}
LEARNED = 200  # digits


class Tables:
    """Runs of the chapter's experiments, and what is read off them."""

    def __init__(self, seeds: Iterable[int]) -> None:
        self.seeds = list(seeds)
        table = runs.run(double_descent, seeds=self.seeds).rename(columns={"test": "error"})
        self.descended = table.assign(labels=table["labels"].map(KINDS))
        self.calmed = runs.run(calming_curves, seeds=self.seeds)
        grown = runs.run(interpolation_threshold, seeds=self.seeds)
        self.grown = grown.assign(fit=grown["fit"].map(FITS))
        noisy = runs.run(tempered, seeds=self.seeds)
        self.noisy = noisy.assign(
            labels=noisy["labels"].map(SHARES), machine=noisy["machine"].map(MACHINES)
        )
        self.priced = _by_score(runs.run(price, seeds=self.seeds))
        self.widened = _by_end(runs.run(networks_by_width, seeds=self.seeds))

    @cached_property
    def errors(self) -> pd.DataFrame:
        """Mean errors by labels and features, with their intervals."""
        return interval_table(self.descended, ["labels", "features"], "error")

    @cached_property
    def norms(self) -> pd.DataFrame:
        """Geometric means of the weights' lengths by labels and features, with intervals."""
        return interval_table(self.descended, ["labels", "features"], "norm", log=True)

    @cached_property
    def grown_means(self) -> pd.DataFrame:
        """Mean errors by fit and number of digits, with their intervals."""
        return interval_table(self.grown, ["fit", "n"], "test")

    @cached_property
    def noisy_means(self) -> pd.DataFrame:
        """Mean errors by random labels, machine and number of digits, with their intervals."""
        return interval_table(self.noisy, ["labels", "machine", "n"], "test")

    @cached_property
    def prices(self) -> pd.DataFrame:
        """Mean prices by score, kernel, reach and number of digits, with their intervals."""
        return interval_table(self.priced, ["score", "kernel", "reach", "n"], "price")

    @cached_property
    def width_means(self) -> pd.DataFrame:
        """Mean errors by labels, when training ends, and width, with their intervals."""
        return interval_table(self.widened, ["labels", "when", "width"], "error")

    @cached_property
    def wrong(self) -> pd.DataFrame:
        """The share of labels that are wrong among the most digits."""
        most = self.noisy[self.noisy["n"] == self.noisy["n"].max()]
        wrong = most.groupby("labels", sort=False)["wrong"].mean()
        return pd.DataFrame({"labels": wrong.index, "share": wrong.to_numpy()})

    @cached_property
    def sizes(self) -> pd.DataFrame:
        """Mean errors and lengths side by side, each number of features with its `size`."""
        ends = {"mean": "", "low": "_low", "high": "_high"}
        parts = [
            table.set_index(["labels", "features"])[list(ends)].rename(
                columns={end: f"{value}{suffix}" for end, suffix in ends.items()}
            )
            for table, value in ((self.errors, "error"), (self.norms, "norm"))
        ]
        means = pd.concat(parts, axis=1).reset_index()
        return means.assign(size=means.groupby("labels").cumcount())


def _by_score(runs: pd.DataFrame) -> pd.DataFrame:
    """Give each price a row, and each kernel the mean of its reach over the seeds."""
    reach = runs.groupby("scale")["reach"].transform("mean")
    rows = runs.assign(kernel=runs["kernel"].map(KERNELS), reach=reach)
    by = ["seed", "kernel", "reach", "n"]
    parts = [rows[by].assign(score=words, price=rows[score]) for score, words in SCORES.items()]
    return pd.concat(parts, ignore_index=True)


def _by_end(runs: pd.DataFrame) -> pd.DataFrame:
    """Give each error of a network a row."""
    rows = runs.assign(labels=runs["labels"].map(SHARES))
    by = ["seed", "labels", "width"]
    parts = [rows[by].assign(when=when, error=rows[end]) for end, when in ENDS.items()]
    return pd.concat(parts, ignore_index=True)


def name_ten(sizes: list[int]) -> tuple[pd.DataFrame, str]:
    """Let models of some sizes name ten new digits; give the names, and the digits' picture."""
    known, new = Digits().split(np.random.default_rng(0))
    X, y = known.inputs[:LEARNED], np.asarray(known.targets)[:LEARNED]
    shown, truth = new.inputs[:10], np.asarray(new.targets)[:10]
    rng = np.random.default_rng([0, 1])
    drawn, other = rng.random(LEARNED), rng.integers(10, size=LEARNED)
    taught = {"as they are": y, "a fifth random": np.where(drawn < 0.2, other, y)}
    taught["all random"] = other
    named = []
    for kind, labels in taught.items():
        for size, features in enumerate(sizes):
            model = CosineClassifier(features=features, random_state=0).fit(X, labels)
            about = {"labels": kind, "size": size}
            told = zip(model.predict(shown), truth, strict=True)
            named += [
                about | {"place": place, "named": int(a), "right": bool(a == b)}
                for place, (a, b) in enumerate(told)
            ]
    return pd.DataFrame(named), sprite(shown.reshape(10, 8, 8))
