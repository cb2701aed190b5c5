"""What all networks do: train epoch by epoch, answer in blocks, and stop where they diverge."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.datasets import load_digits

from bigcurves.learners import ConvolutionalClassifier, NetworkClassifier


def test_the_largest_output_of_float32_rows_is_what_predict_says():
    X, y = load_digits(return_X_y=True)
    net = NetworkClassifier(hidden=(32,), epochs=3, batch_size=64, random_state=0).fit(X / 16, y)
    outputs = net.network_.outputs(np.asarray(X / 16, np.float32))
    assert_array_equal(net.classes_[outputs.argmax(axis=1)], net.predict(X / 16))


def test_walking_through_training_is_fitting():
    X, y = load_digits(return_X_y=True)
    settings = {"hidden": (32,), "epochs": 6, "batch_size": 64, "random_state": 5}
    walked = NetworkClassifier(**settings)
    epochs = [(epoch, walked.score(X / 16, y)) for epoch in walked.training(X / 16, y)]
    fitted = NetworkClassifier(**settings).fit(X / 16, y)
    assert [epoch for epoch, _ in epochs] == [1, 2, 3, 4, 5, 6]
    assert_array_equal(walked.network_.flat, fitted.network_.flat)
    assert fitted.loss_curve_ == walked.loss_curve_
    assert epochs[0][1] < epochs[-1][1]
    # scikit-learn's MLPClassifier with these settings reads .97 on its training rows.
    assert epochs[-1][1] > 0.95


@pytest.mark.parametrize(
    ("settings", "X"),
    [
        ({"activation": "square"}, 1e29 * np.eye(4)),
        ({"learning_rate": 1e20}, np.eye(4)),
        ({"weight_decay": 1e90}, np.eye(4)),
    ],
)
def test_a_training_that_diverges_is_stopped_and_named(settings, X):
    network = NetworkClassifier(epochs=50, random_state=0, **settings)
    rate = f"{network.learning_rate:g}".replace("+", r"\+")
    message = f"learning_rate must be smaller than {rate}, or X .*: training diverged in epoch [12]"
    with pytest.raises(ValueError, match=message):
        network.fit(X, [0, 1, 0, 1])


def test_weights_that_overflow_are_seen_in_their_own_epoch():
    training = NetworkClassifier(learning_rate=1e39, random_state=0).training(
        np.eye(4), [0, 1, 0, 1]
    )
    with pytest.raises(ValueError, match="diverged in epoch 1"):
        next(training)


@pytest.mark.parametrize(
    ("X", "message"),
    [
        (1e30 * np.eye(4), "X must be nearer in size to the rows that were learned"),
        (1e31 * np.eye(4), r"X must be at most 1e\+30 in size, got 1e\+31"),
        (1e300 * np.eye(4), r"X must be at most 1e\+100 in size, got 1e\+300"),
    ],
)
def test_rows_that_overflow_have_no_answer(X, message):
    network = NetworkClassifier(activation="square", epochs=5, random_state=0)
    network.fit(np.eye(4), [0, 1, 0, 1])
    with pytest.raises(ValueError, match=message):
        network.predict(X)


def test_a_digit_string_of_a_label_is_named():
    with pytest.raises(ValueError, match="X and y must be numbers that a float holds"):
        NetworkClassifier(epochs=1).fit(np.array([[10**400], [1]], object), [0, 1])


def test_rows_are_answered_in_blocks_as_they_are_one_by_one():
    X, y = load_digits(return_X_y=True)
    for network in (
        NetworkClassifier(hidden=(8,), epochs=2, batch_size=64, random_state=0),
        ConvolutionalClassifier(channels=(4,), kernel=3, epochs=1, random_state=0),
    ):
        network.fit(X / 16, y)
        rows = np.tile(X / 16, (3, 1))[:4200]  # more than one block
        assert_array_equal(network.predict(rows), np.tile(network.predict(X / 16), 3)[:4200])
        outputs = network.decision_function(rows)
        assert outputs.dtype == np.float64
        assert_allclose(outputs[:5], network.decision_function(X[:5] / 16), rtol=1e-12)


def test_rows_of_single_precision_near_its_end_are_refused_without_a_warning():
    X = np.zeros((4, 2), np.float32)
    X[:, 0], X[:, 1] = 3e38, -3e38  # whose sums are infinities of both signs
    with pytest.raises(ValueError, match=r"X must be at most 1e\+30 in size, got 3e\+38"):
        NetworkClassifier(epochs=1).fit(X, [0, 1, 0, 1])
    network = NetworkClassifier(epochs=1).fit(np.eye(2), [0, 1])
    with pytest.raises(ValueError, match=r"X must be at most 1e\+30 in size, got 3e\+38"):
        network.predict(X)
