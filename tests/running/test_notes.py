"""Notes: what the processes of one build tell its parent, whole lines only."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bigcurves.running import notes


def test_notes_are_read_as_they_come_and_half_a_line_waits(tmp_path: Path) -> None:
    path = tmp_path / "notes"
    found = notes.Notes(path)
    path.write_text('{"a": 1}\n{"b"', "utf-8")
    assert found.new() == [{"a": 1}]
    assert found.new() == []
    with path.open("a", encoding="utf-8") as file:
        file.write(': 2}\ncut off\n{"c": "\u00e9"}\n')
    assert found.new() == [{"b": 2}, {"c": "\u00e9"}]
    assert found.heard == [{"a": 1}, {"b": 2}, {"c": "\u00e9"}]


def test_a_note_that_cannot_be_written_disturbs_no_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(notes.VARIABLE, str(tmp_path / "gone" / "notes"))
    assert notes.note({"run": "walk"})


def test_a_note_tells_the_page_that_is_worked_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(notes.PAGE, "book/one")
    with notes.listening(tmp_path) as heard:
        notes.note({"run": "walk"})
    assert heard.heard[0]["page"] == "book/one"
    assert json.dumps(heard.heard[0]["at"])
    assert list(tmp_path.iterdir()) == []


def test_where_no_build_listens_nothing_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(notes.VARIABLE, raising=False)
    assert (notes.listened(), notes.note({"run": "walk"})) == (False, False)


def test_a_process_that_is_started_meanwhile_is_heard(tmp_path: Path) -> None:
    script = "from bigcurves.running import notes; print(notes.note({'run': 'walk', 'n': 1}))"
    with notes.listening(tmp_path / "new" / "folder") as heard:
        notes.note({"run": "hull"})
        assert [each["run"] for each in heard.new()] == ["hull"]
        done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
    assert done.stdout == b"True\n"
    assert [(each["run"], each.get("n")) for each in heard.heard] == [("hull", None), ("walk", 1)]
    assert heard.heard[0]["at"] < heard.heard[1]["at"]


def test_a_build_inside_a_build_hears_its_own_notes_alone(tmp_path: Path) -> None:
    with notes.listening(tmp_path) as outer:
        outside = os.environ[notes.VARIABLE]
        with notes.listening(tmp_path) as inner:
            notes.note({"run": "inner"})
        assert os.environ[notes.VARIABLE] == outside
        notes.note({"run": "outer"})
    assert [each["run"] for each in inner.heard] == ["inner"]
    assert [each["run"] for each in outer.heard] == ["outer"]


def test_a_folder_that_is_removed_meanwhile_is_no_fault(tmp_path: Path) -> None:
    before = dict(os.environ)
    with notes.listening(tmp_path) as heard:
        notes.note({"run": "walk"})
        heard.new()
        Path(os.environ[notes.VARIABLE]).unlink()
    assert [each["run"] for each in heard.heard] == ["walk"]
    assert dict(os.environ) == before
