"""What a page hears of its claims: whether they stand, and on what figure."""

from types import ModuleType

import pytest

from bigcurves.claims.judge import judge
from bigcurves.claims.results import described, results
from bigcurves.running import catalogue


def test_a_page_hears_the_figure_and_what_was_asked(coins):
    mean = judge("coin", range(4))[0].mean
    heard = results(catalogue.load("coin"), seeds=range(4))
    assert heard == {"coin-is-loaded": (True, f"{mean:.3g}, asked for ≥ 0.7")}
    assert heard == described(judge("coin", range(4)))


def test_runs_are_kept_where_the_page_says(coins, tmp_path):
    results(catalogue.load("coin"), seeds=[0, 1], store=tmp_path / "mine")
    assert sorted(path.name for path in (tmp_path / "mine").rglob("[01].jsonl")).count("0.jsonl")
    assert not (tmp_path / "store").exists()


def test_another_module_of_the_same_name_is_not_answered_for(coins):
    mine = ModuleType("mylab.coin")
    with pytest.raises(ValueError, match=r"experiments must be the book's own, got mylab\.coin"):
        results(mine, seeds=[0])
