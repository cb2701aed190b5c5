"""The build tells the truth: what it executes, what it keeps, and how it fails."""

import re

import pytest
from tests.patience import BUILD_SECONDS

CELL = "\n```{code-cell} ipython3\n"
WORLD = '"""A world for this test."""\n\nVALUE = 7\n'
# Each run leaves another number, so a page that ran again can be told from one that did not.
STAMP = "import time\nfrom myst_nb import glue\nglue('run', time.time_ns(), display=False)\n"
HEAD = "import altair as alt\nimport pandas as pd\nimport bigcurves.plotting\n"
TABLE = "t = pd.DataFrame({'x': [1, 2], 'y': [3, 4]})\n"
LINE = "alt.Chart(t, description='A rise.').mark_line().encode(x='x:Q', y='y:Q')"
DRAG = ".properties(usermeta={'drag': [{'x': 'gone'}]})\n"


def chart_page(title, code):
    return f"# {title}\n{CELL}{HEAD}{TABLE}```\n{CELL}{code}\n```\n"


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", html))


def main_text(html: str) -> str:
    return text_of(re.findall(r"<article.*?</article>", html, re.S)[0])


@pytest.mark.quick
def test_the_pages_follow_the_package_and_nothing_else_runs(book):
    book.module("worlds/here.py", WORLD)
    book.module("worlds/there.py", WORLD.replace("7", "1"))
    exports = "from .here import VALUE as HERE\nfrom .there import VALUE as THERE\n"
    book.module("worlds/__init__.py", f'"""Worlds."""\n\n{exports}')
    for name in ("here", "there"):
        import_line = f"from bigcurves.worlds import {name.upper()}\n"
        glue = f"glue('value', {name.upper()}, display=False)\n"
        shown = "```\n\nThe value is {glue:text}`value`. Run {glue:text}`run`.\n"
        book.page(name, f"# {name}\n{CELL}{import_line}{STAMP}{glue}{shown}")
    book.contents(["here", "there"])
    built = book.build()
    assert built.returncode == 0, built.stderr
    before = {name: main_text(book.html(name)) for name in ("here", "there")}
    assert "The value is 7." in before["here"]

    book.module("worlds/here.py", WORLD.replace("7", "8"))
    assert book.build().returncode == 0
    assert "The value is 8." in main_text(book.html("here"))
    assert main_text(book.html("there")) == before["there"]


FAULTS = {
    "raises": (
        f"# Raises\n{CELL}first = 1\n```\n{CELL}raise ValueError('no such world')\n```\n",
        "book/raises.md, cell 2: ValueError: no such world",
    ),
    "slow": (
        f"# Slow\n{CELL}import time\ntime.sleep({10 * BUILD_SECONDS})\n```\n",
        "book/slow.md, cell 1: took longer than 1 s",
    ),
    "reference": ("# Reference\n\nSee {ref}`nowhere`.\n", "nowhere"),
    "citation": ("# Citation\n\nSee {cite:t}`nobody1999`.\n", "nobody1999"),
    "silent": (
        chart_page("Silent", LINE.replace("description='A rise.'", "")),
        "cell 2: the chart has no description",
    ),
    "named": (
        chart_page(
            "Named",
            f"p = alt.param(name='width', value=1, bind=alt.binding_range(min=0, max=2))\n"
            f"{LINE}.add_params(p)",
        ),
        "cell 2: the chart cannot be shown: a parameter may not be named 'width'",
    ),
    "unpaired": (chart_page("Unpaired", LINE + DRAG), "cell 2: the chart cannot be shown: a drag"),
    "crowded": (
        chart_page("Crowded", "alt.Chart(pd.DataFrame({'x': range(100_000)})).mark_point()"),
        "cell 2: ValueError: a chart may draw at most 20000 rows, got 100000: aggregate or thin",
    ),
    "odd": (
        chart_page("Odd", "alt.Chart(t, mark='squiggle', description='No.').encode(x='x:Q')"),
        "squiggle",
    ),
    "formula": ("# Formula\n\nHere $\\frac{1$ fails.\n", "the formula '\\\\frac{1' cannot be set"),
    "script": (
        "# Script\n\n```{raw} html\n<script>alert(1)</script>\n```\n",
        "an inline script would be refused",
    ),
    "foreign": (
        '# Foreign\n\n```{raw} html\n<img src="https://example.org/a.png" alt="">\n```\n',
        "a page may load nothing from another host",
    ),
    "warns": (
        f"# Warns\n{CELL}import warnings\nwarnings.warn('stale')\n```\n",
        "stderr",
    ),
}


