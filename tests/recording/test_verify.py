"""Verify: what was recorded is repeated, and a change of any kind is found."""

import json
import lzma
import subprocess

import pytest

from bigcurves.recording.keeping import keep
from bigcurves.recording.verify import VerifyError, one_of_each, touched_since, verify, with_more
from bigcurves.running import catalogue
from bigcurves.running.record import Run, parse, read, write

ALL = 20 + 5 + 5


def forge(walk, change):
    """Change recorded rows, and their checksums with them."""
    forged = []
    for run in read(walk.file):
        rows = [change(run, dict(row)) for row in run.rows]
        body = "".join(json.dumps(row) + "\n" for row in rows).encode()
        forged.append(Run(key=run.key, settings=run.settings, seed=run.seed, body=body))
    walk.file.write_bytes(lzma.compress(write("walk", forged)))


def is_default(run):
    return '"drift": 1.0, "steps": 50' in run.settings


def test_what_was_recorded_is_repeated_and_the_record_stays(walk):
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


def test_a_verify_reads_no_kept_run(walk, monkeypatch):
    keep()
    monkeypatch.setenv("WALK_ROUNDING", "1e-3")
    assert verify().faults  # though the store has every run as it was recorded


def test_rounding_passes_in_a_close_column(walk, monkeypatch):
    keep()
    monkeypatch.setenv("WALK_ROUNDING", "1e-12")
    assert verify().faults == []
    monkeypatch.setenv("WALK_ROUNDING", "1e-8")
    start = "walk, far, seed 0: 1 of 1 values differ, first in row 0: "
    assert any(fault.startswith(start) for fault in verify().faults)


def test_one_changed_digit_in_a_close_column_is_found(walk):
    keep()

    def change(run, row):
        if is_default(run) and run.seed == 7:
            text = repr(row["far"])
            row["far"] = float(text[:7] + str((int(text[7]) + 1) % 10) + text[8:])
        return row

    forge(walk, change)
    (fault,) = verify().faults
    assert "walk, far, seed 7" in fault


@pytest.mark.parametrize(
    ("column", "value"), [("part", "begin"), ("steps", 51), ("steps", None), ("steps", 50.5)]
)
def test_a_changed_exact_value_is_found(walk, column, value):
    keep()
    forge(walk, lambda run, row: row | ({column: value} if run.seed == 3 else {}))
    assert [column in fault and "seed 3" in fault for fault in verify().faults] == [True] * 3


@pytest.mark.parametrize(("errors", "found"), [(4, True), (-4, True), (2, False)])
def test_a_trained_mean_moved_by_four_standard_errors_is_found(walk, monkeypatch, errors, found):
    keep()
    figures = [run.rows[0]["skill"] for run in read(walk.file) if is_default(run)]
    mean = sum(figures) / 20
    error = (sum((figure - mean) ** 2 for figure in figures) / 19 / 20) ** 0.5
    forge(walk, lambda run, row: row | {"skill": row["skill"] + errors * error * is_default(run)})
    faults = verify().faults
    assert bool(faults) == found
    assert all(f.startswith("walk, walk-is-skilled: the mean is ") for f in faults)


def test_in_a_mutated_world_the_claims_that_fall_there_are_compared(walk):
    keep()
    forge(walk, lambda run, row: row | {"skill": row["skill"] + 9 * (not is_default(run))})
    (fault,) = verify().faults
    assert fault.startswith("walk steps=1, walk-is-skilled: the mean is ")


def test_a_single_trained_seed_lies_in_the_recorded_range(walk, monkeypatch):
    keep()
    monkeypatch.setenv("WALK_SHIFT", "0.1")
    alone = one_of_each("commit")
    assert verify(choose=alone).faults == []
    monkeypatch.setenv("WALK_SHIFT", "9")
    (fault,) = verify(choose=alone).faults
    assert "walk, walk-is-skilled, seed " in fault
    assert "recorded are" in fault


@pytest.mark.parametrize(("widths", "found"), [(0.45, False), (0.55, True)])
def test_half_a_range_beyond_the_recorded_one_is_the_end(walk, monkeypatch, widths, found):
    keep()
    figures = {run.seed: run.rows[0]["skill"] for run in read(walk.file) if is_default(run)}
    low, high = min(figures.values()), max(figures.values())
    shift = high + widths * (high - low) - figures[_seed("commit")]
    monkeypatch.setenv("WALK_SHIFT", repr(shift))
    assert bool(verify(choose=one_of_each("commit")).faults) == found


