"""Nested learning curves, against fitting anew at every size with another library."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.gaussian_process.kernels import Matern
from sklearn.kernel_ridge import KernelRidge
from sklearn.neighbors import KNeighborsRegressor

from bigcurves.learners import nested, nested_laplace_ridge, nested_nearest

RNG = np.random.default_rng(0)
POINTS, QUERIES = RNG.random((300, 3)), RNG.random((40, 3))
TARGETS = RNG.standard_normal((300, 2))
SIZES = (1, 7, 60, 300)


def test_the_nearest_of_the_first_n_is_what_a_fresh_search_finds():
    for n, near in nested_nearest(POINTS, QUERIES, SIZES):
        fresh = KNeighborsRegressor(1).fit(POINTS[:n], TARGETS[:n]).predict(QUERIES)
        assert_array_equal(TARGETS[near], fresh)


def test_the_curve_of_ridge_is_what_fitting_anew_gives():
    gaps = np.linalg.norm(POINTS[:256, np.newaxis] - POINTS[:256], axis=2)
    kernel = Matern(length_scale=np.median(gaps), nu=0.5)
    for n, found in nested_laplace_ridge(POINTS, TARGETS, QUERIES, SIZES):
        ridge = KernelRidge(alpha=1e-8, kernel="precomputed")
        fresh = ridge.fit(kernel(POINTS[:n]), TARGETS[:n]).predict(kernel(QUERIES, POINTS[:n]))
        # Distances by expanded squares are good to 1e-8, so are kernels; the condition number
        # of 300 points in the cube is about 1e4.
        assert_allclose(found, fresh, atol=1e-4)


def test_ridge_passes_through_its_points():
    *_, (_, found) = nested_laplace_ridge(POINTS, TARGETS, POINTS, (60, 300))
    assert_allclose(found, TARGETS, atol=1e-4)


def test_three_points_on_a_hair_s_breadth_still_have_a_curve(monkeypatch):
    """Expanded squares alone would round to distances that fit no three points."""
    rng = np.random.default_rng(0)
    triples = [rng.random((6, 1)) for _ in range(40)]
    for points in triples:
        points[1:3] = points[0] + 1e-8 * rng.random((2, 1))
        ((_, found),) = nested_laplace_ridge(points, points, points, [6])
        assert_allclose(found, points, atol=1e-5)
    points[1] = points[0]
    monkeypatch.setattr(nested, "JITTER", -1e-12)  # which is there for points that coincide
    with pytest.raises(ValueError, match="points must differ, got a kernel without a factor"):
        list(nested_laplace_ridge(points, points, points, [6]))


def test_inputs_stay_as_they_were():
    before = POINTS.copy()
    list(nested_nearest(POINTS, QUERIES, SIZES))
    list(nested_laplace_ridge(POINTS, TARGETS, QUERIES, SIZES))
    assert_array_equal(POINTS, before)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sizes": ()}, r"sizes must increase between 1 and 300, got \[\]"),
        ({"sizes": (5, 5)}, r"sizes must increase between 1 and 300, got \[5, 5\]"),
        ({"sizes": (0, 5)}, r"got \[0, 5\]"),
        ({"sizes": (5, 301)}, r"got \[5, 301\]"),
        ({"queries": QUERIES[:, :2]}, r"queries must have shape \(n, 3\)"),
        ({"points": np.full((300, 3), np.nan)}, "points must be finite, got NaN"),
        ({"targets": TARGETS[:9]}, "targets must have 300 rows as points has, got 9"),
        ({"points": np.ones((300, 3))}, "points must mostly differ, got half of their distances 0"),
        ({"sizes": (5, 7.5)}, "sizes must be whole numbers from .*, got 7.5"),
    ],
)
def test_bad_input_is_named(change, message):
    given = {"points": POINTS, "targets": TARGETS, "queries": QUERIES, "sizes": SIZES} | change
    with pytest.raises(ValueError, match=message):
        list(nested_laplace_ridge(**given))


def test_of_the_same_place_in_two_parts_the_first_stays_the_nearest():
    twice = np.vstack([POINTS[:20], POINTS[:20]])
    (_, first), (_, both) = nested_nearest(twice, QUERIES, [20, 40])
    assert_array_equal(both, first)
