"""Hull membership: three independent deciders, and shapes whose hull is known."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.optimize import nnls
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA

from bigcurves.measures import (
    hull_distance,
    in_hull_lp,
    inside_hull,
    inside_latent_hull,
    separating_direction,
    share_inside_hull,
)
from bigcurves.measures.hull import project_onto_hull


def cloud(seed, n, d):
    return np.random.default_rng(seed).standard_normal((n, d))


def simplex(d):
    return np.vstack([np.zeros(d), np.eye(d)])


def in_simplex(queries):
    return (queries >= 0).all(axis=1) & (queries.sum(axis=1) <= 1)


@pytest.mark.parametrize("d", [2, 5])
def test_the_unit_simplex_is_known(d):
    queries = np.random.default_rng(d).random((300, d)) * 1.5 / d - 0.1
    truth = in_simplex(queries)
    assert 0.1 < truth.mean() < 0.9
    assert_array_equal(inside_hull(simplex(d), queries), truth)
    inner = np.full((1, d), 0.5 / d)  # a triangulation wants one point more than a simplex has
    assert_array_equal(inside_latent_hull(np.vstack([simplex(d), inner]), queries), truth)
    assert share_inside_hull(simplex(d), queries) == truth.mean()


@pytest.mark.parametrize("components", [2, 4, 8, 16])
def test_certificate_and_programme_agree_on_real_digits(components):
    X, _ = load_digits(return_X_y=True)
    codes = PCA(components, random_state=0).fit_transform(X)
    points, queries = codes[:300], codes[300:360]
    programme = [in_hull_lp(points, query) for query in queries]
    assert_array_equal(inside_hull(points, queries), programme)
    if components <= 4:
        assert_array_equal(inside_latent_hull(points, queries), programme)


def test_a_certificate_separates_all_points():
    points, queries = cloud(0, 400, 30), cloud(1, 50, 30)
    for query in queries:
        direction = separating_direction(points, query)
        assert direction is not None
        assert ((points - query) @ direction > 0).all()


def test_no_certificate_for_a_mixture_of_points():
    points = cloud(2, 40, 6)
    weights = np.random.default_rng(3).dirichlet(np.ones(40), size=20)
    mixtures = weights @ points
    assert all(separating_direction(points, query) is None for query in mixtures)
    assert inside_hull(points, mixtures).all()
    assert_allclose(hull_distance(points, mixtures), 0, atol=1e-12)


def test_distance_to_a_cube_is_the_clipped_excess():
    corners = np.array(np.meshgrid(*[[0, 1]] * 4)).reshape(4, -1).T.astype(float)
    queries = cloud(4, 60, 4)
    excess = np.linalg.norm(queries - np.clip(queries, 0, 1), axis=1)
    assert_allclose(hull_distance(corners, queries), excess / 2, atol=1e-12)  # sqrt(4) = 2
    assert_array_equal(inside_hull(corners, queries), excess == 0)


def test_a_corner_of_the_hull_is_inside():
    points = cloud(5, 30, 3)
    assert inside_hull(points, points).all()


def way_by_all_weights(points, query):
    shifted = points - query
    scale = max(float(np.sqrt((shifted**2).sum(axis=1).max())), 1e-300)
    rows = np.vstack([shifted.T / scale, np.ones(len(points))])
    weights, _ = nnls(rows, np.append(np.zeros(points.shape[1]), 1.0), maxiter=30 * len(points))
    return shifted.T @ (weights / weights.sum())


def on_a_circle(n):
    angles = np.linspace(0, 2 * np.pi, n, endpoint=False)
    return np.column_stack([np.cos(angles), np.sin(angles)])


CLOUDS = {
    "one": (cloud(8, 1, 3), cloud(9, 5, 3)),
    "few": (cloud(10, 40, 60), cloud(11, 5, 60)),
    "many": (cloud(12, 700, 12), 1.5 * cloud(13, 20, 12)),
    "off centre": (1e4 + cloud(14, 300, 12), 1e4 + 2 * cloud(15, 10, 12)),
    "small": (1e-9 * cloud(16, 300, 4), 1e-9 * cloud(17, 20, 4)),
    "twins": (np.repeat(cloud(18, 60, 5), 5, axis=0), 1.5 * cloud(19, 20, 5)),
    "all the same": (np.ones((200, 4)), cloud(20, 3, 4)),
    "a flat": (cloud(21, 300, 2) @ cloud(22, 2, 9), cloud(23, 20, 9)),
    "one corner each": (on_a_circle(500), 3 * cloud(24, 30, 2)),
    "one far off": (np.vstack([cloud(25, 200, 6), np.full((1, 6), 1e6)]), cloud(26, 10, 6)),
}


@pytest.mark.parametrize("case", CLOUDS)
def test_the_projection_is_that_of_all_weights(case):
    points, queries = CLOUDS[case]
    queries = np.vstack([queries, points[:2], points[:1] / 2 + points[-1:] / 2])
    size = np.abs(points - queries[0]).max()
    for query in queries:
        found, way = project_onto_hull(points, query), way_by_all_weights(points, query)
        assert_allclose(found, query + way, rtol=1e-9, atol=1e-11 * size)


def test_moving_and_scaling_all_change_nothing():
    points, queries = cloud(6, 60, 3), cloud(7, 60, 3)
    moved = inside_hull(1e4 * points + 7, 1e4 * queries + 7)
    assert_array_equal(moved, inside_hull(points, queries))


def test_a_latent_interval():
    inside = inside_latent_hull(np.array([[0.2], [0.7]]), np.array([[0.1], [0.2], [0.7], [0.8]]))
    assert_array_equal(inside, [False, True, True, False])


def test_six_latents_are_the_most_and_will_do():
    points = np.vstack([simplex(6), np.full((1, 6), 0.1)])
    inside = inside_latent_hull(points, np.array([np.full(6, 0.15), np.full(6, 0.2)]))
    assert_array_equal(inside, [True, False])  # they sum to .9 and 1.2


@pytest.mark.parametrize("measure", [inside_hull, hull_distance, inside_latent_hull])
@pytest.mark.parametrize(
    ("points", "queries", "message"),
    [
        (np.zeros((0, 2)), np.zeros((1, 2)), r"(points|latents) must have shape .* got \(0, 2\)"),
        (np.zeros((4, 2)), np.zeros((1, 3)), r"queries must have shape .* got \(1, 3\)"),
        (np.full((4, 2), np.nan), np.zeros((1, 2)), "(points|latents) must be finite"),
        (np.zeros(4), np.zeros((1, 2)), r"(points|latents) must have shape .* got \(4,\)"),
    ],
)
def test_bad_arrays_are_named(measure, points, queries, message):
    with pytest.raises(ValueError, match=message):
        measure(points, queries)


def test_a_latent_hull_needs_few_dimensions_and_enough_rows():
    with pytest.raises(ValueError, match="at most 6 columns, got 7"):
        inside_latent_hull(np.zeros((20, 7)), np.zeros((1, 7)))
    with pytest.raises(ValueError, match="at least 5 rows, got 4"):
        inside_latent_hull(simplex(3), np.zeros((1, 3)))
    with pytest.raises(ValueError, match="latents must span 2 dimensions"):
        inside_latent_hull(np.column_stack([np.arange(9.0)] * 2), np.zeros((1, 2)))


@pytest.mark.parametrize(("n", "d"), [(2, 784), (3, 64), (8, 64), (20, 64), (20, 784)])
@pytest.mark.parametrize("shift", [0, 1e7])
def test_mixtures_of_few_points_in_many_dimensions_are_inside(n, d, shift):
    """Rounding of a way of no length once passed for a plane between: 179 of 200 were outside."""
    rng = np.random.default_rng(0)
    for _ in range(20):
        points = rng.random((n, d)) + shift
        mixtures = np.vstack([points[:2].mean(axis=0), rng.dirichlet(np.ones(n)) @ points, points])
        assert inside_hull(points, mixtures).all()
        assert [separating_direction(points, each) for each in mixtures] == [None] * (n + 2)


def test_a_query_a_millionth_outside_is_outside():
    points = np.array([[0.1, 0.7], [0.3, 0.2]])
    across = np.array([0.5, 0.2]) / np.hypot(0.5, 0.2)
    middle = points.mean(axis=0)
    size = 0.5
    near = np.array([middle + share * size * across for share in (0, 1e-10, 1e-8, 1e-6)])
    assert_array_equal(inside_hull(points, near), [True, True, False, False])
    assert [separating_direction(points, each) is None for each in near] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("scale", [1e-300, 1e-80, 1e80, 1e99])
def test_no_scale_of_latents_overflows_their_volumes(scale):
    """At 1e104 the search for a triangle once crashed the interpreter, at 1e80 it found a flat."""
    latents = np.random.default_rng(0).random((30, 3))
    queries = np.array([[0.5] * 3, [0.1, 0.1, 2.0], latents[0]])
    found = inside_latent_hull(scale * latents, scale * queries)
    assert_array_equal(found, inside_latent_hull(latents, queries))
    assert_array_equal(found[:2], [True, False])


def test_a_query_beyond_all_numbers_of_the_latents_own_unit_is_outside():
    latents = 1e-250 * np.random.default_rng(0).random((30, 2))
    assert not inside_latent_hull(latents, [[1e99, 0.0]]).any()  # in their unit it overflows


def test_a_column_in_other_units_does_not_flatten_latents():
    latents = np.random.default_rng(0).random((60, 2)) * [1e-12, 6e7] + [0, 1.7e12]
    assert inside_latent_hull(latents, latents.mean(axis=0)[np.newaxis]).all()
    with pytest.raises(ValueError, match="latents must span 2 dimensions, got rows in a flat"):
        inside_latent_hull(latents * [1, 0], latents)
    with pytest.raises(ValueError, match="latents must span 2 dimensions, got rows in a flat"):
        inside_latent_hull(latents[:, [0, 0]], latents)


def test_one_query_of_another_length_is_named():
    for measure in (separating_direction, in_hull_lp, project_onto_hull):
        with pytest.raises(ValueError, match=r"query must have shape \(3,\), got \(2,\)"):
            measure(np.eye(3), [0.0, 1.0])
