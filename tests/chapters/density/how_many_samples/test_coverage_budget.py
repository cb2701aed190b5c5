"""The two budgets: rows as promised, and the gap against its closed form."""

from math import gamma

import numpy as np
import pandas as pd
import pytest

from bigcurves.chapters.density.how_many_samples import coverage_budget
from bigcurves.chapters.density.how_many_samples.coverage_budget import Settings

SMALL = Settings(dimensions=(1, 2), fitted=(50, 200, 800), checked=(100, 400), probes=2000)


@pytest.fixture(scope="module")
def small():
    return pd.DataFrame(coverage_budget.run(SMALL, 3))


def test_there_is_one_row_for_each_dimension_and_size(small):
    assert list(small.columns) == [
        *("seed", "d", "n", "role", "gap", "hole", "gap_law", "hole_law", "for_gap", "for_hole")
    ]
    assert len(small) == len(small.drop_duplicates(["d", "n"])) == 2 * 5
    assert set(small["seed"]) == {3}
    assert set(small.loc[small["role"] == "checked", "n"]) == {100, 400}


def test_the_same_seed_gives_the_same_rows(small):
    pd.testing.assert_frame_equal(small, pd.DataFrame(coverage_budget.run(SMALL, 3)))
    assert not small["gap"].equals(pd.DataFrame(coverage_budget.run(SMALL, 4))["gap"])


def test_the_gap_has_its_closed_form_on_a_line_and_in_the_plane(small):
    # The mean of the squared nearest distance, far from edges: Gamma(1 + 2/d) / (n V)^(2/d),
    # V the unit ball's volume. On a line with its two ends, exactly: the distance exceeds r with
    # the chance (1 - 2 r)^n inside and (1 - r)^n at the ends; to first order in 1/n that is
    # 1 / (2 n^2), times 1 + 3.5/n. Spread: 2,000 probes, but only n gaps: 10 % at n = 800.
    for d, volume in ((1, 2.0), (2, np.pi)):
        rows = small[small["d"] == d]
        theory = np.sqrt(gamma(1 + 2 / d) / (rows["n"] * volume) ** (2 / d))
        assert (rows["gap"] / theory).mean() == pytest.approx(1, abs=0.15)


def test_a_grid_is_as_deep_as_its_cell_is():
    grid = Settings(dimensions=(2,), fitted=(100, 400), checked=(900,), placement="grid")
    rows = pd.DataFrame(coverage_budget.run(grid, 0))
    side = 1 / np.sqrt(rows["n"])
    assert rows["n"].tolist() == [100, 400, 900]
    # A square cell: corner at side / sqrt 2, root mean square from the middle side / sqrt 6.
    # The climb stops within a hundredth of a corner; 16,384 probes know the mean to 1 %.
    assert (rows["hole"] / side).to_numpy() == pytest.approx(1 / np.sqrt(2), rel=0.01)
    assert (rows["gap"] / side).to_numpy() == pytest.approx(1 / np.sqrt(6), rel=0.03)


def test_half_the_range_leaves_the_other_half_open():
    half = Settings(dimensions=(2,), fitted=(100, 400), checked=(900,), reach=0.5)
    rows = pd.DataFrame(coverage_budget.run(half, 0))
    assert rows["hole"].to_numpy() == pytest.approx(np.sqrt(0.5), abs=0.05)
    assert rows["gap"].std() < 0.02


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"reach": 0.0}, "reach must be above 0 and at most 1, got 0.0"),
        ({"reach": float("nan")}, "reach must be above 0 and at most 1, got nan"),
        ({"placement": "sobol"}, "placement must be random or grid, got 'sobol'"),
    ],
)
def test_bad_settings_are_named(change, message):
    with pytest.raises(ValueError, match=message):
        Settings(**change)
