"""How many bits a memory spends on each label, and how few would do."""

import sys
from collections.abc import Callable, Sequence
from math import lgamma, log
from typing import Any

import numpy as np
import numpy.typing as npt

from bigcurves.sample import Targets
from bigcurves.validation import require_number, require_whole


def bits_per_label(parameters: int, labels: int, *, bits_per_parameter: float = 32) -> float:
    """Return the bits of all parameters, shared out over the labels that they hold."""
    if parameters < 1 or labels < 1:
        raise ValueError(f"parameters and labels must be at least 1, got {parameters} and {labels}")
    require_number("bits_per_parameter", bits_per_parameter, low=0)
    return float(parameters * bits_per_parameter / labels)


def label_entropy(labels: Targets) -> float:
    """Return the entropy of the labels' own frequencies, in bits per label.

    No memory that answers every key it was built on can spend less on average, if the
    labels are independent of the keys: 1 for fair random bits.
    """
    labels = np.asarray(labels)
    if labels.ndim != 1 or len(labels) == 0:
        raise ValueError(f"labels must have shape (n,) with n at least 1, got {labels.shape}")
    shares = np.unique(labels, return_counts=True)[1] / len(labels)
    return float(-(shares * np.log2(shares)).sum())


def set_limit(keys: int, universe: int) -> float:
    """Return the least bits per key that say which keys are known: log2 C(U, m) / m."""
    require_whole("keys", keys, 1, universe)
    ways = lgamma(universe + 1) - lgamma(keys + 1) - lgamma(universe - keys + 1)
    return ways / log(2) / keys


def bitmap_bits(keys: int, universe: int, *, known: bool = False) -> float:
    """Return the bits per key of a bit for every possible key; `known` adds a second bit."""
    require_whole("keys", keys, 1, universe)
    return universe * (2 if known else 1) / keys


def dict_bits(memory: dict[Any, Any]) -> float:
    """Return the bits per key of a Python dict with its key objects, in this Python.

    Values that are shared objects (small integers, booleans) cost nothing of their own.
    """
    if not memory:
        raise ValueError("memory must hold at least one key, got an empty dict")
    objects = sum(sys.getsizeof(key) for key in memory)
    return 8 * (sys.getsizeof(memory) + objects) / len(memory)


def quantise(weights: npt.NDArray[Any], bits: int) -> npt.NDArray[Any]:
    """Round weights to 2^bits evenly spaced levels from their least to their greatest."""
    require_whole("bits", bits, 1)
    if weights.size == 0 or not np.isfinite(weights).all():
        raise ValueError(f"weights must be finite and not empty, got shape {weights.shape}")
    low, span = weights.min(), np.ptp(weights)
    if span == 0:
        return weights.copy()
    steps = 2**bits - 1
    rounded = low + np.round((weights - low) * (steps / span)) * (span / steps)
    return np.asarray(rounded, dtype=weights.dtype)


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
    if not answers_all([np.array(array) for array in arrays]):
        raise ValueError("answers_all must hold for the unquantised arrays, got False")
    for bits in range(most, 0, -1):
        if not answers_all([quantise(array, bits) for array in arrays]):
            as_they_are = 8 * max(np.asarray(array).itemsize for array in arrays)
            return as_they_are if bits == most else bits + 1
    return 1
