"""Send runs to a Dask cluster that somebody else has started.

The client is used directly and not through joblib, whose Dask backend hands results over only
when the last is done: here each is kept as it arrives, so an interrupted sweep loses nothing. A
run whose worker dies is given to another by the scheduler.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from importlib import invalidate_caches
from socket import gethostname

from bigcurves.running.task import Task, TimedRun, source_here, where_it_is_right

PATIENCE = 10  # seconds for the scheduler to answer, and for its first worker


class ClusterError(RuntimeError):
    """The cluster cannot be used. The message says why, in one line."""


def on_cluster(task: Task, seeds: Sequence[int], scheduler: str) -> Iterator[TimedRun]:
    """Run the seeds on the cluster behind a scheduler, each result as soon as it is there.

    Parameters
    ----------
    task, seeds
        What to run; a worker whose files hold other code than the task's refuses.
    scheduler
        The scheduler's address, such as `tcp://10.0.0.5:8786`.

    Raises
    ------
    ClusterError
        If the library is not installed, nobody answers, or not to the end, there is no worker, or
        a worker's sources or libraries differ from this machine's.
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
        futures = client.map(partial(_checked_run, task), seeds, pure=False)
        for _, result in as_completed(futures, loop=client.loop, with_results=True):
            if not isinstance(result, TimedRun):  # what was asked for is cancelled with the link
                raise ClusterError(
                    f"the scheduler at {scheduler} is gone; what was kept stays: run it again"
                )
            yield result


def _checked_run(task: Task, seed: int) -> TimedRun:
    """Run one seed on a worker, if the worker's files hold the code that was asked for.

    A worker may have imported what the files held long ago; the run is then made beside it.
    """
    invalidate_caches()  # for files that are younger than the worker
    source = source_here(task.experiment)
    if source.fingerprint != task.fingerprint:
        raise ClusterError(
            f"a worker has other sources or libraries than this machine for {task.experiment}, on "
            f"{gethostname()}; install the same version on both"
        )
    with where_it_is_right(Task.of(source, task.settings)) as timed:
        return timed(seed)
