"""The normal form of Python source: one for all texts that a run cannot tell apart."""

import ast
import hashlib
from collections.abc import Mapping
from typing import Any

import pytest

from bigcurves.provenance.syntax import is_experiment, normal, write

# What versions of Python parse alike and dump unlike.
SAMPLES = """
from a.b import c as d, e
import os.path as p, sys
X: int = 1
def f(a, /, b: int = 2, *c, d=None, **e) -> int:
    return [lambda *, k=1: k, {**e, "x": 1}, {1, *c}, not a, a if b else -d, ..., None, True]
async def g(x):
    async with x as y, y: pass
    async for z in x: await z
    return [i async for i in x if i if not i]
class C(object, metaclass=type):
    a: int
    b: "str" = f"{X!r:>{X}} and {{braces}} {X=} {X:.2f}" "tail" f"{X}"
    def m(self): return super().m[1:2, ::3, ...]
try:
    del X; x = y = 1.5e300; x @= 2j; (a, *b) = [x]
except* (OSError, ValueError) as error:
    raise error from None
else:
    global_ = b"\\x00\\xff", "\\u03ba\\n", 0x10, 1_000
finally:
    assert (n := 10) > 5, "text"
match x:
    case {"k": [1, *rest], **others} if rest: pass
    case C(a=1) | C(b=None) | -1.5: pass
    case str() as name: pass
    case _: pass
while x < y <= 3 != 4 is not None:
    break
for i, in x: continue
else: pass
with open(f) as h: nonlocal_ = h
x = a % b ^ c >> 1 | ~d & e // f ** g << 2 or h and -i - +j * k / l @ m + n
x = a is b in c not in d == e > f >= g
[i for i in {j: k for j in l}]; {i for i in (j for j in k)}
def n():
    global X
    def o():
        nonlocal y
    return (yield from o())
if a: import b
try: (yield)
except OSError as error: pass
"""


def test_the_normal_form_is_the_same_in_every_version_of_python() -> None:
    """Fixed here, and run by CI on the oldest and the newest Python."""
    text = write(normal(SAMPLES))
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == "ea26569d75ebbbd4"


def test_each_syntax_that_we_use_is_in_the_samples() -> None:
    """What the package writes is what the samples above hold fast."""
    from bigcurves.provenance.closure import SOURCE_ROOT

    def kinds(text: str) -> set[str]:
        return {type(node).__name__ for node in ast.walk(ast.parse(text))}

    used = set()
    for path in (SOURCE_ROOT / "bigcurves").rglob("*.py"):
        used |= kinds(path.read_text("utf-8"))
    assert used <= kinds(SAMPLES), sorted(used - kinds(SAMPLES))


def test_empty_and_missing_fields_are_told_apart() -> None:
    assert write(normal("x[1:]")) != write(normal("x[:1]"))
    assert write(normal("{**a}")) != write(normal("{a: a}"))
    assert write(normal("f(a=1)")) != write(normal("f(1)"))
    assert write(normal("x = 1")) != write(normal("x = True"))
    assert write(normal("x = 1")) != write(normal("x = 1.0"))
    assert write(normal("x = 'None'")) != write(normal("x = None"))
    assert write(normal("x = 0.0")) != write(normal("x = -0.0"))


PLAIN = '''"""A module."""

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import nowhere
else:
    FLOOR = 2


@dataclass
class Pair:
    """Two numbers."""

    one: "nowhere.Number" = 1.5
    """The first."""
    two: int = 3


class Empty(ValueError):
    """Nothing but a text."""


@lru_cache
def power(base: "nowhere.Number", exponent: int = 2) -> "nowhere.Number":
    """Raise."""
    size: "nowhere.Number" = base**exponent
    if size < FLOOR:
        raise Empty(f"too small: {size}")
    return size


answer: tuple = (power(3), power(Pair().two, exponent=3), [each.name for each in fields(Pair)])
'''


def test_the_normal_form_computes_what_the_text_does() -> None:
    names = run(ast.parse(PLAIN)), run(normal(PLAIN))
    assert names[0]["answer"] == names[1]["answer"] == (9, 27, ["one", "two"])
    for found in names:
        with pytest.raises(ValueError) as caught:  # noqa: PT011 (its words are what goes)
            found["power"](1)
        assert type(caught.value).__name__ == "Empty"
    assert "nowhere" not in write(normal(PLAIN)).replace("'nowhere.Number'", "", 1)
    assert names[0]["power"].__doc__ == "Raise."
    assert names[1]["power"].__doc__ is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("import a\nimport b\na.f(b)", "import b\nimport a\na.f(b)"),
        ("from a import b, c\nb(c)", "from a import c\nfrom a import b\nb(c)"),
        ("f'{x} and ' 'more'", "f'{x} and more'"),
        ("x = 'a' 'b'", 'x = "ab"'),
        ("def f(a: int = 1) -> int: return a", "def f(a=1): return a"),
        ("assert x, 'why'", "assert x"),
    ],
)
def test_what_is_taste_is_written_alike(one: str, other: str) -> None:
    assert write(normal(one)) == write(normal(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a()\nb()", "b()\na()"),
        ("def f():\n    import a\n    a.x()", "def f():\n    a.x()\n    import a"),
        ("class C:\n    a: int = 1", "class C:\n    a: float = 1"),
        ("@wrap\ndef f(a: int): pass", "@wrap\ndef f(a: str): pass"),
        ("raise ValueError('a', 1)", "raise ValueError('a', 2)"),
        ("raise ValueError('a')", "raise KeyError('a')"),
        ("f'{x!r}'", "f'{x!s}'"),
        ("x = 'a text'", "x = 'another'"),
    ],
)
def test_what_a_run_can_see_is_written_differently(one: str, other: str) -> None:
    assert write(normal(one)) != write(normal(other))


@pytest.mark.parametrize(
    ("line", "imports", "same_as"),
    [
        ("from lab.ring import Ring", {("lab.ring", "Ring"): "K"}, "from .ring import Ring"),
        ("import lab.ring as r", {("lab.ring", ""): "K"}, "import lab.ring as r"),
    ],
)
def test_in_place_of_an_imports_module_stands_what_is_given_for_it(
    line: str, imports: Mapping[tuple[str, str], str], same_as: str
) -> None:
    """A module may move: only what it holds, and the name that it gets here, are written."""
    of_the_other = {**imports, (".ring", "Ring"): "K"}
    told = write(ast.parse(line), imports)
    assert told == write(ast.parse(same_as), of_the_other)
    assert told != write(ast.parse(line), dict.fromkeys(imports, "L"))
    assert told != write(ast.parse(line))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("class Settings: pass\ndef run(settings, seed): pass", True),
        ("class Settings: pass\nasync def run(settings, seed): pass", True),
        ("def run(settings, seed): pass", False),
        ("class Settings: pass\nclass Run: pass", False),
        ("from lab import Settings, run", False),
        ("class Page:\n    class Settings: pass\n    def run(self): pass", False),
    ],
)
def test_an_experiment_defines_its_settings_and_its_run(text: str, expected: bool) -> None:
    assert is_experiment(ast.parse(text)) is expected


def test_what_is_no_python_is_an_error() -> None:
    with pytest.raises(SyntaxError):
        normal("def f(:\n")


def run(tree: ast.Module) -> dict[str, Any]:
    """Execute a module's tree and return its names."""
    names: dict[str, Any] = {"__name__": __name__}
    exec(compile(ast.fix_missing_locations(tree), "plain", "exec"), names)
    return names
