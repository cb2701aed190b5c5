"""Representations: the same as the layers by hand, and the outputs are those that name."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.signal import correlate

from bigcurves.learners import (
    ConvolutionalClassifier,
    NetworkClassifier,
    representations,
)


def rows(n=40, features=36, seed=0):
    rng = np.random.default_rng(seed)
    return rng.random((n, features)), rng.integers(3, size=n)


@pytest.mark.parametrize("activation", ["relu", "square"])
def test_layers_of_a_network_are_those_by_hand(activation):
    X, y = rows()
    network = NetworkClassifier(hidden=(7, 5), activation=activation, epochs=3, random_state=0)
    network.fit(X, y)
    bend = (lambda z: np.maximum(z, 0)) if activation == "relu" else np.square
    values, by_hand = X, []
    for depth, (weights, biases) in enumerate(network.network_.layers):
        values = values @ weights.astype(float) + biases
        values = bend(values) if depth < 2 else values
        by_hand.append(values)
    found = representations(network, X)
    assert [layer.shape for layer in found] == [(40, 7), (40, 5), (40, 3)]
    for layer, expected in zip(found, by_hand, strict=True):
        assert layer.dtype == np.float32
        assert_allclose(layer, expected, rtol=1e-4, atol=1e-5)


def test_layers_of_a_convolution_are_those_of_scipy():
    X, y = rows()
    network = ConvolutionalClassifier(channels=(2,), kernel=3, epochs=1, random_state=0).fit(X, y)
    first, outputs = representations(network, X)
    weights, biases = network.network_.layers[0]
    for row, layer in zip(X[:5], first[:5], strict=True):
        for channel in range(2):
            pattern = weights[:, channel].reshape(3, 3)
            seen = correlate(row.reshape(6, 6), pattern, mode="valid") + biases[channel]
            pooled = seen.reshape(2, 2, 2, 2).max(axis=(1, 3))
            found = layer.reshape(2, 2, 2)[..., channel]
            assert_allclose(found, np.maximum(pooled, 0), rtol=1e-4, atol=1e-5)
    assert_array_equal(network.classes_[outputs.argmax(axis=1)], network.predict(X))


def test_before_its_first_epoch_a_network_has_the_weights_that_it_starts_from():
    X, y = rows()
    network = NetworkClassifier(hidden=(4,), epochs=2, random_state=1)
    epochs = network.training(X, y)
    before = representations(network, X)
    next(epochs)
    assert not np.array_equal(before[0], representations(network, X)[0])
    again = NetworkClassifier(hidden=(4,), epochs=9, random_state=1)
    again.training(X, y)
    assert_array_equal(before[0], representations(again, X)[0])


def test_many_rows_are_passed_in_parts_and_kept_in_order():
    X, y = rows(n=9000, features=4)
    network = NetworkClassifier(hidden=(3,), epochs=1, random_state=0).fit(X, y)
    hidden, _ = representations(network, X)
    assert len(hidden) == 9000
    assert_allclose(
        hidden[5000:5002], representations(network, X[5000:5002])[0], rtol=1e-4, atol=1e-5
    )


def test_bytes_and_lists_are_rows():
    X = (rows()[0] * 255).astype(np.uint8)
    network = NetworkClassifier(hidden=(3,), epochs=1, random_state=0).fit(X, rows()[1])
    for given in (X.tolist(), X.astype(np.float32)):
        assert_array_equal(representations(network, given)[0], representations(network, X)[0])


@pytest.mark.parametrize(
    ("X", "message"),
    [
        (np.ones((2, 35)), r"X must have .*36"),
        (np.full((2, 36), np.nan), "X must be finite"),
        (np.full((2, 36), 1e50), "X must be nearer in size"),
    ],
)
def test_rows_that_cannot_be_passed_are_named(X, message):
    network = NetworkClassifier(hidden=(3,), epochs=1, random_state=0).fit(*rows())
    with pytest.raises(ValueError, match=message):
        representations(network, X)


def test_what_is_no_network_or_has_no_weights_is_named():
    X, _ = rows()
    with pytest.raises(TypeError, match=r"network must be one of .* classifiers, got a str"):
        representations("network", X)
    with pytest.raises(ValueError, match=r"network must have weights: fit it"):
        representations(NetworkClassifier(), X)
