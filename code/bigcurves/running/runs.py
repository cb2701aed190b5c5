"""Run experiments over seeds; whatever has been run before is read, not run again.

What is returned are the runs of the code that the files hold now. Where this process imported
another, a warning says so, and the runs are made in a process that did not.

The book's own runs are read from its record; what else was run, from this machine's store.

A chapter hands over the experiment itself, never its name as text, so that the book can see
what the page depends on::

    from bigcurves.running import runs
    from bigcurves.chapters.manifold.dimension import dimension

    table = runs.run(dimension, seeds=range(20))
"""

import operator
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from bigcurves.provenance.closure import OWN_PACKAGE
from bigcurves.provenance.machine import made_here
from bigcurves.provenance.source import Source, describe, digest
from bigcurves.running import index, notes
from bigcurves.running.cluster import on_cluster
from bigcurves.running.progress import Progress
from bigcurves.running.record import Recorded, RecordWarning, key_of, recorded
from bigcurves.running.repeats import Rows
from bigcurves.running.store import CacheEntries, store_at
from bigcurves.running.task import Task, TimedRun
from bigcurves.running.workers import checked_jobs, default_jobs, on_this_machine

if TYPE_CHECKING:
    import pandas as pd


class SourceEditedWarning(UserWarning):
    """A source file was edited after this process imported it. The runs are of today's text."""


def run(
    experiment: ModuleType,
    settings: Any = None,
    seeds: Iterable[int] = range(20),
    *,
    jobs: int | None = None,
    store: str | PathLike[str] | None = None,
    scheduler: str | None = None,
) -> "pd.DataFrame":
    """Return the rows of every run, in the order of the seeds.

    Results are kept as each run ends, so an interrupted call goes on where it stopped.

    Parameters
    ----------
    experiment
        A module with `Settings` and `run(settings, seed)`.
    settings
        An instance of the experiment's `Settings`; its defaults, the book's sizes, if left out.
    seeds
        Whole numbers from 0 to 2**32 - 1, each once.
    jobs
        How many processes, at least 1; by default `BIGCURVES_JOBS` or the machine's cores.
    store
        The folder of kept results; by default `BIGCURVES_STORE` or the project's `_build/runs`.
    scheduler
        The address of a Dask scheduler; what is missing then runs on its cluster.

    Raises
    ------
    ValueError
        If the module is no experiment, the settings are not its own, or a seed is out of range.
    StoreError
        If results cannot be kept. What was kept before stays.
    ClusterError
        If the cluster does not answer.
    SourceEditedError
        If the experiment is edited while its runs are made. What was kept before stays.
    """
    import pandas as pd  # half a second, which judging kept claims can do without

    seeds = checked_seeds(seeds)
    settings = _checked_settings(experiment, settings)
    jobs = default_jobs() if jobs is None else checked_jobs(jobs)
    source = Source.of(experiment.__name__, Path(str(experiment.__file__)))
    if edited := source.edited():
        text = (
            f"{edited[0].name} was edited after this process imported it: the runs are those of "
            "its text today, restart to use that here too"
        )
        warnings.warn(text, SourceEditedWarning, stacklevel=2)
    place = Place.of(source, settings, store)
    rows = {seed: found for seed in seeds if (found := place.read(seed)) is not None}
    missing = [seed for seed in seeds if seed not in rows]
    usual = place.usual_seconds() if missing else 0.0
    place.tell(read=len(rows), missing=missing, usual=usual)
    if missing:
        place.entries.prepare()
        task = Task.of(source, settings)
        if scheduler is None:
            results = on_this_machine(task, missing, jobs, usual)
        else:
            results = on_cluster(task, missing, scheduler)
        with Progress(f"Runs of {source.short_name}", [usual] * len(missing)) as progress:
            for result in results:
                rows[result.seed] = result.rows
                keep(place.entries, result)
                progress.step(source.short_name, usual)
    return pd.DataFrame([row for seed in seeds for row in rows[seed]])


