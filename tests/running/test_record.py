"""The record: a run is believed by its key, its seed and its checksum, and never guessed."""

import json
import lzma
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.recording.walk import Walk, text_of

from bigcurves.recording.keeping import keep
from bigcurves.running import catalogue, record, runs
from bigcurves.running.record import (
    Recorded,
    RecordError,
    RecordWarning,
    Run,
    encode,
    file_of,
    key_of,
    parse,
    read,
    record_folder,
    recorded,
    write,
)

Damage = Callable[[bytes], bytes]


def with_other_words(old: bytes, new: bytes, raw: bytes) -> bytes:
    return lzma.compress(lzma.decompress(raw).replace(old, new, 1))


def without_lines(n: int, raw: bytes) -> bytes:
    return lzma.compress(b"\n".join(lzma.decompress(raw).split(b"\n")[: -1 - n]) + b"\n")


def damages() -> Iterator[tuple[str, Damage, str]]:
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
        yield name, partial(with_other_words, old, new), message


DAMAGES = {name: (damage, message) for name, damage, message in damages()}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_record_is_one_line_with_its_cure_and_nothing_is_lost(
    walk: Walk, name: str
) -> None:
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


def test_a_record_that_cannot_be_read_is_named(walk: Walk) -> None:
    keep()
    walk.file.unlink()
    walk.file.mkdir()
    found = recorded("walk")
    assert "cannot be read" in found.fault
    assert "make record" in found.fault


def test_a_record_is_parsed_under_the_name_that_it_should_have(walk: Walk) -> None:
    keep()
    with pytest.raises(ValueError, match="records 'walk'"):
        parse(walk.file.read_bytes(), walk.record / "run.jsonl.xz")


ROWS: list[dict[str, Any]] = [
    {"seed": 0, "v": 0.1 + 0.2, "word": "ß"},
    {"seed": 0, "v": 5e-324, "word": None},
]
FIRST = Run(key="ab12", settings='{"n": 3}', seed=0, body=encode(ROWS))
SECOND = Run(key="ab12", settings='{"n": 3}', seed=1, body=encode([{"seed": 1, "v": 1e300}]))


def kept(folder: Path, *kept_runs: Run) -> Path:
    path = file_of("toy", folder)
    path.write_bytes(lzma.compress(write("toy", kept_runs)))
    return path


def test_what_is_written_is_read_back_to_the_bit(tmp_path: Path) -> None:
    path = kept(tmp_path, SECOND, FIRST)
    assert read(path) == [SECOND, FIRST]
    assert read(path)[1].rows == ROWS
    lines = [json.loads(line) for line in lzma.decompress(path.read_bytes()).splitlines()]
    assert lines[0] == {"format": 1, "experiment": "toy", "runs": 2}
    assert [line["rows"] for line in lines if "rows" in line] == [1, 2]


@pytest.mark.parametrize(
    "change",
    [{"key": "ab13"}, {"settings": '{"n": 4}'}, {"seed": 2}, {"body": encode(ROWS[:1])}],
    ids=lambda change: next(iter(change)),
)
def test_a_checksum_is_that_of_the_rows_in_their_place(change: dict[str, Any]) -> None:
    assert replace(FIRST, **change).checksum != FIRST.checksum
    assert replace(FIRST).checksum == FIRST.checksum


def test_a_run_is_found_by_its_key_or_by_its_settings_alone(tmp_path: Path) -> None:
    found = Recorded(kept(tmp_path, FIRST, SECOND))
    assert found.rows("ab12", 0) == ROWS
    assert (found.run("ab12", 2), found.rows("ab13", 0)) == (None, None)
    assert found.alike('{"n": 3}', 1) == SECOND
    assert found.alike('{"n": 4}', 1) is None
    nothing = Recorded(tmp_path / "gone.jsonl.xz")
    assert (nothing.runs, nothing.fault) == ([], "")


def test_a_file_is_read_again_only_once_it_is_another(tmp_path: Path) -> None:
    assert recorded("toy", tmp_path).runs == []
    path = kept(tmp_path, FIRST)
    first = recorded("toy", tmp_path)
    assert recorded("toy", tmp_path) is first
    path.unlink()
    kept(tmp_path, FIRST, SECOND)
    assert recorded("toy", tmp_path).runs == [FIRST, SECOND]


def test_a_key_tells_code_from_settings() -> None:
    keys = {key_of("ab", "c"), key_of("a", "bc"), key_of("c", "ab"), key_of("", "abc")}
    assert len(keys) == 4
    assert all(re.fullmatch("[0-9a-f]{16}", key) for key in keys)


def test_the_record_is_found_by_environment_then_checkout_then_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BIGCURVES_RECORD", raising=False)
    monkeypatch.setattr(record, "SOURCE_ROOT", tmp_path / "code")
    assert record_folder() == tmp_path / "code" / "bigcurves" / "_record"
    (tmp_path / "pyproject.toml").touch()
    assert record_folder() == tmp_path / "record"
    monkeypatch.setenv("BIGCURVES_RECORD", str(tmp_path / "chosen"))
    assert file_of("toy") == tmp_path / "chosen" / "toy.jsonl.xz"
