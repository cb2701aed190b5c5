"""A page depends on the record of its runs, and says at its foot where its numbers come from."""

import json
import lzma
import re
import shutil

import pytest
from tests.conftest import ROOT

from bigcurves.running.record import Run, read, write

PAGE = """# Bows

```{code-cell} ipython3
from myst_nb import glue
from bigcurves.running import runs
from bigcurves.chapters.manifold.morphing import sagitta

table = runs.run(sagitta, seeds=range(2))
glue("mean", float(table["deviation"].mean()), display=False)
```

The mean is {glue:text}`mean:.3f`.
"""


@pytest.fixture
def recorded_book(book):
    book.page("bows", PAGE)
    book.page("plain", "# Plain\n", cells=False)
    book.contents(["plain", "bows"])
    (book.root / "record").unlink()  # the book's own, of which nothing is changed here
    (book.root / "record").mkdir()
    for name in ("sagitta.jsonl.xz", "index.csv"):
        shutil.copy(ROOT / "record" / name, book.root / "record")
    return book


def foot(html):
    found = re.search(r'<p class="numbers-from">(.*?)</p>', html, re.DOTALL)
    return found[1] if found else ""


def mean_of(html):
    return re.search(r"The mean is .*?([\d.]+)<", html)[1]


def test_a_page_reads_the_record_follows_it_and_says_so(recorded_book, monkeypatch):
    book = recorded_book
    monkeypatch.setenv("RECORDED", "1")
    built = book.build()
    assert built.returncode == 0, built.stderr
    assert "Runs     2 read, none made" in built.stdout
    assert not (book.root / "_build" / "runs").exists()
    told = foot(book.html("bows"))
    assert re.search(r"runs recorded on 20\d\d-\d\d-\d\d with Python 3\.\d+\.\d+, numpy \d", told)
    assert told.endswith("to repeat them: <code>python -m bigcurves verify sagitta</code>")
    assert foot(book.html("plain")) == ""

    path = book.root / "record" / "sagitta.jsonl.xz"
    forged = []
    for run in read(path):
        rows = [row | {"deviation": 7.5} for row in run.rows]
        body = "".join(json.dumps(row) + "\n" for row in rows).encode()
        forged.append(Run(key=run.key, settings=run.settings, seed=run.seed, body=body))
    path.write_bytes(lzma.compress(write("sagitta", forged)))
    assert book.build().returncode == 0
    assert mean_of(book.html("bows")) == "7.500"


def test_what_is_not_recorded_is_told_and_made(recorded_book, monkeypatch):
    book = recorded_book
    path = book.root / "record" / "sagitta.jsonl.xz"
    path.write_bytes(path.read_bytes()[:-20])
    built = book.build()
    assert built.returncode == 0, built.stderr
    assert built.stderr.count("sagitta.jsonl.xz is damaged") == 1
    assert "restore it with git, or run `make record`" in built.stderr
    assert "Runs     0 read, 2 made (sagitta 2)" in built.stdout
    monkeypatch.setenv("RECORDED", "1")
    book.page("bows", PAGE.replace("range(2)", "range(3)"))
    built = book.build()
    assert built.returncode == 1
    assert "Not every run is recorded: run `make record`" in built.stderr


def test_runs_of_older_code_are_told_of(recorded_book):
    book = recorded_book
    chapters = book.root / "code" / "bigcurves" / "chapters"
    module = chapters / "manifold" / "morphing" / "sagitta.py"
    text = module.read_text("utf-8")
    assert text.count("rows = []") or text.count("def run(")
    module.write_text(text.replace("def run(", "OTHER = 1\n\n\ndef run(", 1), "utf-8")
    built = book.build()
    assert built.returncode == 0, built.stderr
    assert "has 2 seeds from other code than today's" in built.stderr
    assert re.match(
        r"\d+ runs were recorded with older code, and are made anew\. The numbers",
        foot(book.html("bows")),
    )


def test_without_an_index_the_line_says_less_and_the_page_is_built(recorded_book):
    book = recorded_book
    index = book.root / "record" / "index.csv"
    index.write_text("<<<<<<< ours\n" + index.read_text("utf-8"), "utf-8")
    built = book.build()
    assert built.returncode == 0, built.stderr
    assert foot(book.html("bows")).startswith(
        "The numbers on this page come from runs recorded; to repeat them: <code>"
    )
