"""The budget table sums laws up, and says how far single draws stray from them."""

import numpy as np
import pandas as pd
import pytest

from bigcurves.chapters.density.how_many_samples.budget_table import budget_table

FITTED, CHECKED = (100, 400, 1600), (200, 800)


def runs(miss=1.0):
    """Give two seeds of exact laws, whose unseen sizes take `miss` times, or 1 / miss, as many."""
    rows = []
    for seed, factor in ((0, miss), (1, 1 / miss)):
        for n in sorted((*FITTED, *CHECKED)):
            meant = n if n in FITTED else n / factor
            gap = 0.6 * meant**-0.5
            hole = 0.9 * (n / np.log(n)) ** -0.5
            role = "fitted" if n in FITTED else "checked"
            rows.append({"seed": seed, "d": 2, "n": n, "role": role, "gap": gap, "hole": hole})
    return pd.DataFrame(rows)


def test_exact_laws_come_back_and_no_draw_strays():
    table = budget_table(runs()).set_index("kind")
    assert table["slope"].tolist() == pytest.approx([-0.5, -0.5])
    assert table["prefactor"].tolist() == pytest.approx([0.6, 0.9])
    assert table[["low", "high"]].to_numpy() == pytest.approx(np.ones((2, 2)))
    assert table["first"].tolist() == [100, 100]
    assert table["last"].tolist() == [1600, 1600]


def test_the_reach_is_that_of_draws_that_no_law_has_seen():
    # All draws miss by a half or twice, so the whole range is from one to the other.
    table = budget_table(runs(miss=2.0), level=1.0).set_index("kind")
    assert table.loc["gap", ["low", "high"]].tolist() == pytest.approx([0.5, 2.0])
    assert table.loc["hole", ["low", "high"]].tolist() == pytest.approx([1.0, 1.0])
