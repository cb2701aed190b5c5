"""Curves of a training: the same numbers as by hand, and a network that is the same as fitted."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from sklearn.datasets import load_digits

from bigcurves.learners import ConvolutionalClassifier, NetworkClassifier, learning_curves
from bigcurves.sample import Sample


def test_a_row_of_each_epoch_holds_what_scores_say_by_hand():
    X, y = load_digits(return_X_y=True)
    X = X / 16
    settings = {"hidden": (16,), "epochs": 4, "batch_size": 64, "random_state": 0}
    network, by_hand = NetworkClassifier(**settings), NetworkClassifier(**settings)
    learned, asked = (
        Sample(inputs=X[part], targets=y[part]) for part in (slice(1000), slice(1000, None))
    )
    rows = learning_curves(network, learned, asked)
    for row, epoch in zip(rows, by_hand.training(X[:1000], y[:1000]), strict=True):
        assert row == {
            "epoch": epoch,
            "loss": by_hand.loss_curve_[-1],
            "train": pytest.approx(1 - by_hand.score(X[:1000], y[:1000])),
            "test": pytest.approx(1 - by_hand.score(X[1000:], y[1000:])),
        }
    assert_array_equal(network.network_.flat, by_hand.network_.flat)


def test_words_are_labels_too():
    rng = np.random.default_rng(0)
    sample = Sample(inputs=rng.random((30, 9)), targets=np.repeat(["a", "b", "c"], 10))
    network = ConvolutionalClassifier(channels=(2,), kernel=2, epochs=2, random_state=0)
    (_, last) = learning_curves(network, sample, sample)
    assert last["train"] == last["test"] == 1 - network.score(sample.inputs, sample.targets)


def test_what_diverges_raises():
    sample = Sample(inputs=np.eye(4), targets=np.array([0, 1, 0, 1]))
    network = NetworkClassifier(learning_rate=1e20, random_state=0)
    with pytest.raises(ValueError, match=r"training diverged in epoch [12]"):
        learning_curves(network, sample, sample)


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"network": "network"}, TypeError, r"network must be one of .* classifiers, got a str"),
        ({"learned": np.eye(4)}, TypeError, "learned must be a Sample, got a ndarray"),
        ({"asked": Sample(inputs=np.eye(4))}, ValueError, "asked must have rows and their targets"),
        (
            {"asked": Sample(inputs=np.eye(3), targets=np.arange(3))},
            ValueError,
            r"learned and asked must have as many features, got shapes \(4, 4\) and \(3, 3\)",
        ),
    ],
)
def test_what_cannot_be_followed_is_named_before_the_first_epoch(given, error, message):
    sample = Sample(inputs=np.eye(4), targets=np.array([0, 1, 0, 1]))
    network = NetworkClassifier(epochs=1, random_state=0)
    with pytest.raises(error, match=message):
        learning_curves(**({"network": network, "learned": sample, "asked": sample} | given))
    assert not hasattr(network, "network_")
