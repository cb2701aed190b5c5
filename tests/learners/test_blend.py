"""The blend: mixtures that are known, and scipy's own constrained minimiser."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.optimize import minimize

from bigcurves.learners import blend_neighbours


def cloud(seed, n=60, features=5):
    return np.random.default_rng(seed).standard_normal((n, features))


def test_weights_are_a_mixture_and_the_parts_fit():
    points, queries = cloud(0), cloud(1, n=20)
    blend = blend_neighbours(points, queries, neighbours=12)
    assert blend.weights.shape == blend.neighbours.shape == (20, 12)
    assert (blend.weights >= 0).all()
    assert_allclose(blend.weights.sum(axis=1), 1)
    mixed = [w @ points[k] for w, k in zip(blend.weights, blend.neighbours, strict=True)]
    assert_allclose(blend.rows, mixed, atol=1e-14)
    gaps = np.linalg.norm(queries - mixed, axis=1) / math.sqrt(5)
    assert_allclose(blend.residuals, gaps, atol=1e-14)


def test_neighbours_come_nearest_first():
    points, queries = cloud(2), cloud(3, n=7)
    distances = np.linalg.norm(queries[:, None] - points, axis=2)
    expected = np.argsort(distances, axis=1)[:, :6]
    assert (blend_neighbours(points, queries, neighbours=6).neighbours == expected).all()


def test_no_other_mixture_comes_nearer():
    points, queries = cloud(4, n=8, features=3), cloud(5, n=10, features=3)
    found = blend_neighbours(points, queries, neighbours=8).residuals * math.sqrt(3)
    for query, gap in zip(queries, found, strict=True):
        best = minimize(
            lambda w, q=query: ((w @ points - q) ** 2).sum(),
            np.full(8, 1 / 8),
            bounds=[(0, 1)] * 8,
            constraints={"type": "eq", "fun": lambda w: w.sum() - 1},
            options={"ftol": 1e-14, "maxiter": 500},
        )
        # SLSQP stops within 1e-14 of the squared gap: 1e-7 of a gap near zero.
        assert gap == pytest.approx(math.sqrt(max(best.fun, 0)), abs=1e-6)


def test_a_mixture_of_points_is_mixed_again():
    points = cloud(6, n=10, features=4)
    queries = np.random.default_rng(7).dirichlet(np.ones(10), size=15) @ points
    blend = blend_neighbours(points, queries, neighbours=10)
    assert_allclose(blend.rows, queries, atol=1e-9)
    linear = points @ [1.0, -2.0, 0.5, 3.0]
    assert_allclose(blend.values(linear), queries @ [1.0, -2.0, 0.5, 3.0], atol=1e-8)


def test_a_known_row_is_its_own_blend():
    points = cloud(8)
    assert_allclose(blend_neighbours(points, points[:5], neighbours=9).residuals, 0, atol=1e-12)
    same = blend_neighbours(np.ones((6, 3)), np.ones((1, 3)), neighbours=4)
    assert_allclose(same.weights, 1 / 4)


@pytest.mark.parametrize(("features", "neighbours"), [(3, 12), (40, 12), (5, 1)])
def test_queries_together_are_blended_as_each_alone(features, neighbours):
    points = np.vstack([cloud(9, features=features), np.ones((neighbours, features))])
    queries = np.vstack([cloud(10, n=20, features=features), np.ones((1, features)), points[:2]])
    together = blend_neighbours(points, queries, neighbours=neighbours)
    for place, query in enumerate(queries):
        alone = blend_neighbours(points, query[np.newaxis], neighbours=neighbours)
        assert_allclose(together.weights[place], alone.weights[0], atol=1e-12)
    assert_allclose(together.weights[20], 1 / neighbours)  # all its neighbours are itself


def test_on_a_circle_the_residual_is_the_sagitta():
    angles = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    circle = np.column_stack([np.cos(angles), np.sin(angles)])
    half = np.pi / 64
    query = np.array([[math.cos(half), math.sin(half)]])
    found = blend_neighbours(circle, query, neighbours=8).residuals[0] * math.sqrt(2)
    assert found == pytest.approx(1 - math.cos(half), rel=1e-9)


@pytest.mark.parametrize(
    ("points", "queries", "neighbours", "message"),
    [
        (np.ones((4, 2)), np.ones((1, 3)), 2, r"queries must have shape \(n, 2\)"),
        (np.ones((4, 2)), np.ones((1, 2)), 5, "neighbours must be between 1 and 4, got 5"),
        (np.ones((4, 2)), np.ones((1, 2)), 0, "neighbours must be between 1 and 4, got 0"),
        (np.full((4, 2), np.nan), np.ones((1, 2)), 2, "points must be finite, got NaN"),
        (np.ones((0, 2)), np.ones((1, 2)), 2, r"points must have shape \(n, features\)"),
    ],
)
def test_bad_input_is_named(points, queries, neighbours, message):
    with pytest.raises(ValueError, match=message):
        blend_neighbours(points, queries, neighbours=neighbours)
