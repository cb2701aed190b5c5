"""The one way to check arguments: an error names the argument, the range and what arrived.

What is an array is for scikit-learn's `check_array` to say, so that lists, data frames and
integers are taken, and sparse, complex or wordy ones refused; shape and range are said here, in
the words of this package. (Its `check_scalar` lets NaN through, and tells no range.)

A wrong value is a ValueError, what is no number or no array at all a TypeError.
"""

import warnings
from collections.abc import Collection
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.utils import check_array

from bigcurves.sample import NUMBERS, Floats, WholeNumbers, require_unmasked

LARGEST = 1e100  # a number above it is refused: squares and products of two still are finite
MOST = 2**31 - 1  # as many of anything as no memory holds
SHAPES = {"ensure_2d": False, "allow_nd": True, "ensure_min_samples": 0, "ensure_min_features": 0}
PLAIN = (int, float, np.integer, np.floating)


def require_number(
    name: str, value: float, low: float = -np.inf, high: float = np.inf, *, unit: str = ""
) -> float:
    """Return one finite number in [low, high], of a size of at most 1e100."""
    found = _number(name, value)
    if np.isfinite(found) and low <= found <= high:
        if abs(found) > LARGEST:
            raise ValueError(f"{name} must be at most {LARGEST:g} in size, got {found:g}")
        return found
    value = value if abs(found) <= LARGEST else found  # not the four hundred digits of an integer
    unit = f" {unit}" if unit else ""
    if np.isfinite(low) and np.isfinite(high):
        allowed = f"between {low} and {high}{unit}"
    elif np.isfinite(low):
        allowed = f"{low}{unit} or more and finite"
    else:
        allowed = f"{high}{unit} or less and finite" if np.isfinite(high) else "finite"
    raise ValueError(f"{name} must be {allowed}, got {value}{unit}")


def require_whole(name: str, value: int, low: int, high: int = MOST) -> int:
    """Return a whole number in [low, high]."""
    value = value[()] if isinstance(value, np.ndarray) and value.ndim == 0 else value
    if isinstance(value, bool | np.bool_ | float | np.floating):
        raise ValueError(f"{name} must be a whole number, got {value!r}")
    found = _number(name, value)
    if value < low or value > high:
        at_least = value < low and high == MOST
        allowed = f"at least {low}" if at_least else f"between {low} and {high}"
        raise ValueError(
            f"{name} must be {allowed}, got {value if abs(found) <= LARGEST else found}"
        )
    return int(value)


def require_rows(
    name: str, rows: npt.ArrayLike, *, least: int = 1, features: int | None = None
) -> Floats:
    """Return rows as finite floats of shape (n, features), with n at least `least`.

    `features` None allows any number of at least 1.
    """
    return _finite(name, _shaped(name, _floats(name, rows), least, features))


def require_kept_rows(
    name: str, rows: npt.ArrayLike, *, least: int = 1, features: int | None = None
) -> npt.NDArray[Any]:
    """Return rows likewise, but an array of fewer than 8 bytes a number, as pictures, as it is."""
    if type(rows) is np.ndarray and rows.dtype.kind in NUMBERS and rows.itemsize < 8:
        return _finite(name, _shaped(name, rows, least, features))
    return require_rows(name, rows, least=least, features=features)


def require_rng(rng: np.random.Generator) -> np.random.Generator:
    """Return numpy's generator of random numbers, and say how to make one if it is none."""
    if isinstance(rng, np.random.Generator):
        return rng
    raise TypeError(f"rng must be a numpy Generator, as default_rng(0) makes, got {_told(rng)}")


def require_callable(name: str, value: Any) -> None:
    """Refuse what cannot be called."""
    if not callable(value):
        raise TypeError(f"{name} must be a function, got {_told(value)}")


def require_choice(name: str, value: str, known: Collection[str]) -> str:
    """Return one of the known words."""
    allowed = f"{name} must be one of {', '.join(known)}"
    if not isinstance(value, str):
        raise TypeError(f"{allowed}, got {_told(value)}")
    if value not in known:
        raise ValueError(f"{allowed}, got {value!r}")
    return str(value)


