"""Intervals over seeds: how far a mean of runs may be from the mean of all runs."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from bigcurves.sample import Floats


@dataclass(frozen=True, kw_only=True)
class Interval:
    """A mean over seeds, and the range that should hold the true mean.

    Attributes
    ----------
    mean
        The mean of the runs.
    low, high
        The ends of the interval.
    seeds
        How many runs it rests on.
    """

    mean: float
    low: float
    high: float
    seeds: int

    @property
    def half_width(self) -> float:
        """Half the interval's length, the figure after a ± sign."""
        return (self.high - self.low) / 2


def t_interval(values: Floats, *, level: float = 0.95) -> Interval:
    """Give Student's interval of the mean, exact when single runs are Gaussian.

    Parameters
    ----------
    values
        One figure per seed, shape (seeds,), at least 2.
    level
        The share of such intervals that hold the true mean, between 0 and 1.
    """
    values = _check(values, level)
    reach = stats.t.ppf((1 + level) / 2, len(values) - 1) * stats.sem(values)
    mean = float(values.mean())
    return Interval(mean=mean, low=mean - float(reach), high=mean + float(reach), seeds=len(values))


def _check(values: Floats, level: float) -> Floats:
    values = np.asarray(values, dtype=float)
    if values.ndim != 1 or len(values) < 2:
        raise ValueError(
            f"values must have shape (seeds,) with at least 2 seeds, got {values.shape}"
        )
    if not np.isfinite(values).all():
        raise ValueError("values must be finite, got NaN or infinity")
    if not 0 < level < 1:
        raise ValueError(f"level must be between 0 and 1, both excluded, got {level}")
    return values
