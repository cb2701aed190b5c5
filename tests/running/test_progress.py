"""Long work says how far it is: at once, now and then, and not at all if nobody asks."""

import json
import os

import pytest
from tests.patience import eventually

from bigcurves.running import notes, progress
from bigcurves.running.progress import Progress, duration


@pytest.fixture
def clock(monkeypatch):
    """Set the clock by hand; each step of a test moves it."""
    monkeypatch.delenv("QUIET", raising=False)
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(Progress, "_tick", lambda _: None)  # it has a clock of its own
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


def test_work_inside_other_work_is_told_on_its_line(clock, capsys):
    with Progress("Claims of experiments", [0.0] * 3) as outer:
        with Progress("Runs of primes", [5.0] * 4) as inner:
            clock[0] += 11
            inner.step("primes", 5.0)
        outer.step("primes", 0.0)
        clock[0] += 11
        outer.step("hull", 0.0)
    assert capsys.readouterr().err.splitlines() == [
        "Claims of experiments: 0 of 3",
        "Claims of experiments: 0 of 3, Runs of primes: 1 of 4, about 33 s left",
        "Claims of experiments: 2 of 3, hull",
    ]


def test_a_part_that_takes_long_is_no_silence(capsys, monkeypatch):
    monkeypatch.delenv("QUIET", raising=False)
    monkeypatch.setattr(progress, "EVERY", 0.05)
    said = []

    def told_often():
        said.append(capsys.readouterr().err)
        return "".join(said).count("0 of 2") > 2

    with Progress("Making runs", [1.0, 1.0]):
        assert eventually(told_often)


def test_in_a_build_a_step_is_a_note_and_nothing_is_written(clock, capsys, monkeypatch, tmp_path):
    monkeypatch.delenv(notes.VARIABLE, raising=False)
    with notes.listening(tmp_path) as heard:
        work(clock, [1.0] * 2, [20.0] * 2)
    assert [each["run"] for each in heard.heard] == ["primes", "primes"]
    assert capsys.readouterr().err == ""
    assert notes.VARIABLE not in os.environ


def test_notes_are_read_as_they_come_and_half_a_line_waits(tmp_path):
    path = tmp_path / "notes"
    found = notes.Notes(path)
    path.write_text('{"a": 1}\n{"b"', "utf-8")
    assert found.new() == [{"a": 1}]
    assert found.new() == []
    with path.open("a", encoding="utf-8") as file:
        file.write(': 2}\ncut off\n{"c": "\u00e9"}\n')
    assert found.new() == [{"b": 2}, {"c": "\u00e9"}]
    assert found.heard == [{"a": 1}, {"b": 2}, {"c": "\u00e9"}]


def test_a_note_that_cannot_be_written_disturbs_no_run(tmp_path, monkeypatch):
    monkeypatch.setenv(notes.VARIABLE, str(tmp_path / "gone" / "notes"))
    assert notes.note({"run": "walk"})


def test_a_note_tells_the_page_that_is_worked_on(tmp_path, monkeypatch):
    monkeypatch.setenv(notes.PAGE, "book/one")
    with notes.listening(tmp_path) as heard:
        notes.note({"run": "walk"})
    assert heard.heard[0]["page"] == "book/one"
    assert json.dumps(heard.heard[0]["at"])
    assert list(tmp_path.iterdir()) == []


def test_durations_are_read_by_people():
    assert [duration(seconds) for seconds in (0.4, 99, 100, 600)] == [
        "0 s",
        "99 s",
        "1.7 min",
        "10.0 min",
    ]
