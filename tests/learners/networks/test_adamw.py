"""AdamW against the published loop, closed forms, and what it leaves alone."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from bigcurves.learners.networks.adamw import AdamW


def test_adamw_matches_the_published_loop() -> None:
    rng = np.random.default_rng(3)
    gradients = rng.standard_normal((50, 6)) * np.logspace(-6, 2, 6)
    theta, m, v = np.ones(6), np.zeros(6), np.zeros(6)
    fast, optimiser = np.ones(6), AdamW(learning_rate=0.01, weight_decay=0.5, betas=(0.8, 0.98))
    for t, g in enumerate(gradients, start=1):
        m = 0.8 * m + 0.2 * g
        v = 0.98 * v + 0.02 * g**2
        m_hat, v_hat = m / (1 - 0.8**t), v / (1 - 0.98**t)
        theta = theta - 0.01 * (m_hat / (np.sqrt(v_hat) + 1e-8) + 0.5 * theta)
        optimiser.step(fast, g)
    assert_allclose(fast, theta, rtol=1e-12)


def test_decay_alone_shrinks_by_a_fixed_share() -> None:
    weights = np.array([2.0, -4.0])
    optimiser = AdamW(learning_rate=0.1, weight_decay=0.5, betas=(0.9, 0.999))
    for _ in range(3):
        optimiser.step(weights, np.zeros(2))
    assert_allclose(weights, np.array([2.0, -4.0]) * 0.95**3)


@pytest.mark.parametrize("size", [1e-3, 1.0, 1e6])
def test_while_gradients_agree_a_step_is_the_learning_rate_whatever_their_size(
    size: float,
) -> None:
    weights = np.zeros(2)
    optimiser = AdamW(learning_rate=0.1, weight_decay=0, betas=(0.9, 0.999))
    for count in range(1, 6):
        optimiser.step(weights, size * np.array([1.0, -1.0]))
        # The 1e-8 beside the root makes a step smaller by 1e-8 / size.
        assert_allclose(weights, 0.1 * count * np.array([-1.0, 1.0]), rtol=2e-5)


def test_without_memory_each_step_is_the_gradients_sign() -> None:
    weights = np.zeros(3)
    optimiser = AdamW(learning_rate=0.5, weight_decay=0, betas=(0.0, 0.0))
    optimiser.step(weights, np.array([3.0, -2.0, 0.0]))
    optimiser.step(weights, np.array([1.0, 7.0, -4.0]))
    assert_allclose(weights, [-1.0, 0.0, 0.5], atol=1e-7)


def test_it_walks_to_the_bottom_of_a_narrow_valley() -> None:
    bottom, steepness = np.array([1.0, -2.0]), np.array([1.0, 100.0])
    weights, optimiser = np.zeros(2), AdamW(learning_rate=0.02, weight_decay=0, betas=(0.9, 0.999))
    for _ in range(1000):
        optimiser.step(weights, steepness * (weights - bottom))
    assert_allclose(weights, bottom, atol=1e-3)


def test_parameters_move_in_place_and_keep_their_precision() -> None:
    weights, gradient = np.ones(4, np.float32), np.full(4, 0.5, np.float32)
    first_half = weights[:2]  # as a layer's view of the flat vector
    optimiser = AdamW(learning_rate=0.25, weight_decay=0, betas=(0.9, 0.999))
    optimiser.step(weights, gradient)
    assert weights.dtype == np.float32
    assert_allclose(first_half, 0.75, rtol=1e-6)
    assert_array_equal(gradient, 0.5)
    assert optimiser.steps == 1


def test_two_optimisers_share_no_memory() -> None:
    one, other = (AdamW(learning_rate=0.1, weight_decay=0, betas=(0.9, 0.9)) for _ in range(2))
    for _ in range(5):
        one.step(np.zeros(2), np.ones(2))
    weights = np.zeros(2)
    other.step(weights, -np.ones(2))
    assert_allclose(weights, 0.1, rtol=1e-6)
