"""Sums of cosines: least squares below as many as points, through every point above."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.optimize import minimize

from bigcurves.learners import least_norm_curve

RNG = np.random.default_rng(2)
X, Y = np.sort(RNG.random(8)), RNG.standard_normal(8)
GRID = np.linspace(0, 1, 31)


def cosines(features):
    return 12 * RNG.standard_normal(features), RNG.uniform(0, 2 * np.pi, features)


def fit(grid, frequencies, phases):
    return least_norm_curve(X, Y, grid, frequencies=frequencies, phases=phases)


@pytest.mark.parametrize("features", [8, 20, 300])
def test_with_enough_cosines_every_point_is_met(features):
    # Rounding is magnified where cosines only just suffice.
    assert_allclose(fit(X, *cosines(features)), Y, atol=1e-6)


def test_with_few_it_is_least_squares():
    frequencies, phases = cosines(3)

    def misses(weights):
        return np.sum((np.cos(np.outer(X, frequencies) + phases) @ weights - Y) ** 2)

    best = minimize(misses, np.zeros(3), tol=1e-12).x
    by_search = np.cos(np.outer(GRID, frequencies) + phases) @ best
    # The search ends where the sum of squares is flat to 1e-10, so weights are good to 1e-5.
    assert_allclose(fit(GRID, frequencies, phases), by_search, atol=1e-4)


def test_of_all_exact_fits_it_has_the_least_weights():
    """A ridge that fades picks the least weights: another road to the same curve."""
    frequencies, phases = cosines(30)
    features = np.cos(np.outer(X, frequencies) + phases)
    faint = features @ features.T + 1e-10 * np.eye(8)
    weights = features.T @ np.linalg.solve(faint, Y)
    by_ridge = np.cos(np.outer(GRID, frequencies) + phases) @ weights
    assert_allclose(fit(GRID, frequencies, phases), by_ridge, atol=1e-5)


@pytest.mark.parametrize(
    ("frequencies", "phases", "message"),
    [
        (np.ones(3), np.ones(2), r"frequencies and phases must .* shape .*, got \(3,\) and \(2,\)"),
        (np.ones((2, 2)), np.ones((2, 2)), r"frequencies must have shape .*, got \(2, 2\)"),
        (np.ones(0), np.ones(0), r"frequencies must have shape .*, got \(0,\)"),
    ],
)
def test_cosines_that_do_not_pair_up_are_refused(frequencies, phases, message):
    with pytest.raises(ValueError, match=message):
        fit(GRID, frequencies, phases)


def test_lists_are_taken():
    points = {"frequencies": [1.0, 2.0, 3.0], "phases": [0, 0, 0]}
    assert_allclose(least_norm_curve([0, 1], [1, 2], [0, 1], **points), [1, 2])


def test_angles_that_are_made_of_rounding_are_refused():
    points = {"frequencies": [1e6], "phases": [0]}
    with pytest.raises(
        ValueError, match=r"x must give angles of at most 1e\+12 radians, got 2e\+12"
    ):
        least_norm_curve([1, 2e6], [1, 2], [0], **points)
    with pytest.raises(ValueError, match="grid must give angles"):
        least_norm_curve([1, 2], [1, 2], [2e6], **points)


def test_points_without_a_height_each_are_refused():
    with pytest.raises(ValueError, match=r"x and y must have .* got \(2,\) and \(1,\)"):
        least_norm_curve([1, 2], [1], [0], frequencies=[1], phases=[0])
