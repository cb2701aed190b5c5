"""Kernels that are forked with the libraries imported: as good as those that are started."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
import psutil
import pytest
from jupyter_client.provisioning import KernelProvisionerFactory
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from tests.patience import SECONDS, eventually

from bigcurves.running.progress import in_kernel
from bookkit.execution import kernel
from bookkit.execution import warm as warm_module
from bookkit.execution.warm import LAUNCHER, Source, can_serve, import_all

ASKED = """\
import json, os, sys
found = {
    "pid": os.getpid(), "parent": os.getppid(), "folder": os.getcwd(), "word": os.environ["WORD"],
    "warm": "sklearn.neighbors" in sys.modules,
    "path": sys.path, "drawn": [np.random.random() for np in [sys.modules.get("numpy")] if np],
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


def cells(folder, *texts, word="one"):
    """Run cells in a kernel of their own."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in texts])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    client = NotebookClient(
        notebook, startup_timeout=SECONDS, resources={"metadata": {"path": str(folder)}}
    )
    env = os.environ | {"WORD": word, "IPYTHONDIR": str(folder)}
    del env["PYTEST_CURRENT_TEST"]  # under pytest a kernel does not hear what programs write
    client.execute(env=env)
    return notebook.cells


def run(folder, *texts, word="one"):
    """Run cells in a kernel of their own; give what the last one printed."""
    return cells(folder, *texts, word=word)[-1].outputs[0].text


def test_a_kernel_is_forked_where_it_is_asked_for_and_knows_nothing_of_the_book(warm, tmp_path):
    first, second = (json.loads(run(tmp_path, ASKED, word=word)) for word in ("one", "two"))
    assert (first["word"], second["word"]) == ("one", "two")
    assert first["pid"] != second["pid"]
    assert first["drawn"] != second["drawn"]
    for found in (first, second):
        assert found["parent"] == warm.process.pid
        assert found["warm"]
        assert found["own"] == []
        assert Path(found["folder"]) == tmp_path.resolve()
        assert str(Path.cwd()) not in found["path"]


def test_a_page_sees_what_a_kernel_that_was_started_would_show_it(warm, tmp_path, monkeypatch):
    (tmp_path / "beside.py").write_text("value = 7\n", "utf-8")
    texts = (
        "import beside, subprocess, sys, __main__",
        "done = subprocess.run([sys.executable, '-c', 'print(5)'], capture_output=True, text=True)",
        "print(beside.value, done.stdout.strip(), __main__.beside.value)",
    )
    forked = run(tmp_path, *texts)
    monkeypatch.setattr(kernel.Provisioner, "source", None)
    assert forked.split() == run(tmp_path, *texts).split() == ["7", "5", "7"]


SPOKEN_TO = """\
import ipykernel.connect
print(ipykernel.connect.get_connection_info(unpack=True)["transport"])
"""


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize("forked", [True, False])
def test_a_kernel_is_spoken_to_through_files_and_leaves_none(tmp_path, monkeypatch, forked):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    if not forked:
        monkeypatch.setattr(kernel.Provisioner, "source", None)
    assert run(tmp_path, SPOKEN_TO) == "ipc\n"
    with pytest.raises(RuntimeError, match="Kernel died"):
        run(tmp_path, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    assert list(tmp_path.glob("kernel-*")) == []


@pytest.mark.usefixtures("warm")
def test_where_such_a_file_would_have_too_long_a_name_a_kernel_takes_ports(tmp_path, monkeypatch):
    deep = tmp_path / ("deep" * 30)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    assert run(tmp_path, SPOKEN_TO) == "tcp\n"
    assert list(deep.glob("kernel-*")) == []


def test_a_kernel_that_dies_is_noticed(warm, tmp_path):
    with pytest.raises(RuntimeError, match="Kernel died"):
        run(tmp_path, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")


SPEAKS = """\
import os, sys
print("out", flush=True)
sys.stderr.write("err")
_ = os.system("echo deep")
"""
WHERE = "from bigcurves.running.progress import in_kernel; print(in_kernel())"


@pytest.mark.usefixtures("warm")
def test_an_error_in_a_cell_and_what_it_writes_come_through(tmp_path):
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        run(tmp_path, "1 / 0")
    written = {}
    for each in cells(tmp_path, SPEAKS)[0].outputs:
        written[each.name] = written.get(each.name, "") + each.text
    assert written == {"stdout": "out\ndeep\n", "stderr": "err"}


@pytest.mark.usefixtures("warm")
def test_a_kernel_knows_that_it_is_one_and_who_imports_its_code_does_not(tmp_path):
    import ipykernel.kernelapp  # noqa: F401

    assert run(tmp_path, WHERE) == "True\n"
    assert not in_kernel()


@pytest.mark.usefixtures("warm")
def test_what_a_cell_forks_does_not_keep_a_dead_kernel_alive(tmp_path):
    cell = "import os, signal, time\nif os.fork() == 0: time.sleep(600)\n"
    with pytest.raises(RuntimeError, match="Kernel died"):
        run(tmp_path, f"{cell}open('pid', 'w').write(str(os.getpid())); os.kill(os.getpid(), 9)")
    os.killpg(int((tmp_path / "pid").read_text()), signal.SIGKILL)


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


def test_a_kernel_ends_when_who_asked_for_it_is_gone(of_one, tmp_path):
    command = [sys.executable, "-m", LAUNCHER, "-f", str(tmp_path / "connection.json")]
    forked = of_one.ask(command, str(tmp_path), os.environ | {"IPYTHONDIR": str(tmp_path)})
    forked._line.close()
    assert eventually(lambda: not psutil.pid_exists(forked.pid))


BROKEN = """\
import socket, sys
from bookkit.execution import warm
warm.LIBRARIES = ("json", "no_such_library")
warm.serve(socket.socket(fileno=int(sys.argv[1])))
"""


def test_where_a_library_cannot_be_imported_no_kernel_is_forked():
    ours, theirs = socket.socketpair()
    asked, line = socket.socketpair()
    number = theirs.fileno()
    words = [sys.executable, "-c", BROKEN, str(number)]
    with ours, asked, subprocess.Popen(words, pass_fds=[number]) as process:
        theirs.close()
        socket.send_fds(ours, [b"."], [line.fileno()])
        line.close()
        assert asked.recv(1) == b""  # so a kernel is started as ever
        assert process.wait(SECONDS) == 0


def test_a_warning_on_import_is_no_less_than_an_error(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(tmp_path)
    for name, text in {
        "plain_one": "",
        "loud_one": "import warnings; warnings.warn('old')",
    }.items():
        (tmp_path / f"{name}.py").write_text(text, "utf-8")
    monkeypatch.setattr(warm_module, "LIBRARIES", ("plain_one",))
    assert import_all()
    monkeypatch.setattr(warm_module, "LIBRARIES", ("plain_one", "loud_one"))
    assert not import_all()


def test_only_kernels_of_this_environment_are_forked(tmp_path):
    other = tmp_path / "python"
    other.symlink_to(sys.executable)  # as another environment of the same Python has one
    assert not can_serve([str(other), "-m", LAUNCHER])
    assert can_serve([sys.executable, "-m", LAUNCHER, "-f", "connection.json"])
    assert not can_serve(["/usr/bin/R", "-m", LAUNCHER])
    assert not can_serve([sys.executable, "-m", "another_kernel"])
