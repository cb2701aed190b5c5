"""What a run was made with, as the record's index and a verify say it."""

import json
import platform
import sys
from datetime import UTC, date, datetime
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest
import scipy
import sklearn

from bigcurves.provenance import machine

CPUINFO = (
    "processor\t: 0\nmodel name\t: Fast (R) 9: at 3 GHz\nprocessor\t: 1\nmodel name\t: Other\n"
)
NUMPYS = {"user_api": "blas", "filepath": "/x/numpy.libs/b.so", "internal_api": "openblas"}
SCIPYS = {"user_api": "blas", "filepath": "/x/scipy.libs/a.so", "internal_api": "mkl"}
THREADS = {"user_api": "openmp", "filepath": "/x/numpy.libs/o.so", "internal_api": "openmp"}


def test_a_run_is_described_by_every_field_of_the_index() -> None:
    before = datetime.now(UTC).date()
    made = machine.made_here(1.23456)
    assert set(made) == {"seconds", *machine.FIELDS}
    assert made["seconds"] == 1.235
    assert before <= date.fromisoformat(made["date"]) <= datetime.now(UTC).date()
    assert json.loads(json.dumps(made)) == made
    assert all(made.values())


def test_the_versions_are_those_that_this_process_has_loaded() -> None:
    made = machine.made_here(0.0)
    assert made["python"] == ".".join(map(str, sys.version_info[:3]))
    loaded = {"numpy": np, "scipy": scipy, "scikit-learn": sklearn, "pandas": pd}
    assert {name: made[name] for name in loaded} == {
        name: module.__version__ for name, module in loaded.items()
    }


def test_in_words_a_machine_is_one_line_with_its_gaps_shown() -> None:
    made = {"processor": "Fast 9", "blas": "openblas 0.3", "python": "3.12.1", "numpy": "2.1.0"}
    assert machine.in_words(made) == "Fast 9 (openblas 0.3), Python 3.12.1, numpy 2.1.0"
    assert machine.in_words({"python": "3.12.1"}) == "? (?), Python 3.12.1, numpy ?"


def test_on_linux_the_processor_has_its_makers_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pretend(monkeypatch, tmp_path, CPUINFO)
    assert machine.processor() == "Fast (R) 9: at 3 GHz"


@pytest.mark.parametrize(
    ("system", "told", "expected"),
    [("linux", "", "aarch64"), ("darwin", "arm", "arm"), ("win32", "", "aarch64")],
)
def test_where_no_maker_is_told_the_family_stands(
    system: str, told: str, expected: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pretend(monkeypatch, tmp_path, CPUINFO if system != "linux" else "BogoMIPS\t: 50.00\n")
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(platform, "processor", lambda: told)
    monkeypatch.setattr(platform, "machine", lambda: "aarch64")
    assert machine.processor() == expected


@pytest.mark.parametrize(
    ("pools", "expected"),
    [
        (
            [SCIPYS | {"version": "1"}, NUMPYS | {"version": "0.3", "architecture": "Zen"}],
            "openblas 0.3 Zen",
        ),
        ([THREADS | {"version": None}, NUMPYS | {"version": "0.3"}], "openblas 0.3"),
        ([SCIPYS | {"version": "1"}], "mkl 1"),
        ([THREADS | {"version": None}], "unknown"),
    ],
    ids=["numpy's own", "no threads' library", "scipy's", "none"],
)
def test_the_library_of_linear_algebra_is_the_one_that_numpy_uses(
    pools: list[dict[str, str | None]], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("threadpoolctl.threadpool_info", lambda: pools)
    assert fresh_machine().made_here(0.0)["blas"] == expected


def pretend(monkeypatch: pytest.MonkeyPatch, folder: Path, cpuinfo: str) -> None:
    """Let the module read a text of ours where Linux describes its processors."""
    (folder / "cpuinfo").write_text(cpuinfo)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(machine, "Path", lambda _: folder / "cpuinfo")


def fresh_machine() -> ModuleType:
    """Execute the module once more: it asks its machine once, and keeps the answer."""
    spec = find_spec("bigcurves.provenance.machine")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
