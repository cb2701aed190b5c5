"""Units: what is near one is left as it is, what is far is brought there without rounding."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from bigcurves.learners.units import find_units


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-1, 1), (0, 0.5), (3, 4), (-3.9, 0), (2, 2.5)])
def test_what_is_near_one_is_left_as_it_is(low: float, high: float) -> None:
    shift, unit = find_units(np.array([float(low)]), np.array([float(high)]))
    assert (shift[0], unit) == (0, 1)


@pytest.mark.parametrize("reach", [5e-324, 1e-300, 1e-12, 0.4, 4, 1e12, 2e100])
def test_a_far_reach_comes_between_one_and_two(reach: float) -> None:
    _, unit = find_units(np.zeros(1), np.array([reach]))
    assert 1 <= reach / unit < 2
    assert np.frexp(unit)[0] == 0.5  # a power of two


@pytest.mark.parametrize("start", [1.7e12, -1e6, 1e16, 12.1])
def test_a_far_shift_is_taken_away_without_rounding(start: float) -> None:
    rows = start + np.random.default_rng(0).random((20, 2))
    shift, _ = find_units(rows.min(axis=0), rows.max(axis=0))
    assert_array_equal((rows - shift) + shift, rows)
    assert np.abs(rows - shift).max() <= 1


def test_equal_numbers_become_0_in_their_own_unit() -> None:
    shift, unit = find_units(np.array([7.1]), np.array([7.1]))
    assert (shift[0], unit) == (7.1, 1)
    assert find_units(np.zeros(1), np.zeros(1)) == (np.zeros(1), 1)
