"""How many bits a memory spends on each label, and how few would do."""

import sys
from collections.abc import Callable, Sequence
from math import lgamma, log, log1p, pi
from typing import Any

import numpy as np
import numpy.typing as npt

from bigcurves.sample import require_unmasked
from bigcurves.validation import (
    require_callable,
    require_flag,
    require_number,
    require_numbers,
    require_whole,
)

MANY = 2**62  # keys, labels or parameters at most
MOST_BITS = 64  # of one number


def bits_per_label(parameters: int, labels: int, *, bits_per_parameter: float = 32) -> float:
    """Return the bits of all parameters, shared out over the labels that they hold."""
    parameters = require_whole("parameters", parameters, 1, MANY)
    labels = require_whole("labels", labels, 1, MANY)
    bits_per_parameter = require_number("bits_per_parameter", bits_per_parameter, low=0)
    return float(parameters * bits_per_parameter / labels)


def label_entropy(labels: npt.ArrayLike) -> float:
    """Return the entropy of the labels' own frequencies, in bits per label.

    No memory that answers every key it was built on can spend less on average, if the
    labels are independent of the keys: 1 for fair random bits.
    """
    require_unmasked("labels", labels)
    try:
        labels = np.asarray(labels)
        counts = np.unique(labels, return_counts=True)[1]
    except (TypeError, ValueError) as fault:  # rows of unlike lengths, or text beside numbers
        raise type(fault)(f"labels must be values of one kind, which sort: {fault}") from fault
    if labels.ndim != 1 or len(labels) == 0:
        raise ValueError(f"labels must have shape (n,) with n at least 1, got {labels.shape}")
    shares = counts / len(labels)
    return float(-(shares * np.log2(shares)).sum())


def set_limit(keys: int, universe: int) -> float:
    """Return the least bits per key that say which keys are known: log2 C(U, m) / m."""
    universe = require_whole("universe", universe, 1, MANY)
    keys = require_whole("keys", keys, 1, universe)
    return _log_choices(universe, min(keys, universe - keys)) / log(2) / keys


def _log_choices(n: int, k: int) -> float:
    """Take log C(n, k), k at most n / 2, by Stirling: log-factorials of large n lose its digits."""
    if k == 0:
        return 0.0
    rest = n - k
    spread = k * log(n / k) - rest * log1p(-k / n)
    return spread + log(n / k / rest / (2 * pi)) / 2 + _left(n) - _left(k) - _left(rest)


def _left(n: int) -> float:
    """Return what Stirling's n log n - n + log(2 pi n) / 2 leaves of log n!."""
    if n < 50:
        return lgamma(n + 1) - n * log(n) + n - log(2 * pi * n) / 2
    return 1 / (12 * n) - 1 / (360 * n**3)  # the next term is 2e-12 at most


def bitmap_bits(keys: int, universe: int, *, known: bool = False) -> float:
    """Return the bits per key of a bit for every possible key; `known` adds a second bit."""
    universe = require_whole("universe", universe, 1, MANY)
    keys = require_whole("keys", keys, 1, universe)
    return universe * (2 if require_flag("known", known) else 1) / keys


def dict_bits(memory: dict[Any, Any]) -> float:
    """Return the bits per key of a Python dict with its key objects, in this Python.

    Values that are shared objects (small integers, booleans) cost nothing of their own.
    """
    if not isinstance(memory, dict):
        raise TypeError(f"memory must be a dict, got a {type(memory).__name__}")
    if not memory:
        raise ValueError("memory must hold at least one key, got an empty dict")
    objects = sum(sys.getsizeof(key) for key in memory)
    return 8 * (sys.getsizeof(memory) + objects) / len(memory)


def quantise(weights: npt.ArrayLike, bits: int) -> npt.NDArray[Any]:
    """Round weights to 2^bits evenly spaced levels from their least to their greatest.

    They may have any shape. Those of 16 or 32 bits keep their kind, all others become float64.
    """
    bits = require_whole("bits", bits, 1, MOST_BITS)
    found = _weights("weights", weights)
    return _rounded(found, bits) if found.min() < found.max() else found.copy()


def _rounded(weights: npt.NDArray[Any], bits: int) -> npt.NDArray[Any]:
    kind = weights.dtype
    wide = weights.astype(np.result_type(kind, np.float32))  # 16 bits cannot count the levels
    unit = int(np.frexp(np.abs(wide).max())[1])  # of a power of two: it rounds no weight
    wide = np.ldexp(wide, -unit)
    low, span, steps = wide.min(), np.ptp(wide), 2**bits - 1
    rounded = low + np.round((wide - low) * (steps / span)) * (span / steps)
    return np.asarray(np.ldexp(rounded, unit), dtype=kind)


def _weights(name: str, weights: npt.ArrayLike) -> npt.NDArray[Any]:
    found = require_numbers(name, weights)
    kind = getattr(weights, "dtype", None)
    return found.astype(kind) if kind in (np.float16, np.float32) else found


def fewest_bits(
    arrays: Sequence[npt.NDArray[Any]],
    answers_all: Callable[[list[npt.NDArray[Any]]], bool],
    *,
    most: int = 24,
) -> int:
    """Return the fewest bits per parameter at which a quantised memory still answers all.

    Each array is quantised over its own range, from `most` bits downwards; the first count
    that fails ends the search, so that a lucky coarser rounding does not count. Where not even
    `most` suffice, the bits that the widest array's numbers have as they are.
    """
    most = require_whole("most", most, 1, MOST_BITS)
    require_callable("answers_all", answers_all)
    if not isinstance(arrays, list | tuple) or not arrays:
        raise TypeError(f"arrays must be a list of at least one array, got {arrays!r:.60}")
    found = [_weights("arrays", array) for array in arrays]
    if not answers_all([array.copy() for array in found]):
        raise ValueError("answers_all must hold for the unquantised arrays, got False")
    for bits in range(most, 0, -1):
        if not answers_all([quantise(array, bits) for array in found]):
            as_they_are = 8 * max(array.itemsize for array in found)
            return as_they_are if bits == most else bits + 1
    return 1
