"""What a page depends on: imports around IPython's own lines, data, what its kernel opens."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sphinx.errors import ExtensionError
from tests.conftest import KERNEL

from bookkit.execution.changed import sign
from bookkit.execution.files import ABSENT, digest, is_source, seen_of
from bookkit.execution.forced import NoPageError, page_named
from bookkit.execution.noticed import Noticed
from bookkit.execution.opened import FILE, PROJECT
from bookkit.execution.page import needs_of, source_of, stamped
from bookkit.execution.python import python_of, read

IMPORT = "from bigcurves.worlds import Bar\n"
STAYS_KNOWN = {  # a cell, and the module that it must be found to import
    "a shell command kept as a name": IMPORT + "files = !ls",
    "a line magic": "%matplotlib inline\n" + IMPORT,
    "help": IMPORT + "Bar?",
    "an indented magic": IMPORT + "if True:\n    %time Bar()",
    "a timed line": "%time from bigcurves.worlds import Bar",
    "a timed line with options": "%timeit -n 2 -r 1 from bigcurves.worlds import Bar",
    "a timed cell": "%%time\n" + IMPORT,
    "a captured cell": "%%capture out\n" + IMPORT,
    "a magic in a string": f'text = """\n%time x\n"""\n{IMPORT}',
    "an import by its name": "import importlib\nimportlib.import_module('bigcurves.worlds.bar')",
}
OPAQUE = {
    "files = !ls": "!ls",
    "!python script.py": "!python script.py",
    "%%bash\nls": "%bash",
    "%run script.py": "%run",
    "%%writefile x.py\n1": "%writefile",
    "def f(:": "cannot be parsed",
    "import subprocess": "subprocess",
    "from multiprocessing import Pool": "multiprocessing",
    "import os\nos.system('ls')": "os.system",
    "exec(open('x.py').read())": "exec()",
    "name = 'x'\n__import__(name)": "__import__",
    "from importlib import import_module\nimport_module('.x', 'bigcurves')": "import_module",
    "%time !ls": "!ls",
}
CLEAR = ["x = 1", "%matplotlib inline", "print?", "%%time\nx = 1", "%time x = 1", "7 % 3", "x != 1"]


def page(*cells: str, front: str = "") -> str:
    head = KERNEL.replace("---\n", f"---\n{front}", 1)
    return head + "# A page\n" + "".join(f"\n```{{code-cell}}\n{cell}\n```\n" for cell in cells)


@pytest.mark.parametrize("cell", STAYS_KNOWN.values(), ids=STAYS_KNOWN)
def test_an_import_is_found_whatever_stands_beside_it(cell, tmp_path):
    needs = needs_of(source_of(tmp_path / "page.md", page(cell)), tmp_path)
    assert any(path.match("worlds/bar.py") for path in needs.modules)


@pytest.mark.parametrize(("cell", "said"), OPAQUE.items())
def test_what_nobody_can_follow_depends_on_everything_and_is_named(cell, said, tmp_path):
    (tmp_path / "data.csv").write_text("x\n")
    (tmp_path / "_build").mkdir()
    (tmp_path / "_build" / "made.csv").write_text("x\n")
    needs = needs_of(source_of(tmp_path / "page.md", page("x = 1", cell)), tmp_path)
    assert needs.opaque.startswith("cell 2: ")
    assert said in needs.opaque
    assert any(path.match("worlds/bar.py") for path in needs.modules)
    assert tmp_path / "data.csv" in needs.data
    assert not any("_build" in path.parts for path in needs.data)


@pytest.mark.parametrize("cell", CLEAR)
def test_what_is_clear_depends_on_nothing_more(cell, tmp_path):
    (tmp_path / "data.csv").write_text("x\n")
    needs = needs_of(source_of(tmp_path / "page.md", page(cell)), tmp_path)
    assert (needs.modules, needs.data, needs.opaque) == ((), (), "")


def test_python_stays_as_it_is_written():
    text = "a = 7\nb = (a\n     % 3)\n"
    assert python_of(text) == text
    assert read(text).python == (text,)


def test_a_notebook_is_a_page_like_any_other(tmp_path):
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "# One"},
        {
            "cell_type": "code",
            "metadata": {},
            "source": [IMPORT, "Bar()"],
            "outputs": [],
            "execution_count": None,
        },
    ]
    kernel = {"name": "python3", "display_name": "Python 3"}
    notebook = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4}
    text = json.dumps(notebook | {"nbformat_minor": 4})
    source = source_of(tmp_path / "nb.ipynb", text)
    assert any(path.match("worlds/bar.py") for path in needs_of(source, tmp_path).modules)
    written = json.loads(stamped(text, source, "a-stamp"))
    assert written["metadata"]["kernelspec"]["code_hash"] == "a-stamp"
    assert written["cells"] == cells


def test_a_loaded_script_is_read_and_depended_on(tmp_path):
    (tmp_path / "script.py").write_text(IMPORT)
    source = source_of(tmp_path / "page.md", page(":load: script.py"))
    needs = needs_of(source, tmp_path)
    assert needs.data == (tmp_path / "script.py",)
    assert any(path.match("worlds/bar.py") for path in needs.modules)


def test_a_loaded_script_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ExtensionError, match=r"page\.md cannot be read.*nowhere\.py"):
        source_of(tmp_path / "page.md", page(":load: nowhere.py"))


def test_data_of_the_front_matter_are_files_beside_the_page(tmp_path):
    (tmp_path / "one.csv").write_text("x\n")
    (tmp_path / "many").mkdir()
    (tmp_path / "many" / "two.csv").write_text("x\n")
    text = page("x = 1", front="data: [one.csv, many]\n")
    found = needs_of(source_of(tmp_path / "page.md", text), tmp_path).data
    assert found == (tmp_path / "many" / "two.csv", tmp_path / "one.csv")
    text = page("x = 1", front="data: three.csv\n")
    with pytest.raises(ExtensionError, match=r"page\.md: data: there is no file three\.csv"):
        needs_of(source_of(tmp_path / "page.md", text), tmp_path)


def test_the_page_that_is_forced_is_named_by_its_file(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "one.md").touch()
    assert page_named(tmp_path, "book/one.md") == page_named(tmp_path, "book/one") == "book/one"
    with pytest.raises(NoPageError, match=r"PAGE=book/two.md: there is no such page"):
        page_named(tmp_path, "book/two.md")


LISTENS = """
import importlib, os, sqlite3
from pathlib import Path
from bookkit.execution.opened import load_ipython_extension
load_ipython_extension(None)
"""


def heard(project: Path, code: str) -> dict[str, str]:
    """Run code in a process that listens, and give what it noted."""
    target = project / "_build" / "heard"
    target.parent.mkdir(exist_ok=True)
    subprocess.run(
        [sys.executable, "-c", LISTENS + code],
        cwd=project,
        env=os.environ | {FILE: str(target), PROJECT: str(project)},
        check=True,
    )
    lines = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert lines[0] == {"executed": True}
    assert not [line for line in lines if "fault" in line]
    return {line["file"]: line["digest"] for line in lines if "file" in line}


def test_a_kernel_notes_what_it_reads_lists_and_does_not_find(tmp_path):
    (tmp_path / "read.txt").write_text("a")
    (tmp_path / "listed").mkdir()
    sqlite3.connect(tmp_path / "base.db").close()
    (tmp_path / "base.db").write_bytes(b"")
    code = (
        "open('read.txt').read()\nlist(Path('listed').iterdir())\n"
        "sqlite3.connect('base.db').close()\n"
        "try:\n    open('missing.txt')\nexcept FileNotFoundError:\n    pass\n"
        "open('written.txt', 'w').write('b')\nopen(os.devnull).read()\n"
        "open('_build/made', 'w').close(); open('_build/made').read()\n"
    )
    found = heard(tmp_path, code)
    names = {Path(name).name for name in found}
    assert names == {"read.txt", "listed", "base.db", "missing.txt"}
    assert found[str(tmp_path / "read.txt")] == digest(tmp_path / "read.txt")
    assert found[str(tmp_path / "missing.txt")] == ABSENT


def test_a_kernel_does_not_note_what_imports_and_recorded_runs_open(tmp_path):
    (tmp_path / "part.py").write_text("VALUE = 1\n")
    room = tmp_path / "bigcurves" / "running"
    room.mkdir(parents=True)
    (room / "record.py").write_text("def read(path):\n    return open(path).read()\n")
    code = (
        "import sys; sys.path.insert(0, '.')\nimport part\n"
        "from importlib.util import spec_from_file_location, module_from_spec\n"
        "spec = spec_from_file_location('record', 'bigcurves/running/record.py')\n"
        "made = module_from_spec(spec); spec.loader.exec_module(made)\nmade.read('part.py')\n"
    )
    assert heard(tmp_path, code) == {}


def test_a_stamp_is_given_again_only_while_all_that_was_opened_is_the_same(tmp_path):
    data = tmp_path / "data.csv"
    data.write_text("1")
    notes = Noticed(tmp_path / "noticed", "book/one")

    def executed(key):
        stamp = notes.begin(key)
        line = {"file": str(data), "digest": digest(data)}
        notes.heard.write_text(json.dumps({"executed": True}) + "\n" + json.dumps(line) + "\n")
        notes.end(key, stamp)
        return stamp

    first = executed("key")
    assert notes.begin("key") == first
    assert notes.begin("another key") != first
    data.write_text("2")
    second = notes.begin("key")
    assert second != first
    data.write_text("1")
    assert notes.begin("key") == first
    notes.forget()
    assert notes.begin("key") != first


def test_an_execution_without_notes_is_never_served(tmp_path):
    notes = Noticed(tmp_path / "noticed", "book/one")
    first = notes.begin("key")
    notes.end("key", first)  # no kernel wrote: it was killed, or never began
    assert notes.begin("key") != first
    notes.heard.write_text('{"executed": true}\n{"file": "cut o')
    notes.end("key", first)
    assert notes.begin("key") != first


def test_a_file_is_signed_by_its_entry_and_its_content(tmp_path):
    path = tmp_path / "one"
    path.write_text("a")
    old = path.stat().st_ctime
    signed = sign(path, old + 1)
    assert signed.seen == seen_of(path)
    young = sign(path, old - 1)
    assert (young.seen, young.digest) == ((), "")  # it may have changed after it was read
    known = sign(path, old - 1, digest(path))
    assert known.seen == seen_of(path)
    assert sign(path, old - 1, "another").seen == ()


def test_what_a_build_makes_is_no_source(tmp_path):
    assert is_source(tmp_path / "book" / "one.md", tmp_path)
    for name in ("_build/x", ".git/x", "code/web/node_modules/x", "record/x", "__pycache__/x"):
        assert not is_source(tmp_path / name, tmp_path), name
    assert not is_source(tmp_path.parent / "x", tmp_path)
