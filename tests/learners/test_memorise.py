"""Memorising: stops at the first epoch that leaves no fault, and says which."""

import numpy as np
import pytest

from bigcurves.learners import NetworkClassifier, memorise


@pytest.mark.parametrize("n", [60, 300])  # fewer rows than are asked first, and more
def test_it_stops_at_the_first_faultless_epoch(n):
    rng = np.random.default_rng(1)
    X, y = rng.standard_normal((n, 5)), rng.choice(["no", "yes"], n)
    network = NetworkClassifier(hidden=(64,), epochs=500, random_state=0)
    epochs = memorise(network, X, y)
    assert network.score(X, y) == 1
    # the same training, watched from outside
    again = NetworkClassifier(hidden=(64,), epochs=500, random_state=0)
    scores = [again.score(X, y) for _ in again.training(X, y)]
    assert scores.index(1) + 1 == epochs == len(network.loss_curve_)


def test_what_cannot_be_stored_ends_with_the_last_epoch():
    X, y = np.zeros((4, 2)), np.array([0, 1, 0, 1])
    network = NetworkClassifier(hidden=(4,), epochs=7, random_state=0)
    assert memorise(network, X, y) == 7
    assert network.score(X, y) == 0.5


def test_what_cannot_be_memorised_is_named():
    with pytest.raises(TypeError, match="network must be a NetworkClassifier, got a NoneType"):
        memorise(None, np.eye(2), [0, 1])
    with pytest.raises(
        ValueError, match=r"network, X and y must go together: .* samples: \[2, 3\]"
    ):
        memorise(NetworkClassifier(), np.eye(2), [0, 1, 0])
    with pytest.raises(ValueError, match=r"y must have shape \(n,\), got \(2, 1\)"):
        memorise(NetworkClassifier(), np.eye(2), [[0], [1]])
