"""The convolutional network: outputs by plain loops, gradients against differences."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.signal import correlate2d

from bigcurves.learners.networks.convolution import (
    ROWS,
    Convolution,
    _pool,
    count_weights,
    layers_of,
)

SHAPES = [  # pictures, channels, kernel
    ((12, 12), (2, 3), 3),
    ((11, 9), (3, 2), 4),  # a line is left over where pools are of two
    ((1, 10), (2, 2), 3),  # a strip: kernels and pools of height 1
    ((3, 3), (2, 2), 5),  # a kernel cut down to the picture
    ((2, 1), (3,), 1),
]
every_shape = pytest.mark.parametrize(("shape", "channels", "kernel"), SHAPES)


def network(shape, channels, kernel, dtype=np.float64, classes=3):
    rng = np.random.default_rng(0)
    net = Convolution(
        shape=shape, channels=channels, kernel=kernel, classes=classes, rng=rng, dtype=dtype
    )
    net.flat += (0.1 * rng.standard_normal(net.flat.size)).astype(dtype)  # biases away from zero
    return net, rng


def by_loops(net, row):
    """Answer one picture by scipy's correlation and a loop over pools."""
    pictures = [row.reshape(net.shape)]
    for size, (weights, biases) in zip(net.sizes, net.layers, strict=False):
        kernels = weights.reshape(*size.kernel, len(pictures), size.channels)
        following = []
        for channel in range(size.channels):
            found = sum(
                correlate2d(picture, kernels[:, :, below, channel], mode="valid")
                for below, picture in enumerate(pictures)
            )
            down, across = size.pool
            pooled = [
                [
                    found[i : i + down, j : j + across].max()
                    for j in range(0, found.shape[1] - across + 1, across)
                ]
                for i in range(0, found.shape[0] - down + 1, down)
            ]
            following.append(np.maximum(np.array(pooled) + biases[channel], 0))
        pictures = following
    weights, biases = net.layers[-1]
    return np.stack(pictures, axis=-1).ravel() @ weights + biases


@every_shape
def test_outputs_are_those_of_plain_loops(shape, channels, kernel):
    net, rng = network(shape, channels, kernel)
    X = rng.standard_normal((ROWS + 3, shape[0] * shape[1]))
    given = X.copy()
    assert_allclose(net.outputs(X), [by_loops(net, row) for row in X], atol=1e-12)
    assert_array_equal(X, given)


@every_shape
@pytest.mark.parametrize("loss", ["squared", "cross_entropy"])
def test_gradients_match_central_differences(shape, channels, kernel, loss):
    net, rng = network(shape, channels, kernel)
    X = rng.standard_normal((ROWS + 3, shape[0] * shape[1]))  # more than one block of rows
    Y = np.eye(3)[rng.integers(3, size=len(X))]
    net.descend(X, Y, loss)
    analytic, step = net.gradient.copy(), 1e-6
    numeric = np.empty(net.flat.size)
    for i in range(net.flat.size):
        net.flat[i] += step
        above = net.descend(X, Y, loss)
        net.flat[i] -= 2 * step
        below = net.descend(X, Y, loss)
        net.flat[i] += step
        numeric[i] = (above - below) / (2 * step)
    # No pool and no ReLU changes its mind within 1e-6 for this seed.
    assert_allclose(analytic, numeric, atol=1e-6 * np.abs(analytic).max())


def test_equal_places_of_a_pool_hand_the_slope_to_one_of_them():
    # A flat picture: each pool holds four equal numbers.
    net, _ = network((6, 6), (1,), 3)
    net.flat[:] = 0.1
    net.descend(np.ones((1, 36)), np.eye(3)[:1], "squared")
    analytic = net.gradient.copy()
    step, numeric = 1e-6, np.empty(9)
    for i in range(9):
        net.flat[i] += step
        above = net.descend(np.ones((1, 36)), np.eye(3)[:1], "squared")
        net.flat[i] -= 2 * step
        below = net.descend(np.ones((1, 36)), np.eye(3)[:1], "squared")
        net.flat[i] += step
        numeric[i] = (above - below) / (2 * step)
    assert_allclose(analytic[:9], numeric, rtol=1e-6)


def test_of_equal_places_the_first_is_kept():
    (size,) = layers_of((4, 4), (1,), 1)
    found = np.array([[1, 1, 0, 2], [1, 1, 2, 2], [0, 0, 3, 1], [0, 1, 1, 3.0]])
    largest, best = _pool(found.reshape(1, 4, 4, 1), size)
    assert largest[0, :, :, 0].tolist() == [[1, 2], [1, 3]]
    assert best[0, :, :, 0].tolist() == [[0, 1], [3, 0]]


def test_loss_and_gradient_are_means_over_rows_of_any_number():
    net, rng = network((8, 8), (2, 3), 3)
    X, Y = rng.standard_normal((2 * ROWS + 5, 64)), np.eye(3)[rng.integers(3, size=2 * ROWS + 5)]
    each = []
    for row, target in zip(X, Y, strict=True):
        loss = net.descend(row[np.newaxis], target[np.newaxis], "cross_entropy")
        each.append((loss, net.gradient.copy()))
    assert net.descend(X, Y, "cross_entropy") == pytest.approx(np.mean([loss for loss, _ in each]))
    assert_allclose(net.gradient, np.mean([slope for _, slope in each], axis=0), atol=1e-12)


def test_first_weights_have_variance_two_over_fan_in_and_no_bias():
    rng = np.random.default_rng(3)
    net = Convolution(shape=(28, 28), channels=(40, 50), kernel=5, classes=200, rng=rng)
    assert net.flat.dtype == np.float32
    assert [weights.shape for weights, _ in net.layers] == [(25, 40), (1000, 50), (800, 200)]
    for (weights, biases), fan_in, close in zip(
        net.layers, (25, 1000, 800), (0.07, 0.02, 0.01), strict=True
    ):
        assert weights.std() == pytest.approx(np.sqrt(2 / fan_in), rel=close)
        assert_array_equal(biases, 0)


def test_weights_are_counted_as_in_the_published_shape():
    # 25 x 8 + 8, 200 x 16 + 16, 256 x 10 + 10
    assert count_weights(layers_of((28, 28), (8, 16), 5), 10) == 5994
    assert count_weights(layers_of((28, 28), (16, 32), 5), 10) == 18378


def test_a_pattern_is_found_wherever_it_stands():
    # One kernel that is a cross: its largest answer is where the cross is, and of the same size.
    net = Convolution(
        shape=(9, 9), channels=(1,), kernel=3, classes=2, rng=np.random.default_rng(0)
    )
    cross = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]], np.float32)
    net.flat[:] = 0
    net.layers[0][0][:, 0] = cross.ravel()
    net.layers[1][0][:, 0] = 1  # the sum over all places
    found = []
    for corner in ((0, 0), (2, 4), (5, 5)):
        picture = np.zeros((9, 9), np.float32)
        picture[corner[0] : corner[0] + 3, corner[1] : corner[1] + 3] = cross
        found.append(net._forward(picture.reshape(1, -1))[1][0][2].max())
    assert found == [5, 5, 5]
