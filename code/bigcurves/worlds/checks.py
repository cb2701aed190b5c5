"""What every world asks of the numbers it is given: errors that name range and value."""

import numpy as np

from bigcurves.sample import Floats


def require_between(
    name: str, value: float, low: float, high: float = np.inf, *, unit: str = ""
) -> None:
    """Refuse a setting outside [low, high], NaN and infinity included."""
    if low <= value <= high and np.isfinite(value):
        return
    unit = f" {unit}" if unit else ""
    if np.isinf(high):
        raise ValueError(f"{name} must be {low}{unit} or more and finite, got {value}{unit}")
    raise ValueError(f"{name} must be between {low} and {high}{unit}, got {value}{unit}")


def require_whole(name: str, value: int, low: int, high: float = np.inf) -> None:
    """Refuse a count that is no whole number or lies outside [low, high]."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | np.integer):
        raise ValueError(f"{name} must be a whole number, got {value!r}")
    if value < low or value > high:
        allowed = f"at least {low}" if np.isinf(high) else f"between {low} and {high}"
        raise ValueError(f"{name} must be {allowed}, got {value}")


def require_latents(latents: Floats, d: int) -> Floats:
    """Return latents as floats of shape (n, d), refused unless all lie in [0, 1]."""
    latents = np.asarray(latents, dtype=float)
    if latents.ndim != 2 or latents.shape[1] != d or len(latents) == 0:
        raise ValueError(f"latents must have shape (n, {d}) with n at least 1, got {latents.shape}")
    if not ((latents >= 0) & (latents <= 1)).all():  # NaN fails this too
        raise ValueError(
            f"latents must lie in [0, 1], got values from {latents.min()} to {latents.max()}"
        )
    return latents


def require_rows(name: str, rows: Floats, features: int) -> Floats:
    """Return rows as floats of shape (n, features), refused if empty or not finite."""
    rows = np.asarray(rows, dtype=float)
    if rows.ndim != 2 or rows.shape[1] != features or len(rows) == 0:
        raise ValueError(
            f"{name} must have shape (n, {features}) with n at least 1, got {rows.shape}"
        )
    if not np.isfinite(rows).all():
        raise ValueError(f"{name} must be finite, got NaN or infinity")
    return rows
