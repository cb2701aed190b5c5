"""Four families on four kinds of data: rows as promised, and what must be exactly so."""

import numpy as np
import pandas as pd
import pytest

from bigcurves.chapters.density.data_not_model import data_not_model
from bigcurves.chapters.density.data_not_model.data_not_model import Settings
from bigcurves.worlds import Digits

SMALL = Settings(n=60)


@pytest.fixture(scope="module")
def small():
    return pd.DataFrame(data_not_model.run(SMALL, 5))


def picked(table, data, model="nearest neighbour"):
    rows = table[(table["data"] == data) & (table["model"] == model)]
    assert len(rows) == 1
    return rows.iloc[0]


def test_there_is_one_row_for_each_condition_and_family(small):
    assert list(small.columns) == ["seed", "data", "model", "train", "test"]
    assert len(small) == len(small.drop_duplicates(["data", "model"])) == 4 * 4
    assert set(small["seed"]) == {5}
    assert small["train"].to_numpy() == pytest.approx(1)


def test_the_same_seed_gives_the_same_rows(small):
    pd.testing.assert_frame_equal(small, pd.DataFrame(data_not_model.run(SMALL, 5)))


def test_nearest_neighbour_is_what_a_loop_over_distances_says(small):
    sample = Digits().sample(1797, np.random.default_rng([5, 0]))
    X, y = sample.inputs, sample.targets
    nearest = [np.linalg.norm(X[:60] - x, axis=1).argmin() for x in X[60:]]
    right = y[nearest] == y[60:]
    assert picked(small, "real")["test"] == pytest.approx(np.mean(right), abs=1e-12)


def test_one_permutation_leaves_every_distance_and_so_every_answer(small):
    for model in ("nearest neighbour", "kernel machine"):
        real, permuted = picked(small, "real", model), picked(small, "permuted", model)
        # Sums in another order may turn one tie: one digit of 1,737.
        assert permuted["test"] == pytest.approx(real["test"], abs=2 / 1737)


def test_without_structure_each_family_guesses(small):
    # Chance is 0.1; among 1,737 test digits its standard error is 0.0072, and the forms of the
    # digits differ in ink, which helps a little: 5 standard errors above.
    for data in ("scrambled", "shuffled"):
        tests = small.loc[small["data"] == data, "test"]
        assert ((tests > 0.064) & (tests < 0.15)).all()
    assert (small.loc[small["data"] == "real", "test"] > 0.6).all(), "the positive control"


def test_two_labels_for_one_image_cannot_be_fitted():
    twice = pd.DataFrame(data_not_model.run(Settings(n=60, repeats=2), 0))
    # Of two copies whose ten labels were dealt out apart, about 1 in 10 agree.
    assert (twice.loc[twice["data"] == "shuffled", "train"] < 0.8).all()
    assert twice.loc[twice["data"] == "real", "train"].to_numpy() == pytest.approx(1)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"n": 1797}, "n must be between 10 and 1796, got 1797"),
        ({"shuffled": 1.5}, "shuffled must be between 0 and 1, got 1.5"),
        ({"shuffled": float("nan")}, "shuffled must be between 0 and 1, got nan"),
        ({"repeats": 0}, "repeats must be between 1 and n = 500, got 0"),
    ],
)
def test_bad_settings_are_named(change, message):
    with pytest.raises(ValueError, match=message):
        Settings(**change)
