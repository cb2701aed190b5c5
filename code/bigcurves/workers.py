"""Where runs are computed: here, on this machine's cores, or on a Dask cluster.

Every way returns the same rows, bit by bit on one kind of machine: each run has its own random
stream, and linear algebra keeps to one thread everywhere.
"""

import math
import os
import pickle
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

from bigcurves.running.depends import only_declared
from bigcurves.running.record import Rows

POOL_COSTS = 5.0  # seconds: starting workers and importing scikit-learn in each


class Result(NamedTuple):
    """One run: its seed, its rows, and the seconds that it took."""

    seed: int
    rows: Rows
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Task:
    """One experiment with its settings: call it with a seed for that run's rows.

    Attributes
    ----------
    experiment
        The module's dotted name.
    settings
        An instance of its `Settings`.
    files
        The data files that it may open.
    """

    experiment: str
    settings: Any
    files: tuple[Path, ...] = ()

    def __call__(self, seed: int) -> Rows:
        """Run one seed, in whichever process this is.

        Raises
        ------
        ValueError
            If the rows are not tidy: no row, another seed, a value that is no finite scalar; or if
            numpy's global stream of random numbers was used.
        UndeclaredFileError
            If the run opens a file that no `DEPENDS_ON` names.
        """
        try:
            run = import_module(self.experiment).run
            # After the import: a limit reaches only the libraries that are loaded by then.
            with threadpool_limits(limits=1), only_declared(self.experiment, self.files):
                before = _global_stream()
                rows = _tidy(run(self.settings, seed), seed)
                if _global_stream() != before:
                    raise ValueError(
                        "run must draw from its own stream, not from numpy's global one"
                    )
                return rows
        except Exception as error:
            error.add_note(f"in {self.experiment}, seed {seed}, {self.settings}")
            raise

    def timed(self, seed: int) -> Result:
        """Run one seed, and take the time."""
        import_module(self.experiment)
        began = time.perf_counter()
        rows = self(seed)
        return Result(seed, rows, time.perf_counter() - began)


def on_this_machine(
    task: Task, seeds: Sequence[int], jobs: int, expected: float = 0.0
) -> Iterator[Result]:
    """Run the seeds, each result as soon as it is there, in any order.

    Short work stays in this process: workers start only when what is left, at the pace of
    the run before, or at first of the `expected` seconds, would take longer than starting them.
    """
    waiting, took = list(seeds), expected
    while waiting and (jobs == 1 or took * len(waiting) < POOL_COSTS):
        result = task.timed(waiting.pop(0))
        took = result.seconds
        yield result
    if waiting:
        yield from _in_a_pool(task, waiting, jobs)


def _in_a_pool(task: Task, seeds: Sequence[int], jobs: int) -> Iterator[Result]:
    yield from (result for _, result in on_every_core([(task, seed) for seed in seeds], jobs))


def on_every_core(work: Sequence[tuple[Task, int]], jobs: int) -> Iterator[tuple[int, Result]]:
    """Run tasks, each on its seed, in the order given as workers come free.

    Yields
    ------
    The place in `work`, and the result, as soon as it is there.
    """
    if jobs == 1:
        yield from ((place, task.timed(seed)) for place, (task, seed) in enumerate(work))
        return
    import joblib

    with joblib.parallel_config(backend="loky", inner_max_num_threads=1):
        pool = joblib.Parallel(
            n_jobs=min(jobs, len(work)), batch_size=1, return_as="generator_unordered"
        )
        yield from pool(
            joblib.delayed(_undisturbed)(place, task, seed)
            for place, (task, seed) in enumerate(work)
        )


def _undisturbed(place: int, task: Task, seed: int) -> tuple[int, Result]:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    return place, task.timed(seed)


def default_jobs() -> int:
    """Count the processes to use: `BIGCURVES_JOBS`, else every core, in a notebook half of them.

    A book is built by several kernels side by side, and each worker holds its own libraries.
    """
    chosen = os.environ.get("BIGCURVES_JOBS")
    if chosen is None:
        import joblib

        cores = int(joblib.cpu_count())
        return max(1, cores // 2) if "ipykernel" in sys.modules else cores
    return checked_jobs(int(chosen) if chosen.isdecimal() else chosen, "BIGCURVES_JOBS")


def checked_jobs(jobs: Any, name: str = "jobs") -> int:
    """Return a count of processes, or say what is wrong with it."""
    if not isinstance(jobs, int) or isinstance(jobs, bool) or jobs < 1:
        raise ValueError(f"{name} must be a whole number, at least 1, got {jobs!r}")
    return jobs


def _global_stream() -> bytes:
    """Tell where numpy's global stream stands, which no seed of ours sets.

    Python's own is not looked at: a scheduler's threads draw from it while a run goes on.
    """
    return pickle.dumps(np.random.get_state())  # noqa: NPY002


def _tidy(rows: Any, seed: int) -> Rows:
    """Check one run's rows and turn numpy's scalars into Python's."""
    if not isinstance(rows, list) or not rows:
        raise ValueError(f"run must return a list of at least one row, got {rows!r:.80}")
    tidy = [{str(name): _scalar(name, value) for name, value in row.items()} for row in rows]
    for row in tidy:
        if row.get("seed") != seed:
            raise ValueError(f"every row must carry its seed, {seed}, got {row.get('seed')!r}")
    return tidy


def _scalar(name: object, value: Any) -> Any:
    value = value.item() if isinstance(value, np.generic) else value
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{name} must be finite, got {value}; leave out what does not apply")
    if value is not None and not isinstance(value, bool | int | float | str):
        raise ValueError(f"{name} must be a number or text, got {type(value).__name__}")
    return value
