"""`doctor` says what this installation is made of, and whether it can do its work."""

import os
import platform
import shutil
import sys
import tempfile
from importlib import metadata
from pathlib import Path

import click

LIBRARIES = ("numpy", "scipy", "scikit-learn", "pandas", "joblib", "altair", "distributed")
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")


@click.command(name="doctor")
@click.option("--store", type=click.Path(path_type=Path), help="Another folder of kept results.")
def examine(store: Path | None) -> None:
    """Show versions, cores, the store of results, the digits of MNIST and the browser.

    The exit status is 1 when results cannot be kept.

    \b
    Example:
      python -m bigcurves doctor
    """
    from bigcurves.running.store import default_store

    folder = store or default_store()
    fault = fault_of(folder)
    about = [("store", str(folder)), ("", fault or _content(folder)), ("record", _record())]
    about += [("mnist", _mnist()), ("browser", _browser())]
    for name, value in (*_versions(), *_machine(), *about):
        click.echo(f"{name:14}{value}")
    if fault:
        raise click.ClickException(f"results cannot be kept in {folder}: {fault}")


def fault_of(folder: Path) -> str:
    """Say why a folder cannot keep results; nothing if it can, and nothing is left behind."""
    there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    if not there.is_dir():
        return f"{there} is a file"
    if not os.access(there, os.W_OK | os.X_OK):
        return f"no permission to write in {there}"
    try:  # what is allowed does not say what is possible, least of all to root
        with tempfile.TemporaryFile(dir=there):
            return ""
    except OSError as error:
        return f"{there} takes no files: {error.strerror or error}"


def _versions() -> list[tuple[str, str]]:
    found = [("bigcurves", metadata.version("bigcurves")), ("python", platform.python_version())]
    for library in LIBRARIES:
        try:
            found.append((library, metadata.version(library)))
        except metadata.PackageNotFoundError:
            found.append((library, "not installed"))
    return found


def _machine() -> list[tuple[str, str]]:
    from bigcurves.running.workers import default_jobs

    cores = f"{os.cpu_count()}, runs use {default_jobs()}"
    return [("machine", f"{sys.platform} {platform.machine()}"), ("cores", cores)]


def _content(folder: Path) -> str:
    """Count what a store holds and what its disk has left."""
    files = [path.stat().st_size for path in folder.rglob("*.jsonl")]
    there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    free = shutil.disk_usage(there).free
    return f"{len(files)} results, {sum(files) / 1e6:.1f} MB; {free / 1e9:.1f} GB free"


def _record() -> str:
    """Say where the book's recorded runs lie, and how much there is."""
    from bigcurves.running.record import SUFFIX, record_folder

    sizes = [path.stat().st_size for path in record_folder().glob(f"*{SUFFIX}")]
    return f"{record_folder()}: {len(sizes)} experiments, {sum(sizes) / 1e6:.1f} MB"


def _mnist() -> str:
    """Say whether MNIST's digits are there and whole; where OpenML sends them, do not ask it."""
    from bigcurves.worlds import mnist

    if not mnist.in_checkout():
        return "not looked for: OpenML sends it when it is first asked for"
    try:
        worlds = mnist.MNIST(part="train"), mnist.MNIST(part="test")
        digits = sum(len(world.images) for world in worlds)
    except (OSError, ValueError) as fault:
        return str(fault)
    return f"{digits:,} digits, of the right checksums"


def _browser() -> str:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    return found or "none found; the browser tests need Chromium"