def test_every_fault_is_named_and_stays_until_it_is_mended(book):
    for name, (text, _) in FAULTS.items():
        book.page(name, text, cells="code-cell" in text)
    slow = book.root / "book" / "slow.md"  # the one page whose cells may take so little
    limit = "---\nexecution: {timeout: 1}\n"
    slow.write_text(slow.read_text("utf-8").replace("---\n", limit, 1), "utf-8")
    book.page("fine", "# Fine\n\n```{bibliography}\n```\n", cells=False)
    book.contents(["fine", *FAULTS])
    for attempt in ("first", "second"):
        built = book.build()
        assert built.returncode == 1, attempt
        for name, (_, message) in FAULTS.items():
            lines = [line for line in built.stderr.splitlines() if f"book/{name}" in line]
            assert any(message in line for line in lines), (attempt, name, built.stderr)
    for name in FAULTS:
        book.page(name, f"# {name}\n\nMended.\n", cells=False)
    mended = book.build()
    assert mended.returncode == 0, mended.stderr


def test_an_edited_script_or_style_reaches_the_site_though_no_page_changes(book):
    book.page("one", "# One\n", cells=False)
    book.contents(["one"])
    assert book.build().returncode == 0
    with (book.root / "code" / "web" / "early.js").open("a", encoding="utf-8") as script:
        script.write('\ndocument.documentElement.dataset.mark = "edited";\n')
    assert book.build().returncode == 0
    static = book.root / "_build" / "html" / "_static"
    assert '"edited"' in (static / "early.js").read_text("utf-8")


def test_cells_without_a_kernel_are_a_fault(book):
    book.page("mute", f"# Mute\n{CELL}1 + 1\n```\n", cells=False)
    book.contents(["mute"])
    built = book.build()
    assert built.returncode == 1
    assert "book/mute.md has code cells but no kernelspec" in built.stderr


def test_an_interrupted_build_hides_no_fault(book):
    book.page("start", "# Start\n\nSee {ref}`nowhere`.\n", cells=False)
    book.contents(["start"])
    assert book.build().returncode == 1
    # What a kill leaves behind: the pages were read, the end of the build never came.
    (book.root / "_build" / ".doctrees" / "warned.json").write_text('["*"]', "utf-8")
    assert book.build().returncode == 1


def test_glued_numbers_work_inside_captions(book):
    caption = "caption: |\n      Half of it: {glue:text}`half:.2f`.\n"
    figure = f"---\nmystnb:\n  figure:\n    name: fig-one\n    {caption}---\n"
    image = "from IPython.display import SVG\nSVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>')\n"
    glue = "from myst_nb import glue\nglue('half', 0.5, display=False)\n"
    page = f"# Caption\n{CELL}{glue}```\n{CELL}{figure}{image}```\n\nSee {{numref}}`fig-one`.\n"
    book.page("caption", page)
    book.contents(["caption"])
    built = book.build()
    assert built.returncode == 0, built.stderr
    assert "Half of it: 0.50." in text_of(book.html("caption"))


def test_two_clean_builds_are_the_same_to_the_byte(book):
    book.page("first", f"# First\n{CELL}print(sum(range(10)))\n```\n")
    book.page("second", "# Second\n\n$x^2$\n", cells=False)
    book.contents(["first", "second"])
    sites = []
    for _ in range(2):
        assert book.build().returncode == 0
        html = book.root / "_build" / "html"
        sites.append({p.relative_to(html): p.read_bytes() for p in html.rglob("*") if p.is_file()})
        book.clean()
    assert sites[0].keys() == sites[1].keys()
    assert [path for path in sites[0] if sites[0][path] != sites[1][path]] == []
