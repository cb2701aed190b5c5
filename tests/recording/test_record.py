"""The record: what the book asks for is kept, read, never guessed, and written by one verb."""

import json
import lzma
import os
import re
import shutil
from functools import partial

import pytest
from click.testing import CliRunner

from bigcurves.__main__ import main
from bigcurves.claims import mutations
from bigcurves.recording.keeping import faults_of, keep
from bigcurves.running import catalogue, index, notes, runs
from bigcurves.running.record import RecordError, RecordWarning, Run, read, recorded

ALL = 20 + 5 + 5  # the defaults on the book's seeds, two mutations on those of a proof


def text_of(path):
    return lzma.decompress(path.read_bytes())


def rewrite(path, text):
    path.write_bytes(lzma.compress(text))


def no_run(monkeypatch):
    """Make every run an error: what is then shown was read."""

    def never(*_):
        raise AssertionError("a run was made")

    monkeypatch.setattr("bigcurves.running.workers.Task.__call__", never)


def test_what_the_book_asks_for_is_recorded_and_then_read(walk, monkeypatch):
    kept = keep()
    assert (kept.runs, kept.made) == (ALL, ALL)
    assert {path.name for path in kept.written} == {"walk.jsonl.xz", "index.csv"}
    before = runs.run(catalogue.load("walk"), seeds=range(20), store=walk.root / "another")
    walk.forget_store()
    no_run(monkeypatch)
    module = catalogue.load("walk")
    assert runs.run(module).equals(before)
    assert len(mutations.prove(module)) == 2
    assert not list(walk.store.rglob("*.jsonl"))


def test_the_same_runs_give_the_same_bytes(walk):
    keep()
    first = {path.name: path.read_bytes() for path in walk.record.iterdir()}
    kept = keep()
    assert (kept.made, kept.written) == (0, ())
    shutil.rmtree(walk.record)
    again = keep()  # from the store
    assert again.made == 0
    assert {path.name: path.read_bytes() for path in walk.record.iterdir()} == first


def test_another_compressor_is_no_change(walk):
    keep()
    walk.file.write_bytes(lzma.compress(text_of(walk.file), preset=0))
    before = walk.file.read_bytes()
    assert keep().written == ()
    assert walk.file.read_bytes() == before


def test_what_nothing_asks_for_is_dropped(walk):
    keep()
    shutil.copy(walk.file, walk.record / "gone.jsonl.xz")
    walk.edit("mutation=stop", "mutation=stand")
    kept = keep()
    assert kept.runs == len(read(walk.file)) == ALL - 5
    assert [path.name for path in kept.dropped] == ["gone.jsonl.xz"]
    assert "steps" not in {row.split(",")[2] for row in walk.index.read_text().splitlines()}


def test_a_page_may_show_further_settings(walk):
    walk.edit("REPEATS =", "ALSO_SHOWN = (Settings(steps=9),)\nREPEATS =")
    assert keep().runs == ALL + 20


def test_only_what_was_edited_is_made_anew(walk):
    keep()
    walk.edit("It learns.", "It learns a lot.")
    assert keep().made == 0
    walk.edit("10 + rng", "11 + rng")
    kept = keep()
    assert (kept.made, kept.runs) == (ALL, ALL)


def test_an_edited_experiment_says_so_and_its_runs_are_made(walk):
    keep()
    walk.edit("10 + rng", "11 + rng")
    with pytest.warns(
        RecordWarning, match=r"walk\.jsonl\.xz has 2 seeds from other code .*make rec"
    ):
        table = runs.run(catalogue.load("walk"), seeds=[3, 4])
    assert table["seed"].tolist() == [3, 4]
    assert faults_of() == [
        f"{walk.file}: {ALL} runs missing, {ALL} that nothing asks for: run `make record`"
    ]


