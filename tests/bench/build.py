"""How long the book takes to build, and how much memory at the most."""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from row import Row

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns("_build", ".venv", "node_modules", ".git", "__pycache__")


def measure() -> Iterator[Row]:
    """Build a copy of the book: cold, unchanged, and after an edit. Runs come from the record."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "book"
        shutil.copytree(ROOT, root, ignore=LEFT_OUT)
        modules = ROOT / "code" / "web" / "node_modules"
        (root / "code" / "web" / "node_modules").symlink_to(modules)
        figure = "with the record, all else cold"
        yield Row(figure=figure, measured=build(root), unit="s", goal="<= 60")
        site = root / "_build" / "html"
        size = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
        yield Row(figure="the site", measured=size / 1e6, unit="MB", goal="<= 25")
        yield Row(figure="nothing changed", measured=build(root), unit="s", goal="<= 5")
        page = root / "book" / "manifold" / "dimension.md"
        page.write_text(page.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
        yield Row(figure="one edit of prose", measured=build(root), unit="s", goal="<= 6")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
        yield Row(figure="peak memory, largest process", measured=peak, unit="GB", goal="< 1.5")


def build(root: Path) -> float:
    environment = os.environ | {"PYTHONPATH": str(root / "code")}
    environment["BIGCURVES_STORE"] = str(root / "_build" / "runs")
    command = [sys.executable, "-m", "bookkit", "build"]
    start = time.perf_counter()
    subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)
    return time.perf_counter() - start
