"""A build that is watched: its state, its lines, its table, its end. No page is built here."""

import errno
import fcntl
import os
import signal
import subprocess
import sys
from contextlib import suppress

import psutil
import pytest
from sphinx.errors import ExtensionError, SphinxParallelError
from tests.conftest import ROOT
from tests.patience import SECONDS, eventually

from bookkit.watching import command, lines, views
from bookkit.watching.broken import in_words
from bookkit.watching.lock import locked
from bookkit.watching.seconds import keep_seconds, kept_seconds
from bookkit.watching.state import State
from bookkit.watching.supervisor import _pass_on

USUAL = {"book/dust": 30.0, "book/primes": 10.0, "book/hull": 20.0}


def runs(at, page, *, read=0, made=0, usual=0.0, name="walk", ours=True, fault=""):
    about = {"experiment": name, "ours": ours, "read": read, "made": made, "usual": usual}
    return {"at": at, "page": page, "fault": fault} | about


def reading(*pages, usual=USUAL):
    """A build whose chapters begin at 100 s."""
    state = State(usual, 90.0)
    state.hear({"at": 100.0, "page": "", "reading": list(pages), "pages": 31})
    return state


def read(state, page, begun, ended, *, cells=0, failed=False):
    state.hear({"at": begun, "page": page, "begun": page})
    for number in range(1, cells + 1):
        state.hear({"at": begun, "page": page, "cell": number, "of": cells})
        state.hear({"at": begun, "page": page, "cell": number, "seconds": number + 0.5})
    if ended:
        state.hear({"at": ended, "page": page, "ended": page, "failed": failed})


def test_the_line_says_what_is_read_what_runs_and_how_long_it_will_take():
    state = reading("book/dust", "book/primes", "book/hull")
    read(state, "book/primes", 100.0, 110.0, cells=2)
    read(state, "book/dust", 100.0, None)
    # 10 s of primes and 10 s of dust in 10 s of time: 40 s of work are left, at twice the pace.
    assert lines.line(state, 110.0) == (
        "Chapters: 1 of 3 read, 1 running (dust 10 s), about 20 s left"
    )
    state.hear(runs(104.0, "book/dust", read=412, made=3, usual=24.0))
    state.hear({"at": 108.0, "page": "book/dust", "run": "walk"})
    assert lines.line(state, 110.0) == (
        "Chapters: 1 of 3 read, 1 running (dust 10 s); "
        "runs: 412 read, 2 to make (walk), about 12 s left"
    ), "the usual seconds of dust say nothing of its runs"


def test_where_no_time_is_known_none_is_told():
    state = reading("book/new", usual={})
    read(state, "book/new", 101.0, None)
    state.hear(runs(104.0, "book/new", made=3))
    assert lines.line(state, 110.0) == (
        "Chapters: 0 of 1 read, 1 running (new 9 s); runs: 0 read, 3 to make (walk)"
    )


def test_before_the_first_run_has_ended_the_usual_seconds_are_told():
    state = reading("book/dust")
    state.hear(runs(104.0, "book/dust", made=3, usual=20.0))
    assert state.runs_left(114.0) == 60.0


def test_a_page_that_is_new_is_awaited_without_a_time():
    state = reading("book/dust", "book/new", usual={"book/dust": 30.0})
    read(state, "book/new", 100.0, None)
    assert state.chapters_left(110.0) is None


def test_a_page_that_is_new_counts_as_the_others_do():
    state = reading("book/dust", "book/new", usual={"book/dust": 30.0})
    read(state, "book/dust", 100.0, 130.0)
    assert state.chapters_left(130.0) == pytest.approx(30.0)


def test_other_parts_are_told_by_their_steps():
    state = reading("book/dust")
    state.hear({"at": 130.0, "page": "", "stage": "Drawing charts", "total": 4})
    assert lines.line(state, 131.0) == "Drawing charts: 0 of 4"
    state.hear({"at": 131.0, "page": "", "step": 1})
    assert lines.line(state, 131.0) == "Drawing charts: 1 of 4"
    state.hear({"at": 132.0, "page": "", "stage": "Writing pages", "total": 0})
    assert lines.line(state, 131.0) == "Writing pages"
    state.hear({"at": 133.0, "page": "", "step": 1})
    assert lines.line(state, 131.0) == "Writing pages: 1"


def finished():
    state = reading("book/dust", "book/primes", "book/hull")
    read(state, "book/dust", 100.0, 110.0, cells=3)
    read(state, "book/primes", 100.0, 120.0, cells=1, failed=True)
    read(state, "book/hull", 110.0, 125.0)
    state.hear(runs(104.0, "book/dust", read=40, made=2, fault="walk is damaged"))
    state.hear(runs(105.0, "book/dust", read=2, fault="walk is damaged"))
    state.hear(runs(105.0, "book/dust", made=1, name="own", ours=False))
    state.hear({"at": 106.0, "page": "book/dust", "run": "walk"})
    state.hear({"at": 130.0, "page": "", "stage": "Drawing charts", "total": 1})
    state.hear({"at": 131.0, "page": "", "step": 1})
    state.hear({"at": 134.0, "page": "", "stage": "Writing pages", "total": 0})
    state.hear({"at": 135.0, "page": "", "step": 1})
    state.hear({"at": 136.0, "page": "", "pages": 31, "charts": 78})
    return state


