"""The chapter's runs, made into tables once."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
import pandas as pd

from bigcurves.chapters.manifold.dust import dust, filling
from bigcurves.measures.neighbours import nearest_distances
from bigcurves.measures.summary import interval_table
from bigcurves.plotting.picture import sprite
from bigcurves.running import runs
from bigcurves.sample import Floats
from bigcurves.worlds import BarWorld, Digits

KINDS = {"new": "new ones", "shuffled": "the same, shuffled", "noise": "uniform noise"}
CONTROL = "uniform noise (a control)"
EDGES = np.arange(0, 0.62, 0.02)  # of the bins that distances are counted in


class Tables:
    """Runs of the chapter's experiments, and what is read off them.

    `found` and `blank` are the runs of dust and of its control, each world by its name on the
    page; `filled` are those of filling.
    """

    def __init__(self, seeds: Iterable[int]) -> None:
        self.seeds = list(seeds)
        self.found = runs.run(dust, seeds=self.seeds)
        self.found["name"] = [f"bars of {pixels:,} pixels" for pixels in self.found["pixels"]]
        self.found.loc[self.found["world"] == "digits", "name"] = "real digits"
        blank = runs.run(dust, dust.Settings(world="noise"), seeds=self.seeds)
        blank = blank[(blank["world"] == "bar") & (blank["pixels"] == 64)]
        self.blank = blank.assign(name=CONTROL)
        self.filled = runs.run(filling, seeds=self.seeds)

    @cached_property
    def shares(self) -> pd.DataFrame:
        """The share of each kind of picture that lies in some ball, run by run."""
        both = pd.concat([self.found, self.blank]).rename(columns=KINDS)
        shares = both.melt(["seed", "name"], list(KINDS.values()), "kind", "covered")
        return shares.rename(columns={"name": "world"})

    @cached_property
    def share_means(self) -> pd.DataFrame:
        """The means of these shares over seeds."""
        return interval_table(self.shares, ["world", "kind"], "covered")

    @cached_property
    def filling_means(self) -> pd.DataFrame:
        """The mean share of new bars within reach, for each number of samples."""
        return interval_table(self.filled, ["n"], "covered")

    @cached_property
    def powers(self) -> pd.DataFrame:
        """For each world, balls fill one part in ten to the power of this: means over seeds."""
        missed = self.found.assign(power=-self.found["log10_filled"])
        return interval_table(missed, ["name"], "power")


def three(world: str, kind: str) -> str:
    """Draw three pictures of a kind, side by side."""
    rng = np.random.default_rng(4)
    rows = Digits().sample(3, rng).inputs
    if world.startswith("bars"):
        side = int(np.sqrt(int(world.split()[2].replace(",", ""))))
        rows = BarWorld(d=2, side=side).sample(3, rng).inputs
    rows = rng.permuted(rows, axis=1) if kind == KINDS["shuffled"] else rows
    rows = rng.random(rows.shape) if kind == KINDS["noise"] or world == CONTROL else rows
    side = round(rows.shape[1] ** 0.5)
    return sprite(rows.reshape(3, side, side))


def reach_of(radius: float) -> Floats:
    """Outline the latents in a ball about a bar in the middle, seen from it, shape (40, 2).

    Parameters
    ----------
    radius
        Of the ball, in RMS pixel values.
    """
    turns = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    ways = np.stack([np.cos(turns), np.sin(turns)])  # shape (2, 40)
    slopes = BarWorld(d=2, side=8).jacobian(np.array([[0.5, 0.5]]))[0]  # by pixel and latent
    speed = np.sqrt(np.mean((slopes @ ways) ** 2, axis=0))
    outline: Floats = (radius / speed * ways).T
    return outline


def hump(kind: str, rows: Floats, samples: Floats) -> pd.DataFrame:
    """Count how far pictures of a kind, 8 by 8, are from the nearest sample, as shares."""
    counts, _ = np.histogram(nearest_distances(rows, samples) / 8, EDGES)
    share = counts / counts.sum()
    return pd.DataFrame({"kind": kind, "distance": EDGES[:-1] + 0.01, "share": share})


def pairs_of(kind: str, rows: Floats, samples: Floats) -> pd.DataFrame:
    """Draw 21 pictures of a kind beside their nearest samples, from the nearest on."""
    gap = np.sqrt(((rows[:, np.newaxis] - samples) ** 2).mean(axis=2))  # (rows, samples)
    order = np.argsort(gap.min(axis=1))[np.linspace(0, len(rows) - 1, 21).round().astype(int)]
    numbers = range(1, len(order) + 1)
    both = [np.stack([rows[row], samples[gap[row].argmin()]]).reshape(2, 8, 8) for row in order]
    pairs = pd.DataFrame({"kind": kind, "number": numbers, "distance": gap.min(axis=1)[order]})
    return pairs.assign(picture=[sprite(pair) for pair in both])
