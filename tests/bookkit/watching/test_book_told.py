"""A build says what it does, and how it was ended leaves nothing behind but what it finished."""

import errno
import fcntl
import os
import signal
from contextlib import suppress

import psutil
import pytest
from tests.patience import SECONDS, eventually

CELL = "\n```{code-cell} ipython3\n"
RUN = (
    "from bigcurves.running import runs\nfrom bigcurves.chapters.manifold.morphing import sagitta\n"
)
SLOW = """
import os, time
from pathlib import Path

Path(os.environ["BEGUN"]).write_text(str(os.getpid()))
while Path(os.environ["GO_SLOW"]).exists():
    time.sleep(0.1)
"""


def test_a_build_sums_up_what_it_did(book):
    book.page("runs", f"# Runs\n{CELL}{RUN}table = runs.run(sagitta, seeds=[0, 5001])\n```\n")
    book.page("plain", "# Plain\n", cells=False)
    book.contents(["runs", "plain"])
    recorded = book.build(RECORDED="1")
    assert recorded.returncode == 1
    assert "Not every run is recorded: run `make record`" in recorded.stderr
    told = recorded.stdout.splitlines()
    assert told[:3] == [
        "Pages    2, 2 read anew, 1 executed, 2 written",
        "Charts   0, 0 drawn anew",
        "Runs     1 read, 1 made (sagitta 1)",
    ]
    assert told[3].startswith("Seconds  ")
    assert told[4].endswith("s: book/runs, cell 1")
    assert recorded.stderr.splitlines()[0] == "Building the book"

    again = book.build(RECORDED="1")
    assert again.returncode == 0, again.stderr
    assert again.stdout.startswith("Pages    2, 0 read anew, 0 executed, 0 written\n")
    assert "Slowest" not in again.stdout

    book.page("plain", "# Plain\n\nEdited.\n", cells=False)
    quiet = book.build(QUIET="1")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")


@pytest.fixture
def slow(book, tmp_path):
    """A book whose second page takes for ever, as long as a file is there."""
    book.page("first", f"# First\n{CELL}print(1)\n```\n")
    book.page("second", f"# Second\n{CELL}{SLOW}```\n")
    book.contents(["first", "second"])
    begun, go_slow = tmp_path / "begun", tmp_path / "slow"
    go_slow.touch()
    where = {"BEGUN": str(begun), "GO_SLOW": str(go_slow)}
    with book.building(**where) as process:
        assert eventually(lambda: begun.exists() and begun.read_text())
        kernel = int(begun.read_text())
        yield process, kernel, go_slow
        go_slow.unlink(missing_ok=True)
        with suppress(ProcessLookupError):
            process.kill()
    assert eventually(lambda: not psutil.pid_exists(kernel))


@pytest.mark.quick
def test_ctrl_c_ends_a_build_in_one_line_and_the_next_goes_on(slow, book):
    process, kernel, go_slow = slow
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 130
    told = [line for line in err.splitlines() if "Chapters" not in line]
    stop = "stopped. Kept: 1 executed chapter; the same command goes on"
    assert told[-1] == stop
    assert not any(word in err for word in ("Traceback", "Interrupted", "Exception"))
    assert eventually(lambda: not psutil.pid_exists(kernel))
    go_slow.unlink()
    again = book.build(BEGUN=os.devnull, GO_SLOW=str(go_slow))
    assert again.returncode == 0, again.stderr
    assert ", 1 executed" in again.stdout, "the first page was kept"


def test_after_a_kill_the_next_build_waits_for_what_is_left_of_it_and_goes_on(slow, book):
    process, kernel, go_slow = slow
    process.kill()
    with book.building(BEGUN=os.devnull, GO_SLOW=str(go_slow)) as again:
        assert again.stderr.readline() == "Building the book\n"
        assert f"(process {process.pid}) is at work" in again.stderr.readline()
        go_slow.unlink()  # the cell that was running ends, and with it the rest
        out, err = again.communicate(timeout=10 * SECONDS)
    assert again.returncode == 0, err
    assert ", 0 executed" in out, "both pages were kept"
    assert eventually(lambda: not psutil.pid_exists(kernel))


def test_two_builds_of_one_folder_do_not_meet(book):
    book.page("one", "# One\n", cells=False)
    book.contents(["one"])
    (book.root / "_build").mkdir()
    with (book.root / "_build" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("4711")
        lock.flush()
        with book.building() as process:
            first, second = process.stderr.readline(), process.stderr.readline()
            lock.close()
            _, err = process.communicate(timeout=10 * SECONDS)
    assert first == "Building the book\n"
    assert second.startswith("Another build of this book (process 4711) is at work")
    assert process.returncode == 0, err


def test_a_full_disk_breaks_a_build_off_in_one_line(book):
    book.page("one", f"# One\n{CELL}1\n```\n")
    book.contents(["one"])
    doctrees = book.root / "_build" / ".doctrees" / "book"
    doctrees.mkdir(parents=True)
    (doctrees / "one.doctree").symlink_to("/dev/full")
    built = book.build()
    assert built.returncode == 1
    assert "Traceback" not in built.stderr
    assert "sphinx" not in built.stderr.lower()
    lines = [line for line in built.stderr.splitlines() if os.strerror(errno.ENOSPC) in line]
    lines += [line for line in built.stderr.splitlines() if "The disk is full" in line]
    assert len(lines) == 1, built.stderr
    assert "Make room and repeat the command" in lines[0]


def test_a_folder_that_cannot_be_written_is_refused_in_one_line(book):
    book.page("one", "# One\n", cells=False)
    book.contents(["one"])
    (book.root / "_build").write_text("no folder", "utf-8")
    built = book.build()
    assert built.returncode == 1
    refused = built.stderr.splitlines()[-1]
    assert refused.startswith("The book cannot be built here (")
    assert str(book.root / "_build") in refused
    assert "Traceback" not in built.stderr


def test_a_folder_without_a_book_is_refused_in_one_line(book):
    built = book.build()  # it has no contents yet
    assert built.returncode == 1
    assert built.stderr == (
        f"Error: there is no book in {book.root}: _toc.yml missing; "
        "run this in the folder that holds them\n"
    )
