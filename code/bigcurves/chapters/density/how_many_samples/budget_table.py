"""The budget table: both laws of coverage as few numbers, with the reach of single draws."""

import math

import numpy as np
import pandas as pd

from bigcurves.chapters.density.how_many_samples.coverage_budget import laws


def budget_table(runs: pd.DataFrame, *, level: float = 0.95) -> pd.DataFrame:
    """Sum the laws up over seeds, and how far single draws of sizes unseen stray from them.

    Parameters
    ----------
    runs
        The rows of `coverage_budget`, over seeds.
    level
        The share of single draws that the reach should hold.

    Returns
    -------
    A row for each `d` and `kind`, "gap" or "hole": the law's `slope` and `prefactor` (of n for
    the gap, of n / log n for the hole), their means over seeds, the prefactor's in logarithms;
    `low` and `high`, factors on n between which `level` of the draws that no law has seen lie;
    and `first` and `last`, the sizes that were measured.
    """
    rows = []
    for d, world in runs.groupby("d"):
        fits = {seed: laws(run) for seed, run in world.groupby("seed")}
        for kind, place in (("gap", 0), ("hole", 1)):
            powers = [fit[0] if place == 0 else fit[1].power for fit in fits.values()]
            slope = float(np.mean([power.slope for power in powers]))
            prefactor = float(np.exp(np.mean([math.log(power.prefactor) for power in powers])))
            unseen = world[world["role"] == "checked"]
            sizes = unseen["n"] if kind == "gap" else unseen["n"] / np.log(unseen["n"])
            wanted = (unseen[kind] / prefactor) ** (1 / slope)
            low, high = np.quantile(sizes / wanted, [(1 - level) / 2, (1 + level) / 2])
            rows.append(
                {"d": int(str(d)), "kind": kind, "slope": slope, "prefactor": prefactor}
                | {"low": float(low), "high": float(high)}
                | {"first": int(world["n"].min()), "last": int(world["n"].max())}
            )
    return pd.DataFrame(rows)
