"""Claims judged on runs: means, intervals, and figures that are kept as long as they hold."""

import importlib
import math
import subprocess
import sys

import numpy as np
import pytest
from scipy import stats
from tests.one_coin import COIN

from bigcurves.claims import judge
from bigcurves.claims.claim import Claim
from bigcurves.running import catalogue


def test_a_claim_is_judged_on_its_mean_with_students_interval(coins):
    (result,) = judge.judge("coin", range(6))
    draws = [np.random.default_rng([seed, 1]).random(100) < 0.9 for seed in range(6)]
    shares = [throws.mean() for throws in draws]
    ends = stats.t.interval(0.95, df=5, loc=np.mean(shares), scale=stats.sem(shares))
    assert result.mean == pytest.approx(np.mean(shares), abs=1e-12)
    assert 2 * result.half_width == pytest.approx(ends[1] - ends[0], abs=1e-12)
    assert math.isnan(judge.judge("coin", [0])[0].half_width)
    assert result.stands
    assert (result.claim, result.thread) == ("coin-is-loaded", 3)
    assert judge.judge_all(range(6)) == [result]


def test_kept_figures_are_read_without_the_experiment(coins, monkeypatch):
    first = judge.judge("coin", range(3))

    def never(name):
        raise AssertionError(f"imported {name}")

    monkeypatch.setattr(catalogue, "load", never)
    assert judge.judge("coin", range(3)) == first


def test_an_edited_claim_is_judged_anew(coins):
    assert judge.judge("coin", range(3))[0].stands
    (coins / "coin.py").write_text(COIN.replace("at_least(0.7)", "at_least(0.99)"))
    del sys.modules["bigcurves.chapters.coin"]
    importlib.invalidate_caches()
    assert not judge.judge("coin", range(3))[0].stands


def test_figures_of_older_claims_are_not_kept_as_those_of_todays(coins):
    catalogue.load("coin")
    (coins / "coin.py").write_text(COIN.replace("at_least(0.7)", "at_least(0.99)"))
    assert judge.judge("coin", range(3))[0].stands, "this process holds the older claim"
    del sys.modules["bigcurves.chapters.coin"]
    importlib.invalidate_caches()
    assert not judge.judge("coin", range(3))[0].stands


def test_a_figure_that_is_no_number_is_an_error(coins, monkeypatch):
    coin = catalogue.load("coin")
    claim = Claim(**{**vars(coin.CLAIMS[0]), "figure": lambda _: float("nan")})
    monkeypatch.setattr(coin, "CLAIMS", (claim,))
    with pytest.raises(ValueError, match="figure of coin-is-loaded must be finite, got nan"):
        judge.judge("coin", [0])


def test_judging_from_a_warm_store_imports_no_heavy_library():
    heavy = "{'pandas', 'sklearn', 'joblib'}"
    code = f"import sys, bigcurves.claims.judge; print({heavy} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "set()\n"


@pytest.mark.parametrize("name", catalogue.titles())
def test_the_books_claims_stand(name):
    fallen = [v for v in judge.judge(name) if not v.stands]
    assert fallen == []
