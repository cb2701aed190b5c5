"""The law by which the largest hole that random samples leave in the unit cube closes."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import lambertw

from bigcurves.measures.scaling import PowerLaw, power_law
from bigcurves.validation import require_number, require_values


@dataclass(frozen=True, kw_only=True)
class HoleLaw:
    """How the largest hole closes: h = prefactor * (n / log n)^slope, the slope near -1 / d.

    Random samples leave a largest hole of the order (log n / n)^(1/d) (Niederreiter 1992,
    chapter 6): the logarithm is the price of chance.

    Attributes
    ----------
    power
        The power law of h in n / log n.
    """

    power: PowerLaw

    def __post_init__(self) -> None:
        if not isinstance(self.power, PowerLaw):
            raise TypeError(f"power must be a PowerLaw, got a {type(self.power).__name__}")

    @classmethod
    def fit(cls, sizes: npt.ArrayLike, holes: npt.ArrayLike) -> "HoleLaw":
        """Fit the law to sizes of at least 3 and the holes they leave, both of shape (n,)."""
        sizes = require_values("sizes", sizes, least=2, above=math.e)
        holes = require_values("holes", holes, least=2, above=0)
        if len(sizes) != len(holes):
            raise ValueError(f"holes must have {len(sizes)} values as sizes, got {len(holes)}")
        return cls(power=power_law(sizes / np.log(sizes), holes))

    def radius(self, n: float) -> float:
        """Return the largest hole that n samples are expected to leave, n at least 3."""
        n = require_number("n", n, low=3)
        try:
            return self.power.at(n / np.log(n))
        except ValueError as fault:  # of a law that rises
            raise ValueError(f"n must be where the law gives at most 1e100, got {n}") from fault

    def samples(self, radius: float) -> float:
        """Return how many samples leave no hole above the radius, inf where the law is flat.

        From n / log n = c follows n = -c W(-1 / c), where W is Lambert's lower branch.
        """
        crowd = self.power.size_for(require_number("radius", radius, low=np.finfo(float).tiny))
        if crowd <= math.e:
            return math.e
        return float(-crowd * lambertw(-1 / crowd, -1).real) if crowd < np.inf else crowd
