"""How far long work is: a bar on a terminal, elsewhere a line now and then, nothing if unasked."""

import os
import sys
import time
from collections.abc import Iterable
from types import TracebackType
from typing import Any

EVERY = 10.0  # seconds between two lines where nobody watches a terminal


def quiet() -> bool:
    """Tell whether only faults are asked for: `QUIET=1`."""
    return os.environ.get("QUIET", "") not in ("", "0")


def duration(seconds: float) -> str:
    """Say how long something takes: `12 s`, `3.4 min`."""
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.1f} min"


class Progress:
    """Progress of some work, whose parts may take longer and shorter.

    Parameters
    ----------
    title
        What is done, as a line begins with it.
    expected
        The seconds that each part is expected to take, or 0 where nobody knows; the time left is
        reckoned from them.
    """

    def __init__(self, title: str, expected: Iterable[float]) -> None:
        self.title = title
        parts = list(expected)
        self._total, self._work = len(parts), sum(parts) if all(parts) else 0.0
        self._done, self._worked = 0, 0.0
        self._began = self._said = time.monotonic()
        self._bar: Any = None

    def __enter__(self) -> "Progress":
        if quiet() or not self._total:
            return self
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
            text = TextColumn("{task.fields[now]}")
            console = Console(stderr=True)
            self._bar = Bar(*columns, TimeRemainingColumn(), text, console=console, transient=True)
            self._bar.add_task(self.title, total=self._total, now="")
            self._bar.start()
        else:
            self._line("")
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()

    def step(self, name: str, expected: float) -> None:
        """Count a part as done."""
        self._done += 1
        self._worked += expected
        if self._bar:
            self._bar.update(self._bar.task_ids[0], advance=1, now=name)
        elif not quiet() and time.monotonic() - self._said >= EVERY:
            self._line(f", {name}")

    def _line(self, name: str) -> None:
        self._said = time.monotonic()
        left = ""
        if self._worked and self._work:
            rest = (self._said - self._began) * (self._work / self._worked - 1)
            left = f", about {duration(max(rest, 0.0))} left"
        sys.stderr.write(f"{self.title}: {self._done} of {self._total}{left}{name}\n")
        sys.stderr.flush()
