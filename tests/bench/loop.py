"""What an author and a newcomer wait for: the first build, each next one, the tests, the record.

Everything happens in a clone of the newest commit, installed from the locks; installers keep what
they have downloaded before. Whole commands are run once (they take minutes), edits three times.
"""

import os
import re
import resource
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from row import Row

ROOT = Path(__file__).resolve().parents[2]
TIMES = 3
# What a verb of the clone must not take over from the environment that measures.
OURS = ("PYTHONPATH", "VIRTUAL_ENV", "PATH", "MAKEFLAGS", "MAKEOVERRIDES", "MAKELEVEL", "ONLY")


def measure() -> Iterator[Row]:
    """Time the loop of somebody who has just cloned the book."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "book"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(root)], check=True)
        taken, said = make(root, "book")
        yield Row(
            figure="from a clone to a site, with installing",
            measured=taken,
            unit="s",
            goal="<= 240",
        )
        part = re.search(r"Chapters ([\d.]+)", said)
        assert part, said
        figure = "chapters executed with the record"
        yield Row(figure=figure, measured=float(part[1]), unit="s", goal="<= 60")
        installed = (root / ".venv", root / "code" / "web" / "node_modules")
        size = sum(size_of(place) for place in installed)
        yield Row(figure="installed for a build", measured=size, unit="MB", goal="<= 700")
        size = size_of(root / "_build" / "html")
        yield Row(figure="the site", measured=size, unit="MB", goal="<= 25")
        taken = statistics.median(make(root, "book")[0] for _ in range(TIMES))
        yield Row(figure="nothing changed", measured=taken, unit="s", goal="<= 1.5")
        edits = [after_an_edit(root, number) for number in range(TIMES)]
        subprocess.run(["git", "checkout", "--quiet", "book"], cwd=root, check=True)
        figure = "one edit of prose"
        yield Row(figure=figure, measured=statistics.median(edits), unit="s", goal="<= 3")
        shutil.rmtree(root / "_build")
        cold = make(root, "book")[0]
        yield Row(figure="all cold but what is installed", measured=cold, unit="s")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
        yield Row(figure="peak memory, largest process", measured=peak, unit="GB", goal="< 1.5")
        yield Row(figure="make test", measured=make(root, "test")[0], unit="s", goal="<= 180")
        yield Row(
            figure="make verify, all runs",
            measured=make(root, "verify")[0],
            unit="s",
            goal="<= 780",
        )


def after_an_edit(root: Path, number: int) -> float:
    """Add a sentence to a chapter and build."""
    page = root / "book" / "manifold" / "dimension.md"
    page.write_text(page.read_text("utf-8") + f"\nSentence {number} more.\n", "utf-8")
    return make(root, "book")[0]


def make(root: Path, verb: str) -> tuple[float, str]:
    """Run a verb as an author types it; return its seconds and what it printed."""
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    environment["PATH"] = os.pathsep.join(
        place for place in os.environ["PATH"].split(os.pathsep) if ".venv" not in place
    )
    start = time.perf_counter()
    done = subprocess.run(["make", verb], cwd=root, env=environment, capture_output=True, text=True)
    taken = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"make {verb} failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return taken, done.stdout


def size_of(folder: Path) -> float:
    """Give what a folder's files take on the disk, in MB; a file with two names counts once."""
    found = {(s.st_dev, s.st_ino): s.st_blocks for s in map(os.lstat, folder.rglob("*"))}
    return sum(found.values()) * 512 / 1e6
