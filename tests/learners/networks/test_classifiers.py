"""The networks: their training step by step, and the grokking run that one exists for."""

import math

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from sklearn.datasets import load_digits

from bigcurves.learners import ConvolutionalClassifier, NetworkClassifier


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("activation", "tanh"),
        ("loss", "hinge"),
        ("schedule", "linear"),
        ("hidden", ()),
        ("hidden", (0,)),
        ("learning_rate", 0.0),
        ("learning_rate", math.nan),
        ("weight_decay", -1.0),
        ("betas", (0.9, 1.0)),
        ("epochs", 0),
        ("batch_size", 0),
    ],
)
def test_bad_settings_are_named(setting, value):
    with pytest.raises(ValueError, match=f"{setting} must .* got "):
        NetworkClassifier(**{setting: value}).training(np.eye(2), np.arange(2))


def addition(rng, p=31, share=0.5):
    """Split a + b mod p over unordered pairs: train rows, train sums, test rows, test sums."""
    first, second = np.triu_indices(p)
    order = rng.permutation(len(first))
    count = round(share * len(order))
    split = []
    for chosen in (order[:count], order[count:]):
        a, b = first[chosen], second[chosen]
        off = a != b
        pairs = np.column_stack([np.r_[a, b[off]], np.r_[b, a[off]]])
        split += [np.eye(p)[pairs].reshape(len(pairs), 2 * p), pairs.sum(axis=1) % p]
    return split


def grok(seed, weight_decay=1.0, epochs=1000):
    X, y, X_test, y_test = addition(np.random.default_rng(seed))
    net = NetworkClassifier(
        activation="square", loss="squared", weight_decay=weight_decay, betas=(0.9, 0.98),
        epochs=epochs, random_state=seed,
    )  # fmt: skip
    at_fit = None
    for epoch in net.training(X, y):
        if at_fit is None and epoch % 10 == 0 and net.score(X, y) >= 0.99:
            at_fit = net.score(X_test, y_test)
    return at_fit, net.score(X_test, y_test)


def test_the_network_groks_modular_addition():
    at_fit, final = grok(0, epochs=400)
    assert at_fit <= 0.05
    assert final >= 0.95


@pytest.mark.slow
def test_grokking_figures_over_seeds():
    # Published with the design, 20 seeds: .006 at 100 % train, .997 at the end, .21 without decay.
    runs = np.array([grok(seed) for seed in range(5)])
    plain = np.array([grok(seed, weight_decay=0.0) for seed in range(5)])
    assert runs[:, 0].mean() == pytest.approx(0.006, abs=0.01)
    assert runs[:, 1].mean() == pytest.approx(0.997, abs=0.01)
    # One seed in five finds the circles without decay too (as Gromov 2023 says it can).
    assert np.median(plain[:, 1]) < 0.5


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        ({"hidden": 5}, TypeError, "hidden must be a tuple of sizes, .*, got a int"),
        ({"hidden": (10_000, 10_000)}, ValueError, "hidden must be of at most 50,000,000 weights"),
        ({"epochs": 2**31 - 1}, ValueError, "epochs must be between 1 and 1000000"),
        ({"betas": (0.9,)}, ValueError, r"betas must be two numbers in \[0, 1\)"),
        ({"random_state": -1}, ValueError, "random_state must be None, a whole number .*, got -1"),
        ({"learning_rate": "fast"}, TypeError, "learning_rate must be a number, got a str"),
    ],
)
def test_settings_of_another_kind_are_named(settings, error, message):
    with pytest.raises(error, match=message):
        NetworkClassifier(**settings).fit(np.eye(4), [0, 1, 0, 1])


def test_a_falling_rate_is_stated_by_a_word_and_ends_in_a_still_network():
    X, y = load_digits(return_X_y=True)
    moved = {}
    for schedule in ("constant", "cosine"):
        network = NetworkClassifier(
            hidden=(32,), schedule=schedule, epochs=8, batch_size=64, random_state=0
        )
        walk = [network.network_.flat.copy() for _ in network.training(X / 16, y)]
        moved[schedule] = np.abs(walk[-1] - walk[-2]).mean()
    assert moved["cosine"] < moved["constant"] / 10


def test_the_convolutional_network_learns_digits_and_is_the_same_again():
    X, y = load_digits(return_X_y=True)
    settings = {"channels": (16,), "kernel": 3, "epochs": 30, "learning_rate": 1e-2}
    settings["random_state"] = 0
    one, other = (ConvolutionalClassifier(**settings).fit(X[:1000] / 16, y[:1000]) for _ in "ab")
    assert_array_equal(one.network_.flat, other.network_.flat)
    assert one.loss_curve_ == other.loss_curve_
    # scikit-learn's MLPClassifier with one hidden layer of 100 reads .940 on these rows.
    assert one.score(X[1000:] / 16, y[1000:]) > 0.93


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        ({"channels": 8}, TypeError, "channels must be a tuple of counts, .*, got a int"),
        ({"channels": ()}, ValueError, "channels must hold at least 1 count, got none"),
        ({"channels": (0,)}, ValueError, "channels must be between 1 and 4096, got 0"),
        ({"channels": (4096, 4096)}, ValueError, "channels must be of at most 50,000,000 weights"),
        ({"kernel": 0}, ValueError, "kernel must be between 1 and 4096, got 0"),
        ({"shape": (3, 3)}, ValueError, r"shape must hold 100 pixels, got \(3, 3\)"),
        ({"shape": 10}, TypeError, "shape must be a height and a width, or None, got a int"),
        (
            {"schedule": "steps"},
            ValueError,
            "schedule must be one of constant, cosine, got 'steps'",
        ),
        ({"learning_rate": 1e20}, ValueError, "learning_rate must be smaller than 1e.20"),
    ],
)
def test_settings_of_the_convolutional_network_are_named(settings, error, message):
    X = np.random.default_rng(0).random((20, 100))
    with pytest.raises(error, match=message):
        ConvolutionalClassifier(**settings).fit(X, np.arange(20) % 2)
