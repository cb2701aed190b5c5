"""Where runs are computed: here, on this machine's cores, or on a Dask cluster.

Every way returns the same rows, bit by bit on one kind of machine: each run has its own random
stream, and linear algebra keeps to one thread everywhere.
"""

import os
import signal
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from bigcurves.provenance.source import digest
from bigcurves.running import fresh
from bigcurves.running.progress import in_kernel
from bigcurves.running.task import Task, TimedRun, where_it_is_right

POOL_COSTS = 5.0  # seconds: starting workers and importing scikit-learn in each


def on_this_machine(
    task: Task, seeds: Sequence[int], jobs: int, expected: float = 0.0
) -> Iterator[TimedRun]:
    """Run the seeds, each result as soon as it is there, in any order.

    Short work stays in this process: workers start only when what is left, at the pace of
    the run before, or at first of the `expected` seconds, would take longer than starting them.
    """
    waiting, took = list(seeds), expected

    def is_short() -> bool:
        return bool(waiting) and (jobs == 1 or took * len(waiting) < POOL_COSTS)

    if is_short():
        with where_it_is_right(task) as timed:
            while is_short():
                result = timed(waiting.pop(0))
                took = result.seconds
                yield result
    if waiting:
        yield from _in_a_pool(task, waiting, jobs)


def _in_a_pool(task: Task, seeds: Sequence[int], jobs: int) -> Iterator[TimedRun]:
    yield from (result for _, result in on_every_core([(task, seed) for seed in seeds], jobs))


def on_every_core(work: Sequence[tuple[Task, int]], jobs: int) -> Iterator[tuple[int, TimedRun]]:
    """Run tasks, each on its seed, in the order given as workers come free.

    Yields
    ------
    The place in `work`, and the result, as soon as it is there.
    """
    if jobs == 1:
        for task, group in groupby(enumerate(work), lambda each: each[1][0]):
            with where_it_is_right(task) as timed:
                yield from ((place, timed(seed)) for place, (_, seed) in group)
        return
    import joblib

    tasks = {task.fingerprint: task for task, _ in work}
    for task in tasks.values():
        fresh.drop_stale_bytecode(task.source.texts)
    # Workers that an earlier call has left serve again only if they began with the same code.
    with joblib.parallel_config(
        backend="loky",
        inner_max_num_threads=1,
        initializer=_begin,
        initargs=(digest(tasks),),
    ):
        pool = joblib.Parallel(
            n_jobs=min(jobs, len(work)), batch_size=1, return_as="generator_unordered"
        )
        yield from pool(
            joblib.delayed(_placed)(place, task, seed) for place, (task, seed) in enumerate(work)
        )


def _begin(_code: str) -> None:
    """Begin a worker; joblib starts new ones where this argument differs from the last call's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us


def _placed(place: int, task: Task, seed: int) -> tuple[int, TimedRun]:
    return place, task.timed(seed)


class JobsError(ValueError):
    """The environment asks for no number of processes. The message says what it asks for."""


def default_jobs() -> int:
    """Count the processes to use: `BIGCURVES_JOBS`, else every core, in a notebook half of them.

    A book is built by several kernels side by side, and each worker holds its own libraries.
    """
    chosen = os.environ.get("BIGCURVES_JOBS")
    if chosen is None:
        import joblib

        cores = int(joblib.cpu_count())
        return max(1, cores // 2) if in_kernel() else cores
    try:
        return checked_jobs(int(chosen) if chosen.isdecimal() else chosen, "BIGCURVES_JOBS")
    except ValueError as fault:
        raise JobsError(fault) from fault


def checked_jobs(jobs: Any, name: str = "jobs") -> int:
    """Return a count of processes, or say what is wrong with it."""
    if not isinstance(jobs, int) or isinstance(jobs, bool) or jobs < 1:
        raise ValueError(f"{name} must be a whole number, at least 1, got {jobs!r}")
    return jobs
