"""Intervals over seeds against scipy and against their promise: how often they hold the truth."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from bigcurves.measures import Interval, t_interval


@settings(max_examples=40)
@given(
    values=st.lists(st.floats(-100, 100), min_size=2, max_size=30),
    level=st.sampled_from([0.5, 0.9, 0.95, 0.99]),
)
def test_t_interval_is_scipys(values, level):
    found = t_interval(np.array(values), level=level)
    expected = (
        stats.ttest_1samp(values, popmean=1e9).confidence_interval(level)
        if np.ptp(values) > 1e-3
        else (found.mean, found.mean)
    )
    assert found.low == pytest.approx(expected[0], abs=1e-2 if np.ptp(values) <= 1e-3 else 1e-6)
    assert found.high == pytest.approx(expected[1], abs=1e-2 if np.ptp(values) <= 1e-3 else 1e-6)
    assert found.mean == pytest.approx(np.mean(values), abs=1e-9)
    assert found.seeds == len(values)


def test_t_interval_by_the_printed_table():
    # Student's t for 4 degrees of freedom at 97.5 % is 2.776 in every table.
    found = t_interval(np.array([1.0, 2, 3, 4, 5]))
    assert found.half_width == pytest.approx(2.776 * np.sqrt(2.5 / 5), abs=1e-3)
    assert (found.mean, found.seeds) == (3, 5)


def test_intervals_hold_the_truth_as_often_as_they_say():
    rng = np.random.default_rng(0)
    runs = rng.standard_normal((2000, 6))
    held = [abs(found.mean) <= found.half_width for found in map(t_interval, runs)]
    # 2,000 trials at 95 %: the standard error is 0.5 points; 4 of them.
    assert np.mean(held) == pytest.approx(0.95, abs=0.02)


def test_equal_runs_give_an_interval_of_no_length():
    found = t_interval(np.ones(4))
    assert found == Interval(mean=1.0, low=1.0, high=1.0, seeds=4)
    assert [type(value) for value in vars(found).values()] == [float, float, float, int]


def test_bad_input_is_named():
    with pytest.raises(ValueError, match=r"^values must have .* at least 2, got \(1,\)$"):
        t_interval(np.ones(1))
    with pytest.raises(ValueError, match=r"got \(2, 2\)"):
        t_interval(np.ones((2, 2)))
    with pytest.raises(ValueError, match="values must be finite, got NaN"):
        t_interval(np.array([1, np.nan]))
    for level in (0, 1, np.nan):
        with pytest.raises(ValueError, match="level must be between 0 and 1"):
            t_interval(np.arange(3.0), level=level)
    with pytest.raises(ValueError, match=r"^level must be between 0 and 1, both excluded"):
        t_interval(np.arange(3.0), level=1 - 1e-16)
    with pytest.raises(TypeError, match=r"^level must be a number, got None$"):
        t_interval(np.arange(3.0), level=None)
    with pytest.raises(ValueError, match=r"^values' interval must be at most 1e"):
        t_interval(np.array([0, 1e99]), level=1 - 1e-9)


@pytest.mark.parametrize("unit", [2.0**-900, 2.0**-60, 2.0**300])
def test_an_interval_scales_with_its_unit(unit):
    values = np.array([1.0, 2, 4, 7])
    one, scaled = t_interval(values), t_interval(unit * values)
    assert (scaled.low, scaled.high) == (unit * one.low, unit * one.high)


def test_an_interval_holds_finite_numbers():
    with pytest.raises(ValueError, match=r"^high must be finite, got nan$"):
        Interval(mean=1.0, low=0.0, high=np.nan, seeds=2)
    with pytest.raises(ValueError, match=r"^seeds must be a whole number, got 2.0$"):
        Interval(mean=1.0, low=0.0, high=2.0, seeds=2.0)
