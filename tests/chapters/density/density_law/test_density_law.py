"""The density law: rows as promised, the theory's curve, and controls at chance."""

import numpy as np
import pandas as pd
import pytest

from bigcurves.chapters.density.density_law import density_law, folds
from bigcurves.chapters.density.density_law.density_law import Settings
from bigcurves.chapters.density.density_law.learning_curves import Sizes
from bigcurves.worlds import GaussianField

SIZES = Sizes(nearest=(32, 128, 512), ridge=(32, 128), larger=(32, 128))
SMALL = Settings(dimensions=(1, 2, 3), sizes=SIZES, sides=(8, 16), test=300)


@pytest.fixture(scope="module")
def small():
    return pd.DataFrame(density_law.run(SMALL, 2))


@pytest.fixture(scope="module")
def shuffled():
    settings = Settings(dimensions=(2,), sizes=SIZES, sides=(8,), test=300, shuffled=True)
    return pd.DataFrame(density_law.run(settings, 2))


def test_there_is_one_row_for_each_setting(small):
    assert set(small.columns) == {
        *("seed", "d", "target", "learner", "D", "kappa", "n", "gap", "error", "wrong", "theory")
    }
    keys = ["d", "target", "learner", "D", "kappa", "n"]
    # On each of three worlds: 3 + 2 + 2 nearest on pictures and ridge, 3 on latents, 3 stretched.
    assert len(small) == len(small.drop_duplicates(keys)) == 3 * 4 * (3 + 2 + 2 + 3 + 3)
    assert set(small["seed"]) == {2}


def test_the_same_seed_gives_the_same_rows(small):
    pd.testing.assert_frame_equal(small, pd.DataFrame(density_law.run(SMALL, 2)))


def test_on_bare_latents_the_theory_is_the_law(small):
    rows = folds.even(small, "latents", least=1)
    # One draw of the field makes few turns in the cube, and its mean slope scatters by a third
    # or so; over three worlds and the two frequencies that turn most, by an eighth.
    off = np.log(rows["error"] / rows["theory"])[rows["kappa"] >= 5]
    assert off.mean() == pytest.approx(0, abs=0.3)


def test_the_theory_is_what_a_gaussian_field_owes_at_a_distance():
    rng = np.random.default_rng(0)
    here = np.full((1, 2), 0.5)
    for distance in (0.05, 0.2, 0.5):
        there = here + np.array([distance, 0])
        fields = [GaussianField.draw(rng, d=2, kappa=4, features=100) for _ in range(1500)]
        squares = [float(field(here)[0] - field(there)[0]) ** 2 for field in fields]
        theory = 2 * (1 - np.exp(-0.5 * (4 * distance) ** 2))
        # A squared Gaussian scatters by sqrt(2) of its mean: 4 standard errors of 1,500.
        assert np.mean(squares) == pytest.approx(theory, rel=4 * np.sqrt(2 / 1500))


def test_labels_that_are_shuffled_cannot_be_learnt(shuffled):
    rows = shuffled[(shuffled["learner"] == "nearest") & (shuffled["kappa"] == 10)]
    # Two independent draws of variance 1 differ by 2 in the mean square; with 300 test pictures
    # and a field of its own variance, to a quarter. Half of the signs are wrong.
    assert rows["error"].to_numpy() == pytest.approx(2, rel=0.35)
    assert rows["wrong"].to_numpy() == pytest.approx(0.5, abs=4 * 0.5 / np.sqrt(300))


def test_the_same_world_learns_with_labels_in_place(small):
    rows = folds.even(small, "nearest", least=1)
    rows = rows[(rows["kappa"] == 1.25) & (rows["n"] == 512)]
    assert (rows["error"] < 0.05).all(), "the positive control"
    assert (rows["wrong"] < 0.15).all()


def test_figures_read_a_law_that_was_put_in():
    grid = [
        (d, k, n, D) for d in (2, 3) for k in (1.0, 2.5) for n in (10, 40, 90) for D in (64, 256)
    ]
    rows = pd.DataFrame(grid, columns=["d", "kappa", "n", "D"])
    rows = rows.assign(target="even", learner="nearest", gap=rows["n"] ** (-1 / rows["d"]))
    law = rows.assign(error=(rows["kappa"] * rows["gap"]) ** 2)
    law = law.assign(theory=law["error"] / 3)
    assert folds.fold(law, "nearest") == pytest.approx(1)
    assert folds.off_theory(law) == pytest.approx(3)
    assert folds.by_pixels(law) == pytest.approx(0, abs=1e-9)
    assert folds.by_pixels(law.assign(error=law["error"] * law["D"] ** 0.25)) == pytest.approx(0.25)
    assert folds.least_step(law) == pytest.approx(-2 / 3 + 1)
