"""The chapter's runs, made into tables once."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
import pandas as pd

from bigcurves.chapters.manifold.morphing import (
    digit_morphing,
    glyph_morphing,
    morphing,
    sagitta,
    torn_loop,
    union_of_manifolds,
)
from bigcurves.chapters.manifold.morphing.digit_paths import DigitPaths, Indices
from bigcurves.measures.summary import interval_table
from bigcurves.running import runs
from bigcurves.worlds import BarWorld

WORLD = BarWorld(d=2, side=16)
CORNERS = np.array([[0.05, 0.95], [0.95, 0.05]])  # where the film's bars A and B are
WAYS = {  # as they are called in the runs, and on the page
    "pixel line": "pixel line",
    "components": "principal components",
    "kernel components": "kernel components",
    "autoencoder": "autoencoder",
    "Isomap": "Isomap and a decoder",
    "graph": "neighbour graph",
    "decoder": "decoder told the latents",
    "true latents": "true latents",
    "shuffled decoder": "control: latents shuffled",
}
APART = "three to eight, nothing between"
BRIDGED = "three to eight, a quarter are shapes between"
WITHIN = "three to three"
LINES = {  # the world and the pair of classes of the hops that are drawn
    "apart between": APART,
    "bridged between": BRIDGED,
    "apart within": WITHIN,
}
OTHER, SAME, SHIFTED = KINDS = ("different classes", "same class", "same class, shifted")
DIGIT_WAYS = {
    "pixel line": "pixel line",
    "autoencoder": "autoencoder",
    "graph": "neighbour graph",
    "real": "no walk: one end",
}


class Tables:
    """Runs of the chapter's experiments, and what is read off them."""

    def __init__(self, seeds: Iterable[int]) -> None:
        self.seeds = list(seeds)
        self.bars = runs.run(morphing, seeds=self.seeds)
        self.threes = runs.run(glyph_morphing, seeds=self.seeds)
        self.short = runs.run(sagitta, seeds=self.seeds)
        self.round_trips = runs.run(torn_loop, seeds=self.seeds)
        self.unions = runs.run(union_of_manifolds, seeds=self.seeds)
        self.digits = runs.run(digit_morphing, seeds=self.seeds)

    @cached_property
    def networks(self) -> "pd.Series[float]":
        """How far off the world the autoencoder is half-way, by the run's seed."""
        told = self.bars[(self.bars["d"] == 2) & (self.bars["way"] == "autoencoder")]
        return told.set_index("seed")["middle"]

    @cached_property
    def typical(self) -> int:
        """The seed of the run whose autoencoder is nearest to their mean."""
        gaps = (self.networks - self.networks.mean()).abs()
        return int(gaps.index[int(gaps.argmin())])

    @cached_property
    def ways_runs(self) -> pd.DataFrame:
        """Each way's middle and end in each run, as shares of the ends' distance."""
        every = pd.concat([self.bars, self.threes.assign(d=7)])
        long = every.melt(["seed", "d", "way"], ["middle", "end"], "measure", "share")
        long["control"] = long["way"] == "shuffled decoder"
        long["way"] = long["way"].map(WAYS)
        long["order"] = long["way"].map(list(WAYS.values()).index)
        return long.sort_values(
            ["d", "measure", "order"], ascending=[True, False, True], kind="stable"
        )

    @cached_property
    def ways_means(self) -> pd.DataFrame:
        """Their means over the runs, with intervals."""
        return interval_table(self.ways_runs, ["d", "measure", "way", "control"], "share")

    @cached_property
    def powers(self) -> pd.DataFrame:
        """The power of the separation that the deviation follows, for each number of latents."""
        slopes = pd.DataFrame(
            {"seed": seed, "d": d, "power": power}
            for seed, rows in self.short.groupby("seed")
            for d, power in sagitta.exponents(rows).items()
        )
        return interval_table(slopes, ["d"], "power")

    @cached_property
    def hops(self) -> pd.DataFrame:
        """The widest hops of the lines that are drawn."""
        pairs = self.unions["world"] + " " + self.unions["classes"]
        hops = self.unions.assign(line=pairs.map(LINES)).dropna(subset="line")
        order = hops["line"].map(list(LINES.values()).index)
        return hops.assign(order=order).sort_values("order", kind="stable")

    @cached_property
    def hop_means(self) -> pd.DataFrame:
        """Their means over the runs, with intervals."""
        return interval_table(self.hops, ["line", "n"], "hop")

    @cached_property
    def scores(self) -> pd.DataFrame:
        """How unusual the middles of ways between digits are, by the kind of pair."""
        scores = self.digits.copy()
        scores["pair"] = np.where(scores["shift"] > 0, SHIFTED, scores["pair"])
        scores["way"] = scores["way"].map(DIGIT_WAYS)
        scores["order"] = scores["pair"].map(KINDS.index) * 10
        scores["order"] += scores["way"].map(list(DIGIT_WAYS.values()).index)
        return scores.sort_values("order", kind="stable")

    @cached_property
    def score_means(self) -> pd.DataFrame:
        """Their means over the runs, with intervals."""
        return interval_table(self.scores, ["pair", "way"], "unusual")

    @cached_property
    def moved(self) -> DigitPaths:
        """Shifted digits to walk between."""
        return DigitPaths.draw(seed=0, shift=3, places=4)


def five_pairs(paths: DigitPaths, *, alike: bool) -> Indices:
    """Draw the pairs of digits that have film strips."""
    return paths.pairs(5, alike=alike, rng=np.random.default_rng(3))
