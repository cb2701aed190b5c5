"""The density law's controls: rows as promised, flat where nothing is left to learn."""

import numpy as np
import pandas as pd
import pytest

from bigcurves.chapters.density.density_law import density_controls
from bigcurves.chapters.density.density_law.density_controls import Settings

SMALL = Settings(dimensions=(1, 2), sizes=(32, 512), test=200)


@pytest.fixture(scope="module")
def small():
    return pd.DataFrame(density_controls.run(SMALL, 1))


def test_there_is_one_row_for_each_condition_dimension_and_size(small):
    assert list(small.columns) == ["seed", "condition", "d", "n", "error"]
    assert len(small) == len(small.drop_duplicates(["condition", "d", "n"])) == 5 * 2 * 2
    assert set(small["seed"]) == {1}


def test_the_same_seed_gives_the_same_rows(small):
    pd.testing.assert_frame_equal(small, pd.DataFrame(density_controls.run(SMALL, 1)))


def test_one_permutation_leaves_every_distance(small):
    errors = small.set_index(["condition", "d", "n"])["error"]
    assert np.allclose(errors["permuted"], errors["plain"], rtol=1e-9)


@pytest.mark.parametrize("condition", ["shuffled", "noise", "scrambled"])
def test_controls_cost_what_guessing_costs(small, condition):
    # Two independent draws differ by twice the variance. Smooth targets have few independent
    # values among 32 pictures, so that a single mean square scatters by a fifth or so.
    errors = small.loc[small["condition"] == condition, "error"]
    assert errors.to_numpy() == pytest.approx(1, abs=0.45)
    assert errors.mean() == pytest.approx(1, abs=0.2)


def test_the_plain_world_is_learnt(small):
    plain = small[(small["condition"] == "plain") & (small["n"] == 512)]
    assert (plain["error"] < 0.05).all(), "the positive control"
