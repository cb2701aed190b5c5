"""What every chapter's `figures` promises: each number that its page names, and no other."""

import math
import re
from dataclasses import fields

import pytest
from tests.conftest import ROOT
from tests.contracts.showing import NAMES, figure_names, figures_of, page_of, shown

from bookkit.execution.cells import code_cells

CHAPTERS = pytest.mark.parametrize("name", NAMES)
ROLE = re.compile(r"\{glue(?::\w+)?\}`([^`]+)`")
OPTION = re.compile(r"^\s*:(?:answer|interval|truth):\s*(\S+)", re.M)
ENDS = ("low", "high", "interval")
GLUED = re.compile(r"""\bglue\(\s*["']([\w-]+)["']""")


def names_in(text):
    """List the glued names that a page's text asks for, as page (or nothing) and name."""
    for said in [*ROLE.findall(text), *OPTION.findall(text)]:
        page, _, name = said.rpartition("::")
        yield page, name.partition(":")[0]


def asked_of(page):
    """List the names that a page, or another one, asks of a page."""
    for path in sorted((ROOT / "book").rglob("*.md")):
        for other, name in names_in(path.read_text("utf-8")):
            owner = (path.parent / f"{other}.md").resolve() if other else path
            if owner == page:
                yield name


def given_by(numbers):
    """List the names that the fields of a page's numbers give."""
    for field in fields(numbers):
        yield field.name
        if "Interval" in str(field.type):
            yield from (f"{field.name}_{end}" for end in ENDS)


@CHAPTERS
def test_each_number_that_a_text_names_is_a_field_and_each_field_is_named(name):
    page = page_of(name)
    in_cells = set(GLUED.findall(page.read_text("utf-8")))
    asked = set(asked_of(page)) - in_cells
    given = set(given_by(figures_of(name).Numbers))
    assert asked <= given, f"{page.name} names what nothing glues"
    fit = {re.sub(f"_({'|'.join(ENDS)})$", "", each) for each in asked} | {"results"}
    unnamed = {each.name for each in fields(figures_of(name).Numbers)} - asked - fit
    assert unnamed == set(), "a field that no text names"


@CHAPTERS
def test_the_numbers_are_plain_and_finite_and_their_intervals_hold_their_means(name):
    numbers = shown(name)[0].numbers
    for field in fields(numbers):
        value = getattr(numbers, field.name)
        if "Interval" in str(field.type):
            assert value.low <= value.mean <= value.high, field.name
        else:
            assert plain(value), f"{field.name} is {value!r}"


def plain(value):
    """Tell whether a value is what its text says, in any process: no array, no NaN."""
    if isinstance(value, dict):
        return all(plain(each) for pair in value.items() for each in pair)
    if isinstance(value, list | tuple):
        return all(map(plain, value))
    return type(value) in (int, str, bool) or (type(value) is float and not math.isnan(value))


@CHAPTERS
def test_a_page_draws_each_figure_and_keeps_nothing_backstage(name):
    text = page_of(name).read_text("utf-8")
    called = set()
    for cell in code_cells(text):
        assert "remove-" not in cell.options, f"line {cell.line}"
        if "figure:" in cell.options:
            lines = [line for line in cell.code.splitlines() if line.strip()]
            assert len(lines) <= 3, f"line {cell.line}"
            called |= set(re.findall(r"\bpage\.(\w+)\(", cell.code))
    assert called == set(figure_names(name))
