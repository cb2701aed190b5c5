"""The build works in a process group of its own, which this process watches, tells of, and ends.

Ctrl-C reaches only the watcher, which then kills the whole group at once: a build that is killed
at any moment goes on with the next call, so there is nothing that it must do first, and no
traceback comes of it. Kernels notice within a second that their build is gone, and end too.
"""

import multiprocessing
import os
import select
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic
from typing import Any, Protocol

from bigcurves.running.notes import Notes, listening
from bookkit.watching.lock import locked
from bookkit.watching.seconds import keep_seconds, kept_seconds
from bookkit.watching.state import State

TICK = 0.2  # seconds between two looks at the notes
ENDS = (signal.SIGTERM, signal.SIGHUP)  # beside Ctrl-C
BUILDS = "BOOK_BUILDS"  # set in the processes of a build that is watched


class View(Protocol):
    """What shows the state of a build, and passes on what it writes to stderr."""

    def show(self, state: State) -> None:
        """Show the state, where it is time to."""

    def write(self, text: bytes) -> None:
        """Pass on what the build says."""

    def end(self) -> None:
        """Show nothing any more."""


class Stopped(Exception):  # noqa: N818 - it is no error
    """The build was ended from outside.

    Attributes
    ----------
    state
        How far it was.
    status
        The exit status that shells expect: 128 and the signal's number.
    """

    def __init__(self, state: State, status: int) -> None:
        super().__init__()
        self.state, self.status = state, status


def watched(work: Callable[[], bool], folder: Path, view: View) -> tuple[bool, State]:
    """Do the work in a process group of its own, and show how far it is.

    Parameters
    ----------
    work
        Builds, and says whether it went well.
    folder
        Where the build keeps its files; only one build works in it at a time.
    view
        Shows the state.

    Returns
    -------
    Whether it went well, and what was done.

    Raises
    ------
    Stopped
        If a signal ended it.
    OSError
        If the folder cannot be written.
    """
    state = State(kept_seconds(folder), monotonic())
    for number in ENDS:
        if signal.getsignal(number) != signal.SIG_IGN:  # as under nohup
            signal.signal(number, _stop)
    view.show(state)
    with (
        _until_stopped(state, view),
        locked(folder / ".lock", view.write),
        _listening_alone(folder) as notes,
    ):
        process, source = _started(work)
        try:
            _follow(process, source, notes, state, view)
        except KeyboardInterrupt:
            _kill(process)
            _pass_on(source, view)
            _hear(notes, state)
            raise
        finally:
            os.close(source)
            with suppress(OSError):  # a full disk: the build has met it as well
                keep_seconds(folder, state)
    return process.exitcode == 0, state


@contextmanager
def _listening_alone(folder: Path) -> Iterator[Notes]:
    """Listen to notes, after those that a killed build left have been removed."""
    for left in folder.glob(".notes-*"):
        left.unlink(missing_ok=True)
    with listening(folder) as notes:
        yield notes


@contextmanager
def _until_stopped(state: State, view: View) -> Iterator[None]:
    """Let a signal end what is done here, and leave nothing on the screen."""
    try:
        yield
    except KeyboardInterrupt as stop:
        raise Stopped(state, 128 + (stop.args[0] if stop.args else signal.SIGINT)) from None
    finally:
        view.end()


def end_if_alone() -> None:
    """End this process group if it belongs to a watched build whose watcher was killed."""
    if BUILDS in os.environ:
        poll = select.poll()
        poll.register(2, 0)  # only a fault is reported: that nobody reads what we write
        if poll.poll(0):
            os.killpg(os.getpgrp(), signal.SIGKILL)


def _stop(number: int, _frame: Any) -> None:
    raise KeyboardInterrupt(number)


def _started(work: Callable[[], bool]) -> tuple[BaseProcess, int]:
    """Start the work, its stderr a pipe; no signal reaches it before it has its own group."""
    source, sink = os.pipe()
    sys.stdout.flush()
    process = multiprocessing.get_context("fork").Process(target=_alone, args=(work, sink, source))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    finally:
        os.close(sink)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return process, source


def _alone(work: Callable[[], bool], sink: int, source: int) -> None:
    """Do the work in a session of its own, and say by the exit status whether it went well."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # which drops what came before the session
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in ENDS:
        if signal.getsignal(number) == _stop:
            signal.signal(number, signal.SIG_DFL)
    os.dup2(sink, 2)
    os.close(sink)
    os.close(source)
    os.environ[BUILDS] = "1"
    good = False
    try:
        good = work()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    sys.exit(0 if good else 1)


def _follow(process: BaseProcess, source: int, notes: Notes, state: State, view: View) -> None:
    """Show what happens until the process has ended."""
    open_ones: list[Any] = [process.sentinel, source]
    while True:
        ready = wait(open_ones, TICK)
        if source in ready:
            text = os.read(source, 65536)
            view.write(text)
            if not text:
                open_ones.remove(source)
        _hear(notes, state)
        view.show(state)
        if process.sentinel in ready and source not in ready:
            process.join()
            return


def _pass_on(source: int, view: View) -> None:
    """Pass on what was written before the end; kernels that outlive it keep the pipe open."""
    os.set_blocking(source, False)
    with suppress(BlockingIOError):
        while text := os.read(source, 65536):
            view.write(text)


def _hear(notes: Notes, state: State) -> None:
    for note in notes.new():
        state.hear(note)


def _kill(process: BaseProcess) -> None:
    """End the group at once; whoever presses Ctrl-C again meanwhile changes nothing."""
    for number in (signal.SIGINT, *ENDS):
        signal.signal(number, signal.SIG_IGN)
    with suppress(ProcessLookupError):
        os.killpg(process.pid or 0, signal.SIGKILL)
    process.kill()
    process.join()
