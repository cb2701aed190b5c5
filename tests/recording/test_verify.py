"""Verify: what was recorded is repeated, and a change of any kind is found."""

import lzma
import subprocess
from pathlib import Path

import pytest
from tests.recording.forging import seed_of as _seed
from tests.recording.walk import Walk

from bigcurves.recording.keeping import keep
from bigcurves.recording.verify import (
    Item,
    Report,
    VerifyError,
    one_of_each,
    touched_since,
    verify,
    with_more,
)
from bigcurves.running import catalogue
from bigcurves.running.catalogue import UnknownNameError

ALL = 20 + 5 + 5


def test_what_was_recorded_is_repeated_and_the_record_stays(walk: Walk) -> None:
    keep()
    before = {path.name: path.read_bytes() for path in walk.record.iterdir()}
    walk.forget_store()
    report = verify()
    assert report.faults == []
    assert (report.repeated, report.recorded) == (ALL, ALL)
    assert str(report).startswith(f"{ALL} of {ALL} recorded runs repeated in ")
    assert str(report).endswith(": as recorded")
    assert {path.name: path.read_bytes() for path in walk.record.iterdir()} == before
    assert len(list(walk.store.rglob("*.jsonl"))) == ALL  # for a `make record` that follows


def test_a_verify_reads_no_kept_run(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    keep()
    monkeypatch.setenv("WALK_ROUNDING", "1e-3")
    assert verify().faults  # though the store has every run as it was recorded


def test_a_damaged_record_and_a_missing_run_are_faults(walk: Walk) -> None:
    keep()
    text = lzma.decompress(walk.file.read_bytes())
    walk.file.write_bytes(lzma.compress(text.replace(b'"far": ', b'"far": 1', 1)))
    faults = verify().faults
    assert "was changed by hand" in faults[0]
    assert "walk: 20 runs are not recorded: run `make record`" in faults


def test_one_run_of_each_is_chosen_by_the_commit(walk: Walk) -> None:
    keep()
    chosen = set()
    for commit in "abcdefgh":
        report = verify(choose=one_of_each(commit))
        assert (report.repeated, report.recorded, report.faults) == (1, ALL, [])
        chosen.add(_seed(commit))
    assert len(chosen) > 1


def test_more_of_what_was_touched_as_long_as_there_is_time(walk: Walk) -> None:
    keep()
    walk.index.write_text(walk.index.read_text().replace(",seconds,0.", ",seconds,10."))

    def repeated(touched: set[str], seconds: float) -> int:
        choose = with_more(one_of_each("c"), touched, seconds, "c", jobs=2)
        found: list[Item] = []
        verify(choose=lambda items: found.extend(choose(items)) or [])  # type: ignore[func-returns-value]
        return len(found)

    assert repeated({"walk"}, 0) == 1
    assert repeated({"walk"}, 20) == 1 + 3  # 40 s of two processes, 10 s and a little each
    assert repeated({"walk"}, 10_000) == ALL
    assert repeated(set(), 10_000) == 1


def git(root: Path, *words: str) -> str:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    done = subprocess.run(
        ["git", *identity, *words], cwd=root, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def commit(walk: Walk) -> str:
    keep()
    git(walk.root, "init", "-q")
    git(walk.root, "add", "record")
    git(walk.root, "commit", "-qm", "record")
    return git(walk.root, "rev-parse", "HEAD")


def test_against_a_commit_keys_may_differ_and_numbers_may_not(walk: Walk, commit: str) -> None:
    walk.edit("moves = settings.drift", "steps = settings.steps\n    moves = settings.drift")
    assert "not recorded" in verify().faults[0]
    report = verify(against=commit)
    assert (report.faults, report.repeated) == ([], ALL)
    walk.edit("10 + rng", "15 + rng")
    assert any("walk-is-skilled" in fault for fault in verify(against="HEAD").faults)


def test_what_a_change_touched_is_read_from_its_record(walk: Walk, commit: str) -> None:
    assert touched_since(commit) == set()
    walk.edit("10 + rng", "15 + rng")
    keep()
    assert touched_since(commit) == {"walk"}
    assert set(catalogue.titles()) == {"walk"}


def test_a_commit_that_is_none_is_one_line(walk: Walk, commit: str) -> None:
    with pytest.raises(VerifyError, match=r"git rev-parse .*nowhere"):
        verify(against="nowhere")
    (walk.record / "walk.jsonl.xz").write_bytes(b"damaged")
    git(walk.root, "commit", "-qam", "damage")
    with pytest.raises(VerifyError, match=r"at HEAD: .*walk\.jsonl\.xz is damaged"):
        verify(against="HEAD")


def test_only_the_experiments_that_are_named_are_repeated(walk: Walk) -> None:
    other = walk.module.with_name("stroll.py")
    other.write_text(walk.module.read_text("utf-8").replace("walk-", "stroll-"), "utf-8")
    keep()
    report = verify(["stroll"], choose=lambda items: items[:1])
    assert (report.recorded, report.repeated, report.faults) == (ALL, 1, [])
    assert verify(choose=lambda _: []).recorded == 2 * ALL
    with pytest.raises(UnknownNameError, match="no experiment is called 'strol'; did you mean"):
        verify(["strol"])


def test_a_report_says_how_much_was_repeated_and_how_it_ended() -> None:
    report = Report(recorded=30, repeated=7, processor=290.4)
    report.seconds = 150.0
    assert str(report).startswith("7 of 30 recorded runs repeated in 2.5 min (290 s of runs) on ")
    assert str(report).endswith(": as recorded")
    report.faults += ["one", "two"]
    assert str(report).endswith(": 2 differences")


def test_where_there_is_no_git_what_was_touched_cannot_be_told(tmp_path: Path) -> None:
    with pytest.raises(VerifyError, match=r"^git diff --name-only HEAD"):
        touched_since("HEAD", tmp_path)
