"""The bare network: gradients against differences, outputs against scikit-learn and by hand."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.datasets import load_digits
from sklearn.neural_network import MLPClassifier

from bigcurves.learners.networks.losses import Loss, softmax
from bigcurves.learners.networks.perceptron import Activation, Perceptron

every_activation = pytest.mark.parametrize("activation", ["relu", "square"])


def perceptron(
    activation: Activation, sizes: tuple[int, ...] = (4, 6, 5, 3), seed: int = 0
) -> tuple[Perceptron, np.random.Generator]:
    rng = np.random.default_rng(seed)
    net = Perceptron(sizes=sizes, activation=activation, rng=rng, dtype=np.float64)
    net.flat += 0.1 * rng.standard_normal(net.flat.size)  # biases away from zero
    return net, rng


@every_activation
@pytest.mark.parametrize("loss", ["squared", "cross_entropy"])
def test_gradients_match_finite_differences(activation: Activation, loss: Loss) -> None:
    net, rng = perceptron(activation)
    X, Y = rng.standard_normal((7, 4)), np.eye(3)[rng.integers(3, size=7)]
    net.descend(X, Y, loss)
    analytic, numeric, step = net.gradient.copy(), np.empty(net.flat.size), 1e-6
    for i in range(net.flat.size):
        net.flat[i] += step
        above = net.descend(X, Y, loss)
        net.flat[i] -= 2 * step
        below = net.descend(X, Y, loss)
        net.flat[i] += step
        numeric[i] = (above - below) / (2 * step)
    # Central differences err by step^2 (1e-12) plus rounding of the loss over the step (1e-10
    # for losses near 1); no ReLU sits within 1e-6 of its kink for this seed.
    assert_allclose(analytic, numeric, atol=2e-8)


@every_activation
def test_a_step_in_place_is_the_plain_formulas(activation: Activation) -> None:
    rng = np.random.default_rng(1)
    net = Perceptron(sizes=(5, 40, 3), activation=activation, rng=rng)
    X = rng.standard_normal((50, 5)).astype(np.float32)
    Y = np.eye(3, dtype=np.float32)[rng.integers(3, size=50)]
    (A, a), (B, b) = net.layers
    z = X @ A + a
    hidden, slope = (np.clip(z, 0, np.inf), z > 0) if activation == "relu" else (z * z, 2 * z)
    outputs = hidden @ B + b
    shifted = outputs - outputs.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    delta = (np.exp(logs) - Y) / 50
    below = (delta @ B.T) * slope
    plain = [X.T @ below, below.sum(axis=0), hidden.T @ delta, delta.sum(axis=0)]
    given = X.copy(), Y.copy()
    assert net.descend(X, Y, "cross_entropy") == pytest.approx(-np.vdot(Y, logs) / 50)
    expected = np.concatenate([part.ravel() for part in plain])
    assert_allclose(net.gradient, expected, atol=1e-6 * np.abs(expected).max())
    assert net.gradient.dtype == np.float32
    assert_array_equal(X, given[0])
    assert_array_equal(Y, given[1])


def test_outputs_match_scikit_learn_with_the_same_weights() -> None:
    X, y = load_digits(return_X_y=True)
    theirs = MLPClassifier((20, 10), max_iter=3, random_state=0)
    for _ in range(3):
        theirs.partial_fit(X, y, classes=np.arange(10))
    ours, _ = perceptron("relu", sizes=(64, 20, 10, 10))
    for (weights, biases), coef, bias in zip(
        ours.layers, theirs.coefs_, theirs.intercepts_, strict=True
    ):
        weights[:], biases[:] = coef, bias
    assert_allclose(softmax(ours.outputs(X)), theirs.predict_proba(X), atol=1e-12)


def test_exclusive_or_by_hand() -> None:
    """From a + b two hinges, at 0 and at 1, make 0, 1, 0."""
    net, _ = perceptron("relu", sizes=(2, 2, 1))
    net.flat[:] = [1, 1, 1, 1, 0, -1, 1, -2, 0]  # weights then biases, layer by layer
    X = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    assert_allclose(net.outputs(X), [[0], [1], [1], [0]])


@pytest.mark.parametrize(("activation", "power"), [("relu", 1), ("square", 4)])
def test_without_biases_two_hidden_layers_scale_as_their_activation_does(
    activation: Activation, power: int
) -> None:
    rng = np.random.default_rng(2)
    net = Perceptron(sizes=(3, 8, 8, 2), activation=activation, rng=rng, dtype=np.float64)
    X = rng.standard_normal((5, 3))
    assert_allclose(net.outputs(2 * X), 2**power * net.outputs(X), rtol=1e-12)


def test_first_weights_have_variance_two_over_fan_in_and_no_bias() -> None:
    net = Perceptron(sizes=(50, 400, 30), activation="relu", rng=np.random.default_rng(3))
    assert net.flat.dtype == np.float32
    assert net.flat.size == 51 * 400 + 401 * 30
    for (weights, biases), fan_in in zip(net.layers, (50, 400), strict=True):
        # 20,000 and 12,000 draws: a spread's standard error is below .7 %.
        assert weights.std() == pytest.approx(math.sqrt(2 / fan_in), rel=0.03)
        assert_array_equal(biases, 0)
