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
from bigcurves.validation import require_number, require_rows, require_whole

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


def checked_rows(estimator: BaseEstimator, X: npt.ArrayLike, *, least: int = 0) -> Floats:
    """Return rows X as floats, by scikit-learn's rules; `least` of them to fit, 0 to ask."""
    how: dict[str, Any] = {"ensure_min_samples": least} if least else {"reset": False}
    try:
        found = validate_data(estimator, X, dtype=[np.float64, np.float32], **how)
    except OverflowError as fault:  # a whole number of hundreds of digits
        raise ValueError(f"X must be numbers that a float holds: {fault}") from fault
    return require_rows("X", found)


def checked_labels(
    estimator: BaseEstimator, X: npt.ArrayLike, y: npt.ArrayLike
) -> tuple[Floats, Targets, WholeNumbers]:
    """Return rows X, the sorted classes of their labels y, and the number of each row's class."""
    try:
        with np.errstate(invalid="ignore"):  # where labels are asked whether they are integers
            rows, y = validate_data(estimator, X, y, dtype=[np.float64, np.float32])
            check_classification_targets(y)
    except OverflowError as fault:
        raise ValueError(f"X and y must be numbers that a float holds: {fault}") from fault
    classes, labels = np.unique(y, return_inverse=True)
    if len(classes) < 2:
        raise ValueError("y must have at least 2 classes, got one class")
    return require_rows("X", rows), classes, labels


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