def test_a_build_is_told_in_notes_and_not_on_the_page(walk, recwarn):
    keep()
    walk.edit("10 + rng", "11 + rng")
    with notes.listening(walk.root) as told:
        runs.run(catalogue.load("walk"), seeds=[3, 4])
        runs.run(catalogue.load("walk"), seeds=[3])
    assert not recwarn.list
    asked = [each for each in told.heard if "experiment" in each]
    assert [(each["read"], each["made"], each["ours"]) for each in asked] == [
        (0, 2, True),
        (1, 0, True),
    ]
    assert "from other code than today's" in asked[0]["fault"]
    assert [each["run"] for each in told.heard if "run" in each] == ["walk", "walk"]
    assert not list(walk.root.glob(".notes*"))


def without_lines(n, raw):
    return lzma.compress(b"\n".join(lzma.decompress(raw).split(b"\n")[: -1 - n]) + b"\n")


def damages():
    yield "cut short", lambda raw: raw[:-40], "is damaged"
    yield "empty", lambda _: b"", "is damaged"
    yield "not compressed", lambda raw: lzma.decompress(raw), "is damaged"
    yield "half a line", lambda raw: lzma.compress(lzma.decompress(raw)[:-20]), "is cut short"
    for n, message in ((1, "is cut short"), (2, "is cut short"), (3, "is cut short")):
        cut = partial(without_lines, n)
        yield f"{n} lines fewer", cut, message
    yield "a conflict", lambda raw: b"<<<<<<< ours\n" + raw, "is damaged"
    for name, old, new, message in (
        ("a digit", b'"far": ', b'"far": 1', r"was changed by hand \(seed 0\)"),
        ("a seed", b'"seed": 7, "rows"', b'"seed": 70, "rows"', r"was changed by hand \(seed 70\)"),
        ("another key", b'"key": "', b'"key": "0', "was changed by hand"),
        ("a newer format", b'"format": 1', b'"format": 2', "has format 2, newer than 1"),
        ("an older format", b'"format": 1', b'"format": 0', "has format 0, older than 1"),
        ("another's", b'"experiment": "walk"', b'"experiment": "run"', "records 'run'"),
        ("no record", b'{"format"', b'["format"', "is no record of runs"),
        ("no format", b'"format": 1, ', b"", "is no record of runs"),
    ):
        yield (
            name,
            lambda raw, old=old, new=new: lzma.compress(lzma.decompress(raw).replace(old, new, 1)),
            message,
        )


DAMAGES = {name: (damage, message) for name, damage, message in damages()}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_record_is_one_line_with_its_cure_and_nothing_is_lost(walk, name):
    damage, message = DAMAGES[name]
    keep()
    whole = walk.file.read_bytes()
    before = runs.run(catalogue.load("walk"), seeds=[0, 7])
    walk.file.write_bytes(damage(whole))
    with pytest.raises(RecordError, match=rf"^.*walk\.jsonl\.xz {message}.*: restore it with git"):
        read(walk.file)
    with pytest.warns(RecordWarning, match=rf"{message}.*make record") as caught:
        assert runs.run(catalogue.load("walk"), seeds=[0, 7]).equals(before)
    assert len(caught) == 1
    assert "\n" not in str(caught[0].message)
    (fault,) = keep().faults
    assert re.search(message, fault)
    assert text_of(walk.file) == lzma.decompress(whole)


def test_a_missing_index_is_written_anew(walk):
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
def test_a_damaged_index_is_named_and_written_anew(walk, old, new, message):
    keep()
    walk.index.write_text(walk.index.read_text().replace(old, new, 1))
    assert message in faults_of()[0]
    assert keep().runs == ALL
    assert faults_of() == []


