"""What is kept under a key was made by that key's code, whatever a process has imported before."""

import importlib
import os
import py_compile
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bigcurves.provenance.source import Source
from bigcurves.running import catalogue, cluster, fresh, runs
from bigcurves.running.task import SourceEditedError, Task

TOY = """
import os
import sys
from dataclasses import dataclass

from mylab.helper import SCALE


@dataclass(frozen=True, kw_only=True)
class Settings:
    fault: str = ""


class Odd(Exception):
    def __init__(self, one, two):
        super().__init__(f"{one} {two}")


def run(settings, seed):
    print("a run may print")
    if settings.fault == "odd":
        raise Odd("very", "odd")
    if settings.fault == "death":
        os._exit(9)
    if settings.fault == "edit":
        with open(sys.modules["mylab.helper"].__file__, "w") as file:
            file.write("SCALE = 3.0\\n")
    return [{"seed": seed, "v": SCALE, "process": os.getpid()}]
"""
OPTIONAL = """
try:
    from mylab.speed import FASTER
except ImportError:
    FASTER = 1.0
from mylab.helper import SCALE as PLAIN

SCALE = PLAIN * FASTER
"""


class Lab:
    """A package of an experiment and the constant that it returns, in a folder of their own."""

    def __init__(self, root):
        self.root, self.store = root, root / "store"
        self.helper = root / "mylab" / "helper.py"
        (root / "mylab").mkdir()
        (root / "mylab" / "__init__.py").touch()
        (root / "mylab" / "toy.py").write_text(TOY)
        self.scale(1.0)

    def scale(self, value):
        self.helper.write_text(f"SCALE = {value}\n")

    def forget(self):
        for name in [name for name in sys.modules if name.split(".")[0] == "mylab"]:
            del sys.modules[name]
        importlib.invalidate_caches()

    def toy(self):
        return importlib.import_module("mylab.toy")

    def run(self, seeds=(0,), jobs=1, **settings):
        toy = self.toy()
        table = runs.run(toy, toy.Settings(**settings), seeds, jobs=jobs, store=self.store)
        return table["v"].tolist()

    def source(self):
        return Source.of("mylab.toy", self.root / "mylab" / "toy.py")

    def task(self, **settings):
        return Task.of(self.source(), self.toy().Settings(**settings))

    def entries(self):
        return sorted(self.store.rglob("*.jsonl"))


@pytest.fixture
def lab(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    found = Lab(tmp_path)
    yield found
    found.forget()


def plainly(lab):
    lab.scale(2.0)


def with_an_older_time(lab):
    lab.scale(2.0)
    os.utime(lab.helper, (1e9, 1e9))


def with_the_same_time(lab):
    before = lab.helper.stat()
    lab.scale(2.0)
    os.utime(lab.helper, ns=(before.st_atime_ns, before.st_mtime_ns))


def with_a_time_to_come(lab):
    lab.scale(2.0)
    os.utime(lab.helper, (time.time() + 9e6,) * 2)


def by_another_link(lab):
    other = lab.root / "other.py"
    other.write_text("SCALE = 2.0\n")
    lab.helper.unlink()
    lab.helper.symlink_to(other)


def by_a_package_in_its_place(lab):
    lab.helper.with_suffix("").mkdir()
    (lab.helper.with_suffix("") / "__init__.py").write_text("SCALE = 2.0\n")


def by_another_place_of_the_name(lab):
    (lab.root / "mylab" / "numbers.py").write_text("SCALE = 2.0\n")
    lab.helper.write_text("from mylab.numbers import SCALE\n")


EDITS = (
    *(plainly, with_an_older_time, with_the_same_time, with_a_time_to_come),
    *(by_another_link, by_a_package_in_its_place, by_another_place_of_the_name),
)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_an_edit_between_two_cells(lab, edit, recwarn):
    assert lab.run() == [1.0]
    edit(lab)
    assert lab.run() == [2.0], "the run is that of today's text"
    assert lab.toy().SCALE == 1.0, "though this process holds the older one"
    said = [str(warning.message) for warning in recwarn]
    if edit is not by_a_package_in_its_place:  # of which nothing was imported that was edited
        assert len(said) == 1
        assert "helper.py was edited after this process imported it" in said[0]
        assert "restart" in said[0]
    assert len(lab.entries()) == 2
    lab.forget()
    assert lab.run() == [2.0]
    assert len(lab.entries()) == 2, "a new process has nothing left to run"


def test_a_linked_folder_is_followed_where_it_leads_now(tmp_path, monkeypatch, recwarn):
    for name, value in (("first", 1.0), ("second", 2.0)):
        (tmp_path / name).mkdir()
        Lab(tmp_path / name).scale(value)
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "first")
    monkeypatch.syspath_prepend(link)
    toy, store = importlib.import_module("mylab.toy"), tmp_path / "store"
    assert runs.run(toy, seeds=[0], store=store)["process"][0] == os.getpid()
    link.unlink()
    link.symlink_to(tmp_path / "second")
    assert runs.run(toy, seeds=[0], store=store)["v"].tolist() == [2.0]
    assert [warning.category for warning in recwarn] == [runs.SourceEditedWarning]
    for name in ("mylab", "mylab.toy", "mylab.helper"):
        del sys.modules[name]


