"""Tables over seeds: single runs in, one row with its interval out."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from bigcurves.measures.intervals import Interval, t_interval


def interval_table(
    runs: pd.DataFrame, by: Sequence[str], value: str, *, log: bool = False, level: float = 0.95
) -> pd.DataFrame:
    """Average a column over seeds, group by group, with Student's interval of the mean.

    Parameters
    ----------
    runs
        A row for each seed in each group; `seed` is one of the columns.
    by
        The columns that tell the groups apart, kept in the order of their first appearance.
    value
        The column to average.
    log
        Average the logarithms and give the geometric mean, for figures that span powers
        of ten. They must be above 0.
    level
        The share of such intervals that hold the true mean.

    Returns
    -------
    A row for each group: its `by` columns, `mean`, `low`, `high` and `seeds`.
    """
    lacking = {"seed", value, *by} - set(runs.columns)
    if lacking:
        raise ValueError(f"runs must have the columns {sorted(lacking)}, got {list(runs.columns)}")
    if log and not (runs[value] > 0).all():
        raise ValueError(f"{value} must be above 0 to take logarithms, got {runs[value].min()}")
    rows = []
    for key, group in runs.groupby(list(by), sort=False, dropna=False):
        if group["seed"].duplicated().any():
            raise ValueError(f"each group must hold a seed once, got one twice in {key}")
        values = group[value].to_numpy(dtype=float)
        found = t_interval(np.log(values) if log else values, level=level)
        ends = np.array([found.mean, found.low, found.high])
        mean, low, high = (float(end) for end in (np.exp(ends) if log else ends))
        numbers = {"mean": mean, "low": low, "high": high, "seeds": found.seeds}
        rows.append(dict(zip(by, key, strict=True)) | numbers)
    return pd.DataFrame(rows)


def over_seeds(runs: pd.DataFrame, figure: Callable[[pd.DataFrame], float]) -> Interval:
    """Work a figure out on each run, and give its mean over seeds with Student's interval.

    Parameters
    ----------
    runs
        Rows of at least two runs, told apart by `seed`.
    figure
        Takes the rows of one run and gives one number.
    """
    return t_interval(np.array([figure(run) for _, run in runs.groupby("seed", sort=False)]))


def interval_at(table: pd.DataFrame, /, *, scale: float = 1.0, **values: Any) -> Interval:
    """Pick from an `interval_table` the interval of one group.

    Parameters
    ----------
    table
        A row for each group, with `mean`, `low`, `high` and `seeds`.
    scale
        What the figures are multiplied by, such as 100 for percent; above 0.
    values
        What the group's columns hold.

    Raises
    ------
    ValueError
        If no row, or more than one, has the values.
    """
    chosen = table
    for column, value in values.items():
        chosen = chosen[chosen[column] == value]
    if len(chosen) != 1:
        raise ValueError(f"one row must have {values}, got {len(chosen)}")
    row = chosen.iloc[0]
    mean, low, high = (scale * float(row[end]) for end in ("mean", "low", "high"))
    return Interval(mean=mean, low=low, high=high, seeds=int(row["seeds"]))
