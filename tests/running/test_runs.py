"""Runs: nothing is computed twice, nothing stale or damaged is ever believed."""

import importlib
import json
import os
import signal
import stat
import subprocess
import sys
import textwrap
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from tests.patience import SECONDS, eventually
from threadpoolctl import threadpool_limits

from bigcurves.provenance.closure import SOURCE_ROOT
from bigcurves.provenance.source import Source, describe
from bigcurves.running import runs
from bigcurves.running.store import DamagedEntryWarning, StoreError, replace
from bigcurves.running.task import Result, Task
from bigcurves.running.workers import on_this_machine

EXPERIMENT = """
from dataclasses import dataclass
from pathlib import Path
import time
import warnings

import numpy as np
from threadpoolctl import threadpool_info

from lab.scale import SCALE


@dataclass(frozen=True, kw_only=True)
class Settings:
    n: int = 3
    log: str = ""
    pause: float = 0.0
    fault: str = ""


def run(settings, seed):
    if settings.log:
        with Path(settings.log).open("a") as log:
            log.write(f"{seed}\\n")
        while Path(f"{settings.log}.hold-{seed}").exists():  # until the test lets it go on
            time.sleep(0.01)
    time.sleep(settings.pause)
    if settings.fault == "global":
        np.random.random()
    if settings.fault == "raise":
        raise RuntimeError("the world ended")
    if settings.fault.startswith("Could"):
        warnings.warn(settings.fault)
    if settings.fault == "threads":
        threads = max(pool["num_threads"] for pool in threadpool_info())
        return [{"seed": seed, "threads": threads}]
    values = SCALE * np.random.default_rng([seed, 1]).standard_normal(settings.n)
    if settings.fault == "nan":
        values[0] = np.nan
    rows = [{"seed": seed, "place": i, "value": v, "big": v > 1} for i, v in enumerate(values)]
    return [] if settings.fault == "empty" else rows
"""


class Lab:
    """A package of one experiment outside the book's."""

    def __init__(self, root):
        self.root, self.log, self.store = root, root / "log.txt", root / "store"
        (root / "lab").mkdir()
        self.write("__init__", "")
        self.write("scale", "SCALE = 2.0\n")
        self.write("unused", "")
        self.write("draws", EXPERIMENT)

    def write(self, name, text):
        (self.root / "lab" / f"{name}.py").write_text(text)

    def load(self):
        for name in [name for name in sys.modules if name.split(".")[0] == "lab"]:
            del sys.modules[name]
        importlib.invalidate_caches()
        return importlib.import_module("lab.draws")

    def run(self, *, seeds=range(3), jobs=1, **settings):
        module = self.load()
        chosen = module.Settings(log=str(self.log), **settings)
        return runs.run(module, chosen, seeds, jobs=jobs, store=self.store)

    def ran(self):
        """List the seeds that were truly run, in order."""
        return [int(line) for line in self.log.read_text().split()] if self.log.exists() else []

    def entries(self):
        return sorted(self.store.rglob("*.jsonl"))

    def files(self):
        """List every file of the store, temporary ones too."""
        return sorted(path.name for path in self.store.rglob("*") if path.is_file())

    def process(self, **arguments):
        """Start the same call in a process of its own, which prints its table."""
        text = ", ".join(f"{name}={value!r}" for name, value in arguments.items())
        code = f"""
        from pathlib import Path
        from bigcurves.running import runs
        from lab import draws
        if __name__ == "__main__":
            settings = draws.Settings(log={str(self.log)!r}, pause=0.1)
            table = runs.run(draws, settings, store=Path({str(self.store)!r}), {text})
            print(table.to_json(orient="values", double_precision=15))
        """
        script = self.root / "go.py"
        script.write_text(textwrap.dedent(code))
        return subprocess.Popen([sys.executable, "-W", "error", script], stdout=subprocess.PIPE)


