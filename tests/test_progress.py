"""Long work says how far it is: at once, now and then, and not at all if nobody asks."""

import pytest

from bigcurves.running import progress
from bigcurves.running.progress import Progress, duration


@pytest.fixture
def clock(monkeypatch):
    """Set the clock by hand; each step of a test moves it."""
    monkeypatch.delenv("QUIET", raising=False)
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def work(clock, expected, seconds):
    with Progress("Making runs", expected) as told:
        for part, took in zip(expected, seconds, strict=True):
            clock[0] += took
            told.step("primes", part)


def test_it_begins_at_once_and_goes_on_every_ten_seconds(clock, capsys):
    work(clock, [1.0] * 5, [4.0] * 5)
    assert capsys.readouterr().err.splitlines() == [
        "Making runs: 0 of 5",
        "Making runs: 3 of 5, about 8 s left, primes",
    ]


def test_the_time_left_is_reckoned_from_what_each_part_should_take(clock, capsys):
    work(clock, [30.0, 10.0, 20.0], [60.0, 1.0, 1.0])
    assert "1 of 3, about 60 s left" in capsys.readouterr().err


def test_where_no_time_is_known_none_is_told(clock, capsys):
    work(clock, [0.0, 1.0], [20.0, 20.0])
    assert "left" not in capsys.readouterr().err


def test_nothing_is_said_if_asked_so_or_if_there_is_nothing_to_do(clock, capsys, monkeypatch):
    work(clock, [], [])
    monkeypatch.setenv("QUIET", "1")
    work(clock, [1.0], [60.0])
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("QUIET", "0")
    work(clock, [1.0], [1.0])
    assert capsys.readouterr().err


def test_a_terminal_gets_a_bar(clock, capsys, monkeypatch):
    monkeypatch.setattr(progress.sys.stderr, "isatty", lambda: True)
    work(clock, [1.0] * 3, [1.0] * 3)
    assert "Making runs" in capsys.readouterr().err


def test_durations_are_read_by_people():
    assert [duration(seconds) for seconds in (0.4, 99, 100, 600)] == [
        "0 s",
        "99 s",
        "1.7 min",
        "10.0 min",
    ]
