"""The nearest rows, wherever the rows lie: against every difference, in each way to search."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.spatial.distance import cdist

from bigcurves import distances
from bigcurves.distances import (
    all_distances,
    apart,
    nearest,
    nearest_others,
    root_mean_square,
    unit_of,
)


def rng():
    return np.random.default_rng(0)


def two_clouds(features):
    return np.vstack([rng().random((60, features)), rng().random((60, features)) + 1e7])


def times_1970(features):
    rows = 100 * rng().random((120, features))
    rows[:, 0] = 1.7e12 + 6e7 * rng().random(120)
    return rows


ROWS = {
    "uniform": lambda f: rng().random((120, f)),
    "far away": lambda f: rng().random((120, f)) + 1e8,
    "two clouds": two_clouds,
    "milliseconds since 1970": times_1970,
    "tiny": lambda f: 1e-300 * rng().random((120, f)),
    "huge": lambda f: 1e100 * rng().random((120, f)),
    "ties": lambda f: rng().integers(0, 2, (120, f)).astype(float),
    "one outlier": lambda f: np.vstack([rng().random((119, f)), np.full((1, f), 1e15)]),
    "a line": lambda f: np.outer(rng().random(120), rng().random(f)),
    "all the same": lambda f: np.ones((120, f)),
}


@pytest.mark.parametrize("features", [1, 3, 16, 100], ids="{} features".format)
@pytest.mark.parametrize("kind", ROWS)
def test_the_nearest_are_those_of_every_difference(kind, features):
    rows = ROWS[kind](features)
    unit = unit_of(rows)
    points, queries = rows[::2], rows[1::2]
    table = unit * cdist(queries / unit, points / unit)
    for k in (1, 4, len(points)):
        places, far = nearest(points, queries, k)
        assert_allclose(far, np.sort(table, axis=1)[:, :k], rtol=1e-12)
        assert_allclose(np.take_along_axis(table, places, axis=1), far, rtol=1e-12)
    assert_allclose(all_distances(queries, points), table, rtol=1e-9)
    own = np.arange(len(points))
    places, far = nearest_others(points, own, 3)
    assert (places != own[:, np.newaxis]).all()
    table = unit * cdist(points / unit, points / unit)
    np.fill_diagonal(table, np.inf)
    assert_allclose(far, np.sort(table, axis=1)[:, :3], rtol=1e-12)


@pytest.mark.parametrize("features", [3, 64])
def test_of_equally_near_points_the_first_comes_first(features):
    points = np.repeat(np.eye(features), 40, axis=0)[rng().permutation(40 * features)]
    places, far = nearest(points, np.zeros((2, features)), 5)
    assert_array_equal(places, [[0, 1, 2, 3, 4]] * 2)
    assert_array_equal(far, np.ones((2, 5)))


def test_single_precision_settles_what_it_can_and_each_way_leaves_the_rest(monkeypatch):
    """What a search leaves to the next is seen, and that the next is asked for no more."""
    asked = []

    def seen(way):
        def search(self, rows, *kind):
            left = way(self, rows, *kind)
            asked.append((way.__name__, *kind, len(rows), 0 if left is None else len(left)))
            return left

        return search

    for way in (distances._Search.by_bounds, distances._Search.by_differences):
        monkeypatch.setattr(distances._Search, way.__name__, seen(way))
    points = rng().random((1000, 20))
    points[:500, 1] += 1e4  # too far for single precision
    points[990:] = points[:10]  # ties: beyond the proof of any bound, if more than are looked at
    points[950:990] = points[0]
    nearest(points, points, 2)
    (_, _, all_rows, single), (_, _, again, double), (_, last, nothing) = asked
    assert all_rows == 1000
    assert again == single > 900
    assert last == double
    assert 0 < double < 100
    assert nothing == 0


@pytest.mark.parametrize("features", [4, 40])
def test_blocks_change_nothing(monkeypatch, features):
    points, queries = rng().random((300, features)), rng().random((70, features))
    whole, table = nearest(points, queries, 3), all_distances(queries, points)
    monkeypatch.setattr(distances, "MEMORY", 8 * 7 * 300)
    for found, expected in zip(nearest(points, queries, 3), whole, strict=True):
        assert_array_equal(found, expected)
    assert_allclose(all_distances(queries, points), table, rtol=1e-12)


def test_many_points_are_grouped_and_none_is_missed():
    points, queries = rng().random((20_000, 30)), rng().random((5, 30))
    queries[0] = points[19_999]  # which no whole group holds
    places, _ = nearest(points, queries, 2)
    assert_array_equal(places, np.argsort(cdist(queries, points), axis=1)[:, :2])
    assert places[0, 0] == 19_999


def test_what_fills_the_last_group_is_never_the_nearest():
    shell = rng().standard_normal((1020, 30))  # four short of whole groups
    shell /= np.linalg.norm(shell, axis=1, keepdims=True)
    places, far = nearest(shell, shell.mean(axis=0)[np.newaxis], 1)  # about which it is centred
    assert places.max() < 1020
    assert far[0, 0] > 0.5


def test_given_rows_stay_as_they_are():
    points = rng().random((50, 20)) + 3
    before = points.copy()
    nearest(points, points, 2)
    all_distances(points, points)
    assert_array_equal(points, before)


def test_units_round_nothing():
    assert unit_of(np.array([3.0, -5.0])) == 8
    assert unit_of(np.array([-1.0]), np.array([0.3])) == 2
    assert unit_of(np.zeros(3)) == 1
    assert unit_of(np.array([1e-320])) > 0
    for scale in (1e-200, 1.0, 1e99):
        assert root_mean_square(scale * np.array([3.0, -4.0])) == pytest.approx(
            scale * np.sqrt(12.5), rel=1e-15
        )
        found = apart(scale * np.array([[3.0, 0.0]]), scale * np.array([[0.0, 4.0]]))
        assert_allclose(found, [5 * scale], rtol=1e-15)
    assert apart(np.empty((0, 3)), np.empty((0, 3))).shape == (0,)


@pytest.mark.parametrize("kind", ["uint8", "int8", "float32"])
@pytest.mark.parametrize("features", [3, 40])
def test_each_way_to_search_takes_rows_of_a_narrow_kind(monkeypatch, features, kind):
    monkeypatch.setattr(distances, "MEMORY", 2**14)
    points = (100 * rng().random((300, features))).astype(kind)
    points[100:] = points[0]  # ties that only differences settle, once all else has given up
    points, queries = points[::-1], points[:20]
    wide, asked = points.astype(float), np.arange(0, 300, 7)
    found = (*nearest(points, queries, 3), *nearest_others(points, asked, 2))
    expected = (*nearest(wide, queries.astype(float), 3), *nearest_others(wide, asked, 2))
    for each, other in zip(found, expected, strict=True):
        assert_array_equal(each, other)
