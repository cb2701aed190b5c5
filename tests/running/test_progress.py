"""Long work says how far it is: at once, now and then, and not at all if nobody asks."""

import os
import sys
import types
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.patience import eventually

from bigcurves.running import notes, progress
from bigcurves.running.progress import Progress, duration


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Set the clock by hand; each step of a test moves it."""
    monkeypatch.delenv("QUIET", raising=False)
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr(Progress, "_tick", lambda _: None)  # it has a clock of its own
    return now


def work(clock: list[float], expected: Sequence[float], seconds: Sequence[float]) -> None:
    with Progress("Making runs", expected) as told:
        for part, took in zip(expected, seconds, strict=True):
            clock[0] += took
            told.step("primes", part)


def test_it_begins_at_once_and_goes_on_every_ten_seconds(
    clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    work(clock, [1.0] * 5, [4.0] * 5)
    assert capsys.readouterr().err.splitlines() == [
        "Making runs: 0 of 5",
        "Making runs: 3 of 5, about 8 s left, primes",
    ]


def test_the_time_left_is_reckoned_from_what_each_part_should_take(
    clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    work(clock, [30.0, 10.0, 20.0], [60.0, 1.0, 1.0])
    assert "1 of 3, about 60 s left" in capsys.readouterr().err


def test_where_no_time_is_known_none_is_told(
    clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    work(clock, [0.0, 1.0], [20.0, 20.0])
    assert "left" not in capsys.readouterr().err


def test_nothing_is_said_if_asked_so_or_if_there_is_nothing_to_do(
    clock: list[float], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    work(clock, [], [])
    monkeypatch.setenv("QUIET", "1")
    work(clock, [1.0], [60.0])
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("QUIET", "0")
    work(clock, [1.0], [1.0])
    assert capsys.readouterr().err


def test_a_terminal_gets_a_bar(
    clock: list[float], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    work(clock, [1.0] * 3, [1.0] * 3)
    assert "Making runs" in capsys.readouterr().err


def test_work_inside_other_work_is_told_on_its_line(
    clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
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


def test_a_part_that_takes_long_is_no_silence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QUIET", raising=False)
    monkeypatch.setattr(progress, "EVERY", 0.05)
    said: list[str] = []

    def told_often() -> bool:
        said.append(capsys.readouterr().err)
        return "".join(said).count("0 of 2") > 2

    with Progress("Making runs", [1.0, 1.0]):
        assert eventually(told_often)


def test_in_a_build_a_step_is_a_note_and_nothing_is_written(
    clock: list[float],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.delenv(notes.VARIABLE, raising=False)
    with notes.listening(tmp_path) as heard:
        work(clock, [1.0] * 2, [20.0] * 2)
    assert [each["run"] for each in heard.heard] == ["primes", "primes"]
    assert capsys.readouterr().err == ""
    assert notes.VARIABLE not in os.environ


def test_durations_are_read_by_people() -> None:
    assert [duration(seconds) for seconds in (0.4, 99, 100, 600)] == [
        "0 s",
        "99 s",
        "1.7 min",
        "10.0 min",
    ]


def test_what_is_said_stands_beside_the_output_and_can_be_silenced(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIET", "0")
    progress.say("Reading the record")
    assert capsys.readouterr() == ("", "Reading the record\n")
    monkeypatch.setenv("QUIET", "yes")
    progress.say("Reading the record")
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("begun", [True, False])
def test_a_kernel_is_one_that_runs_and_not_one_whose_code_was_imported(
    monkeypatch: pytest.MonkeyPatch, begun: bool
) -> None:
    monkeypatch.delitem(sys.modules, "ipykernel.kernelapp", raising=False)
    assert not progress.in_kernel()
    application = types.SimpleNamespace(initialized=lambda: begun)
    module = types.ModuleType("ipykernel.kernelapp")
    vars(module)["IPKernelApp"] = application
    monkeypatch.setitem(sys.modules, "ipykernel.kernelapp", module)
    assert progress.in_kernel() == begun


def test_work_that_fails_leaves_no_line_to_the_next(
    clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(KeyError), Progress("Making runs", [1.0]):
        raise KeyError
    work(clock, [1.0, 1.0], [11.0, 0.0])
    assert capsys.readouterr().err.splitlines() == [
        "Making runs: 0 of 1",
        "Making runs: 0 of 2",
        "Making runs: 1 of 2, about 11 s left, primes",
    ]
