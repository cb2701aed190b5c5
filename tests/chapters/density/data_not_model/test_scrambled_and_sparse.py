"""Pixels dealt out by degrees, and models with few samples: rows as promised, and controls."""

import numpy as np
import pandas as pd
import pytest

from bigcurves.chapters.density.data_not_model import partly_scrambled, sparse_models
from bigcurves.worlds import Digits, deal_out

SPARSE = sparse_models.Settings(sizes=(20, 30))


@pytest.fixture(scope="module")
def dealt():
    return pd.DataFrame(partly_scrambled.run(partly_scrambled.Settings(moved=(0, 64)), 3))


@pytest.fixture(scope="module")
def sparse():
    return pd.DataFrame(sparse_models.run(SPARSE, 3))


def share(table, dealing, moved):
    (found,) = table.loc[(table["dealing"] == dealing) & (table["moved"] == moved), "test"]
    return found


def test_there_is_a_row_for_each_way_and_number(dealt):
    assert list(dealt.columns) == ["seed", "dealing", "moved", "test"]
    assert len(dealt) == len(dealt.drop_duplicates(["dealing", "moved"])) == 4


def test_where_no_pixel_moves_both_ways_are_a_loop_over_distances(dealt):
    sample = Digits().sample(1797, np.random.default_rng([3, 0]))
    X, y = sample.inputs, sample.targets
    nearest = [np.linalg.norm(X[:200] - x, axis=1).argmin() for x in X[200:]]
    right = np.mean(y[nearest] == y[200:])
    assert share(dealt, "alike", 0) == share(dealt, "apart", 0) == pytest.approx(right, abs=1e-12)


def test_all_alike_costs_nothing_and_each_its_own_way_leaves_a_guess(dealt):
    # Sums in another order may turn one tie: one digit of 1,597.
    assert share(dealt, "alike", 64) == pytest.approx(share(dealt, "alike", 0), abs=2 / 1597)
    # Chance is 0.1 and its standard error 0.0075; the ink helps a little: 5 of them above.
    assert 0.06 < share(dealt, "apart", 64) < 0.15


def test_the_settings_are_what_exchanges_the_ways():
    swapped = partly_scrambled.Settings(moved=(64,), alike=True, apart=False)
    table = pd.DataFrame(partly_scrambled.run(swapped, 3))
    assert share(table, "alike", 64) < 0.2 < 0.8 < share(table, "apart", 64)


def test_fully_dealt_digits_keep_their_ink():
    sample = Digits().sample(30, np.random.default_rng(0))
    ranks = np.random.default_rng(1).random((30, 64))
    dealt = deal_out(sample.inputs, ranks, np.arange(64))
    assert dealt.sum(axis=1) == pytest.approx(sample.inputs.sum(axis=1))


def test_there_is_a_row_for_each_part_size_and_model(sparse):
    assert list(sparse.columns) == ["seed", "digits", "n", "model", "train", "test"]
    assert len(sparse) == len(sparse.drop_duplicates(["digits", "n", "model"])) == 2 * 2 * 5
    exact = sparse[sparse["model"].isin(["nearest neighbour", "forest"])]
    assert exact["train"].to_numpy() == pytest.approx(1)


def test_shifts_cost_the_four_and_hardly_the_convolution(sparse):
    at = sparse[sparse["n"] == 30].pivot_table("test", "model", "digits")
    lost = at["aligned"] - at["shifted"]
    assert lost.drop("convolution").min() > 0.2
    assert lost["convolution"] < 0.2


def test_parts_without_their_shift_are_the_same_digits():
    settings = sparse_models.Settings(sizes=(20,), shifted=0)
    table = pd.DataFrame(sparse_models.run(settings, 1)).set_index("model")
    aligned, shifted = (table[table["digits"] == part]["test"] for part in ("aligned", "shifted"))
    pd.testing.assert_series_equal(aligned, shifted)
