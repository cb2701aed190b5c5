"""No page is stale: whatever it depends on, the next build shows it, and runs nothing else."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import KERNEL, Book, set_back
from tests.patience import BUILD_SECONDS

# Each run leaves another number, so a page that ran again can be told from one that did not.
RUN = "import time\nprint('run', time.time_ns())\n"


def page(*cells: str, front: str = "") -> str:
    return front + "# A page\n" + "".join(f"\n```{{code-cell}}\n{cell}\n```\n" for cell in cells)


def notebook(code: str) -> str:
    title = {"cell_type": "markdown", "metadata": {}, "source": "# A notebook"}
    cell = {"cell_type": "code", "metadata": {}, "source": code, "outputs": []}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps(
        {
            "cells": [title, cell | {"execution_count": None}],
            "metadata": {"kernelspec": kernel},
            "nbformat": 4,
            "nbformat_minor": 4,
        }
    )


def text_of(book: Book, name: str) -> str:
    return re.sub(r"<[^>]*>", "", book.html(name))


def write_as_of_old(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    set_back(path)


SHOWS = "print('shown', value)\n" + RUN
PROBE = "from bigcurves.probe import value\n"
OLDER = "from bigcurves.older import value\n"
PAGES = {
    "shell": page(PROBE + SHOWS, "files = !ls /"),
    "cell-magic": page("%%bash\nls / > /dev/null", PROBE + SHOWS),
    "help": page(PROBE + SHOWS, "value?"),
    "timed": page(PROBE + "if True:\n    %time value\n" + SHOWS),
    "older": page(OLDER + SHOWS),
    "reads": page("value = open('data.csv').read().strip()\n" + SHOWS),
    "lists": page("from pathlib import Path\nvalue = len(list(Path('many').iterdir()))\n" + SHOWS),
    "misses": page(
        "from pathlib import Path\ntry:\n    value = Path('late.txt').read_text()\n"
        "except FileNotFoundError:\n    value = 1\n" + SHOWS
    ),
    "loads": page(":load: script.py"),
    "dynamic": page(
        "from importlib import import_module\nvalue = import_module('bigcurves.probe').value\n"
        + SHOWS
    ),
    "alone": page("value = 1\n" + SHOWS),
}
DECLARED = page(
    "import subprocess  # reads below Python, where nobody hears of it\n"
    "value = subprocess.check_output(['cat', 'declared.csv'], text=True).strip()\n" + SHOWS
)


@pytest.fixture
def pages(book: Book) -> Book:
    for name, text in PAGES.items():
        book.page(name, text)
    folder = book.root / "book"
    front = KERNEL.replace("---\n", "---\ndata: declared.csv\n", 1)
    (folder / "declared.md").write_text(front + DECLARED, "utf-8")
    (folder / "nb.ipynb").write_text(notebook(PROBE + SHOWS), "utf-8")
    (folder / "many").mkdir()
    (folder / "many" / "one").touch()
    set_all(book, "1")
    book.contents([*PAGES, "declared", "nb"])
    return book


def set_all(book: Book, value: str) -> None:
    """Give every file that a page depends on this value."""
    book.module("probe.py", f"value = {value}\n")
    write_as_of_old(book.root / "code" / "bigcurves" / "older.py", f"value = {value}\n")
    for name in ("data.csv", "declared.csv"):
        (book.root / "book" / name).write_text(value, "utf-8")
    (book.root / "book" / "script.py").write_text(f"value = {value}\n{SHOWS}", "utf-8")


def test_every_page_follows_what_it_depends_on_and_nothing_else_runs(pages):
    first = pages.build()
    assert first.returncode == 0, first.stderr
    names = [*PAGES, "declared", "nb"]
    before = {name: text_of(pages, name) for name in names}
    assert [name for name in names if "shown 1" not in before[name]] == []
    assert "shell.md, cell 2: it runs a shell command, !ls /" in first.stderr

    again = pages.build()
    assert again.returncode == 0
    assert {name: text_of(pages, name) for name in names} == before

    set_all(pages, "2")
    (pages.root / "book" / "many" / "two").touch()
    (pages.root / "book" / "late.txt").write_text("2", "utf-8")
    changed = pages.build()
    assert changed.returncode == 0, changed.stderr
    after = {name: text_of(pages, name) for name in names}
    assert [name for name in names if "shown 2" not in after[name]] == ["alone"]
    assert after["alone"] == before["alone"]

    # A page edited with an older time is read again; one that is forced runs again.
    older = KERNEL + PAGES["alone"].replace("# A page", "# Renamed")
    write_as_of_old(pages.root / "book" / "alone.md", older)
    forced = pages.build("--page", "book/reads.md")
    assert forced.returncode == 0, forced.stderr
    assert "Renamed" in text_of(pages, "alone")
    run = re.compile(r"run \d+")
    assert run.findall(text_of(pages, "alone")) == run.findall(before["alone"])
    assert run.findall(text_of(pages, "reads")) != run.findall(after["reads"])
    assert run.findall(text_of(pages, "lists")) == run.findall(after["lists"])


CHART = (
    "import altair as alt\nimport pandas as pd\nimport bigcurves.plotting\n"
    "alt.Chart(pd.DataFrame({'x': [1, 2]}), description='A line.').mark_line().encode(x='x:Q')"
)


def test_a_page_that_leaves_the_contents_leaves_the_site(book):
    book.page("start", page("1 + 1"))
    book.page("draft", page(CHART))
    book.contents(["start", "draft"])
    first = book.build()
    assert first.returncode == 0, first.stderr
    site = book.root / "_build" / "html"
    assert (site / "_static" / "notebooks" / "book" / "draft.ipynb").exists()
    (book.root / "book" / "draft.md").unlink()
    book.contents(["start"])
    second = book.build()
    assert second.returncode == 0, second.stderr
    left = [path for path in (book.root / "_build").rglob("draft*") if ".doctrees" not in str(path)]
    assert [path for path in left if ".jupyter_cache" not in path.parts] == []
    assert list((site / "_static" / "charts").rglob("*")) == []
    assert "draft" not in (site / "searchindex.js").read_text("utf-8")


def test_a_fault_in_a_notebook_names_the_notebook_and_its_cell(book):
    book.page("start", "# Start\n", cells=False)
    (book.root / "book" / "nb.ipynb").write_text(notebook("1 / 0"), "utf-8")
    book.contents(["start", "nb"])
    built = book.build()
    assert built.returncode == 1
    assert "book/nb.ipynb, cell 1: ZeroDivisionError" in built.stderr


def test_a_page_that_is_forced_and_is_not_there_is_named(book):
    book.page("start", "# Start\n", cells=False)
    book.contents(["start"])
    built = book.build("--page", "book/nowhere.md")
    assert built.returncode == 1
    assert "PAGE=book/nowhere.md: there is no such page" in built.stderr


def test_a_build_with_nothing_changed_does_not_begin_anew(book):
    book.page("start", "# Start\n", cells=False)
    book.contents(["start"])
    assert book.build().returncode == 0
    again = book.build()
    assert again.returncode == 0
    assert "Nothing has changed" in again.stdout
    (book.root / "_build" / "html" / "book" / "start.html").unlink()
    mended = book.build()
    assert "Nothing has changed" not in mended.stdout
    assert (book.root / "_build" / "html" / "book" / "start.html").exists()


def test_an_edit_of_prose_writes_its_own_page_alone(book):
    book.page("start", "# Start\n\nSee {cite:t}`narayanan2010`.\n", cells=False)
    book.page("words", "# Words\n\n```{bibliography}\n```\n", cells=False)
    book.contents(["start", "words"])
    first = book.build()
    assert "2 read anew, 0 executed, 2 written" in first.stdout, first.stderr
    book.page("start", "# Start\n\nOthers say so: {cite:t}`narayanan2010`.\n", cells=False)
    assert "1 read anew, 0 executed, 1 written" in book.build().stdout
    book.page("start", "# Begin\n\nOthers say so: {cite:t}`narayanan2010`.\n", cells=False)
    assert "1 read anew, 0 executed, 2 written" in book.build().stdout


FIGURE = """# A figure

