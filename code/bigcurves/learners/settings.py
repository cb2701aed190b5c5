"""What the estimators' settings may be, and the numbers that they are given to learn from."""

from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator
from sklearn.utils import check_random_state
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import validate_data

from bigcurves.sample import Floats, Targets, WholeNumbers
from bigcurves.validation import (
    require_kept_rows,
    require_number,
    require_rows,
    require_whole,
)

WEIGHTS = 50_000_000  # of a network at most: some copies of them fit into a memory
PASSES = 1_000_000  # through the rows at most


def require_above(name: str, value: float, unit: str = "") -> float:
    """Return one finite number above 0."""
    found = require_number(name, value)
    if found <= 0:
        raise ValueError(f"{name} must be above 0{unit}, got {value}")
    return found


def require_hidden(hidden: Any, inputs: int, outputs: int) -> tuple[int, ...]:
    """Return sizes of hidden layers, unless they are of more weights than a memory holds."""
    if not isinstance(hidden, tuple | list):
        kind = type(hidden).__name__
        raise TypeError(f"hidden must be a tuple of sizes, such as (64, 64), got a {kind}")
    sizes = tuple(require_whole("hidden", size, 1) for size in hidden)
    weights = sum((a + 1) * b for a, b in pairwise((inputs, *sizes, outputs)))
    if weights > WEIGHTS:
        raise ValueError(f"hidden must be of at most {WEIGHTS:,} weights in all, got {weights:,}")
    return sizes


def picture_shape(shape: Any, features: int) -> tuple[int, int]:
    """Return height and width of the pictures in rows: a square or else a strip, if not given."""
    side = round(features**0.5)
    found = (side, side) if side**2 == features else (1, features)
    if shape is not None:
        if not isinstance(shape, tuple | list) or len(shape) != 2:
            kind = type(shape).__name__
            raise TypeError(f"shape must be a height and a width, or None, got a {kind}")
        found = (require_whole("shape", shape[0], 1), require_whole("shape", shape[1], 1))
    if found[0] * found[1] != features:
        raise ValueError(f"shape must hold {features} pixels, got {shape}")
    return found


def checked_rows(
    estimator: BaseEstimator, X: npt.ArrayLike, *, least: int = 0, kept: bool = False
) -> Floats:
    """Return rows X as floats, by scikit-learn's rules; `least` of them to fit, 0 to ask.

    Rows of single precision stay so where they are `kept`; all others are made double.
    """
    how: dict[str, Any] = {"ensure_min_samples": least} if least else {"reset": False}
    try:
        with np.errstate(all="ignore"):  # its sums may overflow, in single precision
            found = validate_data(estimator, X, dtype=[np.float64, np.float32], **how)
    except OverflowError as fault:  # a whole number of hundreds of digits
        raise ValueError(f"X must be numbers that a float holds: {fault}") from fault
    return require_kept_rows("X", found) if kept else require_rows("X", found)


def checked_labels(
    estimator: BaseEstimator, X: npt.ArrayLike, y: npt.ArrayLike
) -> tuple[Floats, Targets, WholeNumbers]:
    """Return rows X, the sorted classes of their labels y, and the number of each row's class.

    Rows of single precision stay so.
    """
    try:
        # Sums may overflow, in single precision, and labels are asked whether they are integers.
        with np.errstate(all="ignore"):
            rows, y = validate_data(estimator, X, y, dtype=[np.float64, np.float32])
            check_classification_targets(y)
    except OverflowError as fault:
        raise ValueError(f"X and y must be numbers that a float holds: {fault}") from fault
    classes, labels = np.unique(y, return_inverse=True)
    if len(classes) < 2:
        raise ValueError("y must have at least 2 classes, got one class")
    return require_kept_rows("X", rows), classes, labels


def seeded(random_state: Any) -> np.random.RandomState:
    """Make scikit-learn's generator of random numbers of its `random_state`."""
    try:
        found: np.random.RandomState = check_random_state(random_state)
    except (TypeError, ValueError) as fault:
        raise type(fault)(
            "random_state must be None, a whole number from 0 to 4294967295 or a numpy "
            f"RandomState, got {random_state!r:.60}"
        ) from fault
    return found


def all_finite(*arrays: npt.NDArray[Any]) -> bool:
    """Tell whether nothing has overflowed."""
    return all(bool(np.isfinite(array).all()) for array in arrays)
