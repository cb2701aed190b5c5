"""The bare convolutional network: patches as matrix products, and gradients by hand.

Each layer looks for the same small patterns everywhere in a picture, and keeps of each 2 x 2
places the one where the pattern fits best (LeCun et al. 1998, with the largest in place of the
mean). A linear layer reads what is left. Like `Perceptron`, with all weights in one flat vector.
"""

from dataclasses import dataclass, field
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from bigcurves.learners.networks.losses import LOSSES, Array, Loss

ROWS = 32  # pictures worked on at a time: their patches stay in the cache


class Shape(NamedTuple):
    """What comes into a layer: a picture's height and width, and how many channels it has."""

    high: int
    wide: int
    channels: int


class Layer(NamedTuple):
    """One layer's sizes: `kernel` and `pool` are heights and widths, `given` what comes in."""

    given: Shape
    kernel: tuple[int, int]
    pool: tuple[int, int]
    channels: int

    @property
    def found(self) -> Shape:
        """Return what the kernels give, one number for each place where they fit."""
        high, wide = (s - k + 1 for s, k in zip(self.given[:2], self.kernel, strict=True))
        return Shape(high, wide, self.channels)

    @property
    def pooled(self) -> Shape:
        """Return what is left after pooling; a last line that fills no pool is left out."""
        high, wide = (s // p for s, p in zip(self.found[:2], self.pool, strict=True))
        return Shape(high, wide, self.channels)


@dataclass(kw_only=True)
class Convolution:
    """Layers of convolution, ReLU and pooling, then a linear one, drawn at random.

    Attributes
    ----------
    shape
        Height and width of the pictures in each row.
    channels
        Patterns that each layer looks for.
    kernel
        Side of a pattern in pixels, cut down to the picture where that is smaller.
    classes
        Outputs.
    rng
        Draws the weights: normal, with variance 2 / fan-in (He et al. 2015); biases start
        at zero.
    dtype
        Precision of the weights.
    """

    shape: tuple[int, int]
    channels: tuple[int, ...]
    kernel: int
    classes: int
    rng: np.random.Generator
    dtype: Any = np.float32
    flat: Array = field(init=False)
    gradient: Array = field(init=False)

    def __post_init__(self) -> None:
        self.sizes = layers_of(self.shape, self.channels, self.kernel)
        self.flat = np.zeros(count_weights(self.sizes, self.classes), self.dtype)
        self.gradient = np.zeros_like(self.flat)
        self.layers = self._views(self.flat)
        self._slopes = self._views(self.gradient)
        for weights, _ in self.layers:
            weights[:] = self.rng.standard_normal(weights.shape) * np.sqrt(2 / len(weights))

    def outputs(self, X: Array) -> Array:
        """Return the output layer for rows X, shape (n, outputs); nothing is kept on the way."""
        found = np.empty((len(X), self.classes), np.result_type(X, self.flat))
        for at in range(0, len(X), ROWS):
            found[at : at + ROWS] = self._forward(X[at : at + ROWS])[0]
        return found

    def descend(self, X: Array, Y: Array, loss: Loss) -> float:
        """Fill `gradient` for rows X and targets Y of shape (n, outputs); return the loss."""
        self.gradient[:] = 0
        value = 0.0
        for at in range(0, len(X), ROWS):
            outputs, kept = self._forward(X[at : at + ROWS])
            part, delta = LOSSES[loss](outputs, Y[at : at + ROWS])
            share = len(outputs) / len(X)
            delta *= share
            value += share * part
            self._backward(delta, kept)
        return value

    def _forward(self, X: Array) -> tuple[Array, list[tuple[Array, Array, Array]]]:
        """Return outputs, and each layer's patches, the places that its pools kept, and result."""
        kept: list[tuple[Array, Array, Array]] = []
        n = len(X)
        picture = X.reshape(n, *self.sizes[0].given)
        for size, (weights, biases) in zip(self.sizes, self.layers, strict=False):
            patches = _patches(picture, size)
            found = (patches @ weights).reshape(n, *size.found)
            picture, best = _pool(found, size)
            picture += biases  # the same for all places of a pool, so the largest stays it
            np.maximum(picture, np.zeros_like(picture), out=picture)  # slow with a scalar
            kept.append((patches, best, picture))
        weights, biases = self.layers[-1]
        last = picture.reshape(n, -1)
        outputs = last @ weights
        outputs += biases
        return outputs, kept

    def _backward(self, delta: Array, kept: list[tuple[Array, Array, Array]]) -> None:
        """Add to `gradient` what some rows' outputs, with slopes `delta`, want changed."""
        n = len(delta)
        last = kept[-1][2].reshape(n, -1)
        self._slopes[-1][0][:] += last.T @ delta
        self._slopes[-1][1][:] += delta.sum(axis=0)
        delta = delta @ self.layers[-1][0].T
        for depth in range(len(self.sizes) - 1, -1, -1):
            size, (patches, best, picture) = self.sizes[depth], kept[depth]
            delta = delta.reshape(picture.shape)
            delta *= np.sign(picture)  # of what is not negative: a ReLU's slope
            weights, biases = self._slopes[depth]
            biases += delta.sum(axis=(0, 1, 2))
            spread = _unpool(delta, best, size).reshape(-1, size.channels)
            weights += patches.T @ spread
            if depth:
                delta = _pictures(spread @ self.layers[depth][0].T, n, size)

    def _views(self, flat: Array) -> list[tuple[Array, Array]]:
        views, at = [], 0
        for fan_in, fan_out in _shapes(self.sizes, self.classes):
            end = at + fan_in * fan_out
            weights = flat[at:end].reshape(fan_in, fan_out)
            views.append((weights, flat[end : end + fan_out]))
            at = end + fan_out
        return views


def layers_of(shape: tuple[int, int], channels: tuple[int, ...], kernel: int) -> list[Layer]:
    """Return the sizes of each layer for pictures of a height and width."""
    layers, given = [], Shape(*shape, 1)
    for count in channels:
        sides = (min(kernel, given.high), min(kernel, given.wide))
        left = [side - cut + 1 for side, cut in zip(given[:2], sides, strict=True)]
        layers.append(Layer(given, sides, (min(2, left[0]), min(2, left[1])), count))
        given = layers[-1].pooled
    return layers


def count_weights(layers: list[Layer], classes: int) -> int:
    """Count weights and biases."""
    return sum((fan_in + 1) * fan_out for fan_in, fan_out in _shapes(layers, classes))


def _shapes(layers: list[Layer], classes: int) -> list[tuple[int, int]]:
    """List fan-in and fan-out of each layer, the linear one last."""
    sizes = [(int(np.prod(each.kernel)) * each.given.channels, each.channels) for each in layers]
    return [*sizes, (int(np.prod(layers[-1].pooled)), classes)]


def _patches(picture: Array, size: Layer) -> Array:
    """Cut out the patch at each place, shape (n * places, kernel pixels * channels)."""
    windows = sliding_window_view(picture, size.kernel, axis=(1, 2))  # (n, h, w, channels, k, k)
    moved = windows.transpose(0, 1, 2, 4, 5, 3)
    return moved.reshape(len(picture) * size.found.high * size.found.wide, -1)


def _pictures(patches: Array, n: int, size: Layer) -> Array:
    """Add up patches where they were cut out, shape (n, high, wide, channels)."""
    found = size.found
    each = patches.reshape(n, found.high, found.wide, *size.kernel, size.given.channels)
    picture = np.zeros((n, *size.given), patches.dtype)
    for down, across in product(*(range(side) for side in size.kernel)):
        there = picture[:, down : down + found.high, across : across + found.wide]
        there += each[:, :, :, down, across]
    return picture


def _places(size: Layer) -> list[tuple[slice, slice]]:
    """List the corners of a pool as slices through all pools."""
    (high, wide, _), (down, across) = size.pooled, size.pool
    return [
        (slice(i, high * down, down), slice(j, wide * across, across))
        for i, j in product(range(down), range(across))
    ]


def _pool(found: Array, size: Layer) -> tuple[Array, Array]:
    """Keep the largest of each pool, and which of its places that is, the first of equal ones."""
    (down, across), *others = _places(size)
    largest = found[:, down, across].copy()
    best = np.zeros(largest.shape, np.int8)
    for place, (down, across) in enumerate(others, start=1):
        here = found[:, down, across]
        best[here > largest] = place
        np.maximum(largest, here, out=largest)
    return largest, best


def _unpool(delta: Array, best: Array, size: Layer) -> Array:
    """Put each pool's slope where its largest was, and 0 elsewhere."""
    found = np.zeros((len(delta), *size.found), delta.dtype)
    for place, (down, across) in enumerate(_places(size)):
        np.multiply(delta, best == place, out=found[:, down, across])
    return found