def checked_seeds(seeds: Iterable[int]) -> list[int]:
    """Return the seeds as a list, or say what is wrong with them."""
    try:
        numbers = [operator.index(seed) for seed in seeds]
    except TypeError:
        raise ValueError(f"seeds must be whole numbers, got {seeds!r}") from None
    if not numbers:
        raise ValueError(f"seeds must hold at least one seed, got {seeds!r}")
    for seed in (min(numbers), max(numbers)):
        if not 0 <= seed < 2**32:  # what scikit-learn's random_state takes
            raise ValueError(f"seeds must be between 0 and 2**32 - 1, got {seed}")
    if len(set(numbers)) < len(numbers):
        raise ValueError("seeds must differ from each other: a run counted twice is no evidence")
    return numbers


def _checked_settings(experiment: ModuleType, settings: Any) -> Any:
    """Return the settings, the experiment's own defaults if there are none."""
    name = getattr(experiment, "__name__", repr(experiment))
    lacking = [part for part in ("Settings", "run") if not hasattr(experiment, part)]
    if not isinstance(experiment, ModuleType) or lacking:
        raise ValueError(f"experiment must be a module with Settings and run, got {name}")
    if settings is None:
        return experiment.Settings()
    if not isinstance(settings, experiment.Settings):
        kind = type(settings).__name__
        raise ValueError(f"settings must be a Settings of {name}, got {kind}")
    return settings


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the runs of some settings are found: in the record, else in this machine's store.

    Attributes
    ----------
    key
        Hash of the code and the settings, under which the record has them.
    settings
        The settings as JSON.
    record
        What is recorded of the experiment; none of one that is not the book's.
    entries
        The store's folder for them.
    """

    key: str
    settings: str
    record: Recorded | None
    entries: CacheEntries

    @classmethod
    def of(cls, source: Source, settings: Any, store: str | PathLike[str] | None) -> "Place":
        """Find the place by what the module imports and by its settings."""
        text = describe(settings)
        folder = store_at(store) / source.name / digest([source.fingerprint, text])
        ours = source.name.partition(".")[0] == OWN_PACKAGE
        return cls(
            key=key_of(source.key, text),
            settings=text,
            record=recorded(source.short_name) if ours else None,
            entries=CacheEntries(
                folder=folder, about={"experiment": source.name, "settings": text}
            ),
        )

    def read(self, seed: int) -> Rows | None:
        """Get one seed's rows; None if they must be run."""
        found = self.record.rows(self.key, seed) if self.record else None
        return self.entries.read(seed) if found is None else found

    def usual_seconds(self) -> float:
        """Say how long a recorded run of the experiment took; 0 where none is recorded."""
        if self.record is None:
            return 0.0
        path = self.record.path
        how, _ = index.load(path.parent)
        return index.usual_seconds(how, path.name.partition(".")[0])

    def tell(self, read: int, missing: list[int], usual: float) -> None:
        """Say what the record does not have, and to a page's build how much is to be run."""
        fault = self.record.fault if self.record else ""
        stale = [s for s in missing if self.record and self.record.alike(self.settings, s)]
        if self.record and stale and not fault:
            seeds = "seed" if len(stale) == 1 else "seeds"
            fault = (
                f"{self.record.path} has {len(stale)} {seeds} from other code than today's: "
                "they are made anew; `make record` keeps them"
            )
        name = self.entries.about["experiment"].rpartition(".")[2]
        told = {"experiment": name, "ours": self.record is not None, "read": read, "fault": fault}
        if not notes.note(told | {"made": len(missing), "usual": usual}) and fault:
            warnings.warn(fault, RecordWarning, stacklevel=3)


def keep(entries: CacheEntries, result: TimedRun) -> None:
    """Write a result, with what it was made with."""
    entries.write(result.seed, result.rows, made_here(result.seconds))
