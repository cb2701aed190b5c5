"""The record's index: what a diff can show of runs, read back as it was written."""

import io
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from tests.recording.walk import Walk

from bigcurves.provenance.machine import FIELDS
from bigcurves.recording.keeping import keep
from bigcurves.running import catalogue, index, runs
from bigcurves.running.record import Run, encode

OLD = dict.fromkeys(FIELDS, "1.0") | {"processor": 'a "quick" one, of two', "seconds": 2.0}
NEW = OLD | {"numpy": "2.0", "seconds": 6.0}


def test_the_index_tells_versions_seconds_and_means(walk: Walk) -> None:
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


def test_a_mean_is_the_same_on_every_python() -> None:
    # `sum` drops the one before Python 3.12 and keeps it since; the index must not show which.
    rows = b"".join(b'{"far": %a}\n' % far for far in (1e16, 1.0, -1e16, 0.0))
    assert index.means([Run(key="", settings="", seed=0, body=rows)]) == {"far": 0.25}


def run_of(seed: int, *rows: dict[str, Any]) -> Run:
    body = encode([{"seed": seed, **row} for row in rows or ({"v": float(seed)},)])
    return Run(key="ab12", settings="", seed=seed, body=body)


def test_how_each_run_was_made_is_read_back_by_its_seed() -> None:
    made = {0: OLD, 1: OLD, 2: NEW, 4: OLD, 9: NEW}
    groups = index.grouped("toy", {"n": 3, "why": "so, so"}, [(run_of(s), made[s]) for s in made])
    assert [[run.seed for run in group.runs] for group in groups] == [[0, 1, 4], [2, 9]]
    text = index.write(groups)
    assert index.read(text) == {("toy", "ab12", seed): about for seed, about in made.items()}
    table = pd.read_csv(io.StringIO(text), dtype=str)
    told = table[table["column"] == "seconds"]
    assert told["seeds"].tolist() == ["0:2 4:5", "2:3 9:10"]
    assert set(table["settings"]) == {'{"n": 3, "why": "so, so"}'}
    assert table[table["column"] == "v"]["mean"].tolist() == [f"{5 / 3:.6g}", "5.5"]


def test_means_are_those_of_the_rows_that_have_the_column() -> None:
    rows: list[dict[str, Any]] = [
        {"v": 1.5, "yes": True, "word": "a"},
        {"v": 2, "yes": False},
        {"w": -1.0, "yes": True},
    ]
    found = index.means([run_of(0, *rows), run_of(1, {"v": 4.0, "w": None})])
    table = pd.DataFrame([*rows, {"v": 4.0}])
    expected = {name: table[name].astype(float).mean() for name in ("v", "yes", "w")}
    assert found == pytest.approx(expected)


def test_the_usual_time_is_the_mean_of_what_is_known_of_an_experiment() -> None:
    how = {
        ("toy", "a", 0): {"seconds": 2.0},
        ("toy", "b", 0): {"seconds": 4.0},
        ("toy", "b", 1): {},
        ("other", "c", 0): {"seconds": 100.0},
        ("untimed", "d", 0): {},
    }
    assert index.usual_seconds(how, "toy") == 3.0
    assert index.usual_seconds(how, "untimed") == index.usual_seconds(how, "gone") == 0.0


def test_an_index_that_is_missing_is_a_fault_only_beside_a_record(tmp_path: Path) -> None:
    assert index.load(tmp_path / "gone") == index.load(tmp_path) == ({}, "")
    (tmp_path / "toy.jsonl.xz").touch()
    assert index.load(tmp_path) == ({}, f"{tmp_path / 'index.csv'} is missing")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("column,mean", "mean,column", "its first line must be experiment,key,settings,seeds"),
        ("toy,ab12", "toy,ab12,", "line 2 has another number of fields"),
        ("0:1", "0:", "invalid literal for int"),
        ("2.000", "soon", "could not convert string to float"),
    ],
)
def test_a_damaged_index_says_nothing_and_what_is_wrong(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    text = index.write(index.grouped("toy", {}, [(run_of(0), OLD)]))
    (tmp_path / "index.csv").write_text(text, "utf-8")
    assert index.load(tmp_path) == ({("toy", "ab12", 0): OLD}, "")
    assert old in text
    (tmp_path / "index.csv").write_text(text.replace(old, new, 1), "utf-8")
    how, fault = index.load(tmp_path)
    assert how == {}
    assert f"{tmp_path / 'index.csv'} is damaged ({message}" in fault


def test_an_index_that_breaks_off_or_is_no_file_is_damaged(tmp_path: Path) -> None:
    text = index.write(index.grouped("toy", {"n": 3, "why": "so"}, [(run_of(0), OLD)]))
    (tmp_path / "index.csv").write_text(text[: text.index('"{') + 6], "utf-8")
    assert "index.csv is damaged (" in index.load(tmp_path)[1]
    (tmp_path / "index.csv").unlink()
    (tmp_path / "index.csv").mkdir()
    assert "index.csv is damaged (" in index.load(tmp_path)[1]
