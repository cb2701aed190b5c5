"""What every measure asks of its arrays: errors that name shape, range and value."""

import numpy as np
import numpy.typing as npt

from bigcurves.sample import Floats


def require_rows(name: str, rows: npt.ArrayLike, *, least: int = 1, features: int = 0) -> Floats:
    """Return rows as finite floats of shape (n, features), with n at least `least`.

    `features` 0 allows any number of at least 1.
    """
    found = np.asarray(rows, dtype=np.float64)
    width = str(features) if features else "features"
    if found.ndim != 2 or len(found) < least or found.shape[1] < 1:
        raise ValueError(
            f"{name} must have shape (n, {width}) with n at least {least}, got {found.shape}"
        )
    if features and found.shape[1] != features:
        raise ValueError(f"{name} must have shape (n, {features}), got {found.shape}")
    return _require_finite(name, found)


def require_values(
    name: str, values: npt.ArrayLike, *, least: int = 1, above: float = -np.inf
) -> Floats:
    """Return finite numbers of shape (n,), n at least `least`, each greater than `above`."""
    found = np.asarray(values, dtype=np.float64)
    if found.ndim != 1 or len(found) < least:
        raise ValueError(f"{name} must have shape (n,) with n at least {least}, got {found.shape}")
    _require_finite(name, found)
    if not (found > above).all():
        raise ValueError(f"{name} must all be above {above:g}, got {found.min():g}")
    return found


def require_number(
    name: str, value: float, *, low: float = -np.inf, high: float = np.inf, unit: str = ""
) -> float:
    """Return one finite number in [low, high]."""
    if not (np.isfinite(value) and low <= value <= high):
        unit = f" {unit}" if unit else ""
        raise ValueError(f"{name} must be finite and in [{low:g}, {high:g}]{unit}, got {value}")
    return float(value)


def _require_finite(name: str, found: Floats) -> Floats:
    if not np.isfinite(found).all():
        raise ValueError(f"{name} must be finite, got NaN or infinity")
    return found
