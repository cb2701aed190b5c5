"""What a run can reach of a module: claims and idle imports go, and nothing else does."""

import ast

import pytest

from bigcurves.provenance.used import ABOUT_RUNS, only_used

EXPERIMENT = """
from lab.claim import Claim
from lab.worlds import Ring, Line
import numpy
SCALE = 2.0
LIMIT = 0.5
class Settings: pass
def shared(x): return SCALE * x
def inner(x): return x > LIMIT
def figure(x): return inner(shared(x))
def idle(x): return x
def run(settings, seed): return shared(Ring(seed))
CLAIMS = Claim(figure)
"""


def names_left(text: str, *used: str) -> set[str]:
    """List what a module still defines and imports."""
    found = set()
    for line in only_used(ast.parse(text).body, used):
        if isinstance(line, ast.Import | ast.ImportFrom):
            found |= {alias.asname or alias.name for alias in line.names}
        elif isinstance(line, ast.Assign):
            found.add(ast.unparse(line.targets[0]))
        elif isinstance(line, ast.FunctionDef | ast.ClassDef):
            found.add(line.name)
    return found


REACHED = {"Ring", "numpy", "SCALE", "Settings", "shared", "idle", "run"}


def test_claims_go_with_what_only_they_use() -> None:
    assert names_left(EXPERIMENT) == REACHED


@pytest.mark.parametrize(
    ("used", "more"),
    [
        ("inner", {"inner", "LIMIT"}),
        ("figure", {"figure", "inner", "LIMIT"}),
        ("Line", {"Line"}),  # a name that this module merely passes on
        ("Claim", {"Claim"}),
    ],
)
def test_a_name_that_others_take_stays_with_all_that_it_uses(used: str, more: set[str]) -> None:
    assert names_left(EXPERIMENT, used) == REACHED | more


def test_where_others_may_take_any_name_all_but_the_claims_stays() -> None:
    whole = REACHED | {"Claim", "Line", "LIMIT", "inner", "figure"}
    assert names_left(EXPERIMENT, "*") == whole


@pytest.mark.parametrize("name", sorted(ABOUT_RUNS))
def test_each_word_about_runs_goes_with_its_helpers(name: str) -> None:
    text = f"BOUND = 1e-9\nOTHER = 1\ndef run(settings, seed): return OTHER\n{name} = [BOUND]"
    assert names_left(text) == {"OTHER", "run"}
    assert names_left(text.replace(name, "LEVELS")) == {"BOUND", "OTHER", "run", "LEVELS"}


@pytest.mark.parametrize("name", sorted(ABOUT_RUNS))
def test_a_word_about_runs_that_the_run_reads_stays_with_all_that_it_uses(name: str) -> None:
    text = f"BOUND = 1\ndef factor(): return {name}\ndef run(settings, seed): return factor()"
    text += f"\n{name} = [BOUND]"
    assert names_left(text) == names_left(text, "*") == {"BOUND", "factor", "run", name}
    idle = text.replace("return factor()", "return 0")
    assert names_left(idle) == {"factor", "run"}, "what reads it is not reached"
    for taken in (name, "factor"):
        assert names_left(idle, taken) == {"BOUND", "factor", "run", name}
    assert names_left(f"{idle}\nprint({name})") == {"BOUND", "factor", "run", name}


def test_a_claim_may_read_how_its_columns_repeat() -> None:
    text = "REPEATS = {'a': 1}\ndef figure(rows): return REPEATS\nCLAIMS = [figure]"
    assert names_left(f"{text}\ndef run(settings, seed): return 0") == {"run"}


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("REPEATS, SCALE = {'a': 1}, 2.0", "(REPEATS, SCALE)"),
        ("REPEATS = SCALE = 2.0", "REPEATS"),
        ("from lab import REPEATS, SCALE", "SCALE"),
    ],
)
def test_what_shares_a_line_with_a_word_about_runs_stays(line: str, left: str) -> None:
    text = f"{line}\nCLAIMS = [SCALE]\ndef run(settings, seed): return SCALE"
    assert names_left(text) == {left, "run"}


def test_a_declaration_stays_though_only_a_claim_reads_it() -> None:
    """The run may open the file by another way: its key must know it."""
    text = (
        "DEPENDS_ON = {'files': ['a.csv']}\ndef figure(run): return DEPENDS_ON\nCLAIMS = [figure]"
    )
    assert names_left(text) == {"DEPENDS_ON"}


def test_a_module_without_claims_keeps_every_definition() -> None:
    text = "A = 1\ndef b(): return c\nclass C: pass"
    assert names_left(text) == {"A", "b", "C"}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("from lab import a, b\na()", {"a"}),
        ("from lab import a as b\na()", set()),
        ("from lab import a as b\nb.c()", {"b"}),
        ("from lab import *", {"*"}),
        ("import lab", {"lab"}),  # importing it may do something by itself
        ("from lab import a\ndef f():\n    return [a for _ in 'xy']", {"a", "f"}),
        ("from lab import a, b\nclass C:\n    x: 'list[a]'", {"a", "C"}),
        ("from lab import a, b, c\n@wrap\ndef f(x: 'a') -> 'list[b]': pass", {"a", "b", "f"}),
        ("from lab import a, b\n@wrap\nasync def f(*x: 'a', y='b'): pass", {"a"}),
    ],
)
def test_imported_names_that_nothing_reads_go(text: str, left: set[str]) -> None:
    assert names_left(text) == left


def test_a_line_that_does_something_keeps_what_it_uses() -> None:
    """Though a claim uses it too: the line is executed with the module."""
    text = "def helper(): pass\ndef other(): pass\nCLAIMS = [helper, other]\nhelper()"
    assert names_left(text) == {"helper"}