def test_a_time_to_come_is_no_reason_to_keep_nothing(lab):
    with_a_time_to_come(lab)
    assert lab.run() == [2.0]
    assert len(lab.entries()) == 1


def test_an_edit_that_no_run_can_see_is_nothing(lab):
    toy = lab.toy()
    lab.helper.write_text("# A comment.\nSCALE = 1.0\n")
    (lab.root / "mylab" / "toy.py").write_text(f'"""A text."""\n{TOY}')
    table = runs.run(toy, seeds=[0], store=lab.store)
    assert table["process"].tolist() == [os.getpid()]
    assert len(lab.entries()) == 1


BEFORE = """
import sys, os, pathlib
sys.path.insert(0, {root!r})
from mylab import toy                                   # cell 1
pathlib.Path({helper!r}).write_text("SCALE = 2.0\\n")    # an edit
from bigcurves.running import runs                              # cell 2
table = runs.run(toy, seeds=[0, 1], store=pathlib.Path({store!r}))
print(toy.SCALE, table["v"].tolist(), os.getpid() in set(table["process"]))
"""


def test_what_was_imported_before_us_is_run_in_a_process_of_its_own(lab):
    """And the caller's script, which has no guard, is not run a second time."""
    script = BEFORE.format(root=str(lab.root), helper=str(lab.helper), store=str(lab.store))
    (lab.root / "script.py").write_text(script)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-B", lab.root / "script.py"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "1.0 [2.0, 2.0] False\n", done.stderr
    assert lab.run(seeds=[0, 1]) == [2.0, 2.0]
    assert len(lab.entries()) == 2


def test_a_module_that_alone_is_loaded_again_leaves_nothing_certain(lab):
    toy = lab.toy()
    lab.scale(2.0)
    importlib.reload(sys.modules["mylab.helper"])
    assert toy.SCALE == 1.0
    assert lab.run() == [2.0]


def test_a_module_that_was_missing_is_used_once_it_is_there(lab):
    (lab.root / "mylab" / "toy.py").write_text(
        TOY.replace("from mylab.helper import SCALE\n", OPTIONAL)
    )
    assert lab.run() == [1.0]
    (lab.root / "mylab" / "speed.py").write_text("FASTER = 8.0\n")
    assert lab.run() == [8.0]
    lab.forget()
    assert lab.run() == [8.0]


