"""Where a build shows how far it is: a terminal, a log, or nowhere."""

import os
import sys
from time import monotonic
from typing import Any

from bigcurves.running.progress import EVERY, duration, quiet
from bookkit.watching.lines import chapters, line, runs
from bookkit.watching.state import CHAPTERS, State
from bookkit.watching.supervisor import View


def choose_view(title: str, *, terse: bool = False) -> View:
    """Choose by where stderr leads; `terse` leaves out a log's lines at the start of each part."""
    if quiet():
        return Silent()
    return Terminal(title) if sys.stderr.isatty() else Log(title, terse=terse)


class Silent:
    """Passes on faults, and shows nothing."""

    def show(self, state: State) -> None:
        """Show nothing."""

    def write(self, text: bytes) -> None:
        """Pass on what the build says."""
        while text:
            text = text[os.write(2, text) :]

    def end(self) -> None:
        """Show nothing any more."""


class Log(Silent):
    """Writes a line as each part begins, and one every ten seconds."""

    def __init__(self, title: str, *, terse: bool) -> None:
        self._title, self._terse = title, terse
        self._told = 0  # of the parts
        self._said = monotonic()

    def show(self, state: State) -> None:
        """Write a line where it is time to."""
        if not self._told:
            self._told = 1
            if not self._terse:
                self._line(self._title)
        now = monotonic()
        begun = len(state.stages) > self._told and not self._terse
        if begun or now - self._said >= EVERY:
            self._told, self._said = len(state.stages), now
            self._line(f"{duration(now - state.stages[0].began):>7}  {line(state, now)}")

    def _line(self, text: str) -> None:
        self.write(f"{text}\n".encode())


class Terminal:
    """Shows the state below what the build says, and takes it away at the end."""

    def __init__(self, title: str) -> None:
        from rich.console import Console
        from rich.live import Live

        self._title = title
        self._console = Console(stderr=True)
        self._live = Live(
            console=self._console,
            transient=True,
            auto_refresh=False,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._live.start()
        self._part = b""

    def show(self, state: State) -> None:
        """Draw the state anew."""
        self._live.update(_drawn(self._title, state, monotonic()), refresh=True)

    def write(self, text: bytes) -> None:
        """Print whole lines above the state."""
        from rich.text import Text

        whole, line_end, self._part = (self._part + text).rpartition(b"\n")
        if line_end or (self._part and not text):  # at the end, what is left of a line
            said = whole if line_end else self._part
            self._part = self._part if line_end else b""
            self._console.print(Text.from_ansi(said.decode(errors="replace")), soft_wrap=True)

    def end(self) -> None:
        """Take the state away."""
        self.write(b"")
        self._live.stop()


def _drawn(title: str, state: State, now: float) -> Any:
    """Draw a bar for the present part, with the chapters and the runs in words below it."""
    from rich.console import Group
    from rich.progress_bar import ProgressBar
    from rich.table import Table
    from rich.text import Text

    stage = state.stage
    head = Table.grid(padding=(0, 2, 0, 0))
    elapsed = duration(now - state.stages[0].began)
    bar = ProgressBar(
        total=stage.total or None, completed=stage.done, width=30, pulse=not stage.total
    )
    count = f"{stage.done} of {stage.total}" if stage.total else ""
    head.add_row(title, elapsed, Text(stage.name, style="bold"), bar, count)
    lines = []
    if stage.name == CHAPTERS:
        lines = [chapters(state, now)]
        for name, page in state.running().items():
            cell = f", cell {page.cell} of {page.cells}" if page.cells else ""
            lines.append(f"  {name}: {duration(now - page.began)}{cell}")
    if state.read or state.made:
        lines.append(runs(state, now))
    return Group(head, *(Text(each, no_wrap=True, overflow="ellipsis") for each in lines))