```{{code-cell}}
from bigcurves.probe import most, value
from myst_nb import glue
glue("value", value, display=False)
glue("results", {{"it-holds": True}}, display=False)
```

It was said once{more}. It holds. {{claim}}`it-holds`

```{{code-cell}}
---
mystnb:
  figure:
    name: fig-line
    caption: A line. {caption}
---
import altair as alt
import pandas as pd
import bigcurves.plotting
k = alt.param(name="k", value=1, bind=alt.binding_range(min=1, max=most, step=1, name="k"))
chart = alt.Chart(pd.DataFrame({{"x": [1, 2, 3]}}), description="A line.").mark_point()
chart.add_params(k).transform_filter("datum.x >= k").encode(x="x:Q")
```
"""
CLAIMS = """# Claims

```{code-cell}
from myst_nb import glue
row = dict(figure=.9, low=.85, high=.95, threshold="at least 0.8", stands=True, command="run it")
row |= dict(claim="it-holds", sentence="It holds.", thread=1, chapter="figure")
glue("claims", [row], display=False)
```

```{claims-table}
```
"""
ASKS = """# Questions

Set {try}`k to 3 <figure::fig-line k=3>`.

:::{recall} one
:reread: top
:answer: figure::value
:tolerance: 0.1

How large is it?
:::

