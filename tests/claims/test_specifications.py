"""What becomes of a claim under other choices, and of its rival: all that was tried is told."""

from dataclasses import replace

import numpy as np
import pytest

from bigcurves.claims import specifications
from bigcurves.claims.choices import by_four
from bigcurves.claims.claim import at_least, at_most
from bigcurves.claims.doubts import Doubts, Rival
from bigcurves.claims.specifications import in_words, try_choices
from bigcurves.recording.asked import asked


def load_tails(settings):
    """Let it fall on tails."""
    return replace(settings, chance=1 - settings.chance)


@pytest.fixture
def declare(coins, monkeypatch):
    """Doubt the coin's one claim."""

    def declared(**doubts):
        monkeypatch.setattr(
            specifications, "doubts_of", lambda _: {"coin-is-loaded": Doubts(**doubts)}
        )

    return declared


RIVAL = Rival(says="Any coin does.", control=load_tails, threshold=at_most(0.3))


def shares(chance):
    return [(np.random.default_rng([seed, 1]).random(100) < chance).mean() for seed in range(5)]


def test_each_choice_is_judged_on_the_mean_of_five_seeds_as_the_claim_is(declare):
    declare(choices=by_four("chance"), rival=RIVAL)
    chosen, less, more, rival = try_choices("coin")
    assert [each.label for each in (chosen, less, more)] == [
        "as chosen",
        "chance / 4",
        "chance x 4",
    ]
    assert less.mean == pytest.approx(np.mean(shares(0.225)))
    assert (chosen.holds, less.holds, more.holds) == (True, False, True)
    assert rival.mean == pytest.approx(np.mean(shares(0.1)))
    assert rival.holds


def test_a_fall_is_a_fault_until_the_sentence_says_so(declare):
    declare(choices=by_four("chance"))
    faults = [each.fault for each in try_choices("coin") if each.fault]
    assert len(faults) == 1
    assert faults[0].startswith("coin-is-loaded, chance / 4: 0.")
    assert faults[0].endswith("asked for ≥ 0.7: falls, and the sentence does not say so")


def test_a_limit_is_words_of_the_sentence_and_must_be_one(declare):
    declare(choices=by_four("chance"), limits={"chance / 4": "The coin"})
    assert [each.fault for each in try_choices("coin") if each.fault] == []


def test_a_limit_that_is_none_is_a_fault(declare):
    declare(choices=by_four("chance"), limits={"chance / 4": "coin", "chance x 4": "heads"})
    (fault,) = [each.fault for each in try_choices("coin") if each.fault]
    assert (
        fault
        == "coin-is-loaded, chance x 4: 1, asked for ≥ 0.7: holds, so that it is no limit: heads"
    )


def test_a_rival_that_is_not_ruled_out_is_a_fault(declare):
    declare(rival=replace(RIVAL, threshold=at_most(0.01)))
    (fault,) = [each.fault for each in try_choices("coin") if each.fault]
    assert "asked for ≤ 0.01: not ruled out: Any coin does." in fault


def test_a_rival_may_have_a_figure_of_its_own_on_the_books_run(declare):
    rival = Rival(says="It has no side.", figure=len, threshold=at_least(1))
    declare(rival=rival)
    (found,) = try_choices("coin")
    assert (found.label, found.mean, found.fault) == ("rival", 1.0, "")


def test_what_is_tried_is_asked_for_once_beside_what_the_book_shows(declare):
    declare(choices=(*by_four("chance"), load_tails), rival=RIVAL)
    asks = [(ask.settings.chance, ask.seeds) for ask in asked("coin")]
    assert [round(chance, 3) for chance, _ in asks] == [0.9, 0.5, 0.225, 3.6, 0.1]
    assert [len(seeds) for _, seeds in asks] == [20, 5, 5, 5, 5]


def test_a_choice_that_is_the_books_own_is_that_one(declare):
    def stay(settings):
        """Change nothing."""
        return settings

    declare(choices=(stay,))
    assert [each.label for each in try_choices("coin")] == ["as chosen"]


def test_a_choice_that_gives_no_settings_is_named(declare):
    def forget(settings):
        """Give a number."""
        return 0.5

    declare(choices=(forget,))
    with pytest.raises(ValueError, match="forget, a choice of coin-is-loaded, must give other Set"):
        try_choices("coin")


def test_kept_figures_are_read_without_the_experiment(declare, monkeypatch):
    declare(choices=by_four("chance"))
    before = try_choices("coin")
    monkeypatch.setattr(specifications, "_figures", lambda *_: pytest.fail("worked out again"))
    assert try_choices("coin") == before


def test_the_lines_begin_with_what_is_nearest_to_falling(declare):
    declare(choices=by_four("chance"), rival=RIVAL)
    lines = list(in_words(try_choices("coin")))
    assert lines[0] == "coin-is-loaded: holds under 2 of 3"
    assert [line.split(":")[0].strip() for line in lines[1:]] == [
        "chance / 4",
        "as chosen",
        "chance x 4",
        "rival",
    ]
    assert lines[1].endswith("falls: NOT SAID")
    assert lines[-1].endswith("ruled out")
