"""A run opens no file that its key does not know."""

import importlib
import os
import sys
import threading
from contextlib import suppress

import pytest

from bigcurves.provenance.depends import UndeclaredFileError, only_declared
from bigcurves.running.task import Task

EXPERIMENT = """
from dataclasses import dataclass
from pathlib import Path

import numpy as np

DEPENDS_ON = {"files": ["known.csv"]}


@dataclass(frozen=True, kw_only=True)
class Settings:
    name: str = "known.csv"


def run(settings, seed):
    text = Path(__file__).with_name(settings.name).read_text()
    return [{"seed": seed, "text": text}]
"""


@pytest.fixture
def lab(tmp_path, monkeypatch):
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "reads.py").write_text(EXPERIMENT)
    for name in ("known.csv", "unknown.csv"):
        (folder / name).write_text(name)
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    yield folder
    for name in ("own", "own.reads"):
        sys.modules.pop(name, None)


def task(lab, **settings):
    module = importlib.import_module("own.reads")
    return Task(
        experiment="own.reads",
        settings=module.Settings(**settings),
        files=(lab / "known.csv",),
    )


def test_a_declared_file_may_be_read_and_another_may_not(lab):
    assert task(lab)(0) == [{"seed": 0, "text": "known.csv"}]
    with pytest.raises(UndeclaredFileError, match=r"own\.reads opened .*unknown\.csv.*DEPENDS_ON"):
        task(lab, name="unknown.csv")(0)
    assert (lab / "unknown.csv").read_text() == "unknown.csv"  # outside a run anyone may


def test_an_error_that_was_caught_is_raised_at_the_end(lab):
    def careless():
        with only_declared("own.reads", ()), suppress(RuntimeError):
            (lab / "unknown.csv").read_text()

    with pytest.raises(UndeclaredFileError):
        careless()


@pytest.mark.parametrize(
    "read",
    [
        lambda path: open(path).close(),  # noqa: PTH123
        lambda path: os.close(os.open(path, os.O_RDONLY)),
        lambda path: importlib.import_module("numpy").genfromtxt(path),
        lambda path: importlib.import_module("pandas").read_csv(path),
    ],
    ids=["open", "os.open", "numpy", "pandas"],
)
def test_every_way_of_reading_is_seen(lab, read):
    with pytest.raises(UndeclaredFileError), only_declared("own.reads", ()):
        read(lab / "unknown.csv")


def test_what_a_run_may_open(lab, tmp_path):
    """Python's own files, its packages', a system's; what the run has written itself."""
    from sklearn.datasets import load_digits

    with only_declared("own.reads", (lab / "known.csv",)):
        load_digits()
        open(os.devnull).close()  # noqa: PTH123
        importlib.import_module("own.reads")
        with (tmp_path / "log.txt").open("a") as log:
            log.write("1")
        assert (tmp_path / "log.txt").read_text() == "1"
        assert not (lab / "nowhere.csv").exists()
        with pytest.raises(FileNotFoundError):
            (lab / "nowhere.csv").read_text()


def test_another_thread_is_left_alone(lab):
    found = []
    with only_declared("own.reads", ()):
        other = threading.Thread(target=lambda: found.append((lab / "unknown.csv").read_text()))
        other.start()
        other.join()
    assert found == ["unknown.csv"]
