"""What the commands share: their group, its one-line errors, and the options of a run."""

import io
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from bigcurves.provenance.depends import DeclarationError, UndeclaredFileError
from bigcurves.recording.verify import VerifyError
from bigcurves.running.catalogue import UnknownNameError
from bigcurves.running.cluster import ClusterError
from bigcurves.running.store import StoreError
from bigcurves.running.task import SourceEditedError
from bigcurves.running.workers import JobsError

SAID_IN_ONE_LINE = (
    *(UnknownNameError, StoreError, ClusterError, SourceEditedError, JobsError),
    *(DeclarationError, UndeclaredFileError, VerifyError),
)


class Interrupted(click.ClickException):
    """Ctrl-C: what was run is kept."""

    exit_code = 130  # 128 + SIGINT, as shells have it


class Misused(click.ClickException):
    """A command that was not understood."""

    exit_code = 2


class Commands(click.Group):
    """A group whose foreseeable failures are one clear line and a non-zero exit."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Write a question mark for a sign that the terminal's encoding does not have."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")
        return super().main(*args, **kwargs)

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """Read the options before a command; none of them is misunderstood in four lines."""
        try:
            return super().parse_args(context, args)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            raise _misused(error, context) from error

    def invoke(self, context: click.Context) -> Any:
        """Run the command, and turn what may go wrong outside our code into one line."""
        try:
            with warnings.catch_warnings():
                warnings.showwarning = _in_one_line
                return super().invoke(context)
        except SAID_IN_ONE_LINE as error:
            raise click.ClickException(str(error)) from error
        except click.UsageError as error:
            raise _misused(error, context) from error
        except KeyboardInterrupt:
            raise Interrupted("stopped. What was run is kept; the same command goes on.") from None

    def resolve_command(
        self, context: click.Context, words: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or offer those with a similar name."""
        from bigcurves.running.catalogue import checked

        if words and not words[0].startswith("-"):
            try:
                checked(words[0], dict.fromkeys(self.list_commands(context), ""), "command")
            except UnknownNameError as error:
                raise Misused(str(error)) from error
        return super().resolve_command(context, words)


def _misused(error: click.UsageError, context: click.Context) -> Misused:
    command = error.ctx.command_path if error.ctx else context.command_path
    return Misused(f"{error.format_message()} (see {command} --help)")


def _in_one_line(message: Warning | str, *_: Any, **__: Any) -> None:
    """Show a warning without the line of code that gave it."""
    click.echo(str(message), err=True)


def seed_range(_: click.Context, __: click.Parameter, text: str) -> range:
    """Read `0:20` as the twenty seeds from 0 to 19, and `7` as one seed."""
    first, colon, end = text.partition(":")
    if not first.isdecimal() or (colon and not end.isdecimal()):
        raise click.BadParameter(f"{text!r} is no range of seeds; write 0:20, or 7 for one")
    seeds = range(int(first), int(end) if colon else int(first) + 1)
    if not seeds:
        fault = "is empty" if seeds.start == seeds.stop else "is reversed"
        raise click.BadParameter(f"{text!r} {fault}; write the first seed, then the end: 0:20")
    return seeds


def run_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of everything that runs experiments."""
    options = [
        click.option(
            "--seeds",
            callback=seed_range,
            default="0:20",
            show_default=True,
            metavar="FIRST:END",
            help="Which seeds; the end is left out.",
        ),
        click.option("--jobs", type=click.IntRange(min=1), help="Processes; by default all cores."),
        click.option(
            "--store", type=click.Path(path_type=Path), help="Where results are kept and found."
        ),
        click.option("--backend", type=click.Choice(["local", "dask"]), default="local"),
        click.option("--scheduler", help="Address of a Dask scheduler, for --backend dask."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def scheduler_of(backend: str, scheduler: str | None) -> str | None:
    """Check that the backend and the scheduler belong together."""
    if backend == "dask" and not scheduler:
        raise click.UsageError("--backend dask needs --scheduler ADDRESS, as tcp://10.0.0.5:8786")
    if scheduler and backend != "dask":
        raise click.UsageError("--scheduler needs --backend dask")
    return scheduler


def write(path: Path, content: bytes) -> None:
    """Write a file in one step, or say in one line why not."""
    from bigcurves.running.store import replace

    try:
        replace(path, content)
    except OSError as error:
        raise click.ClickException(f"cannot write {path}: {error.strerror or error}") from error
