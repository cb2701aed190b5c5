"""Fixtures that more than one test file uses."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, settings
from tests.patience import BUILD_SECONDS

# One thread for each worker, set before numpy is loaded, as kernels and runs have it: two that
# share a core wait for one another at every sum, which took ten times the work of the sums.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"

from tests.recording.walk import walk as walk  # noqa: E402
from tests.telling import tell  # noqa: E402

MOST_REPEATS = 2  # browser tests that a run may repeat; more of them are no accident
ROOT = Path(__file__).resolve().parents[1]
# What hypothesis draws is judged by what comes of it, and never by the time that it took.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
KERNEL = "---\nkernelspec: {name: python3, display_name: Python 3}\n---\n"
OWN_BOOK = "book"
BUILDS = {OWN_BOOK, "once", "browser"}  # fixtures that build a book, or start a browser


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a built book or a browser: `pytest -m "not slow and not build"` is quick.

    A test that builds a book of its own takes seconds for each build: it is slow by itself.
    """
    for item in items:
        needs = set(getattr(item, "fixturenames", ()))
        if needs & BUILDS:
            item.add_marker(pytest.mark.build)
        if OWN_BOOK in needs and not item.get_closest_marker("quick"):
            item.add_marker(pytest.mark.slow)


@pytest.hookimpl(trylast=True)  # the reporter is there by then
def pytest_configure(config: pytest.Config) -> None:
    """Say how far a run is where nobody watches a terminal.

    A run that a shell has put into the background ignores Ctrl-C, and so would all programs whose
    end by Ctrl-C is tested.
    """
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    tell(config)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in which too many tests passed only when they were repeated."""
    if len(_repeated(session.config)) > MOST_REPEATS and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Tell which tests were repeated, and why."""
    if repeated := _repeated(config):
        terminalreporter.section(f"repeated: {len(repeated)}, at most {MOST_REPEATS} may be")
        for report in repeated:
            terminalreporter.write_line(f"{report.nodeid}: {report.longreprtext[-600:]}")


def _repeated(config: pytest.Config) -> list[pytest.TestReport]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return reporter.stats.get("rerun", []) if reporter else []


@dataclass(frozen=True)
class Book:
    """A small book with its own copy of the packages, so that a test may break both."""

    root: Path

    def page(self, name: str, text: str, *, cells: bool = True) -> None:
        path = self.root / "book" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((KERNEL if cells else "") + text, "utf-8")

    def contents(self, names: Iterable[str]) -> None:
        root, *rest = (f"book/{name}" for name in names)
        toc: dict[str, object] = {"format": "jb-book", "root": root}
        if rest:
            toc["chapters"] = [{"file": name} for name in rest]
        (self.root / "_toc.yml").write_text(yaml.safe_dump(toc), "utf-8")

    def module(self, path: str, text: str) -> None:
        (self.root / "code" / "bigcurves" / path).write_text(text, "utf-8")

    def configure(self, *, address: str = "", **execute: object) -> None:
        path = self.root / "_config.yml"
        config = yaml.safe_load(path.read_text("utf-8"))
        config["execute"].update(execute)
        config["html"]["baseurl"] = address
        path.write_text(yaml.safe_dump(config), "utf-8")

    def build(self, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
        with self.building(*options, **environment) as process:
            try:
                out, err = process.communicate(timeout=BUILD_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)  # its kernels too
                raise
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def building(self, *options: str, **environment: str) -> subprocess.Popen[str]:
        own = {"PYTHONPATH": str(self.root / "code"), "BOOK_JOBS": "1", "QUIET": "0"}
        return subprocess.Popen(
            [sys.executable, "-m", "bookkit", "build", *options],
            cwd=self.root,
            env=os.environ | own | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def html(self, name: str) -> str:
        return (self.root / "_build" / "html" / "book" / f"{name}.html").read_text("utf-8")

    def clean(self) -> None:
        shutil.rmtree(self.root / "_build")


def set_back(path: Path) -> None:
    """Set a file's time an hour back, as `rsync -t` or `tar` leave it."""
    before = time.time() - 3600
    os.utime(path, (before, before))


def copy_book(root: Path) -> Book:
    """Copy the packages and the configuration, and leave the chapters behind."""
    web = ROOT / "code" / "web"
    shutil.copytree(
        ROOT / "code",
        root / "code",
        ignore=shutil.ignore_patterns("node_modules", "__pycache__"),
    )
    if (web / "node_modules").exists():
        (root / "code" / "web" / "node_modules").symlink_to(web / "node_modules")
    for name in ("_config.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, root / name)
    (root / "record").symlink_to(ROOT / "record")
    (root / "book").mkdir()
    shutil.copy(ROOT / "book" / "references.bib", root / "book" / "references.bib")
    return Book(root)


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], None]], Path]:
    """Give a function that makes a folder once a session: other workers wait, and find it made."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent  # the one folder that all workers of a session have

    def made_once(name: str, make: Callable[[Path], None]) -> Path:
        folder, made = base / f"once-{name}", base / f"once-{name}.made"
        with (base / f"once-{name}.lock").open("w") as door:
            fcntl.flock(door, fcntl.LOCK_EX)  # given back when the file is closed, or we die
            if not made.exists():
                shutil.rmtree(folder, ignore_errors=True)  # what a failed attempt left
                folder.mkdir()
                make(folder)
                made.touch()
        return folder

    return made_once


def build_whole(book: Book) -> None:
    """Build a book in which nothing is wrong."""
    built = book.build()
    assert built.returncode == 0, built.stderr


@pytest.fixture(scope="session")
def reader_site(once) -> Book:
    """A built book with one of everything that a chapter asks of its reader: only to be read."""

    def make(root: Path) -> None:
        book = copy_book(root)
        pages = ("first", "second", "glossary", "answers")
        for name in pages:
            shutil.copy(ROOT / "tests" / "fixtures" / "reader" / f"{name}.md", book.root / "book")
        book.contents(pages)
        build_whole(book)

    return Book(once("reader", make))


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return copy_book(tmp_path)