def test_rows_that_come_or_go_are_found(walk, monkeypatch):
    keep()
    monkeypatch.setenv("WALK_TWICE", "1")
    assert "walk, seed 0: 2 rows, recorded are 1" in verify().faults


def test_where_all_columns_are_trained_the_number_of_rows_may_move(walk, monkeypatch):
    walk.edit(
        'exact("part steps") | close("far") | trained("skill")', 'trained("part steps far skill")'
    )
    keep()
    monkeypatch.setenv("WALK_TWICE", "1")
    assert verify().faults == []


def test_a_column_that_is_not_declared_is_named(walk):
    walk.edit(' | close("far")', "")
    keep()
    assert "walk, far: REPEATS does not say how this column repeats" in verify().faults


def test_a_damaged_record_and_a_missing_run_are_faults(walk):
    keep()
    text = lzma.decompress(walk.file.read_bytes())
    walk.file.write_bytes(lzma.compress(text.replace(b'"far": ', b'"far": 1', 1)))
    faults = verify().faults
    assert "was changed by hand" in faults[0]
    assert "walk: 20 runs are not recorded: run `make record`" in faults


def test_one_run_of_each_is_chosen_by_the_commit(walk):
    keep()
    chosen = set()
    for commit in "abcdefgh":
        report = verify(choose=one_of_each(commit))
        assert (report.repeated, report.recorded, report.faults) == (1, ALL, [])
        chosen.add(_seed(commit))
    assert len(chosen) > 1


def _seed(commit):
    found = []

    def choose(items):
        found.extend(one_of_each(commit)(items))
        return []

    verify(choose=choose)
    return found[0].run.seed


def test_more_of_what_was_touched_as_long_as_there_is_time(walk):
    keep()
    walk.index.write_text(walk.index.read_text().replace(",seconds,0.", ",seconds,10."))

    def repeated(touched, seconds):
        choose = with_more(one_of_each("c"), touched, seconds, "c", jobs=2)
        found = []
        verify(choose=lambda items: found.extend(choose(items)) or [])
        return len(found)

    assert repeated({"walk"}, 0) == 1
    assert repeated({"walk"}, 20) == 1 + 3  # 40 s of two processes, 10 s and a little each
    assert repeated({"walk"}, 10_000) == ALL
    assert repeated(set(), 10_000) == 1


def git(root, *words):
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    done = subprocess.run(
        ["git", *identity, *words], cwd=root, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def commit(walk):
    keep()
    git(walk.root, "init", "-q")
    git(walk.root, "add", "record")
    git(walk.root, "commit", "-qm", "record")
    return git(walk.root, "rev-parse", "HEAD")


def test_against_a_commit_keys_may_differ_and_numbers_may_not(walk, commit):
    walk.edit("moves = settings.drift", "steps = settings.steps\n    moves = settings.drift")
    assert "not recorded" in verify().faults[0]
    report = verify(against=commit)
    assert (report.faults, report.repeated) == ([], ALL)
    walk.edit("10 + rng", "15 + rng")
    assert any("walk-is-skilled" in fault for fault in verify(against="HEAD").faults)


def test_what_a_change_touched_is_read_from_its_record(walk, commit):
    assert touched_since(commit) == set()
    walk.edit("10 + rng", "15 + rng")
    keep()
    assert touched_since(commit) == {"walk"}
    assert set(catalogue.titles()) == {"walk"}


def test_a_commit_that_is_none_is_one_line(walk, commit):
    with pytest.raises(VerifyError, match=r"git rev-parse .*nowhere"):
        verify(against="nowhere")
    (walk.record / "walk.jsonl.xz").write_bytes(b"damaged")
    git(walk.root, "commit", "-qam", "damage")
    with pytest.raises(VerifyError, match=r"at HEAD: .*walk\.jsonl\.xz is damaged"):
        verify(against="HEAD")


def test_a_record_is_parsed_under_the_name_that_it_should_have(walk):
    keep()
    with pytest.raises(ValueError, match="records 'walk'"):
        parse(walk.file.read_bytes(), walk.record / "run.jsonl.xz")
