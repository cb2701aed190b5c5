"""Where runs are computed: in this process or in a pool, with the same rows."""

from pathlib import Path
from typing import Any

import pytest
from pandas.testing import assert_frame_equal
from tests.running.lab import Lab

from bigcurves.provenance.source import Source
from bigcurves.running.task import Task, TimedRun
from bigcurves.running.workers import (
    JobsError,
    checked_jobs,
    default_jobs,
    on_every_core,
    on_this_machine,
)


def test_a_pool_gives_the_same_table_as_one_process(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bigcurves.running.workers.POOL_COSTS", 0.01)
    alone = lab.run(seeds=range(5))
    lab.store = lab.root / "another"
    lab.log.unlink()
    together = lab.run(seeds=range(5), jobs=2, pause=0.05)
    assert_frame_equal(alone, together, check_exact=True)
    assert sorted(lab.ran()) == list(range(5))


def test_the_pool_starts_at_once_where_runs_are_known_to_be_long(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = lab.load()
    task = Task.of(Source.of("lab.draws", Path(str(module.__file__))), module.Settings())
    here: list[int] = []

    def timed(_: Task, seed: int) -> TimedRun:
        here.append(seed)
        return TimedRun(seed, [], 0.0)

    monkeypatch.setattr(Task, "timed", timed)
    monkeypatch.setattr("bigcurves.running.workers._in_a_pool", lambda *_: iter([]))
    list(on_this_machine(task, [0, 1], jobs=2, expected=60.0))
    assert here == []
    list(on_this_machine(task, [0, 1], jobs=2))
    assert here == [0, 1]


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_result_tells_the_place_of_its_work(lab: Lab, jobs: int) -> None:
    module = lab.load()
    source = Source.of("lab.draws", lab.root / "lab" / "draws.py")
    few, many = (Task.of(source, module.Settings(n=n)) for n in (1, 4))
    work = [(many, 7), (few, 7), (many, 3), (many, 5)]
    found = list(on_every_core(work, jobs))
    assert sorted(place for place, _ in found) == [0, 1, 2, 3]
    if jobs == 1:
        assert [place for place, _ in found] == [0, 1, 2, 3]
    for place, result in found:
        task, seed = work[place]
        assert (result.seed, result.rows) == (seed, task(seed))


@pytest.mark.parametrize("jobs", [0, -1, True, 2.0, "2", None])
def test_a_count_of_processes_that_is_none_is_named(jobs: Any) -> None:
    with pytest.raises(ValueError, match=f"--jobs must be a whole number, .*, got {jobs!r}$"):
        checked_jobs(jobs, "--jobs")


@pytest.mark.parametrize(
    ("cores", "kernel", "count"), [(8, False, 8), (8, True, 4), (1, False, 1), (1, True, 1)]
)
def test_a_notebook_takes_half_of_the_cores_and_one_at_the_least(
    monkeypatch: pytest.MonkeyPatch, cores: int, kernel: bool, count: int
) -> None:
    monkeypatch.delenv("BIGCURVES_JOBS", raising=False)
    monkeypatch.setattr("joblib.cpu_count", lambda: cores)
    monkeypatch.setattr("bigcurves.running.workers.in_kernel", lambda: kernel)
    assert default_jobs() == count


@pytest.mark.parametrize("chosen", ["0", "-2", "1.5", "many", ""])
def test_the_environment_chooses_how_many_processes(
    monkeypatch: pytest.MonkeyPatch, chosen: str
) -> None:
    monkeypatch.setenv("BIGCURVES_JOBS", "3")
    assert default_jobs() == 3
    monkeypatch.setenv("BIGCURVES_JOBS", chosen)
    with pytest.raises(JobsError, match="BIGCURVES_JOBS must be a whole number, at least 1"):
        default_jobs()
