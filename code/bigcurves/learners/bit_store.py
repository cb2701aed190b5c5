"""The smallest network that holds a table of bits: one hidden ReLU layer, one output.

A memory is wanted here and nothing else, so training stops as soon as every bit is held.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from bigcurves.learners.networks.adamw import AdamW
from bigcurves.learners.settings import all_finite
from bigcurves.learners.units import find_units
from bigcurves.sample import Floats, Targets
from bigcurves.validation import (
    require_integers,
    require_rng,
    require_rows,
    require_values,
    require_whole,
    settle,
)

Array: TypeAlias = npt.NDArray[Any]
STEPS = 2000  # after so many a start has failed
PATIENCE = 300  # or after so many without a new low in wrong bits
WIDEST = 10_000
LONGEST = 1_000_000  # steps
SIZES = (1e-30, 1e30)  # of inputs: single precision ends at 3e38, as weights do for small ones


@dataclass(frozen=True, kw_only=True)
class BitStore:
    """A network whose output is the log-odds of a 1.

    Attributes
    ----------
    arrays
        Hidden weights, biases in the last row, shape (features + 1, width); output weights,
        shape (width,); output bias, shape (1,). All float32.
    steps
        Full-batch steps that training took.
    """

    arrays: tuple[Array, ...]
    steps: int

    def __post_init__(self) -> None:
        if not isinstance(self.arrays, tuple | list) or len(self.arrays) != 3:
            raise TypeError("arrays must be three: hidden weights, output weights, output bias")
        hidden = require_rows("arrays", self.arrays[0], least=2)
        out, bias = (require_values("arrays", array) for array in self.arrays[1:])
        if out.shape != (hidden.shape[1],) or bias.shape != (1,):
            raise ValueError(
                "arrays must have shapes (features + 1, width), (width,) and (1,), got "
                f"{hidden.shape}, {out.shape} and {bias.shape}"
            )
        with np.errstate(over="ignore"):  # what single precision does not hold is refused
            arrays = tuple(array.astype(np.float32) for array in (hidden, out, bias))
        if not all_finite(*arrays):
            raise ValueError("arrays must hold numbers that single precision holds")
        settle(self, arrays=arrays)
        require_whole("steps", self.steps, 0)

    @property
    def width(self) -> int:
        """Hidden units."""
        return len(self.arrays[1])

    @property
    def parameters(self) -> int:
        """Weights and biases, all counted."""
        return sum(array.size for array in self.arrays)

    def log_odds(self, X: npt.ArrayLike) -> Floats:
        """Return the log-odds of a 1 for rows X, shape (n,)."""
        weights, out, bias = self.arrays
        rows = require_rows("X", X, features=len(weights) - 1)
        with np.errstate(all="ignore"):  # what overflows is refused
            odds = np.maximum(_with_ones(rows) @ weights, 0) @ out + bias
        if not all_finite(odds):
            raise ValueError("X must be nearer in size to the rows that are stored: it overflows")
        return np.asarray(odds, dtype=np.float64)

    def predict(self, X: npt.ArrayLike) -> Targets:
        """Return the bits of rows X, shape (n,)."""
        return (self.log_odds(X) > 0).astype(np.int64)


def store_bits(
    X: npt.ArrayLike, y: npt.ArrayLike, width: int, rng: np.random.Generator, *, steps: int = STEPS
) -> BitStore | None:
    """Train one network of this width by full-batch Adam until it holds every bit of y.

    The loss is the mean of log(1 + exp(-margin)), the learning rate .03, the first weights those
    of He et al. (2015). Gives None after `steps`, or once the count of wrong bits has
    found no new low for 300 steps. Inputs whose largest is far from 1 are trained on in another
    unit, a power of two that goes into the hidden weights.

    Raises
    ------
    ValueError
        Where numbers, rows or bits are none, and where the largest input is not 0 and not from
        1e-30 to 1e30 in size, as single precision needs.
    """
    width = require_whole("width", width, 1, WIDEST)
    steps = require_whole("steps", steps, 1, LONGEST)
    require_rng(rng)
    X, y, unit = require_table(X, y)
    rows, sides = _with_ones(X / unit), np.where(y == 1, 1, -1).astype(np.float32)
    flat = np.zeros((rows.shape[1] + 1) * width + 1, np.float32)
    gradient = np.zeros_like(flat)
    arrays, slopes = _views(flat, width), _views(gradient, width)
    arrays[0][:-1] = rng.standard_normal((X.shape[1], width)) * np.sqrt(2 / X.shape[1])
    arrays[1][:] = rng.standard_normal(width) / np.sqrt(width)
    optimiser = AdamW(learning_rate=0.03, weight_decay=0.0, betas=(0.9, 0.999))
    fewest, since = len(rows) + 1, 0
    hidden, lit, weighted = (
        np.empty((len(rows), n), np.float32) for n in (width, width, rows.shape[1])
    )
    dark = np.zeros_like(hidden)  # a whole array: numpy's maximum is slow with a scalar
    for step in range(steps):
        np.maximum(np.matmul(rows, arrays[0], out=hidden), dark, out=hidden)
        margins = sides * (hidden @ arrays[1] + arrays[2])
        wrong = int(np.count_nonzero(margins <= 0))
        if not wrong:
            arrays[0][:-1] /= unit
            return BitStore(arrays=arrays, steps=step)
        if wrong < fewest:
            fewest, since = wrong, step
        if step - since >= PATIENCE:
            break
        delta = sides / (-len(rows) * (1 + np.exp(np.minimum(margins, 80))))
        np.matmul(delta, hidden, out=slopes[1])
        slopes[2][0] = delta.sum()
        np.greater(hidden, 0, out=lit)  # the slope of a ReLU
        np.matmul(np.multiply(rows, delta[:, np.newaxis], out=weighted).T, lit, out=slopes[0])
        np.multiply(slopes[0], arrays[1], out=slopes[0])
        optimiser.step(flat, gradient)
    return None


def require_table(X: npt.ArrayLike, y: npt.ArrayLike) -> tuple[Floats, Targets, float]:
    """Return rows, shape (n, features), their bits, shape (n,), and the unit to train in."""
    X, y = require_rows("X", X), require_integers("y", y, 0, 1)
    if len(X) != len(y):
        raise ValueError(f"y must hold a bit for each of {len(X)} rows of X, got {len(y)}")
    largest = np.max(np.abs(X), keepdims=True)[0]
    if largest[0] > 0 and not SIZES[0] <= largest[0] <= SIZES[1]:
        raise ValueError(
            f"X must have a largest number from {SIZES[0]:g} to {SIZES[1]:g} in size, "
            f"got {largest[0]:g}"
        )
    return X, y, find_units(np.zeros(1), largest)[1]


def _with_ones(X: Floats) -> Array:
    return np.hstack([X, np.ones((len(X), 1))]).astype(np.float32)


def _views(flat: Array, width: int) -> tuple[Array, Array, Array]:
    return flat[: -width - 1].reshape(-1, width), flat[-width - 1 : -1], flat[-1:]