def require_flag(name: str, value: bool) -> bool:
    """Return True or False, and take nothing else for one of them."""
    if not isinstance(value, bool | np.bool_):
        raise TypeError(f"{name} must be True or False, got {_told(value)}")
    return bool(value)


def require_integers(
    name: str,
    values: npt.ArrayLike,
    low: int = -(2**63),
    high: int = 2**63 - 1,
    *,
    least: int = 1,
) -> WholeNumbers:
    """Return whole numbers in [low, high] of shape (n,), n at least `least`."""
    found: npt.NDArray[Any] = _floats(name, values)  # which refuses what is no array of numbers
    plain = np.asarray(values) if isinstance(values, list | tuple | np.ndarray) else found
    if plain.dtype.kind in "iu":
        found = plain
    else:
        low, high = max(low, -(2**53)), min(high, 2**53)  # beyond, a float skips whole numbers
    if found.ndim != 1 or len(found) < least:
        raise ValueError(f"{name} must have shape (n,) with n at least {least}, got {found.shape}")
    wrong = found[~((found >= low) & (found <= high) & (found == np.floor(found)))]
    if len(wrong):
        raise ValueError(f"{name} must be whole numbers from {low} to {high}, got {wrong[0]}")
    whole: WholeNumbers = found.astype(np.int64)
    return whole


def require_latents(latents: npt.ArrayLike, d: int, *, name: str = "latents") -> Floats:
    """Return latents as floats of shape (n, d), all in [0, 1]."""
    found = _shaped(name, _floats(name, latents), 1, d)
    if not ((found >= 0) & (found <= 1)).all():  # NaN fails this too
        raise ValueError(
            f"{name} must lie in [0, 1], got values from {found.min()} to {found.max()}"
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


def require_numbers(name: str, values: npt.ArrayLike) -> Floats:
    """Return finite numbers of any shape, at least one."""
    found = _floats(name, values)
    if not found.size:
        raise ValueError(f"{name} must hold at least one number, got shape {found.shape}")
    return _finite(name, found)


def settle(instance: Any, **checked: Any) -> None:
    """Keep a frozen dataclass's fields as their checks returned them: plain, of no narrow kind."""
    for name, value in checked.items():
        object.__setattr__(instance, name, value)


def _floats(name: str, values: npt.ArrayLike) -> Floats:
    """Make an array of floats of what may be one, of any shape."""
    if type(values) is np.ndarray and values.dtype == np.float64:
        return values  # worlds ask this thousands of times in a search
    require_unmasked(name, values)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)  # of a masked number in a list
            found: Floats = check_array(values, dtype=np.float64, ensure_all_finite=False, **SHAPES)
    except (TypeError, ValueError, OverflowError, UserWarning) as fault:  # of integers over 1e308
        kind = TypeError if isinstance(fault, TypeError) else ValueError
        told = f"got a {type(values).__name__}: {fault}"
        raise kind(f"{name} must be an array of real numbers, {told}") from fault
    return found


def _shaped(name: str, found: Floats, least: int, features: int | None) -> Floats:
    wrong = found.ndim != 2 or found.shape[1] < 1 or features not in {None, found.shape[1]}
    if wrong or len(found) < least:
        width = "features" if features is None else features
        raise ValueError(
            f"{name} must have shape (n, {width}) with n at least {least}, got {found.shape}"
        )
    return found


def _finite(name: str, found: Floats) -> Floats:
    largest = max(-float(found.min()), float(found.max())) if found.size else 0.0  # without a copy
    if not np.isfinite(largest):
        raise ValueError(f"{name} must be finite, got NaN or infinity")
    if largest > LARGEST:
        raise ValueError(f"{name} must be at most {LARGEST:g} in size, got {largest:g}")
    return found


def _number(name: str, value: Any) -> float:
    """Make a float of one real number; infinity of a whole number that is too long for one."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    if not isinstance(value, PLAIN) or isinstance(value, bool | np.timedelta64):
        raise TypeError(f"{name} must be a number, got {_told(value)}")
    try:
        return float(value)
    except OverflowError:
        return np.inf if value > 0 else -np.inf


def _told(value: Any) -> str:
    return "None" if value is None else f"a {type(value).__name__}"