(top)=
## All of them

```{answers}
```
"""


def test_what_a_page_shows_of_another_is_written_again_where_it_has_moved_and_only_there(book):
    def figure(more="", caption="{claim}`it-holds`"):
        book.page("figure", FIGURE.format(more=more, caption=caption))

    def probe(value, most):
        book.module("probe.py", f"value, most = {value}, {most}\n")

    figure()
    probe(value=1.5, most=3)
    book.page("claims", CLAIMS)
    book.page("asks", ASKS, cells=False)
    book.contents(["figure", "claims", "asks"])
    first = book.build()
    assert "3 read anew, 2 executed, 3 written" in first.stdout, first.stderr
    figure(more=", and again")
    assert "1 read anew, 0 executed, 1 written" in book.build().stdout
    probe(value=2.5, most=3)  # a question's answer
    assert "1 read anew, 1 executed, 2 written" in book.build().stdout
    assert "2.5" in book.html("asks")
    assert "Figure in A figure" in book.html("claims")
    figure(caption="It holds.")  # the figure that a claim's row leads to; a caption is a label
    assert "1 read anew, 1 executed, 3 written" in book.build().stdout
    assert "Text of A figure" in book.html("claims")
    probe(value=2.5, most=2)  # a control that another page's phrase sets
    built = book.build()
    assert built.returncode == 1
    assert "asks.md" in built.stderr
    assert "k must be" in built.stderr
    probe(value=2.5, most=4)
    assert "1 executed, 2 written" in book.build().stdout
    book.page("claims", CLAIMS.replace("it-holds", "it-moves"))  # a sentence's claim is gone
    assert "1 read anew, 1 executed, 2 written" in book.build().stdout
    assert "#claim-it-holds" not in book.html("figure")


def test_a_check_of_the_links_hides_no_edit(book):
    page = "# Start\n\n```{code-cell}\nfrom bigcurves.probe import value\nprint(value)\n```\n"
    book.module("probe.py", "value = 1111\n")
    book.page("start", page)
    book.contents(["start"])
    assert book.build().returncode == 0
    book.module("probe.py", "value = 2222\n")
    checked = subprocess.run(
        [sys.executable, "-m", "bookkit", "links"],
        cwd=book.root,
        env=os.environ | {"PYTHONPATH": str(book.root / "code")},
        capture_output=True,
        text=True,
        timeout=BUILD_SECONDS,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
    assert book.build().returncode == 0
    assert "2222" in book.html("start")


def test_a_value_that_another_page_shows_is_written_again_there(book):
    cell = "```{{code-cell}}\nfrom myst_nb import glue\nglue('v', {v}, display=False)\n```\n"
    book.page("owner", f"# Owner\n\n{cell.format(v=1111)}")
    shows = "Here:\n\n```{glue:any} v\n:doc: owner.md\n```\n"
    book.page("shows", f"# Shows\n\n{shows}", cells=False)
    book.contents(["owner", "shows"])
    built = book.build()
    assert built.returncode == 0, built.stderr
    assert "1111" in book.html("shows")
    book.page("owner", f"# Owner\n\n{cell.format(v=2222)}")
    assert "1 executed, 2 written" in book.build().stdout
    assert "2222" in book.html("shows")
