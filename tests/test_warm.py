"""Kernels that are forked with the libraries imported: as good as those that are started."""

import json
import os
import signal
import sys
from pathlib import Path

import nbformat
import pytest
from jupyter_client.provisioning import KernelProvisionerFactory
from nbclient import NotebookClient
from tests.patience import SECONDS

from bookkit.execution import kernel
from bookkit.execution.warm import LAUNCHER, Source, can_serve

ASKED = """\
import json, os, sys
found = {
    "pid": os.getpid(), "parent": os.getppid(), "folder": os.getcwd(), "word": os.environ["WORD"],
    "warm": "sklearn.neighbors" in sys.modules,
    "path": sys.path, "flag": os.environ.get("JPY_PARENT_PID"),
    "own": [name for name in sys.modules if name.split(".")[0] == "bigcurves"],
}
print(json.dumps(found))
"""


def new_source():
    source = Source()
    yield source
    source.close()
    source.process.wait(SECONDS)


of_all = pytest.fixture(new_source, scope="module", name="of_all")
of_one = pytest.fixture(new_source, name="of_one")


@pytest.fixture
def warm(of_all, monkeypatch):
    """Kernels of this process come warm, from one process for all tests."""
    factory = KernelProvisionerFactory.instance()
    monkeypatch.setattr(factory, "default_provisioner_name", factory.default_provisioner_name)
    kernel.register()
    monkeypatch.setattr(kernel.Provisioner, "source", of_all)
    return of_all


def run(folder, *cells, word="one"):
    """Run cells in a kernel of their own; give what the last one printed."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    client = NotebookClient(
        notebook, startup_timeout=SECONDS, resources={"metadata": {"path": str(folder)}}
    )
    client.execute(env=os.environ | {"WORD": word, "IPYTHONDIR": str(folder)})
    return notebook.cells[-1].outputs[0].text


def test_a_kernel_is_forked_where_it_is_asked_for_and_knows_nothing_of_the_book(warm, tmp_path):
    first, second = (json.loads(run(tmp_path, ASKED, word=word)) for word in ("one", "two"))
    assert (first["word"], second["word"]) == ("one", "two")
    assert first["pid"] != second["pid"]
    for found in (first, second):
        assert found["parent"] == warm.process.pid
        assert found["warm"]
        assert found["own"] == []
        assert Path(found["folder"]) == tmp_path.resolve()
        assert str(Path.cwd()) not in found["path"]


def test_a_page_sees_what_a_kernel_that_was_started_would_show_it(warm, tmp_path, monkeypatch):
    (tmp_path / "beside.py").write_text("value = 7\n", "utf-8")
    cells = (
        "import beside, subprocess, sys, __main__",
        "done = subprocess.run([sys.executable, '-c', 'print(5)'], capture_output=True, text=True)",
        "print(beside.value, done.stdout.strip(), __main__.beside.value)",
    )
    forked = run(tmp_path, *cells)
    monkeypatch.setattr(kernel.Provisioner, "source", None)
    assert forked.split() == run(tmp_path, *cells).split() == ["7", "5", "7"]


def test_a_kernel_that_dies_is_noticed(warm, tmp_path):
    with pytest.raises(RuntimeError, match="Kernel died"):
        run(tmp_path, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")


def test_an_error_in_a_cell_and_what_it_writes_come_through(warm, tmp_path):
    with pytest.raises(Exception, match="ZeroDivisionError"):
        run(tmp_path, "1 / 0")


@pytest.mark.usefixtures("warm")
def test_where_nobody_forks_a_kernel_is_started(of_one, tmp_path, monkeypatch):
    monkeypatch.setattr(kernel.Provisioner, "source", of_one)
    of_one.process.kill()
    of_one.process.wait(SECONDS)
    found = json.loads(run(tmp_path, ASKED))
    assert found["parent"] == os.getpid()
    assert not found["warm"]


def test_kernels_end_with_what_they_were_forked_from(of_one, tmp_path):
    command = [sys.executable, "-m", LAUNCHER, "-f", str(tmp_path / "connection.json")]
    forked = of_one.ask(command, str(tmp_path), os.environ | {"IPYTHONDIR": str(tmp_path)})
    assert forked.poll() is None
    of_one.process.send_signal(signal.SIGKILL)
    assert forked.wait() == forked.poll() == 1
    forked.kill()  # no harm


def test_it_ends_when_nobody_is_left_who_could_ask():
    source = Source()
    source.close()
    assert source.process.wait(SECONDS) == 0


def test_only_kernels_of_this_python_are_forked():
    assert can_serve([sys.executable, "-m", LAUNCHER, "-f", "connection.json"])
    assert not can_serve(["/usr/bin/R", "-m", LAUNCHER])
    assert not can_serve([sys.executable, "-m", "another_kernel"])
