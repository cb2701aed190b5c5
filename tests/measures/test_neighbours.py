"""Distances to nearest neighbours against a tree, every pair measured, and cases made by hand."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.spatial import cKDTree
from scipy.spatial.distance import cdist

from bigcurves.measures.neighbours import (
    nearest_distances,
    nearest_within_parts,
    neighbour_distances,
)

LINE = np.array([[0.0], [1.0], [3.0], [7.0]])


def test_on_a_line_distances_are_counted_off() -> None:
    assert_allclose(neighbour_distances(LINE, 2), [[1, 3], [1, 2], [2, 3], [4, 6]], rtol=1e-14)
    assert_allclose(neighbour_distances(LINE, 3)[:, 2], [7, 6, 4, 7], rtol=1e-14)
    whole, halves, _ = nearest_within_parts(LINE, [4, 2, 5])
    assert_allclose(whole, [[1, 1, 2, 4]], rtol=1e-14)
    assert_allclose(halves, [[1, 1], [4, 4]], rtol=1e-14)
    assert_allclose(nearest_distances(np.array([[-2.0], [1.0], [5.5]]), LINE), [2, 0, 1.5])


def test_the_nearest_come_first_however_many_are_asked_for() -> None:
    rows = np.random.default_rng(9).random((300, 3))
    found = neighbour_distances(rows, 200)
    assert_allclose(found, cKDTree(rows).query(rows, 201)[0][:, 1:], rtol=1e-9)


def test_a_part_with_more_rows_than_there_are_is_none() -> None:
    assert nearest_within_parts(LINE, [5]) == [[]]


def test_neighbours_far_from_the_origin_are_those_near_it() -> None:
    """The square of a distance is expanded, which far away costs all digits unless it is shifted.

    Rows are multiples of 1/2048 and probes of 1/4096: a shift by 2**20 itself rounds none of them.
    """
    rows = np.random.default_rng(6).integers(0, 4096, (200, 5)) / 2048
    assert_allclose(neighbour_distances(rows + 2**20, 4), neighbour_distances(rows, 4), rtol=1e-11)
    probes = rows[:50] + 1 / 4096
    assert_allclose(
        nearest_distances(probes + 2**20, rows[50:] + 2**20),
        cdist(probes, rows[50:]).min(axis=1),
        rtol=1e-14,
    )


@pytest.mark.parametrize("d", [2, 40])
def test_the_nearest_point_to_each_probe_is_that_of_every_pair_measured(d: int) -> None:
    rng = np.random.default_rng(d)  # in few dimensions the search walks a tree, in many a table
    probes, points = rng.random((30, d)), rng.random((70, d))
    found = nearest_distances(probes, points)
    assert_allclose(found, cdist(probes, points).min(axis=1), rtol=1e-12)
    assert not nearest_distances(points, points).any()  # a probe may lie on a point


def test_a_twin_in_a_later_block_is_named_by_its_row() -> None:
    rows = np.random.default_rng(7).random((1100, 2))  # more than one block of 1,024
    rows[1090] = rows[1050]
    with pytest.raises(ValueError, match="rows must all differ, got row 1050 twice"):
        neighbour_distances(rows, 1)


def test_twins_in_different_parts_never_meet() -> None:
    rows = np.random.default_rng(8).random((20, 3))
    rows[13] = rows[7]
    (halves,) = nearest_within_parts(rows, [10])
    assert np.min(halves) > 0
    with pytest.raises(ValueError, match="rows must all differ, got row 7 twice"):
        nearest_within_parts(rows, [10, 20])


def test_neighbours_are_those_of_a_tree_in_every_block_and_however_close() -> None:
    rng = np.random.default_rng(5)
    rows = rng.random((1100, 3))  # more than one block of 1,024
    rows[1050] = rows[20] + 1e-7
    rows[1060] = rows[1070] + [0, 1e-9, 0]
    found, expected = (
        neighbour_distances(rows + 100, 3),
        cKDTree(rows + 100).query(rows + 100, 4)[0],
    )
    # At 100 a place is rounded to 1.4e-14, which is 1.4e-5 of the least distance.
    assert_allclose(found, expected[:, 1:], rtol=1e-4)
    assert_allclose(found[:, 1:], expected[:, 2:], rtol=1e-9)
    assert_allclose(nearest_distances(rows[:20] + 1e-9, rows), 1e-9 * np.sqrt(3), rtol=1e-6)


def test_nearest_within_parts_agrees_with_every_pair_measured() -> None:
    rows = np.random.default_rng(3).random((50, 4))
    found = nearest_within_parts(rows, [50, 12])
    assert [len(parts) for parts in found] == [1, 4]  # two rows are over
    for size, parts in zip((50, 12), found, strict=True):
        for number, distances in enumerate(parts):
            part = rows[number * size : (number + 1) * size]
            pairs = np.linalg.norm(part[:, np.newaxis] - part, axis=2) + np.diag([np.inf] * size)
            assert_allclose(distances, pairs.min(axis=1), rtol=1e-12)


def test_a_twin_within_a_part_is_refused() -> None:
    rows = np.random.default_rng(4).random((20, 3))
    rows[17] = rows[13]
    with pytest.raises(ValueError, match="rows must all differ, got row 13 twice"):
        nearest_within_parts(rows, [10])


def test_far_from_the_origin_the_nearest_within_a_part_is_still_found() -> None:
    rows = np.random.default_rng(6).random((60, 4))
    found, moved = (nearest_within_parts(at, [60])[0][0] for at in (rows, rows + 1e6))
    # At a million a place is rounded to 1.2e-10, and the nearest are about a tenth apart.
    assert_allclose(moved, found, rtol=1e-8)


def test_parts_in_which_none_is_asked_are_left_out() -> None:
    rows = np.random.default_rng(3).random((60, 20))
    whole, thirds = nearest_within_parts(rows, [60, 20], np.array([3, 45, 59]))
    assert [len(part) for part in whole] == [3]
    assert [len(part) for part in thirds] == [1, 2]
    assert_allclose(whole[0], neighbour_distances(rows, 1, np.array([3, 45, 59]))[:, 0])
