"""Power laws: their exponents, and how far one variable explains the error."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import linregress
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

from bigcurves.sample import Floats
from bigcurves.validation import (
    LARGEST,
    require_number,
    require_numbers,
    require_values,
    require_whole,
    settle,
)

TINY = float(np.finfo(float).tiny)
SPREAD = 1e-9  # of the sizes' logarithms: what is less may be rounding


@dataclass(frozen=True, kw_only=True)
class PowerLaw:
    """A straight line through log error against log size.

    Attributes
    ----------
    slope
        The exponent: error grows as size to this power.
    standard_error
        Of the slope, from the scatter round the line; 0 for two points.
    prefactor
        The error at size 1, above 0.
    r_squared
        Share of the variance of log error that the line explains; 1 where there is none.
    """

    slope: float
    standard_error: float
    prefactor: float
    r_squared: float

    def __post_init__(self) -> None:
        settle(
            self,
            slope=require_number("slope", self.slope),
            standard_error=require_number("standard_error", self.standard_error, low=0),
            prefactor=require_number("prefactor", self.prefactor, low=TINY),
            r_squared=require_number("r_squared", self.r_squared, 0, 1),
        )

    def at(self, size: float) -> float:
        """Return the error that the law gives for one size, which is above 0 if the law falls."""
        size = require_number("size", size, low=0)
        if size == 0 and self.slope < 0:
            raise ValueError("size must be above 0 where the law falls, got 0")
        try:
            found = float(self.prefactor * size**self.slope)
        except OverflowError:
            found = np.inf
        if found > LARGEST:
            raise ValueError(f"size must be where the law gives at most {LARGEST:g}, got {size}")
        return found

    def size_for(self, error: float) -> float:
        """Return the size at which the law gives an error above 0; inf where it never does."""
        error = require_number("error", error, low=TINY)
        if self.slope == 0:
            return np.inf
        with np.errstate(over="ignore"):  # an almost flat law
            return float(np.exp((np.log(error) - np.log(self.prefactor)) / self.slope))


def power_law(sizes: npt.ArrayLike, errors: npt.ArrayLike) -> PowerLaw:
    """Fit error = prefactor * size^slope by least squares in the logarithms.

    Both have shape (n,) and lie above 0, and at least two sizes differ.
    """
    sizes = require_values("sizes", sizes, least=2, above=0)
    errors = require_values("errors", errors, least=2, above=0)
    if len(sizes) != len(errors):
        raise ValueError(f"errors must have {len(sizes)} values as sizes has, got {len(errors)}")
    if np.ptp(np.log(sizes)) < SPREAD:
        raise ValueError(f"sizes must hold at least 2 different values, got only {sizes[0]:g}")
    if np.ptp(np.log(errors)) == 0:  # no variance, of which a share could be explained
        return PowerLaw(slope=0.0, standard_error=0.0, prefactor=float(errors[0]), r_squared=1.0)
    line = linregress(np.log(sizes), np.log(errors))
    if not np.log(TINY) <= line.intercept <= np.log(LARGEST):
        raise ValueError(
            f"sizes and errors must follow a law whose error at size 1 is from {TINY:g} to "
            f"{LARGEST:g}, got exp({line.intercept:g})"
        )
    return PowerLaw(
        slope=float(line.slope),
        # Of two points some versions of scipy say NaN or infinity.
        standard_error=float(line.stderr) if len(sizes) > 2 else 0.0,
        prefactor=float(np.exp(line.intercept)),
        r_squared=float(line.rvalue**2),
    )


def collapse_r_squared(
    variables: npt.ArrayLike, errors: npt.ArrayLike, *, degree: int = 3
) -> float:
    """Return how much of the spread of log error some variables explain, at best 1.

    R^2 of the least-squares polynomial of total degree `degree` in the logarithms of the
    variables, shape (n,) or (n, k), fitted to log error, shape (n,). When error is a smooth
    function of one variable alone, points of every world fall on one curve and R^2 is 1.
    A cubic follows a power law that levels off, as 2 (1 - exp(-x^2 / 2)) does, and no
    wiggles. More variables get more terms, so a rival set of variables starts with the
    advantage. Pure chance gives about (terms - 1) / (n - 1).

    Raises
    ------
    ValueError
        If values are not finite and above 0, if all errors are equal, or if there are fewer
        than twice as many rows as terms.
    """
    errors = require_values("errors", errors, least=2, above=0)
    logs = _logs_of_columns(variables, len(errors))
    degree = require_whole("degree", degree, 1, len(errors))
    if np.ptp(np.log(errors)) == 0:
        raise ValueError(f"errors must hold at least 2 different values, got only {errors[0]:g}")
    powers = PolynomialFeatures(degree, include_bias=False)
    terms = math.comb(logs.shape[1] + degree, degree)  # with the constant
    if len(errors) < 2 * terms:
        raise ValueError(f"errors must have at least {2 * terms} values, got {len(errors)}")
    model = make_pipeline(StandardScaler(), powers, LinearRegression())
    return float(model.fit(logs, np.log(errors)).score(logs, np.log(errors)))


def _logs_of_columns(variables: npt.ArrayLike, n: int) -> Floats:
    found = require_numbers("variables", variables)
    found = found[:, np.newaxis] if found.ndim == 1 else found
    if found.ndim != 2 or len(found) != n or found.shape[1] < 1:
        raise ValueError(f"variables must have shape ({n},) or ({n}, k), got {found.shape}")
    for column in found.T:
        require_values("variables", column, above=0)
    return np.log(found)