def test_the_index_tells_versions_seconds_and_means(walk):
    keep()
    rows = [line.split(",") for line in walk.index.read_text().splitlines()]
    head = rows[0]
    first = dict(zip(head, rows[1], strict=True))
    assert first["experiment"] == "walk"
    assert first["seeds"] == "0:20"
    assert first["column"] == "seconds"
    assert float(first["mean"]) >= 0
    for name in ("date", "python", "numpy", "scipy", "scikit-learn", "processor", "blas"):
        assert first[name], name
    table = runs.run(catalogue.load("walk"))
    means = {row[4]: float(row[5]) for row in rows[2:5]}
    assert means == pytest.approx({c: table[c].mean() for c in ("steps", "far", "skill")}, rel=1e-5)


def test_a_mean_is_the_same_on_every_python():
    # `sum` drops the one before Python 3.12 and keeps it since; the index must not show which.
    rows = b"".join(b'{"far": %a}\n' % far for far in (1e16, 1.0, -1e16, 0.0))
    assert index.means([Run(key="", settings="", seed=0, body=rows)]) == {"far": 0.25}


def test_an_index_that_says_something_else_is_noticed(walk):
    keep()
    walk.index.write_text(walk.index.read_text().replace(",50,", ",51,", 1))
    assert "does not say what the record holds" in faults_of()[0]


def test_runs_keep_how_they_were_made_when_others_are_made_anew(walk):
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


def test_runs_with_settings_of_ones_own_are_made_without_a_word(walk):
    keep()
    table = runs.run(catalogue.load("walk"), catalogue.load("walk").Settings(steps=3), [0])
    assert len(table) == 1
    assert len(list(walk.store.rglob("*.jsonl"))) == ALL + 1


def test_a_record_that_cannot_be_read_is_named(walk):
    keep()
    walk.file.unlink()
    walk.file.mkdir()
    found = recorded("walk")
    assert "cannot be read" in found.fault
    assert "make record" in found.fault


def test_files_of_the_record_have_the_mode_that_the_umask_asks(walk):
    keep()
    mask = os.umask(0)
    os.umask(mask)
    assert walk.file.stat().st_mode & 0o777 == 0o666 & ~mask


def test_entries_of_the_store_say_how_they_were_made(walk):
    keep()
    entry = next(walk.store.rglob("*.jsonl"))
    made = json.loads(entry.read_text().splitlines()[0])["made"]
    assert {"seconds", "date", "python", "numpy", "processor", "blas"} <= set(made)


def test_a_record_that_cannot_be_written_is_one_line_and_loses_no_run(walk, monkeypatch):
    walk.record.write_text("a file stands where the folder should")
    done = command("record")
    assert done.exit_code == 1
    assert f"cannot write {walk.file}: " in done.output
    assert "Traceback" not in done.output
    assert len(list(walk.store.rglob("*.jsonl"))) == ALL
    walk.record.unlink()
    monkeypatch.setattr("bigcurves.running.workers.Task.__call__", None)
    assert keep().made == 0


def command(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def test_the_command_records_checks_and_says_what_it_did(walk):
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


def test_the_command_repeats_and_says_what_differs(walk, monkeypatch):
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
def test_what_the_commands_cannot_do_is_one_line(walk, words, message, code):
    command("record")
    done = command(*words)
    assert done.exit_code == code
    assert message in done.output
    assert "Traceback" not in done.output


def test_a_verify_that_is_stopped_says_what_became_of_it(walk, monkeypatch):
    command("record")

    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("bigcurves.running.workers.Task.__call__", stopped)
    done = command("verify")
    assert done.exit_code == 130
    assert "stopped: nothing was compared, and the record is as it was" in done.output


@pytest.mark.filterwarnings("default")
def test_a_damaged_record_is_one_line_on_the_command_line(walk):
    command("record")
    walk.file.write_bytes(b"damaged")
    walk.forget_store()
    done = command("run", "walk", "--seeds", "0:2")
    assert done.exit_code == 0
    told = [line for line in done.output.splitlines() if "walk.jsonl.xz" in line]
    assert len(told) == 1
    assert told[0].endswith("restore it with git, or run `make record`")
    assert "RecordWarning" not in done.output
