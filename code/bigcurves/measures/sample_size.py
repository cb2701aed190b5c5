"""What a sample is worth: how many fresh, clean rows would do as well."""

import numpy as np
import numpy.typing as npt
from scipy.optimize import isotonic_regression

from bigcurves.sample import Floats
from bigcurves.validation import require_flag, require_number, require_values, require_whole

REACH = 230.0  # of a size's logarithm: sizes from 1e-100 to 1e100


def effective_sample_size(
    error: float, *, sizes: npt.ArrayLike, errors: npt.ArrayLike, extend: bool = False
) -> float:
    """Return the number of fresh rows whose error is `error`.

    Read off the reference learning curve (sizes, errors), both of shape (n,), made falling
    by isotonic regression on log error and joined by straight lines in the logarithms.
    Where the curve is flat the smallest size counts.

    Parameters
    ----------
    error
        The error to match, above 0.
    sizes
        Numbers of fresh rows, increasing.
    errors
        Mean error at each size, above 0.
    extend
        Continue the curve's overall power law beyond its ends, instead of refusing an
        error that the curve does not reach.
    """
    sizes = require_values("sizes", sizes, least=2, above=0)
    errors = require_values("errors", errors, least=2, above=0)
    if len(sizes) != len(errors) or (np.diff(sizes) <= 0).any():
        raise ValueError(f"sizes must increase and pair with errors, got {sizes} and {errors}")
    target = float(np.log(require_number("error", error, low=np.finfo(float).tiny)))
    extend = require_flag("extend", extend)
    falling = isotonic_regression(np.log(errors), increasing=False).x
    falls = np.diff(falling, prepend=np.inf) < 0  # of equal errors the smallest size stays
    rising, logs = falling[falls][::-1], np.log(sizes)[falls][::-1]
    return _read_off(target, rising, logs, extend=extend)


def _read_off(target: float, rising: Floats, logs: Floats, *, extend: bool) -> float:
    if rising[0] <= target <= rising[-1]:
        return float(np.exp(np.interp(target, rising, logs)))
    if not extend or len(rising) < 2:
        low, high = np.exp(rising[[0, -1]])
        raise ValueError(
            f"error must be on the reference curve, in [{low:.3g}, {high:.3g}], "
            f"got {np.exp(target):.3g}; measure the curve at more sizes"
        )
    slope = (logs[-1] - logs[0]) / (rising[-1] - rising[0])
    end = 0 if target < rising[0] else -1
    beyond = float(logs[end] + slope * (target - rising[end]))
    if abs(beyond) > REACH:
        raise ValueError(
            "error must be where the extended curve asks for 1e-100 to 1e100 rows, "
            f"got {np.exp(target):.3g}, for which it asks for 1e{beyond / np.log(10):.0f}"
        )
    return float(np.exp(beyond))


def symmetric_flip_rate(share: float, classes: int) -> float:
    """Return the guide 1 / (1 - p C / (C - 1))^2: noisy rows worth one clean row.

    A share p of the labels is replaced by one of the other C - 1, all alike. The right label
    then leads by 1 - p C / (C - 1), and a mean over n rows resolves a lead to 1 / sqrt(n):
    an order of magnitude of our own, no law.
    """
    classes = require_whole("classes", classes, 2)
    return _rate("share", share, (classes - 1) / classes, lead=classes / (classes - 1))


def systematic_flip_rate(share: float) -> float:
    """Return the guide 1 / (1 - 2 p)^2: noisy rows worth one clean row, for one wrong label.

    A share p < 1/2 of each class carries the same wrong label, so the right one leads by
    1 - 2 p: again an order of magnitude, no law. From p = 1/2 on no number of rows helps.
    """
    return _rate("share", share, 0.5, lead=2.0)


def _rate(name: str, share: float, limit: float, *, lead: float) -> float:
    share = require_number(name, share, 0, limit)
    left = 1 - lead * share
    if left <= 0:  # at the limit, or so near to it that the product is rounded to 1
        raise ValueError(f"{name} must be in [0, {limit:g}), got {share}")
    return float(left**-2)
