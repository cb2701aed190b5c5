"""Pixels shuffled: nothing is lost, nothing else moves, and ranks say who goes where."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.spatial.distance import pdist

from bigcurves.worlds import permute_pixels

RNG = np.random.default_rng(3)
ROWS, RANKS = RNG.random((20, 12)), RNG.random((20, 12))
PLACES = np.array([1, 4, 5, 9])


def test_a_row_permuted_by_hand():
    rows = np.array([[10.0, 11.0, 12.0, 13.0]])
    ranks = np.array([[0.9, 0.5, 0.1, 0.3]])
    # Of places 0, 2 and 3 the ranks rise from 2 by 3 to 0: so their values come in that order.
    assert_array_equal(permute_pixels(rows, ranks, np.array([0, 2, 3])), [[12, 11, 13, 10]])


def test_only_the_places_named_change_and_no_value_is_lost():
    permuted = permute_pixels(ROWS, RANKS, PLACES)
    others = np.setdiff1d(np.arange(12), PLACES)
    assert_array_equal(permuted[:, others], ROWS[:, others])
    assert_array_equal(np.sort(permuted[:, PLACES], axis=1), np.sort(ROWS[:, PLACES], axis=1))
    assert not np.array_equal(permuted, ROWS)


def test_all_alike_keeps_every_distance_and_each_its_own_way_does_not():
    alike, apart = (permute_pixels(ROWS, ranks, np.arange(12)) for ranks in (RANKS[:1], RANKS))
    assert_allclose(pdist(alike), pdist(ROWS), atol=1e-12)
    assert np.abs(pdist(apart) - pdist(ROWS)).max() > 0.1


def test_no_place_and_the_rows_themselves_stay():
    before = ROWS.copy()
    assert_array_equal(permute_pixels(ROWS, RANKS, np.array([], dtype=int)), before)
    permute_pixels(ROWS, RANKS, PLACES)[:] = 0
    assert_array_equal(ROWS, before)


def test_bad_ranks_and_places_are_named():
    with pytest.raises(ValueError, match=r"ranks must have shape \(20, 12\) or one row"):
        permute_pixels(ROWS, RANKS[:3], PLACES)
    with pytest.raises(ValueError, match="places must name each pixel once, got one twice"):
        permute_pixels(ROWS, RANKS, np.array([1, 1]))


@pytest.mark.parametrize(
    ("ranks", "places", "message"),
    [
        (RANKS, [-1], "places must be whole numbers from 0 to 11, got -1"),
        (RANKS, [12], "places must be whole numbers from 0 to 11, got 12"),
        (RANKS, [0.5], r"places must be whole numbers from 0 to 11, got 0\.5"),
        (np.zeros((1, 12)), [3, 4], "ranks must differ among the places of a row, got two alike"),
        (RANKS * np.nan, [3], "ranks must be finite"),
    ],
)
def test_what_would_shuffle_other_pixels_or_in_no_order_is_named(ranks, places, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        permute_pixels(ROWS, ranks, places)


def test_lists_are_taken():
    permuted = permute_pixels(ROWS.tolist(), RANKS.tolist(), PLACES.tolist())
    assert_array_equal(permuted, permute_pixels(ROWS, RANKS, PLACES))
