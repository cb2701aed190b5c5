"""How a figure is made: the call in its cell leads to the functions that drew it, and no others."""

import pytest

from bookkit.charts.made import pages_made, pieces_behind

FILES = {
    "lab/__init__.py": "",
    "lab/charts/__init__.py": "",
    "lab/charts/rise.py": """
def rise_chart(rows, *, description):
    return _line(rows), description


def describe_rise(rows):
    return "It rises."


def _line(rows):
    return rows
""",
    "lab/tables.py": """
from functools import cached_property


class Tables:
    @cached_property
    def rows(self):
        return doubled(self.seeds)

    def unused(self):
        return 0


def doubled(values):
    return [2 * value for value in values]
""",
    "lab/figures.py": '''
import math

from lab.charts import rise
from lab.tables import Tables, doubled


class Page(Tables):
    def __init__(self, seeds):
        self.seeds = seeds

    def rise(self):
        """Draw the rise."""
        rows = _shifted(doubled(self.rows))
        return rise.rise_chart(rows, description=rise.describe_rise(rows))

    def other(self):
        return math.pi


def page(seeds):
    return Page(seeds)


def _shifted(rows):
    return [row + 1 for row in rows]
''',
}


@pytest.fixture
def lab(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text.lstrip())
    return tmp_path


def first_lines(pieces):
    return {(piece.file.as_posix(), piece.source.splitlines()[0]) for piece in pieces}


def test_a_cell_names_the_page_and_its_file(lab):
    imports = {}
    assert pages_made("from lab import figures\n", imports, lab) == {}
    found = pages_made("page = figures.page(seeds=range(3))\nother = 2\n", imports, lab)
    assert found == {"page": lab / "lab" / "figures.py"}
    assert pages_made("page = elsewhere.page()\n", imports, lab) == {}
    assert pages_made("page = (\n", imports, lab) == {}


def test_a_figures_call_leads_to_all_functions_behind_it_and_to_no_others(lab):
    pages = {"page": lab / "lab" / "figures.py"}
    assert first_lines(pieces_behind("page.rise()\n", pages, lab)) == {
        ("lab/figures.py", "def rise(self):"),
        ("lab/figures.py", "def _shifted(rows):"),
        ("lab/tables.py", "@cached_property"),
        ("lab/tables.py", "def doubled(values):"),
        ("lab/charts/rise.py", "def rise_chart(rows, *, description):"),
    }
    (method, *_) = pieces_behind("page.rise()\n", pages, lab)
    assert '    """Draw the rise."""' in method.source.splitlines(), "moved to the left edge"
    assert first_lines(pieces_behind("page.other()", pages, lab)) == {
        ("lab/figures.py", "def other(self):")
    }


@pytest.mark.parametrize("code", ["page.absent()", "1 + 1", "page.rise", "else:", "lamp.rise()"])
def test_other_cells_lead_nowhere(lab, code):
    assert pieces_behind(code, {"page": lab / "lab" / "figures.py"}, lab) == []


def test_what_is_shown_is_what_the_file_holds_now(lab):
    path = lab / "lab" / "tables.py"
    path.write_text(path.read_text().replace("2 * value", "3 * value"))
    pieces = pieces_behind("page.rise()", {"page": lab / "lab" / "figures.py"}, lab)
    assert any("3 * value" in piece.source for piece in pieces)