def test_the_table_sums_up():
    assert list(lines.table(finished(), 140.0)) == [
        "Pages    31, 3 read anew, 1 executed, 1 written",
        "Charts   78, 1 drawn anew",
        "Runs     42 read, 3 made (own 1, walk 2)",
        "Seconds  50.0: Starting 10.0, Chapters 30.0, Drawing charts 4.0, Writing pages 6.0",
        "Slowest  3.5 s: book/dust, cell 3",
        "         2.5 s: book/dust, cell 2",
        "         1.5 s: book/primes, cell 1",
    ]


def test_a_build_without_work_has_a_table_too():
    assert list(lines.table(State({}, 90.0), 91.5)) == [
        "Pages    0, 0 read anew, 0 executed, 0 written",
        "Charts   0, 0 drawn anew",
        "Runs     0 read, none made",
        "Seconds  1.5: Starting 1.5",
    ]


def test_a_fault_of_the_record_is_told_once_and_what_it_lacks_is_counted():
    state = finished()
    assert state.faults == ["walk is damaged"]
    assert state.lacking == 2, "a page's own experiment is not the record's"


def test_an_interrupted_build_says_what_it_leaves():
    assert lines.stopped(finished()) == (
        "stopped. Kept: 1 executed chapter and 1 new run; the same command goes on"
    )
    assert lines.stopped(reading("book/dust")) == "stopped. Nothing had been executed yet"


def test_the_seconds_of_pages_are_kept_from_build_to_build(tmp_path):
    assert kept_seconds(tmp_path) == {}
    state = reading("book/dust", "book/primes", "book/hull", "book/new", "book/long")
    read(state, "book/dust", 100.0, 101.0)  # from the cache: it may take 30 s again
    read(state, "book/primes", 100.0, 112.0, cells=1)
    read(state, "book/hull", 100.0, 103.0, cells=1, failed=True)
    read(state, "book/new", 100.0, 100.4)
    read(state, "book/long", 100.0, 190.0, cells=1)
    state.hear(runs(104.0, "book/long", made=1, usual=80.0))  # runs are made only once
    keep_seconds(tmp_path, state)
    assert kept_seconds(tmp_path) == USUAL | {"book/primes": 12.0, "book/new": 0.4}
    for damage in ("{", "[]", '{"book/dust": null}'):
        (tmp_path / "seconds.json").write_text(damage, "utf-8")
        assert kept_seconds(tmp_path) == {}


@pytest.fixture
def clock(monkeypatch):
    monkeypatch.delenv("QUIET", raising=False)
    now = [90.0]
    monkeypatch.setattr(views, "monotonic", lambda: now[0])
    return now


def shown(clock, capfd, view):
    state = State({}, 90.0)
    view.show(state)
    clock[0] = 92.0
    state.hear({"at": 92.0, "page": "", "stage": "Drawing charts", "total": 4})
    view.show(state)
    for now in (95.0, 101.9, 102.0, 103.0):
        clock[0] = now
        view.show(state)
    view.write(b"a fault\n")
    view.end()
    return capfd.readouterr().err


def test_a_log_has_a_line_at_once_one_a_part_and_one_every_ten_seconds(clock, capfd):
    assert shown(clock, capfd, views.choose_view("Building")).splitlines() == [
        "Building",
        "    2 s  Drawing charts: 0 of 4",
        "   12 s  Drawing charts: 0 of 4",
        "a fault",
    ]


def test_a_preview_says_less(clock, capfd):
    view = views.choose_view("Building", terse=True)
    assert shown(clock, capfd, view).splitlines() == [
        "   10 s  Drawing charts: 0 of 4".replace("10", "12"),
        "a fault",
    ]


def test_a_quiet_build_passes_on_faults_alone(clock, capfd, monkeypatch):
    monkeypatch.setenv("QUIET", "1")
    assert shown(clock, capfd, views.choose_view("Building")) == "a fault\n"
    command.say("Pages 31")
    assert capfd.readouterr().out == ""


def test_a_terminal_shows_faults_above_what_moves(clock, capfd, monkeypatch):
    monkeypatch.setattr(views.sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "200")
    text = shown(clock, capfd, views.choose_view("Building"))
    assert "Building" in text
    assert "a fault\n" in text


class Kept(views.Silent):
    """Keeps what a build says."""

    def __init__(self):
        self.said = b""

    def write(self, text):
        self.said += text


