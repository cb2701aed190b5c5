"""The hashtable experiment: rows, determinism, and the arithmetic of its bits."""

import numpy as np
import pandas as pd
import pytest

from bigcurves.chapters.discrete.hashtable import hashtable

TINY = hashtable.Settings(sizes=(16, 32), starts=2, strangers=300)


@pytest.fixture(scope="module")
def table():
    return pd.DataFrame(hashtable.run(TINY, 3))


def test_rows_are_tidy_and_repeatable(table):
    assert (table["seed"] == 3).all()
    assert not table.duplicated(["part", "task", "m", "memory"]).any()
    assert table.groupby(["part", "task"]).size().to_dict() == {
        ("width", "random"): 2,
        ("width", "curve"): 2,
        ("memory", "random"): 8,
    }
    pd.testing.assert_frame_equal(table, pd.DataFrame(hashtable.run(TINY, 3)))
    assert not table.equals(pd.DataFrame(hashtable.run(TINY, 4)).assign(seed=3))


def test_bits_are_parameters_and_slots_shared_out(table):
    widths = table[(table["part"] == "width") & (table["task"] == "random")].set_index("m")
    bits = table[table["part"] == "memory"].set_index("memory")["bits"]
    least, reliable = (widths.loc[32, name] for name in ("smallest", "reliable"))
    assert widths.loc[32, "parameters"] == 18 * least + 1
    assert bits["smallest network"] == 32 * (18 * least + 1) / 32
    assert bits["reliable network"] == 32 * (18 * reliable + 1) / 32
    assert bits["xor table"] == np.ceil(1.23 * 32) / 32
    assert bits["bitmap"] == 2**16 / 32
    assert bits["bitmap of known keys"] == 2**17 / 32
    assert bits["entropy of the labels"] <= 1 < bits["rounded network"] < bits["smallest network"]


def test_strangers_with_random_bits_are_answered_by_chance(table):
    random = table[(table["part"] == "width") & (table["task"] == "random")]
    # 300 strangers: the standard error of a score is .029
    assert random["strangers"].between(0.38, 0.62).all()
    assert random["confidence"].between(0.5, 1).all()
