"""Storing bits: what is stored is answered, and what it takes is counted."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn.neural_network import MLPClassifier

from bigcurves.learners import BitStore, store_bits


def table(m=40, seed=0):
    rng = np.random.default_rng(seed)
    return rng.choice([-1.0, 1.0], (m, 12)), rng.integers(0, 2, m)


def test_a_wide_network_stores_every_bit_and_says_how_large_it_is():
    X, y = table()
    network = store_bits(X, y, 10, np.random.default_rng(1))
    assert (network.predict(X) == y).all()
    assert network.width == 10
    assert network.parameters == 12 * 10 + 10 + 10 + 1


def test_what_it_computes_is_a_relu_network():
    X, y = table()
    network = store_bits(X, y, 6, np.random.default_rng(1))
    hidden, out, bias = network.arrays
    other = MLPClassifier((6,), max_iter=1, random_state=0)
    with pytest.warns(match="Maximum iterations"):
        other.fit(X, y)
    other.coefs_, other.intercepts_ = [hidden[:-1], out[:, np.newaxis]], [hidden[-1], bias]
    odds = other.predict_proba(X)[:, 1]
    assert_allclose(odds, 1 / (1 + np.exp(-network.log_odds(X))), atol=1e-5)  # float32


def test_it_stops_at_the_first_step_that_leaves_no_fault():
    X, y = table()
    network = store_bits(X, y, 10, np.random.default_rng(1))
    assert network.steps > 3
    assert store_bits(X, y, 10, np.random.default_rng(1), steps=network.steps) is None
    again = store_bits(X, y, 10, np.random.default_rng(1), steps=network.steps + 1)
    assert (again.arrays[0] == network.arrays[0]).all()


def test_what_cannot_be_stored_is_none():
    X = np.ones((2, 3))
    assert store_bits(X, np.array([0, 1]), 4, np.random.default_rng(0), steps=50) is None


def test_bad_input_is_named():
    X, y = table()
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="width must be between 1 and 10000, got 0"):
        store_bits(X, y, 0, rng)
    with pytest.raises(ValueError, match="y must be whole numbers from 0 to 1, got 2"):
        store_bits(X, y + 1, 4, rng)


@pytest.mark.parametrize("unit", [2.0**-40, 2.0**40, 2.0**-90, 2.0**90])
def test_a_unit_that_rounds_nothing_changes_nothing(unit):
    X, y = table()
    network = store_bits(X, y, 10, np.random.default_rng(1))
    other = store_bits(X * unit, y, 10, np.random.default_rng(1))
    assert other.steps == network.steps
    assert (other.log_odds(X * unit) == network.log_odds(X)).all()


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (np.nan, "X must be finite, got NaN or infinity"),
        (1e39, r"X must have a largest number from 1e-30 to 1e\+30 in size, got 1e\+39"),
    ],
)
def test_what_single_precision_does_not_hold_is_refused(entry, message):
    with pytest.raises(ValueError, match=message):
        store_bits([[entry, 0], [1, 0]], [0, 1], 4, np.random.default_rng(0))


def test_what_overflows_has_no_answer():
    X, y = table()
    network = store_bits(X * 2.0**-90, y, 10, np.random.default_rng(1))
    with pytest.raises(ValueError, match="X must be nearer in size to the rows that are stored"):
        network.predict(X * 2.0**90)


def test_arrays_that_are_no_network_are_refused():
    good = (np.ones((3, 2)), np.ones(2), np.ones(1))
    assert BitStore(arrays=good, steps=0).width == 2
    with pytest.raises(ValueError, match=r"arrays must have shapes .* got \(3, 2\), \(3,\) and"):
        BitStore(arrays=(good[0], np.ones(3), good[2]), steps=0)
    with pytest.raises(TypeError, match="arrays must be three"):
        BitStore(arrays=good[:2], steps=0)
