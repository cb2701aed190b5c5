"""Every exercise's solution is run by the build, and its chapter says what it must find."""

import re
from ast import literal_eval
from importlib import import_module
from importlib.util import find_spec
from inspect import getmembers, isfunction

import pytest
from tests.conftest import ROOT
from tests.contracts.showing import NAMES, page_of

from bookkit.execution.numbers import numbers_on_pages

CHAPTERS = pytest.mark.parametrize("name", NAMES)
START = re.compile(r"\{exercise(?:-start)?\}[^\n]*\n((?::[\w-]+:[^\n]*\n)*)")
SOLUTION = re.compile(r"\{solution-start\} ([\w-]+)\n(.*?)\{solution-end\}", re.S)
GRADES = ("worked", "blank", "free")


def exercises_on(page):
    """List the exercises of a page, each with its label and its grade."""
    for options in START.findall(page.read_text("utf-8")):
        found = dict(re.findall(r":([\w-]+): *([^\n]*)", options))
        yield found.get("label", ""), found.get("class", "")


def checks_of(name):
    """Map the labels of a chapter's exercises to the functions that hold their solutions."""
    module = f"bigcurves.chapters.{name}.exercises"
    found = getmembers(import_module(module), isfunction) if find_spec(module) else []
    own = {each: check for each, check in found if check.__module__ == module}
    return {f"ex-{each.replace('_', '-')}": check for each, check in own.items() if each[0] != "_"}


def test_a_page_with_exercises_is_a_chapter():
    chapters = {page_of(name) for name in NAMES}
    pages = {page for page in (ROOT / "book").rglob("*.md") if list(exercises_on(page))}
    assert pages <= chapters


@CHAPTERS
def test_exercises_grow_from_a_worked_one_to_a_free_one(name):
    grades = [grade for _, grade in exercises_on(page_of(name))]
    wanted = f"exercises need each of the grades {', '.join(GRADES)}, in this order"
    assert sorted(grades, key=GRADES.index) == grades, wanted
    assert set(grades) in (set(), set(GRADES)), wanted


@CHAPTERS
def test_each_exercise_has_a_solution_that_hands_over_its_result_and_is_held(name):
    solutions = dict(SOLUTION.findall(page_of(name).read_text("utf-8")))
    labels = sorted(label for label, _ in exercises_on(page_of(name)))
    assert labels == sorted(solutions) == sorted(checks_of(name))
    for label, solution in solutions.items():
        assert f'glue("{label}",' in solution, f"{label}: glue what the solution found"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "label"), [(name, label) for name in NAMES for label in checks_of(name)]
)
def test_a_solution_finds_what_it_must(name, label):
    executed = ROOT / "_build" / "jupyter_execute"
    if not executed.is_dir():
        pytest.skip("the book is not built: run `make book` first")
    page = page_of(name).relative_to(ROOT).with_suffix("").as_posix()
    found = numbers_on_pages(executed)[page][label]
    assert checks_of(name)[label](literal_eval(found)) is True, f"{label} found {found}"
