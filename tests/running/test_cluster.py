"""The same runs on a Dask cluster: the same table, whatever happens to a worker."""

import json
import os
import subprocess
import sys

import pytest
from pandas.testing import assert_frame_equal
from tests.patience import SECONDS, eventually

from bigcurves.running import cluster, runs
from bigcurves.running.task import Task

EXPERIMENT = """
from dataclasses import dataclass
from pathlib import Path
import json
import os
import time

import numpy as np


@dataclass(frozen=True, kw_only=True)
class Settings:
    log: str = ""


def run(settings, seed):
    with Path(settings.log).open("a") as log:
        log.write(f"{seed} {os.getpid()}\\n")
    while Path(f"{settings.log}.hold").exists():  # until the test lets it go on
        time.sleep(0.01)
    return [{"seed": seed, "value": np.random.default_rng([seed, 1]).standard_normal()}]
"""

SWEEP = """
import sys
from pathlib import Path
from bigcurves.running import cluster, runs
import swept

cluster.PATIENCE = float(sys.argv[4])

settings = swept.Settings(log=sys.argv[2])
table = runs.run(swept, settings, range(12), store=Path(sys.argv[3]), scheduler=sys.argv[1])
print(len(table))
"""


@pytest.fixture
def processes(tmp_path, monkeypatch):
    """Start processes that see the experiment; end those that are left."""
    (tmp_path / "swept.py").write_text(EXPERIMENT)
    monkeypatch.syspath_prepend(tmp_path)
    started = []

    def start(*arguments):
        process = subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
    sys.modules.pop("swept", None)


def until(happens, process):
    """Wait for something to become true; show what the process said if it never does."""
    eventually(lambda: happens() or process.poll())
    if not happens():
        process.kill()
        pytest.fail("".join(process.communicate()))


@pytest.mark.slow
def test_a_worker_killed_half_way_loses_nothing(processes, tmp_path):
    where, log, store = tmp_path / "scheduler.json", tmp_path / "log.txt", tmp_path / "store"
    module = "distributed.cli.dask_"
    scheduler = processes(
        "-m", f"{module}scheduler", "--port", 0, "--scheduler-file", where, "--no-dashboard"
    )
    until(where.exists, scheduler)
    worker = ("-m", f"{module}worker", "--scheduler-file", where, "--nthreads", 1, "--no-nanny")
    doomed, _ = (processes(*worker, "--no-dashboard") for _ in range(2))
    address = json.loads(where.read_text())["address"]

    hold = tmp_path / "log.txt.hold"
    hold.touch()
    sweep = processes("-c", SWEEP, address, log, store, SECONDS)
    until(lambda: log.exists() and f" {doomed.pid}\n" in log.read_text(), sweep)
    doomed.kill()  # SIGKILL, in the middle of a run
    hold.unlink()
    output, errors = sweep.communicate(timeout=SECONDS)
    assert (sweep.returncode, output) == (0, "12\n"), errors

    import swept

    settings = swept.Settings(log=str(log))
    kept = runs.run(swept, settings, range(12), store=store)
    alone = runs.run(swept, settings, range(12), jobs=1, store=tmp_path / "another")
    assert_frame_equal(kept, alone, check_exact=True)
    assert len(list(store.rglob("*.jsonl"))) == 12
    ran = [line.split() for line in log.read_text().splitlines()][: -len(alone)]
    assert len(ran) > 12, "the killed worker's run was started again elsewhere"


def test_a_silent_scheduler_is_one_clear_error(processes, monkeypatch, tmp_path):
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    import swept

    settings = swept.Settings(log=str(tmp_path / "log.txt"))
    with pytest.raises(cluster.ClusterError, match="no scheduler answers at tcp://127"):
        runs.run(swept, settings, [0], store=tmp_path / "s", scheduler="tcp://127.0.0.1:9")
    with pytest.raises(cluster.ClusterError, match="no scheduler answers at nonsense"):
        runs.run(swept, settings, [0], store=tmp_path / "s", scheduler="nonsense")


def test_a_scheduler_that_dies_is_one_clear_error(processes, monkeypatch, tmp_path):
    """Its client then hands over an error in place of each result."""
    import distributed
    import swept

    class Client:
        loop = None

        def __init__(self, *_, **__):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def wait_for_workers(self, *_, **__):
            pass

        def map(self, *_, **__):
            return []

    monkeypatch.setattr(distributed, "Client", Client)
    lost = iter([(None, RuntimeError("cancelled"))])
    monkeypatch.setattr(distributed, "as_completed", lambda *_, **__: lost)
    with pytest.raises(cluster.ClusterError, match="scheduler at tcp://gone is gone; what"):
        runs.run(swept, seeds=[0], store=tmp_path / "s", scheduler="tcp://gone")


def test_a_worker_with_other_sources_refuses(processes):
    import swept

    task = Task(experiment="swept", settings=swept.Settings(), fingerprint="0123456789abcdef")
    with pytest.raises(cluster.ClusterError, match=r"other sources or libraries .* for swept, on "):
        cluster._checked_run(task, 0)


def test_without_the_extra_the_cure_is_named(monkeypatch, processes, tmp_path):
    import swept

    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(cluster.ClusterError, match=r"pip install 'bigcurves\[cluster\]'"):
        runs.run(swept, seeds=[0], store=tmp_path / "s", scheduler="tcp://127.0.0.1:9")
