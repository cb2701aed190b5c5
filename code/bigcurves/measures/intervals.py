"""Intervals over seeds: how far a mean of runs may be from the mean of all runs."""

from dataclasses import dataclass

import numpy.typing as npt
from scipy import stats

from bigcurves.distances import unit_of
from bigcurves.validation import require_number, require_values, require_whole, settle

EDGE = 1e-15  # a level nearer to 1 is 1 once it is halved and rounded


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

    def __post_init__(self) -> None:
        ends = {name: require_number(name, getattr(self, name)) for name in ("mean", "low", "high")}
        settle(self, seeds=require_whole("seeds", self.seeds, 1), **ends)

    @property
    def half_width(self) -> float:
        """Half the interval's length, the figure after a ± sign."""
        return (self.high - self.low) / 2


def t_interval(values: npt.ArrayLike, *, level: float = 0.95) -> Interval:
    """Give Student's interval of the mean, exact when single runs are Gaussian.

    Parameters
    ----------
    values
        One figure per seed, shape (seeds,), at least 2.
    level
        The share of such intervals that hold the true mean, between 0 and 1.
    """
    values = require_values("values", values, least=2)
    level = require_number("level", level, 0, 1)
    if not 0 < level < 1 - EDGE:
        raise ValueError(f"level must be between 0 and 1, both excluded, got {level}")
    unit = unit_of(values)  # a power of two, so that no square is too small for a float
    error = unit * stats.sem(values / unit)
    reach = stats.t.ppf((1 + level) / 2, len(values) - 1) * error
    mean = float(values.mean())
    low, high = (require_number("values' interval", mean + side * float(reach)) for side in (-1, 1))
    return Interval(mean=mean, low=low, high=high, seeds=len(values))
