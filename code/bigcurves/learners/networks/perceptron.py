"""The bare network: layers, a forward pass, and gradients by hand.

All weights and biases live in one flat vector, of which each layer holds a view, so that
an optimiser updates everything with a few vector operations.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal, TypeAlias

import numpy as np

from bigcurves.learners.networks.losses import LOSSES, Array, Loss

Activation: TypeAlias = Literal["relu", "square"]

ACTIVATIONS = ("relu", "square")


@dataclass(kw_only=True)
class Perceptron:
    """Layers of weights, drawn at random.

    Attributes
    ----------
    sizes
        Units in each layer, input and output included.
    activation
        Of the hidden layers: "relu", max(z, 0), or "square", z^2. The output is linear.
    rng
        Draws the weights: normal, with variance 2 / fan-in (He et al. 2015); biases start
        at zero.
    dtype
        Precision of the weights.
    """

    sizes: tuple[int, ...]
    activation: Activation
    rng: np.random.Generator
    dtype: Any = np.float32
    flat: Array = field(init=False)
    gradient: Array = field(init=False)

    def __post_init__(self) -> None:
        self.flat = np.zeros(sum((a + 1) * b for a, b in pairwise(self.sizes)), self.dtype)
        self.gradient = np.zeros_like(self.flat)
        self.layers = self._views(self.flat)
        self._slopes = self._views(self.gradient)
        for weights, _ in self.layers:
            weights[:] = self.rng.standard_normal(weights.shape) * np.sqrt(2 / len(weights))

    def outputs(self, X: Array) -> Array:
        """Return the output layer for rows X, shape (n, outputs); nothing is kept on the way."""
        for depth, (weights, biases) in enumerate(self.layers):
            X = X @ weights
            X += biases
            if depth < len(self.layers) - 1:
                self._activate(X, out=X)
        return X

    def descend(self, X: Array, Y: Array, loss: Loss) -> float:
        """Fill `gradient` for rows X and targets Y of shape (n, outputs); return the loss."""
        kept = self._forward(X)
        value, delta = LOSSES[loss](kept[-1], Y)
        for depth in range(len(self.layers) - 1, -1, -1):
            below = kept[2 * depth]
            np.matmul(below.T, delta, out=self._slopes[depth][0])
            np.add.reduce(delta, axis=0, out=self._slopes[depth][1])
            if depth:
                delta = delta @ self.layers[depth][0].T
                delta *= self._slope(kept[2 * depth - 1])
        return value

    def _forward(self, X: Array) -> list[Array]:
        """Return input, then before and after the activation of each layer."""
        kept = [X]
        for depth, (weights, biases) in enumerate(self.layers):
            z = kept[-1] @ weights
            z += biases
            kept.append(z)
            if depth < len(self.layers) - 1:
                kept.append(self._activate(z, out=np.empty_like(z)))
        return kept

    def _activate(self, z: Array, out: Array) -> Array:
        if self.activation == "square":
            return np.multiply(z, z, out=out)
        return np.maximum(z, np.zeros(z.shape[1], z.dtype), out=out)  # slow with a scalar

    def _slope(self, z: Array) -> Array:
        return z > 0 if self.activation == "relu" else 2 * z

    def _views(self, flat: Array) -> list[tuple[Array, Array]]:
        views, at = [], 0
        for fan_in, fan_out in pairwise(self.sizes):
            end = at + fan_in * fan_out
            weights = flat[at:end].reshape(fan_in, fan_out)
            views.append((weights, flat[end : end + fan_out]))
            at = end + fan_out
        return views
