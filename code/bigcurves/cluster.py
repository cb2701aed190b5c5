"""Send runs to a Dask cluster that somebody else has started.

The client is used directly and not through joblib, whose Dask backend hands results over only
when the last is done: here each is kept as it arrives, so an interrupted sweep loses nothing. A
run whose worker dies is given to another by the scheduler.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from importlib import import_module
from pathlib import Path

from bigcurves.provenance import Source
from bigcurves.workers import Result, Task

PATIENCE = 10  # seconds for the scheduler to answer, and for its first worker


class ClusterError(RuntimeError):
    """The cluster cannot be used. The message says why, in one line."""


def on_cluster(
    task: Task, seeds: Sequence[int], scheduler: str, fingerprint: str
) -> Iterator[Result]:
    """Run the seeds on the cluster behind a scheduler, each result as soon as it is there.

    Parameters
    ----------
    task, seeds
        What to run.
    scheduler
        The scheduler's address, such as `tcp://10.0.0.5:8786`.
    fingerprint
        The source that the results are kept under; a worker with another one refuses.

    Raises
    ------
    ClusterError
        If the library is not installed, nobody answers, there is no worker, or a worker's
        sources or libraries differ from this machine's.
    """
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise ClusterError("a cluster needs an extra: pip install 'bigcurves[cluster]'") from None
    try:
        client = Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:  # TimeoutError is an OSError
        reason = f"no scheduler answers at {scheduler} within {PATIENCE} s"
        raise ClusterError(reason) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise ClusterError(f"the scheduler at {scheduler} has no worker") from error
        futures = client.map(partial(_checked_run, task, fingerprint), seeds, pure=False)
        for _, result in as_completed(futures, loop=client.loop, with_results=True):
            yield result


def _checked_run(task: Task, fingerprint: str, seed: int) -> Result:
    """Run one seed on a worker, if the worker's code is the code that was asked for."""
    source = _source_here(task.experiment)
    if source.fingerprint != fingerprint:
        raise ClusterError(
            f"a worker has other sources or libraries than this machine for {task.experiment}; "
            "install the same version on both"
        )
    return replace(task, files=source.files).timed(seed)  # where they lie on this machine


@cache
def _source_here(experiment: str) -> Source:
    module = import_module(experiment)
    return Source.of(experiment, Path(str(module.__file__)))
