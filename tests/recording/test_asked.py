"""What the book asks for: each setting once, on the book's seeds or on those of a proof."""

from pathlib import Path

import pytest
from tests.recording.walk import Walk

from bigcurves.recording.asked import asked, changes
from bigcurves.recording.keeping import keep
from bigcurves.running import runs

ALL = 20 + 5 + 5  # the defaults on the book's seeds, two mutations on those of a proof


def test_a_page_may_show_further_settings(walk: Walk) -> None:
    walk.edit("REPEATS =", "ALSO_SHOWN = (Settings(steps=9),)\nREPEATS =")
    assert keep().runs == ALL + 20


def told() -> list[tuple[dict[str, object], int]]:
    """Tell what differs from the defaults, and how many seeds from 0 on are asked for."""
    asks = list(asked("walk"))
    assert all(ask.seeds == range(len(ask.seeds)) for ask in asks)
    return [(changes(ask), len(ask.seeds)) for ask in asks]


def test_the_defaults_come_first_and_then_the_worlds_in_which_claims_fall(walk: Walk) -> None:
    assert told() == [({}, 20), ({"drift": 0.0}, 5), ({"steps": 1}, 5)]


def test_a_world_in_which_two_claims_fall_is_asked_for_once(walk: Walk) -> None:
    walk.edit("mutation=stop", "mutation=stand")
    assert told() == [({}, 20), ({"drift": 0.0}, 5)]


def test_what_a_page_shows_is_asked_for_once_and_on_all_seeds(walk: Walk) -> None:
    """Though a claim falls there too, or it is the defaults again."""
    shown = "Settings(), Settings(steps=9, drift=2.0), Settings(steps=1)"
    walk.edit("REPEATS =", f"ALSO_SHOWN = ({shown})\nREPEATS =")
    assert told() == [
        ({}, 20),
        ({"steps": 9, "drift": 2.0}, 20),
        ({"steps": 1}, 20),
        ({"drift": 0.0}, 5),
    ]


def test_a_key_is_the_one_under_which_runs_are_looked_for(walk: Walk, tmp_path: Path) -> None:
    asks = list(asked("walk"))
    places = [runs.Place.of(ask.source, ask.settings, tmp_path) for ask in asks]
    assert [(ask.key, ask.text) for ask in asks] == [(p.key, p.settings) for p in places]
    assert len({ask.key for ask in asks}) == 3
    assert {ask.name for ask in asks} == {"walk"}


def test_a_key_follows_the_code_and_not_what_is_said_of_it(walk: Walk) -> None:
    keys = [ask.key for ask in asked("walk")]
    walk.edit("It learns.", "It learns a lot.")
    assert [ask.key for ask in asked("walk")] == keys
    walk.edit("10 + rng", "11 + rng")
    assert not {ask.key for ask in asked("walk")} & set(keys)


def test_a_mutation_that_changes_nothing_is_refused(walk: Walk) -> None:
    walk.edit("replace(settings, drift=0.0)", "replace(settings, drift=1.0)")
    with pytest.raises(ValueError, match="stand, the mutation of walk-leads-far, must give other"):
        list(asked("walk"))
