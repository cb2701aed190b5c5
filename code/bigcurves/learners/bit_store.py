"""The smallest network that holds a table of bits: one hidden ReLU layer, one output.

A memory is wanted here and nothing else, so training stops as soon as every bit is held.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from bigcurves.learners.adamw import AdamW
from bigcurves.sample import Floats, Targets

Array: TypeAlias = npt.NDArray[Any]
STEPS = 2000  # after so many a start has failed
PATIENCE = 300  # or after so many without a new low in wrong bits


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

    @property
    def width(self) -> int:
        """Hidden units."""
        return len(self.arrays[1])

    @property
    def parameters(self) -> int:
        """Weights and biases, all counted."""
        return sum(array.size for array in self.arrays)

    def log_odds(self, X: Floats) -> Floats:
        """Return the log-odds of a 1 for rows X, shape (n,)."""
        weights, out, bias = self.arrays
        return np.asarray(np.maximum(_with_ones(X) @ weights, 0) @ out + bias, dtype=np.float64)

    def predict(self, X: Floats) -> Targets:
        """Return the bits of rows X, shape (n,)."""
        return (self.log_odds(X) > 0).astype(np.int64)


def store_bits(
    X: Floats, y: Targets, width: int, rng: np.random.Generator, *, steps: int = STEPS
) -> BitStore | None:
    """Train one network of this width by full-batch Adam until it holds every bit of y.

    The loss is the mean of log(1 + exp(-margin)), the learning rate .03, the first weights those
    of He et al. (2015). Gives None after `steps`, or once the count of wrong bits has
    found no new low for 300 steps.
    """
    if width < 1 or steps < 1:
        raise ValueError(f"width and steps must be at least 1, got {width} and {steps}")
    if len(X) != len(y) or not np.isin(y, (0, 1)).all():
        raise ValueError(f"y must hold a bit, 0 or 1, for each of {len(X)} rows, got {y!r}")
    rows, sides = _with_ones(X), np.where(np.asarray(y) == 1, 1, -1).astype(np.float32)
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
            return BitStore(arrays=tuple(array.copy() for array in arrays), steps=step)
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


def _with_ones(X: Floats) -> Array:
    return np.hstack([X, np.ones((len(X), 1))]).astype(np.float32)


def _views(flat: Array, width: int) -> tuple[Array, Array, Array]:
    return flat[: -width - 1].reshape(-1, width), flat[-width - 1 : -1], flat[-1:]
