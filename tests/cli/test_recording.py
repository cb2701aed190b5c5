"""The verbs `record` and `verify`, on the command line: what they say, and what they leave."""

import pytest
from click.testing import CliRunner, Result
from tests.recording.walk import Walk

from bigcurves.__main__ import main
from bigcurves.recording.keeping import keep

ALL = 20 + 5 + 5  # the defaults on the book's seeds, two mutations on theirs


def command(*words: str) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_a_record_that_cannot_be_written_is_one_line_and_loses_no_run(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk.record.write_text("a file stands where the folder should")
    done = command("record")
    assert done.exit_code == 1
    assert f"cannot write {walk.file}: " in done.output
    assert "Traceback" not in done.output
    assert len(list(walk.store.rglob("*.jsonl"))) == ALL
    walk.record.unlink()
    monkeypatch.setattr("bigcurves.running.workers.Task.__call__", None)
    assert keep().made == 0


def test_the_command_records_checks_and_says_what_it_did(walk: Walk) -> None:
    missing = command("record", "--check")
    assert missing.exit_code == 1
    assert (
        f"{walk.file}: {ALL} runs missing, 0 that nothing asks for: run `make rec" in missing.output
    )
    first = command("record")
    assert first.exit_code == 0, first.output
    assert f"wrote {walk.file}" in first.output
    assert f"{ALL} runs recorded, {ALL} made now; 2 files written" in first.output
    assert f"{ALL} runs recorded, 0 made now; 0 files written" in command("record").output
    assert command("record", "--check").exit_code == 0
    again = command("record", "--anew")  # what the store has was made with today's libraries
    assert f"{ALL} runs recorded, 0 made now; 0 files written" in again.output


def test_the_command_repeats_and_says_what_differs(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("record")
    whole = command("verify")
    assert whole.exit_code == 0, whole.output
    assert f"{ALL} of {ALL} recorded runs repeated in " in whole.output
    few = command("verify", "walk", "--sample", "c0ffee")
    assert f"1 of {ALL} recorded runs repeated in " in few.output
    monkeypatch.setenv("WALK_ROUNDING", "1e-6")
    differs = command("verify")
    assert differs.exit_code == 1
    assert "walk, far, seed 0: 1 of 1 values differ" in differs.output
    assert "differences" in differs.output.splitlines()[-1]


@pytest.mark.parametrize(
    ("words", "message", "code"),
    [
        (("verify", "wolk"), "no experiment is called 'wolk'; did you mean walk?", 1),
        (("verify", "--more", "HEAD"), "--more needs --sample", 2),
        (("verify", "--against", "nowhere"), "git ", 1),
        (("record", "--jobs", "0"), "0 is not in the range x>=1", 2),
    ],
)
def test_what_the_commands_cannot_do_is_one_line(
    walk: Walk, words: tuple[str, ...], message: str, code: int
) -> None:
    command("record")
    done = command(*words)
    assert done.exit_code == code
    assert message in done.output
    assert "Traceback" not in done.output


def test_a_verify_that_is_stopped_says_what_became_of_it(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("record")

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bigcurves.running.workers.Task.__call__", stopped)
    done = command("verify")
    assert done.exit_code == 130
    assert "stopped: nothing was compared, and the record is as it was" in done.output


@pytest.mark.filterwarnings("default")
def test_a_damaged_record_is_one_line_on_the_command_line(walk: Walk) -> None:
    command("record")
    walk.file.write_bytes(b"damaged")
    walk.forget_store()
    done = command("run", "walk", "--seeds", "0:2")
    assert done.exit_code == 0
    told = [line for line in done.output.splitlines() if "walk.jsonl.xz" in line]
    assert len(told) == 1
    assert told[0].endswith("restore it with git, or run `make record`")
    assert "RecordWarning" not in done.output