def test_a_module_that_is_gone_is_missed(lab):
    (lab.root / "mylab" / "toy.py").write_text(
        TOY.replace("from mylab.helper import SCALE\n", OPTIONAL)
    )
    (lab.root / "mylab" / "speed.py").write_text("FASTER = 8.0\n")
    lab.toy()
    (lab.root / "mylab" / "speed.py").unlink()
    assert lab.run() == [1.0]


def test_bytecode_of_an_older_text_is_not_believed(lab, monkeypatch):
    """Python believes it while the file's time and size stay."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    cached = Path(py_compile.compile(str(lab.helper), doraise=True))
    with_the_same_time(lab)
    assert lab.toy().SCALE == 1.0
    assert lab.run() == [2.0]
    assert py_compile.compile(str(lab.helper)) == str(cached)
    lab.forget()
    assert lab.toy().SCALE == 2.0


def test_workers_of_an_earlier_call_do_not_serve_after_an_edit(lab, monkeypatch):
    monkeypatch.setattr("bigcurves.running.workers.POOL_COSTS", 0.0)
    assert lab.run(seeds=[0, 1], jobs=2) == [1.0, 1.0]
    with_the_same_time(lab)
    with pytest.warns(runs.SourceEditedWarning):
        assert lab.run(seeds=[0, 1], jobs=2) == [2.0, 2.0]


def test_an_edit_while_the_runs_are_made_is_an_error_and_keeps_nothing(lab):
    task = lab.task()
    lab.scale(2.0)
    message = r"mylab\.toy was edited, or .* while its runs were made: restart and"
    with fresh.process(task) as timed, pytest.raises(SourceEditedError, match=message):
        timed(0)
    assert task.timed(0).rows[0]["v"] == 1.0, "this process still holds what the task asks for"
    lab.forget()
    with pytest.raises(SourceEditedError, match=message):
        task.timed(0)


def test_a_data_file_that_changes_under_a_run_is_an_error(lab):
    (lab.root / "mylab" / "data.csv").write_text("1")
    text = f"DEPENDS_ON = {{'files': ['data.csv']}}\n{TOY}"
    (lab.root / "mylab" / "toy.py").write_text(text.replace('"mylab.helper"', '"mylab.data"'))
    toy = lab.toy()
    sys.modules["mylab.data"] = type(sys)("mylab.data")
    sys.modules["mylab.data"].__file__ = str(lab.root / "mylab" / "data.csv")
    with pytest.raises(SourceEditedError):
        runs.run(toy, toy.Settings(fault="edit"), [0], store=lab.store)
    assert lab.entries() == []


def test_a_long_lived_worker_runs_what_its_files_hold_now(lab, capfd):
    """This process stands for a worker that has imported the helper long ago."""
    lab.toy()
    lab.scale(2.0)
    result = cluster._checked_run(lab.task(), 5)
    assert (result.seed, result.rows[0]["v"]) == (5, 2.0)
    assert capfd.readouterr() == ("", "a run may print\n")


def test_what_a_run_raises_elsewhere_is_raised_here(lab):
    with fresh.process(lab.task(fault="odd")) as timed:
        for _ in range(2):
            with pytest.raises(RuntimeError, match="Odd: very odd") as caught:
                timed(7)
            assert "in mylab.toy, seed 7" in caught.value.__notes__[0]
    with (
        fresh.process(lab.task(fault="death")) as timed,
        pytest.raises(ChildProcessError, match=r"that ran mylab\.toy, seed 7, died \(9\)"),
    ):
        timed(7)


def test_settings_that_todays_text_lacks_are_named(lab):
    task = lab.task()
    (lab.root / "mylab" / "toy.py").write_text("SCALE = 2.0\n")
    with fresh.process(task) as timed, pytest.raises(AttributeError, match="Settings"):
        timed(0)


@pytest.mark.parametrize("name", catalogue.titles())
def test_the_books_own_experiments_run_in_the_process_that_imported_them(name):
    """What we compile is, on this Python, what it executed: no run starts a process for nothing."""
    catalogue.load(name)
    assert catalogue.source(name).is_here()