@pytest.fixture
def lab(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # two edits within a second look alike
    return Lab(tmp_path)


def test_a_second_call_reads_and_equals_the_first_bit_by_bit(lab):
    first = lab.run()
    second = lab.run()
    assert lab.ran() == [0, 1, 2]
    assert_frame_equal(first, second, check_exact=True)
    expected = 2.0 * np.random.default_rng([2, 1]).standard_normal(3)
    assert second[second["seed"] == 2]["value"].tolist() == expected.tolist()


def test_linear_algebra_keeps_to_one_thread_in_every_process(lab, monkeypatch):
    """More threads add up in another order, and the last bits of a result would differ."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):  # the tests' own are none of a reader
        monkeypatch.setenv(name, "4")
    with threadpool_limits(limits=4):
        own = Task(experiment="lab.draws", settings=lab.load().Settings(fault="threads"))(0)
        pooled = lab.run(seeds=[0, 1], jobs=2, fault="threads")
    assert own[0]["threads"] == 1
    assert pooled["threads"].tolist() == [1, 1]


@pytest.mark.filterwarnings("error")
def test_a_machine_that_does_not_tell_its_cores_is_no_fault(lab):
    unknown = "Could not find the number of physical cores for the following reason:\nnone"
    assert len(lab.run(fault=unknown)) == 9
    with pytest.raises(UserWarning, match="Could not converge"):
        lab.run(fault="Could not converge")


def test_more_seeds_run_only_the_new_ones_and_keep_the_order_asked_for(lab):
    lab.run(seeds=[0, 2])
    table = lab.run(seeds=[5, 2, 0])
    assert lab.ran() == [0, 2, 5]
    assert table["seed"].unique().tolist() == [5, 2, 0]


def test_other_settings_are_other_runs(lab):
    lab.run(seeds=[0])
    assert len(lab.run(seeds=[0], n=4)) == 4
    assert lab.ran() == [0, 0]


def test_an_edit_of_an_imported_module_runs_again_and_of_another_does_not(lab):
    first = lab.run(seeds=[0])
    lab.write("unused", "EVEN = 'changed'\n")
    lab.run(seeds=[0])
    assert lab.ran() == [0]
    lab.write("scale", "SCALE = 4.0\n")
    second = lab.run(seeds=[0])
    assert lab.ran() == [0, 0]
    assert second["value"].tolist() == (2 * first["value"]).tolist()


def test_an_experiment_outside_the_package_depends_on_the_package_too(lab):
    lab.write("draws", EXPERIMENT + "\nfrom bigcurves.sample import Sample\n\nKIND = Sample\n")
    source = Source.of("lab.draws", lab.root / "lab" / "draws.py")
    assert SOURCE_ROOT / "bigcurves" / "sample.py" in source.texts
    assert lab.root / "lab" / "scale.py" in source.texts


def test_a_linked_experiment_depends_on_what_it_imports_where_the_link_lies(lab):
    (lab.root / "elsewhere").mkdir()
    (lab.root / "lab" / "draws.py").rename(lab.root / "elsewhere" / "draws.py")
    (lab.root / "lab" / "draws.py").symlink_to(lab.root / "elsewhere" / "draws.py")
    source = Source.of("lab.draws", lab.root / "lab" / "draws.py")
    assert lab.root / "lab" / "scale.py" in source.texts


@pytest.mark.parametrize(
    "damage",
    [
        lambda entry: entry[:-9],
        lambda entry: entry[:0],
        lambda entry: entry.replace(b'"place": 1', b'"place": 7'),
        lambda entry: b'{"seed": 1}\n' + entry.partition(b"\n")[2],
        lambda entry: b"[1]\n" + entry,
        lambda entry: b"\xff\xfe" + entry,
    ],
    ids=["cut short", "empty", "changed", "no checksum", "not an entry", "not text"],
)
def test_a_damaged_entry_is_noticed_and_run_again(lab, damage):
    first = lab.run()
    path = next(path for path in lab.entries() if path.stem == "1")
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    with pytest.warns(DamagedEntryWarning, match=r"1\.jsonl"):
        assert_frame_equal(lab.run(), first, check_exact=True)
    assert path.read_bytes().splitlines()[1:] == whole.splitlines()[1:]
    assert lab.ran() == [0, 1, 2, 1]


def test_an_entry_under_another_seed_is_not_believed(lab):
    lab.run(seeds=[0])
    (entry,) = lab.entries()
    entry.with_name("1.jsonl").write_bytes(entry.read_bytes())
    with pytest.warns(DamagedEntryWarning):
        assert lab.run(seeds=[1])["seed"].tolist() == [1, 1, 1]


def test_entries_say_what_they_are(lab):
    lab.run(seeds=[0])
    about = json.loads(lab.entries()[0].read_text().splitlines()[0])
    assert about["experiment"] == "lab.draws"
    assert json.loads(about["settings"])["n"] == 3
    assert about["seed"] == 0


def test_a_killed_run_resumes(lab):
    hold = lab.log.with_name(f"{lab.log.name}.hold-3")
    hold.touch()
    process = lab.process(seeds=range(8), jobs=1)
    assert eventually(lambda: 3 in lab.ran()), "the process never got to its fourth seed"
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert len(lab.entries()) == 3
    hold.unlink()
    lab.log.unlink()
    lab.run(seeds=range(8), pause=0.1)
    assert lab.ran() == list(range(3, 8))


def test_two_processes_share_a_store(lab):
    pair = [lab.process(seeds=range(4), jobs=1) for _ in range(2)]
    tables = [process.communicate(timeout=SECONDS)[0] for process in pair]
    assert [process.returncode for process in pair] == [0, 0]
    assert tables[0] == tables[1] != b""
    assert lab.files() == [f"{seed}.jsonl" for seed in range(4)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        lab.run(seeds=range(4), pause=0.1)


def test_a_pool_gives_the_same_table_as_one_process(lab, monkeypatch):
    monkeypatch.setattr("bigcurves.running.workers.POOL_COSTS", 0.01)
    alone = lab.run(seeds=range(5))
    lab.store = lab.root / "another"
    lab.log.unlink()
    together = lab.run(seeds=range(5), jobs=2, pause=0.05)
    assert_frame_equal(alone, together, check_exact=True)
    assert sorted(lab.ran()) == list(range(5))


def test_the_pool_starts_at_once_where_runs_are_known_to_be_long(lab, monkeypatch):
    module = lab.load()
    task = Task.of(Source.of("lab.draws", Path(module.__file__)), module.Settings())
    here = []

    def timed(_, seed):
        here.append(seed)
        return Result(seed, [], 0.0)

    monkeypatch.setattr(Task, "timed", timed)
    monkeypatch.setattr("bigcurves.running.workers._in_a_pool", lambda *_: iter([]))
    list(on_this_machine(task, [0, 1], jobs=2, expected=60.0))
    assert here == []
    list(on_this_machine(task, [0, 1], jobs=2))
    assert here == [0, 1]


def test_an_experiment_that_fails_keeps_what_was_done_and_says_where(lab):
    lab.run(seeds=[0])
    with pytest.raises(RuntimeError, match="the world ended") as caught:
        lab.run(seeds=[0, 1], fault="raise")
    assert "lab.draws, seed 0" in caught.value.__notes__[0]
    assert len(lab.entries()) == 1


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("nan", "value must be finite, got nan"),
        ("empty", "at least one row"),
        ("global", "must draw from its own stream"),
    ],
)
def test_rows_that_are_not_tidy_are_refused(lab, fault, message):
    with pytest.raises(ValueError, match=message):
        lab.run(seeds=[0], fault=fault)
    assert lab.entries() == []


def test_a_store_that_cannot_be_written_is_one_clear_error(lab):
    lab.store.write_text("a file stands where the folder should")
    with pytest.raises(StoreError, match=r"store.*: Not a directory"):
        lab.run(seeds=[0])


def test_what_is_written_replaces_a_file_and_nothing_else(tmp_path):
    mask = os.umask(0)
    os.umask(mask)
    new = tmp_path / "new.csv"
    replace(new, b"1")
    assert new.stat().st_mode & 0o777 == 0o666 & ~mask
    (tmp_path / "link.csv").symlink_to(new)
    replace(tmp_path / "link.csv", b"2")
    assert (tmp_path / "link.csv").is_symlink()
    assert new.read_bytes() == b"2"
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path / "pipe", Path(os.devnull), tmp_path):
        with pytest.raises(OSError, match=r"it is no regular file: name another, not "):
            replace(place, b"3")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.csv", "new.csv", "pipe"]


def test_a_full_disk_leaves_no_half_entry(lab, monkeypatch):
    lab.run(seeds=[0])

    def full(self, target):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        with pytest.raises(StoreError, match="No space left on device"):
            lab.run(seeds=[0, 1])
    assert lab.files() == ["0.jsonl"]
    lab.run(seeds=[0, 1])
    assert lab.ran() == [0, 1, 1]


@pytest.mark.parametrize(
    ("seeds", "message"),
    [
        ([], "at least one seed"),
        (range(5, 2), "at least one seed"),
        ([-1], r"between 0 and 2\*\*32 - 1, got -1"),
        ([0, 2**32], r"between 0 and 2\*\*32 - 1, got 4294967296"),
        ([1, 1], "differ"),
        ([0.5], "whole numbers"),
        ("ab", "whole numbers"),
    ],
)
def test_bad_seeds_are_named(lab, seeds, message):
    with pytest.raises(ValueError, match=message):
        lab.run(seeds=seeds)


def test_bad_experiments_settings_and_jobs_are_named(lab, monkeypatch):
    with pytest.raises(ValueError, match="module with Settings and run, got math"):
        runs.run(importlib.import_module("math"))
    with pytest.raises(ValueError, match=r"Settings of lab\.draws, got int"):
        runs.run(lab.load(), 3)
    with pytest.raises(ValueError, match="jobs must be a whole number, at least 1, got 0"):
        lab.run(jobs=0)
    monkeypatch.setenv("BIGCURVES_JOBS", "many")
    with pytest.raises(ValueError, match=r"BIGCURVES_JOBS must be .* got 'many'"):
        lab.run(jobs=None)


def test_the_store_is_found_by_environment_then_checkout(lab, monkeypatch):
    from bigcurves.running import store

    monkeypatch.setenv("BIGCURVES_STORE", str(lab.root / "chosen"))
    assert store.default_store() == lab.root / "chosen"
    monkeypatch.delenv("BIGCURVES_STORE")
    assert store.default_store().parts[-2:] == ("_build", "runs")
    monkeypatch.setattr(store, "SOURCE_ROOT", lab.root / "site-packages")
    monkeypatch.setenv("XDG_CACHE_HOME", str(lab.root))
    assert store.default_store() == lab.root / "bigcurves" / "runs"


def test_settings_without_a_stable_text_are_refused():
    with pytest.raises(ValueError, match=r"settings\[0\] must be .* got object"):
        describe((object(),))
    assert describe((1, 2.5, "a", None)) == '[1, 2.5, "a", null]'


def test_floats_of_every_size_come_back_exactly(lab):
    lab.write("draws", EXPERIMENT.replace("SCALE *", "10.0 ** (300 * (seed - 1)) *"))
    first, second = lab.run(), lab.run()
    assert first["value"].abs().min() < 1e-300
    assert isinstance(first, pd.DataFrame)
    assert first["value"].tolist() == second["value"].tolist()
