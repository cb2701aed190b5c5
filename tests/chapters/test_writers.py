"""Wherever something is learned from some digits and asked of others, sheets are kept apart.

`Digits.sample` mixes the digits of thirteen people: who is asked has been seen. So no chapter
calls it, in its modules or in the code cells of its page, but for those listed here, which show
pictures or measure their geometry and fit no learner.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bookkit.execution.cells import code_cells

ROOT = Path(__file__).parents[2]
CHAPTERS = ROOT / "code" / "bigcurves" / "chapters"
BOOK = ROOT / "book"

DUST = "distances between digits beside those of cubes: no labels, nothing is asked"
DIMENSION = "how fast digits' neighbours come closer: no labels, nothing is asked"
SHOWN = "pictures to look at"
MIXED = {  # where all writers' digits are drawn at once, and why that is right
    ("manifold/dust/tables.py", "Digits().sample(3, rng)"): SHOWN,
    ("manifold/dust/figures.py", "Digits().sample(1797, rng)"): DUST,
    ("manifold/dust/dust.py", "Digits().sample(3 * settings.digits, rng)"): DUST,
    ("manifold/dimension/dimension.py", "Digits(form=form).sample(settings.n, rng)"): DIMENSION,
    (
        "manifold/dimension/crowding.py",
        "Digits(form=form).sample(n, np.random.default_rng([seed, 7]))",
    ): DIMENSION,
    (
        "manifold/dimension/figures.py",
        "Digits().sample(512, np.random.default_rng([0, 7]))",
    ): DIMENSION,
    (
        "manifold/dimension/figures.py",
        "Digits(form=form).sample(6, np.random.default_rng(0))",
    ): SHOWN,
    ("density/data_not_model/figures.py", "Digits().sample(48, rng)"): SHOWN,
    ("density/data-not-model.md", "Digits().sample(48, rng)"): SHOWN,
    ("manifold/dust.md", "Digits().sample(1797, rng)"): DUST,
    ("manifold/dimension.md", "Digits().sample(1797, np.random.default_rng(0))"): DIMENSION,
    (
        "manifold/dimension.md",
        "Digits(shift=shift).sample(1797, np.random.default_rng(0))",
    ): DIMENSION,
}


def mixed_in(code: str) -> Iterator[str]:
    """Find the calls that draw digits of all writers, from a world made there or kept in a name."""
    nodes = list(ast.walk(ast.parse(code)))
    kept = {name for node in nodes for name in bound_by(node)}
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of = node.func.value
            if node.func.attr == "sample" and (makes_digits(of) or names_in(of) & kept):
                yield ast.unparse(node)
        if "load_digits" in (getattr(node, "id", ""), getattr(node, "name", "")):
            yield "load_digits"


def bound_by(node: ast.AST) -> set[str]:
    """Give the names that an assignment or a loop binds to worlds, if digits are among them."""
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr):
        bound, to = getattr(node, "targets", None) or [node.target], node.value
    elif isinstance(node, ast.For | ast.comprehension):
        bound, to = [node.target], node.iter
    else:
        return set()
    return names_in(*bound) if to is not None and makes_digits(to) else set()


def makes_digits(node: ast.AST) -> bool:
    """Say whether an expression calls `Digits`, or `worlds.Digits`, or hands it on to be called."""
    parts = list(ast.walk(node))
    return any("Digits" in (getattr(p, "id", ""), getattr(p, "attr", "")) for p in parts)


def names_in(*nodes: ast.AST) -> set[str]:
    return {part.id for node in nodes for part in ast.walk(node) if isinstance(part, ast.Name)}


def everywhere() -> Iterator[tuple[str, str]]:
    """Find those calls in all modules of chapters, and in all pages' cells, read as one."""
    for path in sorted(CHAPTERS.rglob("*.py")):
        for call in mixed_in(path.read_text("utf-8")):
            yield str(path.relative_to(CHAPTERS).as_posix()), call
    for path in sorted(BOOK.rglob("*.md")):
        code = "\n".join(cell.code for cell in code_cells(path.read_text("utf-8")))
        for call in mixed_in(code):
            yield str(path.relative_to(BOOK).as_posix()), call


def test_no_chapter_learns_from_digits_whose_writers_it_asks_about():
    found = Counter(everywhere())
    mixed = sorted(call for call, times in found.items() if call not in MIXED or times > 1)
    assert not mixed, "split digits by writer (`Digits.split`), or list here why all are drawn"


def test_every_exception_is_still_needed_and_has_its_reason():
    assert sorted(set(MIXED) - set(everywhere())) == []
    assert all(MIXED.values())


@pytest.mark.parametrize(
    "code",
    [
        "X = Digits(shift=1).sample(9, rng).inputs",
        "world = worlds.Digits(form=form)\nworld.sample(9, rng)",
        "for world in (BarWorld(), Digits()):\n    world.sample(9, rng)",
        "WORLDS = {'digits': Digits}\nX = [WORLDS[name]().sample(9, rng) for name in WORLDS]",
        "if (world := Digits()):\n    world.sample(9, rng)",
        "from sklearn.datasets import load_digits",
    ],
)
def test_a_draw_of_all_writers_is_found_however_it_is_written(code):
    assert len(list(mixed_in(code))) == 1


def test_a_split_and_another_world_are_let_be():
    code = "known, new = Digits().split(rng)\nX = BarWorld().sample(9, rng)"
    assert not list(mixed_in(code))
