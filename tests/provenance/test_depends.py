"""What a run depends on is declared, and it opens no file that its key does not know."""

import ast
import importlib
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bigcurves.provenance.depends import (
    KINDS,
    DeclarationError,
    UndeclaredFileError,
    declaration,
    only_declared,
)
from bigcurves.provenance.syntax import normal
from bigcurves.running.task import Task
from bigcurves.worlds import MNIST, mnist

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
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
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


def task(lab: Path, **settings: str) -> Task:
    module = importlib.import_module("own.reads")
    return Task(
        experiment="own.reads",
        settings=module.Settings(**settings),
        files=(lab / "known.csv",),
    )


def test_a_declared_file_may_be_read_and_another_may_not(lab: Path) -> None:
    assert task(lab)(0) == [{"seed": 0, "text": "known.csv"}]
    with pytest.raises(UndeclaredFileError, match=r"own\.reads opened .*unknown\.csv.*DEPENDS_ON"):
        task(lab, name="unknown.csv")(0)
    assert (lab / "unknown.csv").read_text() == "unknown.csv"  # outside a run anyone may


def test_an_error_that_was_caught_is_raised_at_the_end(lab: Path) -> None:
    def careless() -> None:
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
def test_every_way_of_reading_is_seen(lab: Path, read: Callable[[Path], object]) -> None:
    with pytest.raises(UndeclaredFileError), only_declared("own.reads", ()):
        read(lab / "unknown.csv")


def test_what_a_run_may_open(lab: Path, tmp_path: Path) -> None:
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


def test_a_run_may_read_mnist_because_its_key_knows_the_sums(lab: Path) -> None:
    mnist._load.cache_clear()
    with only_declared("own.reads", ()):
        assert len(MNIST(part="test").images) == 10_000
    key = ast.dump(normal(Path(mnist.__file__).read_text("utf-8"), ("MNIST",)))
    for name, checksum in mnist.SUMS.items():
        assert (name in key, checksum in key) == (True, True)


def test_another_thread_is_left_alone(lab: Path) -> None:
    found: list[str] = []
    with only_declared("own.reads", ()):
        other = threading.Thread(target=lambda: found.append((lab / "unknown.csv").read_text()))
        other.start()
        other.join()
    assert found == ["unknown.csv"]


def test_a_guard_ends_with_its_run_and_the_next_forgets_its_files(lab: Path) -> None:
    with only_declared("own.first", (lab / "known.csv",)):
        assert (lab / "known.csv").read_text() == "known.csv"
    with (
        pytest.raises(UndeclaredFileError, match=r"own\.second opened"),
        only_declared("own.second", ()),
    ):
        (lab / "known.csv").read_text()
    assert (lab / "known.csv").read_text() == "known.csv"


def test_a_declaration_is_read_as_it_stands() -> None:
    text = "DEPENDS_ON = {'files': ['a.csv', 'b.csv'], 'libraries': ('torch',)}\nOTHER = {'x': 1}"
    found = declaration(ast.parse(text), Path("own.py"))
    assert found == {
        "files": ["a.csv", "b.csv"],
        "environment": [],
        "modules": [],
        "libraries": ["torch"],
    }
    assert declaration(ast.parse("OTHER = 1"), Path("own.py")) == {kind: [] for kind in KINDS}


@pytest.mark.parametrize(
    "value",
    [
        "{'data': ['a.csv']}",
        "{'files': 'a.csv'}",
        "{'files': {'a.csv': 1}}",
        "{'files': 3}",
        "['a.csv']",
        "dict(files=[])",
    ],
)
def test_a_declaration_of_another_form_is_refused_with_what_it_says(value: str) -> None:
    with pytest.raises(DeclarationError) as caught:
        declaration(ast.parse(f"DEPENDS_ON = {value}"), Path("own.py"))
    assert str(caught.value) == (
        "DEPENDS_ON of own.py must map files, environment, modules, libraries to lists of texts, "
        f"got {value}"
    )


@pytest.mark.parametrize(
    ("value", "item"),
    [
        ("{'files': ['a.csv', 1]}", "1 in 'files'"),
        ("{'files': [], 'libraries': ('torch', None)}", "None in 'libraries'"),
        ("{'modules': [['lab.ring']]}", "['lab.ring'] in 'modules'"),
        ("{'environment': [b'SITE']}", "b'SITE' in 'environment'"),
    ],
)
def test_an_item_that_is_no_text_is_named(value: str, item: str) -> None:
    assert refused(f"DEPENDS_ON = {value}") == (
        "DEPENDS_ON of own.py must map files, environment, modules, libraries to lists of texts, "
        f"got {item}"
    )


@pytest.mark.parametrize(
    "line",
    [
        "OTHER = DEPENDS_ON = {'files': ['a.csv']}",
        "DEPENDS_ON, OTHER = ({'files': ['a.csv']}, 1)",
        "DEPENDS_ON |= {'files': ['a.csv']}",
        "DEPENDS_ON['files'][0] = 'a.csv'",
        "if OTHER:\n    DEPENDS_ON = {'files': ['a.csv']}",
        "del DEPENDS_ON",
        "DEPENDS_ON.update(files=['a.csv'])",
        "DEPENDS_ON['files'].append('a.csv')",
        "from lab import DEPENDS_ON",
    ],
)
@pytest.mark.parametrize("before", ["", "DEPENDS_ON = {'files': []}\n"], ids=["alone", "second"])
def test_nothing_but_one_plain_assignment_declares(line: str, before: str) -> None:
    assert refused(before + line) == (
        "DEPENDS_ON of own.py must be one plain assignment of a literal, "
        f"DEPENDS_ON = {{'files': ['a.csv']}}, got {' '.join(line.split())}"
    )


def test_a_second_declaration_is_refused_and_an_annotated_one_is_plain() -> None:
    text = "DEPENDS_ON: dict = {'files': ['a.csv']}"
    assert declaration(normal(text), Path("own.py"))["files"] == ["a.csv"]
    assert "must be one plain assignment" in refused(f"{text}\n{text}")


def test_a_declaration_may_be_read() -> None:
    text = "DEPENDS_ON = {'files': ['a.csv']}\nFILE = DEPENDS_ON['files'][0]\nprint(DEPENDS_ON)"
    assert declaration(ast.parse(text), Path("own.py"))["files"] == ["a.csv"]


def refused(text: str) -> str:
    """Read a module's declaration as a key does, and give what is said against it."""
    with pytest.raises(DeclarationError) as caught:
        declaration(normal(text, ()), Path("own.py"))
    return str(caught.value)
