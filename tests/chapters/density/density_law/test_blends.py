"""Blends of neighbours: rows as promised, closed forms, and controls without a manifold."""

import pandas as pd
import pytest

from bigcurves.chapters.density.density_law import blends
from bigcurves.chapters.density.density_law.blends import Settings
from bigcurves.measures import power_law

SMALL = Settings(dimensions=(1, 2), sizes=(32, 256), test=60, sides=(8, 16), size=64)


@pytest.fixture(scope="module")
def small():
    return pd.DataFrame(blends.run(SMALL, 2))


def test_there_is_one_row_for_each_blend(small):
    assert list(small.columns) == ["seed", "part", "kind", "d", "D", "n", "residual", "miss"]
    keys = ["part", "kind", "d", "D", "n"]
    # Two sizes of two worlds and of two controls, and two sides with and without grain.
    assert len(small) == len(small.drop_duplicates(keys)) == 2 * 2 + 2 * 2 + 2 * 2
    assert set(small["seed"]) == {2}


def test_the_same_seed_gives_the_same_rows(small):
    pd.testing.assert_frame_equal(small, pd.DataFrame(blends.run(SMALL, 2)))


def test_bars_fall_and_pictures_without_a_manifold_do_not(small):
    slopes = {
        key: power_law(rows["n"], rows["residual"]).slope
        for key, rows in small[small["part"] != "pixels"].groupby(["part", "kind", "d"])
        if rows["n"].nunique() == 2
    }
    assert slopes["curve", "bars", 2] < -0.6, "the positive control"
    assert abs(slopes["control", "noise", 2]) < 0.15
    assert abs(slopes["control", "scrambled", 2]) < 0.15


def test_without_noise_the_miss_is_the_residual_of_single_pictures(small):
    rows = small[small["part"] == "pixels"]
    # One is a root mean square over pictures, the other a mean: never below it.
    assert (rows["miss"] >= rows["residual"]).all()
    assert (rows["miss"] < 5 * rows["residual"]).all()
    # Smooth pictures hold no more at twice the pixels a side.
    assert rows["residual"].iloc[0] == pytest.approx(rows["residual"].iloc[1], rel=0.02)


def test_grain_hides_the_manifold_and_pixels_average_it_out(small):
    grain = small[small["part"] == "grain"]
    assert (grain["residual"] > 0.2).all()
    assert grain["miss"].iloc[1] < grain["miss"].iloc[0]


def test_the_figure_reads_slopes_that_were_put_in():
    grid = pd.DataFrame([(d, n) for d in (2, 3) for n in (10, 100)], columns=["d", "n"])
    law = grid.assign(part="curve", residual=grid["n"] ** (-2 / grid["d"]))
    figure = blends.CLAIMS[0].figure
    assert figure(law) == pytest.approx(0, abs=1e-9)
    assert figure(law.assign(residual=law["n"] ** (-1 / law["d"]))) == pytest.approx(1)


def test_an_unknown_kind_is_named():
    with pytest.raises(ValueError, match=r"kind must be one of .* got 'dust'"):
        Settings(controls=("dust",))
