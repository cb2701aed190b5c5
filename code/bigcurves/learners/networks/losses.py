"""What a network's outputs cost, and in which direction each of them should move."""

from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]  # float32 in training, float64 where gradients are checked
Loss: TypeAlias = Literal["squared", "cross_entropy"]


def softmax(z: Array) -> Array:
    """Turn each row of outputs into probabilities."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return np.asarray(e / e.sum(axis=1, keepdims=True))


def squared(outputs: Array, Y: Array) -> tuple[float, Array]:
    """Return the mean over rows and outputs of (output - Y)^2, and its slope in place of them."""
    outputs -= Y
    value = float(np.vdot(outputs, outputs)) / outputs.size
    outputs *= 2 / outputs.size
    return value, outputs


def cross_entropy(outputs: Array, Y: Array) -> tuple[float, Array]:
    """Return the mean over rows of -sum(Y log softmax(output)), and its slope."""
    # In place, and by ufuncs' own `reduce`: at a few rows to a step the calls are what costs.
    outputs -= np.maximum.reduce(outputs, axis=1, keepdims=True)
    slope = np.exp(outputs)
    sums = np.add.reduce(slope, axis=1, keepdims=True)
    slope /= sums
    outputs -= np.log(sums, out=sums)
    value = -float(np.vdot(Y, outputs)) / len(Y)
    slope -= Y
    slope *= 1 / len(Y)
    return value, slope


LOSSES = {"squared": squared, "cross_entropy": cross_entropy}