def test_the_next_build_waits_until_the_lock_is_free(tmp_path, monkeypatch):
    path = tmp_path / ".lock"
    held = path.open("w")
    held.write("4711")
    held.flush()
    fcntl.flock(held, fcntl.LOCK_EX)
    view = Kept()
    said = []

    def pause(_seconds):
        said.append(view.said)
        if len(said) > 3:
            held.close()

    monkeypatch.setattr("bookkit.watching.lock.time.sleep", pause)
    with locked(path, view.write):
        assert path.read_text() == str(os.getpid())
        with path.open() as other, pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_SH | fcntl.LOCK_NB)
    text = (
        b"Another build of this book (process 4711) is at work: this one waits until it has ended\n"
    )
    assert view.said == text, "once, not at each look"
    with locked(path, view.write):
        assert view.said == text


FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/b/page.html")
CLOSED = OSError(errno.EROFS, os.strerror(errno.EROFS), "/b/.lock")
HANDLER = "Handler <f> for event 'x' threw an exception"
BROKEN = {
    "full": (FULL, "The disk is full: /b/page.html. Make room"),
    "closed": (CLOSED, "cannot be built here (Read-only file system: /b/.lock). Build it where"),
    "in a handler": (ExtensionError(HANDLER, FULL), "The disk is full: /b/page.html"),
    "in a reader": (SphinxParallelError(f"OSError: {FULL}", "trace"), "full: /b/page.html"),
    "by a database": (
        SphinxParallelError("Failed", "OperationalError: database or disk is full"),
        "The disk is full. Make room",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_the_disk_refuses_is_one_line_with_the_cure(name):
    fault, words = BROKEN[name]
    assert words in in_words(fault)
    assert "\n" not in in_words(fault)


def test_other_faults_say_all_they_know():
    assert in_words(ExtensionError("book/x.md has no kernel")).endswith("book/x.md has no kernel")
    assert in_words(SphinxParallelError("ValueError", "where it was")) == "where it was"
    assert "ValueError: odd" in in_words(ValueError("odd"))


WORK = """
import os, sys, time
from pathlib import Path
from bigcurves.running import notes
from bookkit.watching.command import stopped
from bookkit.watching.supervisor import Stopped, end_if_alone, watched
from bookkit.watching.views import choose_view

def work():
    sys.stderr.write("a warning\\n")
    notes.note({"run": "walk"})
    Path("begun").write_text(str(os.getpid()))
    if os.fork() == 0:
        time.sleep(600)
    while True:
        end_if_alone()
        time.sleep(0.05)

try:
    watched(work, Path("built"), choose_view("Building"))
except Stopped as stop:
    print(stopped(stop.state))
    sys.exit(stop.status)
"""


@pytest.fixture
def working(tmp_path):
    """A build that goes on for ever, and has a process of its own; both are ended afterwards."""
    began = tmp_path / "begun"
    environment = os.environ | {"PYTHONPATH": str(ROOT / "code"), "QUIET": "0"}
    with subprocess.Popen(
        [sys.executable, "-c", WORK],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert eventually(lambda: began.exists() and began.read_text())
        group = int(began.read_text())
        yield process, group
        for number in (process.pid, group):
            if alive(number):
                os.killpg(number, signal.SIGKILL)


def alive(group):
    """Tell whether a process group has a process that is no zombie."""
    for process in psutil.process_iter(["status"]):
        with suppress(ProcessLookupError):
            if os.getpgid(process.pid) == group and process.info["status"] != "zombie":
                return True
    return False


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_all_of_it_in_one_line(working, number, status):
    process, group = working
    os.killpg(process.pid, number)  # as a terminal does; the build has a group of its own
    out, err = process.communicate(timeout=SECONDS)
    assert process.returncode == status
    assert out == "stopped. Kept: 1 new run; the same command goes on\n"
    assert err == "Building\na warning\n"
    assert eventually(lambda: not alive(group))


def test_what_a_build_said_before_its_end_is_passed_on_though_its_pipe_stays_open():
    class Kept(list):
        write = list.append

    source, sink = os.pipe()
    try:
        os.write(sink, b"a warning")
        kept = Kept()
        _pass_on(source, kept)
        assert kept == [b"a warning"]
    finally:
        os.close(source)
        os.close(sink)


def test_a_watcher_that_is_killed_takes_its_build_along(working, tmp_path):
    process, group = working
    process.kill()
    process.wait(timeout=SECONDS)
    assert eventually(lambda: not alive(group))
    with locked(tmp_path / "built" / ".lock", lambda text: pytest.fail(text.decode())):
        assert list((tmp_path / "built").glob(".notes-*")), "the next build removes it"


def test_the_first_line_waits_for_no_large_library():
    script = "import sys, bookkit.__main__; print({'sphinx', 'numpy', 'rich'} & set(sys.modules))"
    found = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout == "set()\n"
