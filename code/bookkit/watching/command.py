"""A build as a command: watched, summed up at its end, its foreseeable faults in one line."""

import os
import sys
from pathlib import Path
from time import monotonic
from typing import Any, NoReturn

import click

from bigcurves.running.progress import quiet
from bookkit.execution.unchanged import State
from bookkit.watching.lines import made, stopped, table
from bookkit.watching.supervisor import Stopped, watched
from bookkit.watching.views import choose_view

NEEDED = ("_config.yml", "_toc.yml")


def in_a_book(root: Path) -> None:
    """Refuse a folder that holds no book, in one line."""
    missing = [name for name in NEEDED if not (root / name).is_file()]
    if missing:
        raise click.ClickException(
            f"there is no book in {root}: {' and '.join(missing)} missing; "
            "run this in the folder that holds them"
        )


def build_watched(
    root: Path, output: Path, title: str, *, terse: bool = False, **options: Any
) -> bool:
    """Build the book at `root`, tell how far it is, and what was done.

    Parameters
    ----------
    root, output, options
        As `bookkit.site.build.build` takes them.
    title
        What is done, in words.
    terse
        Whether a line at the end is enough, as in the preview.

    Returns
    -------
    Whether the book was built without a fault; with `RECORDED=1`, also without making a run that
    the record should hold.
    """
    in_a_book(root)
    if _needs_nothing(root, output, options):
        say("Nothing has changed since the last build")
        return True

    def work() -> bool:
        from bookkit.site.build import build

        return build(root, output, **options)

    try:
        built, state = watched(work, root / "_build", choose_view(title, terse=terse))
    except Stopped as stop:
        click.echo(stopped(stop.state), err=True)
        sys.exit(stop.status)
    except OSError as fault:
        fail(fault)
    for line in state.faults:
        click.echo(line, err=True)
    if os.environ.get("RECORDED") and state.lacking:
        click.secho("Not every run is recorded: run `make record`", fg="red", err=True)
        built = False
    if terse:
        say(f"Runs: {made(state)}" if state.made else "")
    else:
        say(*table(state, monotonic()))
    return built


def _needs_nothing(root: Path, output: Path, options: dict[str, Any]) -> bool:
    """Tell whether the last build left just what this one would; a forced page asks for more."""
    if options.get("builder") or options.get("page") or os.environ.get("RECORDED"):
        return False
    return State(root, output, options.get("address")).holds()


def say(*lines: str) -> None:
    """Print what is no fault, unless only faults are asked for."""
    for line in lines if not quiet() else ():
        if line:
            click.echo(line)


def fail(fault: OSError) -> NoReturn:
    """End with one line that says why a folder cannot be written."""
    from bookkit.watching.broken import in_words

    click.echo(in_words(fault), err=True)
    sys.exit(1)
