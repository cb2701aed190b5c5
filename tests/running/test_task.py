"""One run: made by the code that its key says, by one thread, with rows that are tidy."""

import itertools
import math
import sys
import types
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from tests.running.lab import Lab
from threadpoolctl import threadpool_limits

from bigcurves.provenance.source import Source
from bigcurves.running.task import SourceEditedError, Task, where_it_is_right


def test_linear_algebra_keeps_to_one_thread_in_every_process(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More threads add up in another order, and the last bits of a result would differ."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):  # the tests' own are none of a reader
        monkeypatch.setenv(name, "4")
    with threadpool_limits(limits=4):
        own = Task(experiment="lab.draws", settings=lab.load().Settings(fault="threads"))(0)
        pooled = lab.run(seeds=[0, 1], jobs=2, fault="threads")
    assert own[0]["threads"] == 1
    assert pooled["threads"].tolist() == [1, 1]


@pytest.mark.filterwarnings("error")
def test_a_machine_that_does_not_tell_its_cores_is_no_fault(lab: Lab) -> None:
    unknown = "Could not find the number of physical cores for the following reason:\nnone"
    assert len(lab.run(fault=unknown)) == 9
    with pytest.raises(UserWarning, match="Could not converge"):
        lab.run(fault="Could not converge")


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("nan", "value must be finite, got nan"),
        ("empty", "at least one row"),
        ("global", "must draw from its own stream"),
    ],
)
def test_rows_that_are_not_tidy_are_refused(lab: Lab, fault: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        lab.run(seeds=[0], fault=fault)
    assert lab.entries() == []


@pytest.fixture
def returning(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], Task]:
    """Give the task of an experiment that returns what it is told to."""

    def task(rows: Any) -> Task:
        module = types.ModuleType("errand")
        vars(module)["run"] = lambda *_: rows
        monkeypatch.setitem(sys.modules, "errand", module)
        return Task(experiment="errand", settings=None)

    return task


def test_numpys_scalars_become_pythons(returning: Callable[[Any], Task]) -> None:
    row = {"seed": np.int64(3), "half": np.float32(0.5), "yes": np.bool_(True), "no": None}
    (tidy,) = returning([row])(3)
    assert tidy == {"seed": 3, "half": 0.5, "yes": True, "no": None}
    assert [type(value) for value in tidy.values()] == [int, float, bool, type(None)]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("rows", "must return a list of at least one row, got 'rows'"),
        ([{"seed": 4}], "every row must carry its seed, 3, got 4"),
        ([{"seed": 3}, {"v": 1}], "every row must carry its seed, 3, got None"),
        ([{"seed": 3, "v": [1]}], "v must be a number or text, got list"),
        ([{"seed": 3, "v": -math.inf}], "v must be finite, got -inf; leave out"),
    ],
)
def test_rows_that_are_refused_are_named_with_their_run(
    returning: Callable[[Any], Task], rows: Any, message: str
) -> None:
    with pytest.raises(ValueError, match=message) as caught:
        returning(rows)(3)
    assert caught.value.__notes__ == ["in errand, seed 3, None"]


def test_a_run_is_timed_and_carries_its_seed(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    task = task_of(lab)
    rows = task(2)
    clock = itertools.count(10.0, 2.5)  # a clock that goes on whenever it is looked at
    monkeypatch.setattr("time.perf_counter", lambda: next(clock))
    assert task.timed(2) == (2, rows, 2.5)


def test_code_that_is_no_longer_here_is_not_run(lab: Lab) -> None:
    settings = lab.load().Settings()
    task = Task(experiment="lab.draws", settings=settings, fingerprint="0123456789abcdef")
    with pytest.raises(SourceEditedError, match=r"^lab\.draws was edited, .*: restart and run it"):
        task.timed(0)


def test_what_was_edited_runs_in_a_process_that_began_later(lab: Lab) -> None:
    old = task_of(lab)
    with where_it_is_right(old) as timed:
        before = timed(1).rows
    lab.write("scale", "SCALE = 4.0\n")
    new = Task.of(source_of(lab), old.settings)
    assert (old.is_here(), new.is_here()) == (True, False)
    with where_it_is_right(new) as timed:
        assert [row["value"] for row in timed(1).rows] == [2 * row["value"] for row in before]


def source_of(lab: Lab) -> Source:
    return Source.of("lab.draws", lab.root / "lab" / "draws.py")


def task_of(lab: Lab, **settings: Any) -> Task:
    module = lab.load()
    return Task.of(source_of(lab), module.Settings(**settings))
