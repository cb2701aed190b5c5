"""The notebooks that pages offer: what they say first, and that they run elsewhere."""

import json
import os
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.patience import SECONDS

from bookkit.execution.notebooks import prepared

CELL = {
    "cell_type": "code",
    "id": "f3a9",
    "metadata": {"execution": {"iopub.status.busy": "2026"}, "tags": ["hide-input"]},
    "outputs": [],
    "execution_count": 1,
    "source": "x = 1",
}


def test_the_first_cell_names_the_package_its_version_and_how_to_get_it():
    first = prepared({"cells": [CELL]})["cells"][0]["source"]
    assert f"needs bigcurves {metadata.version('bigcurves')}" in first
    assert "python -m pip install ." in first
    compile(first, "first", "exec")


def test_what_differs_from_run_to_run_is_dropped():
    (_, cell) = prepared({"cells": [CELL]})["cells"]
    assert cell["metadata"] == {"tags": ["hide-input"]}
    assert cell["id"] == "cell-1"
    assert CELL["id"] == "f3a9"  # the notebook itself is left as it was


def offered(book, name):
    path = book.root / "_build" / "html" / "_static" / "notebooks" / "book" / f"{name}.ipynb"
    return json.loads(path.read_text("utf-8"))


def test_a_page_read_again_keeps_its_outputs_in_the_notebook(book):
    kept = "from myst_nb import glue\nglue('six', 6, display=False)"
    book.page("one", f"# One\n\n```{{code-cell}}\n{kept}\n6 * 7\n```\n")
    book.contents(["one"])
    assert book.build().returncode == 0
    first = offered(book, "one")
    book.page("one", f"# One\n\n```{{code-cell}}\n{kept}\n6 * 7\n```\n\nOne word more.\n")
    assert book.build().returncode == 0
    again = offered(book, "one")
    assert [output["data"] for output in again["cells"][2]["outputs"]] == [{"text/plain": "42"}]
    assert again["cells"][:3] == first["cells"]
    assert again["cells"][3]["source"] == "One word more."


def run(*command, cwd):
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]


RUNS = """
from bigcurves.running import runs
from bigcurves.chapters.manifold.dust import filling
from bigcurves.claims.results import results

runs.run(filling, seeds=range(2))
results(filling, seeds=range(2))
"""


@pytest.mark.slow
def test_a_notebook_runs_in_a_clean_environment_from_the_wheel(book, tmp_path, monkeypatch):
    start = (ROOT / "tests" / "fixtures" / "book" / "start.md").read_text("utf-8")
    (book.root / "book" / "start.md").write_text(
        f"{start}\n```{{code-cell}} ipython3\n{RUNS}\n```\n", "utf-8"
    )
    book.contents(["start"])
    assert book.build().returncode == 0
    notebook = book.root / "_build" / "html" / "_static" / "notebooks" / "book" / "start.ipynb"
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    fresh = tmp_path / "fresh"
    monkeypatch.setenv("BIGCURVES_STORE", str(tmp_path / "store"))
    run(uv, "build", "--wheel", "--out-dir", fresh, cwd=ROOT)
    run(uv, "venv", "--python", sys.executable, fresh / "env", cwd=fresh)
    python = fresh / "env" / "bin" / "python"
    (wheel,) = fresh.glob("*.whl")
    run(uv, "pip", "install", "--python", python, wheel, "ipykernel", "nbclient", cwd=fresh)
    shutil.copy(notebook, fresh / "start.ipynb")
    execute = (
        "import sys, nbformat, nbclient; nb = nbformat.read('start.ipynb', 4); "
        "limit = int(sys.argv[1]); "
        "nbclient.NotebookClient(nb, kernel_name='python3', startup_timeout=limit).execute(); "
        "nbformat.write(nb, 'ran.ipynb')"
    )
    run(python, "-c", execute, int(SECONDS), cwd=fresh)
    ran = json.loads((fresh / "ran.ipynb").read_text("utf-8"))
    shown = [list(o.get("data", {})) for cell in ran["cells"] for o in cell.get("outputs", [])]
    # Outside the book's build Altair shows its own way, in any front end.
    assert any("text/html" in kinds for kinds in shown)
    kept = (tmp_path / "store").rglob("*.jsonl")
    assert not [path for path in kept if '"claims"' not in path.read_text("utf-8")], "not recorded"
    # What the README and the notebooks say of the command line holds there too, and for new seeds.
    for words in (("run", "filling"), ("claims", "filling", "dimension")):
        for seeds in ("0:2", "40:42"):
            run(python, "-m", "bigcurves", *words, "--seeds", seeds, cwd=fresh)
