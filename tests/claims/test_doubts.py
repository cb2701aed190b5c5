"""Doubts: they stand beside a chapter's experiments, and fit the claims that they are of."""

import importlib
import sys

import pytest
from tests.claims.test_choices import shift_the_step

from bigcurves.claims.choices import by_four
from bigcurves.claims.claim import at_least
from bigcurves.claims.doubts import Doubts, Rival, doubts_of
from bigcurves.claims.specifications import try_choices
from bigcurves.running import catalogue

BESIDE = """
from bigcurves.claims.choices import by_four
from bigcurves.claims.doubts import Doubts
DOUBTS = {"coin-is-loaded": Doubts(choices=by_four("chance"), limits={"chance / 4": "The coin"})}
"""


@pytest.fixture
def doubts(coins):
    """Write the doubts beside the coin, and give them anew after each edit."""

    def written(text):
        (coins / "doubts.py").write_text(text)
        sys.modules.pop("bigcurves.chapters.doubts", None)
        importlib.invalidate_caches()
        return doubts_of(catalogue.load("coin"))

    return written


def test_doubts_are_found_beside_the_experiment(doubts):
    assert list(doubts(BESIDE)) == ["coin-is-loaded"]
    assert [each.label for each in try_choices("coin")] == ["as chosen", "chance / 4", "chance x 4"]


def test_without_such_a_file_nothing_is_doubted(coins):
    assert doubts_of(catalogue.load("coin")) == {}
    assert try_choices("coin") == []


def test_edited_doubts_are_judged_anew(doubts):
    doubts(BESIDE)
    assert [each.fault for each in try_choices("coin") if each.fault] == []
    doubts(BESIDE.replace(', limits={"chance / 4": "The coin"}', ""))
    assert len([each.fault for each in try_choices("coin") if each.fault]) == 1


def test_a_limit_that_the_sentence_does_not_say_is_named(doubts):
    with pytest.raises(ValueError, match="coin-is-loaded must say 'on tails', its limit under 'ch"):
        doubts(BESIDE.replace("The coin", "on tails"))


def test_what_holds_by_construction_is_not_doubted(doubts, monkeypatch):
    coin = catalogue.load("coin")
    vars(coin.CLAIMS[0])["by_construction"] = "it is loaded"
    with pytest.raises(ValueError, match="coin-is-loaded holds by construction: nothing of it can"):
        doubts(BESIDE)


def test_doubts_name_what_is_wrong_with_them():
    with pytest.raises(ValueError, match=r"choices must differ, got \['n / 4', 'n x 4', 'n / 4'"):
        Doubts(choices=by_four("n") * 2)
    for limits in ({"m / 4": "few"}, {"n / 4": ""}):
        with pytest.raises(ValueError, match=r"limits must give words for a choice, got '. / 4'"):
            Doubts(choices=by_four("n"), limits=limits)
    with pytest.raises(ValueError, match="says must end with a full stop, got 'Chance'"):
        Rival(says="Chance", control=shift_the_step, threshold=at_least(0))
    with pytest.raises(ValueError, match="figure or control must be given of the rival 'Chance"):
        Rival(says="Chance.", threshold=at_least(0))
