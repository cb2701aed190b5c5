"""What the density law is judged by: figures read off its rows.

R^2 is always that of log error, on d = 2 to 5 unless said.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import gmean

from bigcurves.measures import collapse_r_squared, power_law


def even(run: pd.DataFrame, learner: str, least: int = 2) -> pd.DataFrame:
    """Pick a learner's rows on even targets, from `least` latents on, with kappa rho beside."""
    rows = run[(run["d"] >= least) & (run["target"] == "even") & (run["learner"] == learner)]
    return rows.assign(product=rows["kappa"] * rows["gap"])


def r2_by_gap(run: pd.DataFrame, learner: str) -> float:
    """Return the share of the spread of a learner's log error that kappa rho explains."""
    rows = even(run, learner)
    return collapse_r_squared(rows["product"], rows["error"])


def explained(run: pd.DataFrame, learner: str, columns: Sequence[str], least: int = 2) -> float:
    """Return the share that some columns of `even` explain together, like compared with like."""
    rows = even(run, learner, least)
    return collapse_r_squared(rows[list(columns)], rows["error"])


def r2_by_n(run: pd.DataFrame) -> float:
    """Return the share that the number of pictures explains, over all dimensions."""
    rows = even(run, "nearest", least=1)
    return collapse_r_squared(rows["n"], rows["error"])


def r2_with_stretched(run: pd.DataFrame) -> float:
    """Return what kappa rho explains when every second target is stretched."""
    rows = run[(run["d"] > 1) & (run["learner"] == "nearest")]
    rows = rows[rows["D"] == rows["D"].min()]
    return collapse_r_squared(rows["kappa"] * rows["gap"], rows["error"])


def off_theory(run: pd.DataFrame) -> float:
    """Return the typical factor between nearest neighbours' error and the curve."""
    rows = even(run, "nearest")
    return float(np.exp(np.abs(np.log(rows["error"] / rows["theory"])).mean()))


def by_pixels(run: pd.DataFrame) -> float:
    """Return the exponent of error in D, all else being equal, without its sign."""
    rows = even(run, "nearest")
    everywhere = rows.groupby(["d", "kappa", "n"])["D"].transform("nunique") == rows["D"].nunique()
    errors = rows[everywhere].groupby("D")["error"].agg(gmean)
    return abs(power_law(errors.index, errors).slope)


def least_step(run: pd.DataFrame) -> float:
    """Return by how much, at least, one more latent flattens the error's exponent in n."""
    rows = even(run, "nearest", least=1)
    rows = rows[(rows["D"] == rows["D"].min()) & (rows["kappa"] == 2.5)]
    slopes = [power_law(world["n"], world["error"]).slope for _, world in rows.groupby("d")]
    return float(np.diff(slopes).min())
