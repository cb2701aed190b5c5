"""Tables over seeds: single runs in, one row with its interval out."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from bigcurves.measures.intervals import t_interval


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
