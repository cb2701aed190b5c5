"""The claims page's rows, and which claims stand, from what judges them."""

import json

import numpy as np
import pytest
from scipy import stats

from bigcurves.claims import judge
from bigcurves.claims.table import numbers, rows


def test_a_row_says_what_was_found_beside_what_was_asked(coins):
    (row,) = rows(judge.judge("coin", range(6)), range(6))
    shares = [(np.random.default_rng([s, 1]).random(100) < 0.9).mean() for s in range(6)]
    ends = stats.t.interval(0.95, df=5, loc=np.mean(shares), scale=stats.sem(shares))
    assert (row["figure"], row["low"], row["high"]) == pytest.approx((np.mean(shares), *ends))
    assert (row["claim"], row["thread"], row["threshold"]) == ("coin-is-loaded", 3, "≥ 0.7")
    assert row["stands"] is True
    assert row["command"] == "python -m bigcurves claims coin --seeds 0:6"
    json.dumps(row)  # it is glued


def test_a_single_seed_has_no_interval(coins):
    with pytest.raises(ValueError, match="seeds must be at least 2, for an interval, got 1"):
        rows(judge.judge("coin", [0]), range(1))


def test_the_page_gets_every_claim_and_whether_it_stands(coins):
    page = numbers(range(4))
    assert [row["claim"] for row in page.claims] == ["coin-is-loaded"] == list(page.results)
    assert page.results["coin-is-loaded"][0] is page.claims[0]["stands"] is True
    assert page.seeds == 4
