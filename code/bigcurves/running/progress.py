"""How far long work is: a bar on a terminal, elsewhere a line now and then, nothing if unasked.

In a kernel of a build, whose output is a page, each step becomes a note for the build.
"""

import os
import sys
import threading
import time
from collections.abc import Iterable
from types import TracebackType
from typing import Any, ClassVar

from bigcurves.running import notes

EVERY = 10.0  # seconds between two lines where nobody watches a terminal


def quiet() -> bool:
    """Tell whether only faults are asked for: `QUIET=1`."""
    return os.environ.get("QUIET", "") not in ("", "0")


def say(line: str) -> None:
    """Say at once what is done now, beside the output proper, unless only faults are asked for."""
    if not quiet():
        sys.stderr.write(line + "\n")
        sys.stderr.flush()


def in_kernel() -> bool:
    """Tell whether this process is a notebook's kernel, and has not just imported one's code."""
    module: Any = sys.modules.get("ipykernel.kernelapp")
    return module is not None and bool(module.IPKernelApp.initialized())


def duration(seconds: float) -> str:
    """Say how long something takes: `12 s`, `3.4 min`."""
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.1f} min"


class Progress:
    """Progress of some work, whose parts may take longer and shorter.

    Work inside other work, such as the runs that one of many experiments lacks, is told on the
    outer's line.

    Parameters
    ----------
    title
        What is done, as a line begins with it.
    expected
        The seconds that each part is expected to take, or 0 where nobody knows; the time left is
        reckoned from them.
    """

    _running: ClassVar[list["Progress"]] = []

    def __init__(self, title: str, expected: Iterable[float]) -> None:
        self.title = title
        parts = list(expected)
        self._total, self._work = len(parts), sum(parts) if all(parts) else 0.0
        self._done, self._worked, self._name = 0, 0.0, ""
        self._began = self._said = time.monotonic()
        self._bar: Any = None
        self._over = threading.Event()

    def __enter__(self) -> "Progress":
        if quiet() or not self._total or _elsewhere():
            return self
        self._running.append(self)
        if self._running[0] is not self:
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
            self._line()
            threading.Thread(target=self._tick, daemon=True).start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self in self._running:
            self._running.remove(self)
        self._over.set()
        if self._bar:
            self._bar.stop()

    def step(self, name: str, expected: float) -> None:
        """Count a part as done."""
        self._done += 1
        self._worked += expected
        self._name = name
        if notes.note({"run": name}) or self not in self._running:
            return
        self._running[0]._show()

    def _show(self) -> None:
        """Tell the state, where it is time to."""
        if self._bar:
            self._bar.update(self._bar.task_ids[0], completed=self._done, now=self._now())
        elif time.monotonic() - self._said >= EVERY:
            self._line()

    def _tick(self) -> None:
        """Tell the state in time even where one part takes long."""
        while not self._over.wait(EVERY / 10):
            self._show()

    def _line(self) -> None:
        self._said = time.monotonic()
        now = self._now()
        sys.stderr.write(f"{self}{', ' if now else ''}{now}\n")
        sys.stderr.flush()

    def _now(self) -> str:
        """Name the part done last, or tell the work inside this one."""
        inner = [str(each) for each in self._running if each is not self]
        return "; ".join(inner) or self._name

    def __str__(self) -> str:
        left = ""
        if self._worked and self._work:
            rest = (time.monotonic() - self._began) * (self._work / self._worked - 1)
            left = f", about {duration(max(rest, 0.0))} left"
        return f"{self.title}: {self._done} of {self._total}{left}"


def _elsewhere() -> bool:
    """Tell whether this is a kernel: a build tells its state, and a notebook is not written on."""
    return notes.listened() or in_kernel()
