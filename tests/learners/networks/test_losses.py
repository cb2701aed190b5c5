"""Losses against their definitions and differences, probabilities against scipy's."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.special import softmax as softmax_of_scipy

from bigcurves.learners.networks.losses import LOSSES, softmax

every_loss = pytest.mark.parametrize("loss", LOSSES)


def drawn():
    rng = np.random.default_rng(0)
    return rng.standard_normal((7, 3)), np.eye(3)[rng.integers(3, size=7)]


def test_losses_match_their_definitions():
    outputs, Y = drawn()
    likelihoods = [
        math.exp(row[k]) / sum(math.exp(v) for v in row)
        for row, k in zip(outputs, Y.argmax(axis=1), strict=True)
    ]
    expected = {
        "squared": ((outputs - Y) ** 2).mean(),
        "cross_entropy": -np.log(likelihoods).mean(),
    }
    for loss, value in expected.items():
        assert LOSSES[loss](outputs.copy(), Y)[0] == pytest.approx(value, rel=1e-12)


@every_loss
def test_slopes_match_central_differences(loss):
    outputs, Y = drawn()
    given, step = Y.copy(), 1e-6
    slope = LOSSES[loss](outputs.copy(), Y)[1]
    numeric = np.empty_like(outputs)
    for place in np.ndindex(outputs.shape):
        up, down = outputs.copy(), outputs.copy()
        up[place] += step
        down[place] -= step
        numeric[place] = (LOSSES[loss](up, Y)[0] - LOSSES[loss](down, Y)[0]) / (2 * step)
    assert_allclose(slope, numeric, atol=1e-9)
    assert_allclose(Y, given, atol=0)


@every_loss
def test_losses_keep_single_precision(loss):
    outputs, Y = (part.astype(np.float32) for part in drawn())
    assert LOSSES[loss](outputs, Y)[1].dtype == np.float32


def test_large_outputs_cost_a_finite_loss():
    value, slope = LOSSES["cross_entropy"](np.array([[1e4, 0.0], [0.0, 1e4]]), np.eye(2)[[1, 1]])
    assert value == pytest.approx(5e3)
    assert_allclose(slope, [[0.5, -0.5], [0, 0]])


def test_softmax_is_scipys_and_outputs_of_any_size_do_not_overflow():
    z = np.random.default_rng(4).standard_normal((6, 4)) * np.logspace(0, 4, 6)[:, np.newaxis]
    assert_allclose(softmax(z), softmax_of_scipy(z, axis=1), atol=1e-15)
    assert_allclose(softmax(z + 1e4), softmax(z), atol=1e-11)
