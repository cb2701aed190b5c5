"""The chapter's runs, made into tables once."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
import pandas as pd

from bigcurves.chapters.manifold.layers import convolution, layers
from bigcurves.chapters.manifold.layers.charts.by_layer import NETWORKS, Axis
from bigcurves.chapters.manifold.layers.strangers import KINDS, strangers
from bigcurves.measures.summary import interval_table
from bigcurves.plotting.picture import sprite
from bigcurves.running import runs
from bigcurves.running.catalogue import MUTATION_SEEDS
from bigcurves.worlds import MNIST

NAMES = dict(zip(layers.PARTS, NETWORKS, strict=True))
DEPTHS = ("pixels", "1", "2", "3", "4", "outputs")  # layers, in words
NAMED_DEPTHS = [f"layer {depth}" if depth.isdigit() else depth for depth in DEPTHS]
KEYS = ["measure", "network", "layer"]
DIMENSIONS = {
    "two_nn": "TwoNN",
    "within": "TwoNN, one class at a time",
    "levina_bickel": "Levina-Bickel",
}
SCATTERS = {"scatter": "new digits", "own_scatter": "training digits, by the labels taught"}
SHARES = {
    "overlap": "in the hull of another class",
    "readable": "classified correctly by a linear probe",
    "agreement": "with a nearest neighbour of their class",
}
STRANGE = dict(
    zip(
        KINDS,
        ("digits as they are", "turned by a quarter", "two digits in one", "pixels shuffled"),
        strict=True,
    )
)
NARROW = Axis(title="Estimated dimension", low=0, high=16, menu="Estimated by")
APART = Axis(title="Between classes over within them", low=0, high=5.2, menu="Measured on")
READ = Axis(title="Share of new digits", low=0, high=1, menu="Digits", percent=True)


class Tables:
    """Runs of the chapter's experiments, and what is read off them."""

    def __init__(self, seeds: Iterable[int]) -> None:
        self.seeds = list(seeds)
        self.runs = runs.run(layers, seeds=self.seeds)
        self.pictures = runs.run(convolution, seeds=self.seeds)
        random = convolution.randomise_labels(convolution.Settings())
        self.random_pictures = runs.run(convolution, random, MUTATION_SEEDS)

    @cached_property
    def by_layer(self) -> pd.DataFrame:
        """All measures of the first experiment, a row for each measure, network, layer and run."""
        rows = self.runs[self.runs["layer"].notna()].copy()
        names = DIMENSIONS | SCATTERS | SHARES
        rows["network"] = rows["part"].map(NAMES)
        rows["layer"] = [DEPTHS[int(layer)] for layer in rows["layer"]]
        long = rows.melt(["seed", "network", "layer"], list(names), "measure", "value")
        long["measure"] = long["measure"].map(names)
        return long[["measure", "network", "layer", "seed", "value"]]

    @cached_property
    def means(self) -> pd.DataFrame:
        """The same, with intervals over seeds."""
        return interval_table(self.by_layer, KEYS, "value")

    @cached_property
    def sure(self) -> pd.DataFrame:
        """How often each network is sure of each kind of picture, run by run."""
        rows = self.runs[self.runs["shown"].notna()]
        rows = rows.assign(network=rows["part"].map(NAMES), name=rows["shown"].map(STRANGE))
        return rows.rename(columns={"sure": "share"})[["name", "network", "seed", "share"]]

    @cached_property
    def sure_means(self) -> pd.DataFrame:
        """The same, with intervals over seeds."""
        return interval_table(self.sure, ["name", "network"], "share")

    @cached_property
    def shown(self) -> pd.DataFrame:
        """Six pictures of each kind, ink white on black."""
        six = MNIST(part="test").sample(6, np.random.default_rng(1))
        made = strangers(six, np.random.default_rng(1))
        return pd.DataFrame(
            {"name": STRANGE[kind], "picture": sprite(made[kind].reshape(6, 28, 28).astype(float))}
            for kind in KINDS
        )


def of(table: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Keep the rows of some measures."""
    return table[table["measure"].isin(names.values())]
