"""Counter-evidence: rows of the parity and digit-sum experiments, and what must come out."""

import numpy as np
import pandas as pd
import pytest

from bigcurves.chapters.discrete.counter_evidence import digit_sums, parity
from bigcurves.worlds import Parity

TINY = {
    parity: parity.Settings(
        sparse=Parity(bits=12, secret=(1, 5)), sizes=(60,), full=(4, 12), m=80, test=80, epochs=60
    ),
    digit_sums: digit_sums.Settings(sizes=(10, 120), test=200),
}
KEYS = {parity: ["task", "bits", "learner", "rows"], digit_sums: ["task", "m", "learner"]}


@pytest.mark.parametrize("module", TINY, ids=lambda module: module.__name__.split(".")[-1])
def test_rows_are_tidy_and_repeatable(module):
    table = pd.DataFrame(module.run(TINY[module], 3))
    assert (table["seed"] == 3).all()
    assert not table.duplicated(KEYS[module]).any()
    assert table.notna().all(axis=None)
    pd.testing.assert_frame_equal(table, pd.DataFrame(module.run(TINY[module], 3)))
    assert not table.equals(pd.DataFrame(module.run(TINY[module], 4)).assign(seed=3))


def test_elimination_solves_every_parity_and_no_shuffled_one():
    table = pd.DataFrame(parity.run(TINY[parity], 1))
    found = table[table["learner"] == "elimination"]
    assert (found.loc[found["task"] != "shuffled", ["train", "test"]] == 1).all(axis=None)
    # 40 shuffled labels fit one of 4,096 parities with probability 2^-28
    assert (found.loc[found["task"] == "shuffled", "train"] < 0.9).all()


def test_a_small_world_keeps_a_fifth_of_its_rows_for_the_test():
    table = pd.DataFrame(parity.run(TINY[parity], 2))
    small = table[(table["bits"] == 4) & (table["learner"] == "network")]
    assert small["m"].item() == 12
    assert small["rows"].item() == 80


def test_sums_are_exact_once_the_rows_span_their_space():
    table = pd.DataFrame(digit_sums.run(digit_sums.Settings(sizes=(20, 200), test=500), 0))
    table = table.set_index(["task", "m", "learner"])
    assert table.loc[("sums", 200, "least squares"), "rank"] == 55
    assert table.loc[("sums", 200, "least squares"), "exact"] == 1
    assert table.loc[("sums", 20, "least squares"), "rank"] <= 20
    # a guess of the right sum among 1,999, the likeliest of them 1 in 1,000
    for cell in (("sums", 20, "least squares"), ("random", 200, "least squares")):
        assert table.loc[cell, "exact"] <= 0.02
    assert table.loc[("sums", 200, "1-NN"), "exact"] <= 0.05


def test_a_digit_never_seen_spoils_the_sums_that_need_it():
    X = np.eye(3)[[0, 1, 0, 1]]
    told = digit_sums._least_squares(X, np.array([5.0, 7, 5, 7]), np.eye(3))
    np.testing.assert_allclose(told, [5, 7, 0], atol=1e-12)
