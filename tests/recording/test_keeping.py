"""The record is brought up to date: what the book asks for, all of it, and nothing else."""

import lzma
import os
import shutil
from pathlib import Path

import pytest
from tests.recording.forging import forge
from tests.recording.walk import Walk, text_of

from bigcurves.claims import mutations
from bigcurves.recording.keeping import every_ask, faults_of, keep
from bigcurves.running import catalogue, runs
from bigcurves.running.record import read

ALL = 20 + 5 + 5  # the defaults on the book's seeds, two mutations on those of a proof


def no_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every run an error: what is then shown was read."""

    def never(*_: object) -> None:
        raise AssertionError("a run was made")

    monkeypatch.setattr("bigcurves.running.workers.Task.__call__", never)


def test_what_the_book_asks_for_is_recorded_and_then_read(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = keep()
    assert (kept.runs, kept.made) == (ALL, ALL)
    assert {path.name for path in kept.written} == {"walk.jsonl.xz", "index.csv"}
    before = runs.run(catalogue.load("walk"), seeds=range(20), store=walk.root / "another")
    walk.forget_store()
    no_run(monkeypatch)
    module = catalogue.load("walk")
    assert runs.run(module).equals(before)
    assert len(mutations.judge_mutations(module)) == 2
    assert not list(walk.store.rglob("*.jsonl"))


def test_the_same_runs_give_the_same_bytes(walk: Walk) -> None:
    keep()
    first = {path.name: path.read_bytes() for path in walk.record.iterdir()}
    kept = keep()
    assert (kept.made, kept.written) == (0, ())
    shutil.rmtree(walk.record)
    again = keep()  # from the store
    assert again.made == 0
    assert {path.name: path.read_bytes() for path in walk.record.iterdir()} == first


def test_another_compressor_is_no_change(walk: Walk) -> None:
    keep()
    walk.file.write_bytes(lzma.compress(text_of(walk.file), preset=0))
    before = walk.file.read_bytes()
    assert keep().written == ()
    assert walk.file.read_bytes() == before


def test_what_nothing_asks_for_is_dropped(walk: Walk) -> None:
    keep()
    shutil.copy(walk.file, walk.record / "gone.jsonl.xz")
    walk.edit("mutation=stop", "mutation=stand")
    kept = keep()
    assert kept.runs == len(read(walk.file)) == ALL - 5
    assert [path.name for path in kept.dropped] == ["gone.jsonl.xz"]
    assert "steps" not in {row.split(",")[2] for row in walk.index.read_text().splitlines()}


def test_only_what_was_edited_is_made_anew(walk: Walk) -> None:
    keep()
    walk.edit("It learns.", "It learns a lot.")
    assert keep().made == 0
    walk.edit("10 + rng", "11 + rng")
    kept = keep()
    assert (kept.made, kept.runs) == (ALL, ALL)


def test_runs_keep_how_they_were_made_when_others_are_made_anew(walk: Walk) -> None:
    keep()
    text = walk.index.read_text()
    day = next(line.split(",")[6] for line in text.splitlines()[1:2])
    walk.index.write_text(text.replace(day, "2020-01-01"))
    walk.forget_store()
    walk.edit("steps=1)", "steps=2)")
    kept = keep()
    assert kept.made == 5
    days = [
        line.split(",")[6] for line in walk.index.read_text().splitlines() if ",seconds," in line
    ]
    assert days == ["2020-01-01", "2020-01-01", day]


def test_a_missing_index_is_written_anew(walk: Walk) -> None:
    keep()
    whole = walk.index.read_text()
    walk.index.unlink()
    assert "index.csv is missing" in faults_of()[0]
    kept = keep()
    assert "index.csv is missing" in kept.faults[0]
    assert walk.index.read_text() == whole  # the store knows how they were made
    walk.forget_store()
    walk.index.unlink()
    keep()
    means = [line for line in whole.splitlines() if ",seconds," not in line]
    now = walk.index.read_text().splitlines()
    assert [line for line in now if ",seconds," not in line] == means


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("experiment,", "<<<<<<< ours\nexperiment,", "its first line must be experiment,key"),
        ("walk,", "walk,walk,", "line 2 has another number of fields"),
        ("0:20", "0:many", "invalid literal"),
    ],
)
def test_a_damaged_index_is_named_and_written_anew(
    walk: Walk, old: str, new: str, message: str
) -> None:
    keep()
    walk.index.write_text(walk.index.read_text().replace(old, new, 1))
    assert message in faults_of()[0]
    assert keep().runs == ALL
    assert faults_of() == []


def test_an_index_that_says_something_else_is_noticed(walk: Walk) -> None:
    keep()
    walk.index.write_text(walk.index.read_text().replace(",50,", ",51,", 1))
    assert "does not say what the record holds" in faults_of()[0]


def test_files_of_the_record_have_the_mode_that_the_umask_asks(walk: Walk) -> None:
    keep()
    mask = os.umask(0)
    os.umask(mask)
    assert walk.file.stat().st_mode & 0o777 == 0o666 & ~mask


def test_anew_leaves_out_of_account_what_was_recorded(walk: Walk, tmp_path: Path) -> None:
    keep()
    whole = text_of(walk.file)
    forge(walk, lambda _, row: row | {"skill": row["skill"] + 1})  # as another library might
    forged = text_of(walk.file)
    assert keep().written == (walk.index,), "its means are told as the record has them"
    assert text_of(walk.file) == forged
    again = keep(anew=True)
    assert (again.runs, again.made) == (ALL, 0), "the store had them"
    assert text_of(walk.file) == whole
    assert keep(anew=True, store=tmp_path / "empty").made == ALL


def test_what_is_missing_unasked_or_nobodys_is_a_fault_with_its_cure(walk: Walk) -> None:
    shown = "ALSO_SHOWN = (Settings(steps=9),)"
    walk.edit("REPEATS =", f"{shown}\nREPEATS =")
    missing = f"{walk.file}: {ALL + 20} runs missing, 0 that nothing asks for: run `make record`"
    assert faults_of() == [missing]
    keep()
    assert faults_of() == []
    walk.edit(shown, "")
    nobodys = walk.record / "gone.jsonl.xz"
    shutil.copy(walk.file, nobodys)
    assert faults_of() == [
        f"{walk.file}: 0 runs missing, 20 that nothing asks for: run `make record`",
        f"{nobodys} belongs to no experiment: run `make record`",
    ]


def test_another_folder_is_another_record(walk: Walk, tmp_path: Path) -> None:
    kept = keep(tmp_path / "other")
    assert {path.parent for path in kept.written} == {tmp_path / "other"}
    assert faults_of(tmp_path / "other") == []
    assert not walk.record.exists()


def test_the_record_holds_the_runs_that_are_asked_for_in_their_order(walk: Walk) -> None:
    keep()
    asked_for = [(ask.key, seed) for ask in every_ask() for seed in ask.seeds]
    assert [(run.key, run.seed) for run in read(walk.file)] == asked_for
    assert len(asked_for) == ALL
