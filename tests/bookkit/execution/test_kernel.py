"""Kernels: what the build asks of them before a cell runs."""

from types import SimpleNamespace

import nbformat
from jupyter_cache.executors import utils
from nbclient import NotebookClient
from tests.patience import SECONDS

from bookkit.execution.kernel import wait_for_start


def test_a_kernel_may_take_as_long_to_start_as_a_cell_to_run(monkeypatch):
    asked = []
    monkeypatch.setattr(NotebookClient, "execute", lambda it: asked.append(it.startup_timeout))
    monkeypatch.setattr(utils, "executenb", utils.executenb)  # put back when the test is over
    wait_for_start(None, SimpleNamespace(nb_execution_timeout=1800))
    empty = nbformat.v4.new_notebook()
    utils.single_nb_execution(empty, cwd=None, timeout=int(SECONDS), allow_errors=False)
    assert asked == [1800]
