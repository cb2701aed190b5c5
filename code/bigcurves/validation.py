"""The one way to check arguments: an error names the argument, the range and what arrived.

What is an array is for scikit-learn's `check_array` to say, so that lists, data frames and
integers are taken, and sparse, complex or wordy ones refused; shape and range are said here, in
the words of this package. (Its `check_scalar` lets NaN through, and tells no range.)
"""

import numpy as np
import numpy.typing as npt
from sklearn.utils import check_array

from bigcurves.sample import Floats


def require_number(
    name: str, value: float, low: float = -np.inf, high: float = np.inf, *, unit: str = ""
) -> float:
    """Return one finite number in [low, high]."""
    if np.isfinite(value) and low <= value <= high:
        return float(value)
    unit = f" {unit}" if unit else ""
    if np.isfinite(low) and np.isfinite(high):
        allowed = f"between {low} and {high}{unit}"
    elif np.isfinite(low):
        allowed = f"{low}{unit} or more and finite"
    else:
        allowed = f"{high}{unit} or less and finite" if np.isfinite(high) else "finite"
    raise ValueError(f"{name} must be {allowed}, got {value}{unit}")


def require_whole(name: str, value: int, low: int, high: float = np.inf) -> int:
    """Return a whole number in [low, high]."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | np.integer):
        raise ValueError(f"{name} must be a whole number, got {value!r}")
    if value < low or value > high:
        allowed = f"at least {low}" if np.isinf(high) else f"between {low} and {high}"
        raise ValueError(f"{name} must be {allowed}, got {value}")
    return int(value)


def require_rows(
    name: str, rows: npt.ArrayLike, *, least: int = 1, features: int | None = None
) -> Floats:
    """Return rows as finite floats of shape (n, features), with n at least `least`.

    `features` None allows any number of at least 1.
    """
    found = _floats(name, rows)
    wrong = found.ndim != 2 or found.shape[1] < 1 or features not in {None, found.shape[1]}
    if wrong or len(found) < least:
        width = "features" if features is None else features
        raise ValueError(
            f"{name} must have shape (n, {width}) with n at least {least}, got {found.shape}"
        )
    return _finite(name, found)


def require_latents(latents: npt.ArrayLike, d: int) -> Floats:
    """Return latents as floats of shape (n, d), all in [0, 1]."""
    found = _floats("latents", latents)
    if found.ndim != 2 or found.shape[1] != d or len(found) == 0:
        raise ValueError(f"latents must have shape (n, {d}) with n at least 1, got {found.shape}")
    if not ((found >= 0) & (found <= 1)).all():  # NaN fails this too
        raise ValueError(
            f"latents must lie in [0, 1], got values from {found.min()} to {found.max()}"
        )
    return found


def require_values(
    name: str, values: npt.ArrayLike, *, least: int = 1, above: float = -np.inf
) -> Floats:
    """Return finite numbers of shape (n,), n at least `least`, each greater than `above`."""
    found = _floats(name, values)
    if found.ndim != 1 or len(found) < least:
        raise ValueError(f"{name} must have shape (n,) with n at least {least}, got {found.shape}")
    _finite(name, found)
    if not (found > above).all():
        raise ValueError(f"{name} must all be above {above:g}, got {found.min():g}")
    return found


def _floats(name: str, values: npt.ArrayLike) -> Floats:
    """Make an array of floats of what may be one, of any shape."""
    if type(values) is np.ndarray and values.dtype == np.float64:
        return values  # worlds ask this thousands of times in a search
    try:
        found: Floats = check_array(
            values,
            dtype=np.float64,
            ensure_2d=False,
            allow_nd=True,
            ensure_all_finite=False,
            ensure_min_samples=0,
            ensure_min_features=0,
        )
    except (TypeError, ValueError) as fault:
        kind = type(values).__name__
        raise type(fault)(
            f"{name} must be an array of real numbers, got a {kind}: {fault}"
        ) from fault
    return found


def _finite(name: str, found: Floats) -> Floats:
    if not np.isfinite(found).all():
        raise ValueError(f"{name} must be finite, got NaN or infinity")
    return found
