"""One run: what is called, by which code, and what it may return.

A run is made by the code that its key says, or not at all: in this process only where that holds
it for certain, else in one that began after the key was made (`bigcurves.provenance.imported`).
"""

import math
import pickle
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

from bigcurves.provenance.depends import only_declared
from bigcurves.provenance.source import Source
from bigcurves.running import fresh
from bigcurves.running.repeats import Rows

_sources: dict[tuple[str, str], Source] = {}  # by experiment and fingerprint


class SourceEditedError(RuntimeError):
    """The code changed while runs were made. The message says so in one line."""


class TimedRun(NamedTuple):
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
    fingerprint
        That of the code which must run it.
    """

    experiment: str
    settings: Any
    files: tuple[Path, ...] = ()
    fingerprint: str = ""

    @classmethod
    def of(cls, source: Source, settings: Any) -> "Task":
        """Make the task that runs the code of a source."""
        _sources[source.name, source.fingerprint] = source
        return cls(
            experiment=source.name,
            settings=settings,
            files=source.files,
            fingerprint=source.fingerprint,
        )

    @property
    def source(self) -> Source:
        """The code that must run it, as it lies on this machine.

        Raises
        ------
        SourceEditedError
            If this machine's files hold another by now.
        """
        found = _sources.get((self.experiment, self.fingerprint))
        if found is None:
            found = source_here(self.experiment)
            if found.fingerprint != self.fingerprint:
                raise self._edited()
            _sources[self.experiment, self.fingerprint] = found
        return found

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
            with (
                threadpool_limits(limits=1),
                only_declared(self.experiment, self.files),
                warnings.catch_warnings(),
            ):
                # joblib asks `lscpu`, which tells nothing in a bare container; and a run has one.
                warnings.filterwarnings("ignore", "Could not find the number of physical cores")
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

    def timed(self, seed: int) -> TimedRun:
        """Run one seed in this process, which is new or `is_here`, and take the time.

        Raises
        ------
        SourceEditedError
            If it was not the code of the fingerprint that ran.
        """
        import_module(self.experiment)
        source = self.source
        began = time.perf_counter()
        rows = self(seed)
        seconds = time.perf_counter() - began
        if source.is_past():
            raise self._edited()
        return TimedRun(seed, rows, seconds)

    def is_here(self) -> bool:
        """Tell whether this process holds the code that must run it."""
        import_module(self.experiment)
        return self.source.is_here()

    def _edited(self) -> SourceEditedError:
        return SourceEditedError(
            f"{self.experiment} was edited, or a library replaced, while its runs were made: "
            "restart and run it again; what was kept stays"
        )


def source_here(experiment: str) -> Source:
    """Read what stands behind an experiment where this process imports it from."""
    return Source.of(experiment, Path(str(import_module(experiment).__file__)))


@contextmanager
def where_it_is_right(task: Task) -> Iterator[Callable[[int], TimedRun]]:
    """Give what runs a task's seeds: this process, or a new one where only that has its code."""
    if task.is_here():
        yield task.timed
        return
    fresh.drop_stale_bytecode(task.source.texts)
    with fresh.process(task) as timed:
        yield timed


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
