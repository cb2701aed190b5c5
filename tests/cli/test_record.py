"""`record` and `verify`: what their options ask for, and what is said where."""

import lzma
import subprocess
import sys
from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result
from tests.recording.walk import WALK, Walk

from bigcurves.__main__ import main
from bigcurves.recording import keeping

ALL = 20 + 5 + 5  # the defaults on the book's seeds, two mutations on those of a mutation test


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands say faults alone, so that what stands beside the output can be compared."""
    monkeypatch.setenv("QUIET", "1")


def asked(*words: object, code: int = 0) -> Result:
    """Run a command in this process, checked for its status and for tracebacks."""
    result = CliRunner().invoke(main, [str(word) for word in words], prog_name="bigcurves")
    assert result.exit_code == code, result.output
    assert isinstance(result.exception, SystemExit | None)
    return result


def git(walk: Walk, *words: str) -> str:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    done = subprocess.run(
        ["git", *identity, *words], cwd=walk.root, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def commit(walk: Walk) -> str:
    """Record the walk, and commit its record."""
    asked("record")
    git(walk, "init", "-q")
    git(walk, "add", "record")
    git(walk, "commit", "-qm", "record")
    return git(walk, "rev-parse", "HEAD")


@pytest.fixture
def stroll(walk: Walk) -> Iterator[str]:
    """Let the chapters hold a second experiment beside the walk; give its name."""
    walk.module.with_name("stroll.py").write_text(WALK.replace("walk-", "stroll-"), "utf-8")
    yield "stroll"
    sys.modules.pop("bigcurves.chapters.stroll", None)


def test_every_file_that_is_written_or_goes_is_named(walk: Walk) -> None:
    lines = asked("record").stdout.splitlines()
    assert lines[:-1] == [f"wrote {walk.file}", f"wrote {walk.index}"]
    idle = walk.record / "gone.jsonl.xz"
    idle.write_bytes(walk.file.read_bytes())
    assert asked("record").stdout.splitlines() == [
        f"removed {idle}",
        f"{ALL} runs recorded, 0 made now; 0 files written",
    ]
    assert not idle.exists()


def test_a_check_writes_nothing_and_tells_its_faults_beside_the_output(walk: Walk) -> None:
    result = asked("record", "--check", code=1)
    faults = keeping.faults_of()
    assert faults
    assert (result.stdout, result.stderr.splitlines()) == ("", faults)
    assert not walk.record.exists()
    assert not walk.store.exists()
    asked("record")
    result = asked("record", "--check")
    assert result.stdout == "The record holds what the book asks for, and nothing else\n"
    assert result.stderr == ""


def test_what_is_recorded_is_made_again_only_if_that_is_asked(walk: Walk) -> None:
    asked("record")
    for words, made in ((["record"], 0), (["record", "--anew"], ALL)):
        walk.forget_store()
        last = asked(*words).stdout.splitlines()[-1]
        assert last.startswith(f"{ALL} runs recorded, {made} made now; ")
        assert len(list(walk.store.rglob("*.jsonl"))) == made


def test_runs_are_kept_in_the_store_that_is_named(walk: Walk) -> None:
    other = walk.root / "other"
    asked("record", "--store", other)
    assert len(list(other.rglob("*.jsonl"))) == ALL
    assert not walk.store.exists()


def test_a_damaged_record_is_told_beside_the_output_and_mended(walk: Walk) -> None:
    asked("record")
    whole = walk.file.read_bytes()
    walk.file.write_bytes(b"damaged")
    result = asked("record")
    (fault,) = result.stderr.splitlines()
    assert fault.startswith(f"{walk.file} is damaged")
    assert f"wrote {walk.file}" in result.stdout.splitlines()
    assert walk.file.read_bytes() == whole


def test_the_runs_of_those_that_are_named_are_repeated_and_no_others(stroll: str) -> None:
    asked("record")
    for names, count in (([], 2 * ALL), ([stroll], ALL), (["walk", stroll], 2 * ALL)):
        (line,) = asked("verify", *names).stdout.splitlines()
        assert line.startswith(f"{count} of {count} recorded runs repeated in ")
        assert line.endswith(": as recorded")


def test_differences_are_told_beside_the_output_and_counted_in_it(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked("record")
    monkeypatch.setenv("WALK_ROUNDING", "1e-3")
    result = asked("verify", code=1)
    faults = result.stderr.splitlines()
    assert len(faults) == ALL  # one for each run: its column is held to be close
    assert all(fault.startswith("walk") and " values differ" in fault for fault in faults)
    (line,) = result.stdout.splitlines()
    assert line.endswith(f": {ALL} differences")


def test_more_is_repeated_of_what_was_changed_since_a_commit(walk: Walk, commit: str) -> None:
    words = ("verify", "--sample", "c0ffee", "--more", commit)
    told, report = asked(*words).stdout.splitlines()
    assert told == f"Changed since {commit[:12]}: no experiment"
    assert report.startswith(f"1 of {ALL} ")
    walk.file.write_bytes(lzma.compress(lzma.decompress(walk.file.read_bytes()), preset=0))
    for seconds, count in ((0, 1), (10_000, ALL)):
        told, report = asked(*words, "--seconds", seconds).stdout.splitlines()
        assert told == f"Changed since {commit[:12]}: walk"
        assert report.startswith(f"{count} of {ALL} ")


def test_numbers_are_held_to_those_of_the_commit_that_is_named(
    walk: Walk, commit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WALK_SHIFT", "5")
    walk.forget_store()
    asked("record", "--anew")
    asked("verify")
    result = asked("verify", "--against", commit, code=1)
    faults = result.stderr.splitlines()
    assert faults
    assert all("walk-is-skilled: the mean is " in fault for fault in faults)
