"""The chapter's runs, made into tables once."""

from collections.abc import Iterable
from functools import cached_property

import pandas as pd

from bigcurves.chapters.manifold.dimension import crowding, dimension
from bigcurves.chapters.manifold.dimension.charts.slope import BARS, DIGITS
from bigcurves.measures.summary import interval_table, over_seeds
from bigcurves.running import runs
from bigcurves.worlds.digits import Form

# What the meter's chart calls each cloud, and the short name beside the cloud's line.
CLOUDS = {
    "bar": (BARS, ""),
    "digits": (DIGITS, "digits"),
    "permuted": ("digits, one permutation", ""),
    "scrambled": ("digits, each scrambled", "scrambled"),
    "uniform": ("uniform noise", "noise"),
}
NAMES = {"two_nn": "TwoNN", "levina_bickel": "Levina-Bickel", "slope": "slope"}
SPOILT: dict[str, tuple[Form, str]] = {
    "digits": ("raw", "real digits"),
    "permuted": ("permuted", "one permutation of the pixels for all digits"),
    "scrambled": ("scrambled", "a fresh permutation for each digit"),
    "gaussian": ("gaussian", "Gaussian with the digits' covariance"),
    "uniform": ("uniform", "uniform noise"),
}


class Tables:
    """Runs of the chapter's experiments, and what is read off them."""

    def __init__(self, seeds: Iterable[int]) -> None:
        self.seeds = list(seeds)
        self.crowding = runs.run(crowding, seeds=self.seeds)
        self.readings = runs.run(dimension, seeds=self.seeds)

    @cached_property
    def still(self) -> pd.DataFrame:
        """Nearest distances in the clouds without noise; `d` is 0 where nobody knows it."""
        still = self.crowding[self.crowding["world"].isin(list(CLOUDS))].copy()
        still["rows"] = [CLOUDS[world][0] for world in still["world"]]
        still["d"] = still["d"].fillna(0).astype(int)
        return still

    @cached_property
    def slopes(self) -> pd.DataFrame:
        """What the slope of each of these clouds reads, over seeds."""
        each = self.still.groupby(["world", "rows", "d", "seed"], sort=False)[["n", "distance"]]
        single = each.apply(crowding.reading).rename("reading").reset_index()
        return interval_table(single, ["world", "rows", "d"], "reading")

    @cached_property
    def tidy(self) -> pd.DataFrame:
        """A row for each reading of each estimator."""
        labels = ["seed", "world", "d", "pixels", "noise"]
        renamed = self.readings.rename(columns=NAMES)
        return renamed.melt(labels, list(NAMES.values()), "estimator", "reading")

    @cached_property
    def bars(self) -> pd.DataFrame:
        """Readings of bars, whose number of latents we know."""
        return self.tidy[self.tidy["world"] == "bar"].astype({"d": int})

    @cached_property
    def bar_means(self) -> pd.DataFrame:
        """The same over seeds."""
        return interval_table(self.bars, ["pixels", "d", "estimator"], "reading")

    @cached_property
    def spoilt(self) -> pd.DataFrame:
        """Readings of the digits and of four clouds made from them or like them."""
        spoilt = self.tidy[self.tidy["world"].isin(list(SPOILT))]
        return spoilt.assign(name=[SPOILT[world][1] for world in spoilt["world"]])

    @cached_property
    def spoilt_means(self) -> pd.DataFrame:
        """The same over seeds."""
        return interval_table(self.spoilt, ["world", "name", "estimator"], "reading")

    @cached_property
    def noises(self) -> list[float]:
        """Standard deviations of the pixel noise on bars with two latents, rising."""
        noisy = self.crowding[self.crowding["world"] == "noisy bar"]
        return sorted(float(noise) for noise in noisy["noise"].unique())

    @cached_property
    def noisy(self) -> pd.DataFrame:
        """Nearest distances of these bars, by the `level` of their noise from 0."""
        noisy = self.crowding[self.crowding["world"] == "noisy bar"].copy()
        noisy["level"] = [self.noises.index(noise) for noise in noisy["noise"]]
        return noisy

    @cached_property
    def few(self) -> list[float]:
        """What the slope reads at each level from up to 128 pictures."""
        return _by_level(self.noisy[self.noisy["n"] <= 128])

    @cached_property
    def many(self) -> list[float]:
        """What the slope reads at each level from 256 pictures on."""
        return _by_level(self.noisy[self.noisy["n"] >= 256])


def _by_level(noisy: pd.DataFrame) -> list[float]:
    """Average over seeds what the slope reads at each level of noise."""
    return [over_seeds(rows, crowding.reading).mean for _, rows in noisy.groupby("level")]
