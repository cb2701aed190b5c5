"""The key of a run's code: what moves it, and what does not, in every version of Python."""

import ast
import hashlib

import pytest

from bigcurves.provenance.code_key import code_of
from bigcurves.provenance.depends import DeclarationError
from bigcurves.provenance.source import Source, describe
from bigcurves.provenance.syntax import normal, write
from bigcurves.running import catalogue

EXPERIMENT = '''"""An experiment."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from lab.claim import Claim, Rows
from lab.worlds import Ring
from lab.measures import spread

if TYPE_CHECKING:
    import pandas as pd

SCALE = 2.0


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What is measured."""

    n: int = 100
    radius: float = 1.0


def run(settings: Settings, seed: int) -> Rows:
    """Return a row."""
    if settings.n < 1:
        raise ValueError(f"n must be at least 1, got {settings.n}")
    rows: Rows = []
    world = Ring(settings.radius)
    points = world.sample(settings.n, np.random.default_rng([seed, 1]))
    rows.append({"seed": seed, "spread": SCALE * spread(points)})  # the whole result
    return rows


def _figure(run: pd.DataFrame) -> float:
    """Read the claim's figure."""
    return float(run["spread"].mean())


def shrink(settings: Settings) -> Settings:
    """Shrink the ring to a point."""
    return replace(settings, radius=0.0)


REPEATS = {"spread": 1e-9}
CLAIMS = (Claim(sentence="It is wide.", figure=_figure, mutation=shrink),)
'''
FILES = {
    "lab/__init__.py": "",
    "lab/claim.py": "Rows = list\n\n\nclass Claim:\n    pass\n",
    "lab/worlds/__init__.py": (
        "from lab.worlds.ring import Ring as Ring\nfrom lab.worlds.line import Line as Line\n"
    ),
    "lab/worlds/ring.py": (
        "from lab.checks import positive\n\n\nclass Ring:\n"
        "    def __init__(self, radius, noise=0.1):\n        self.radius = positive(radius)\n"
    ),
    "lab/worlds/line.py": "class Line:\n    pass\n",
    "lab/checks.py": (
        "def positive(value):\n    assert value > 0, 'below zero'\n    return value\n"
    ),
    "lab/measures.py": (
        "FLOOR = 0.5\n\n\ndef spread(points):\n    return max(FLOOR, points.std())\n"
    ),
    "lab/wide.py": EXPERIMENT,
}
# what is edited, what stands there, and what then stands there
NO_CHANGE = {
    "a comment": ("lab/wide.py", "# the whole result", "# all of it"),
    "a blank line": ("lab/wide.py", "    rows: Rows = []\n", "\n    rows: Rows = []\n\n"),
    "a module's docstring": ("lab/wide.py", '"""An experiment."""', '"""Another text."""'),
    "a function's docstring": ("lab/wide.py", '"""Return a row."""', '"""Return it."""'),
    "a docstring that goes": ("lab/wide.py", '    """Return a row."""\n', ""),
    "a class's docstring": ("lab/wide.py", '"""What is measured."""', '"""What we measure."""'),
    "an error's text": ("lab/wide.py", "n must be at least 1, got", "n is too small:"),
    "an assertion's text": ("lab/checks.py", "'below zero'", "'not above zero'"),
    "quotes": ("lab/wide.py", '"seed": seed', "'seed': seed"),
    "a function's annotation": ("lab/wide.py", "seed: int) -> Rows", "seed: object) -> list"),
    "a local annotation": ("lab/wide.py", "rows: Rows = []", "rows = []"),
    "a claim's sentence": ("lab/wide.py", "It is wide.", "It is very wide."),
    "a claim's world": ("lab/wide.py", "replace(settings, radius=0.0)", "replace(settings, n=2)"),
    "what a claim alone uses": ("lab/wide.py", '["spread"].mean()', '["spread"].max()'),
    "how columns repeat": ("lab/wide.py", "1e-9}", "1e-6}"),
    "what makes claims": ("lab/claim.py", "    pass", "    low = 0"),
    "an import for types": ("lab/wide.py", "import pandas as pd", "import polars as pd"),
    "the imports' order": (
        "lab/wide.py",
        "from lab.worlds import Ring\nfrom lab.measures import spread\n",
        "from lab.measures import spread\nfrom lab.worlds import Ring\n",
    ),
    "another world": ("lab/worlds/line.py", "    pass", "    end = 1"),
    "what re-exports": ("lab/worlds/__init__.py", "from lab", '"""All worlds."""\n\nfrom lab'),
    "where a world is imported from": (
        "lab/wide.py",
        "from lab.worlds import Ring",
        "from lab.worlds.ring import Ring",
    ),
}
CHANGE = {
    "a constant": ("lab/wide.py", "SCALE = 2.0", "SCALE = 2.5"),
    "a default": ("lab/wide.py", "n: int = 100", "n: int = 101"),
    "a default elsewhere": ("lab/worlds/ring.py", "noise=0.1", "noise=0.2"),
    "a type that a class reads": ("lab/wide.py", "radius: float", "radius: int"),
    "a helper": ("lab/measures.py", "points.std()", "points.var()"),
    "a helper's constant": ("lab/measures.py", "FLOOR = 0.5", "FLOOR = 0.25"),
    "a helper's helper": ("lab/checks.py", "return value", "return -value"),
    "what is asserted": ("lab/checks.py", "value > 0", "value >= 0"),
    "which error": ("lab/wide.py", "raise ValueError", "raise TypeError"),
    "when there is an error": ("lab/wide.py", "settings.n < 1", "settings.n < 2"),
    "a column's name": ("lab/wide.py", '"spread": SCALE', '"width": SCALE'),
    "the order of work": (
        "lab/wide.py",
        "    rows: Rows = []\n    world = Ring(settings.radius)\n",
        "    world = Ring(settings.radius)\n    rows: Rows = []\n",
    ),
    "a stream": ("lab/wide.py", "[seed, 1]", "[seed, 2]"),
    "another world under the name": ("lab/wide.py", "import Ring", "import Line as Ring"),
    "what a package re-exports": (
        "lab/worlds/__init__.py",
        "from lab.worlds.ring import Ring as Ring",
        "from lab.worlds.line import Line as Ring",
    ),
    "another library": ("lab/wide.py", "import numpy as np", "import cupy as np"),
    "a decorator": ("lab/wide.py", "@dataclass(frozen=True", "@dataclass(frozen=False"),
    "a decorated function's annotation": (
        "lab/measures.py",
        "def spread(points)",
        "@wrap\ndef spread(points: int)",
    ),
}


@pytest.fixture
def root(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def key(root):
    return code_of(root / "lab" / "wide.py", root).key


def edit(root, name, old, new):
    path = root / name
    text = path.read_text("utf-8")
    assert text.count(old) >= 1, "the edit must find its place"
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize("change", NO_CHANGE)
def test_an_edit_that_no_run_can_see_leaves_the_key(root, change):
    before = key(root)
    edit(root, *NO_CHANGE[change])
    assert key(root) == before


@pytest.mark.parametrize("change", CHANGE)
def test_an_edit_that_a_run_can_see_changes_the_key(root, change):
    before = key(root)
    edit(root, *CHANGE[change])
    assert key(root) != before


def test_a_moved_module_keeps_the_key(root):
    before = key(root)
    (root / "lab" / "rooms").mkdir()
    (root / "lab" / "rooms" / "__init__.py").touch()
    (root / "lab" / "worlds" / "ring.py").rename(root / "lab" / "rooms" / "ring.py")
    edit(root, "lab/worlds/__init__.py", "lab.worlds.ring", "lab.rooms.ring")
    assert key(root) == before
    (root / "lab" / "wide.py").rename(root / "lab" / "rooms" / "wide.py")
    assert code_of(root / "lab" / "rooms" / "wide.py", root).key == before


def test_what_a_claim_and_the_run_share_stays(root):
    edit(root, "lab/wide.py", "spread(points)})", "_figure(points)})")
    before = key(root)
    edit(root, "lab/wide.py", '["spread"].mean()', '["spread"].max()')
    assert key(root) != before


def test_what_another_module_takes_of_an_experiment_stays(root):
    """A claim's helper that a second experiment runs is part of that one's key only."""
    (root / "lab" / "second.py").write_text(
        "from lab.wide import _figure\n\n\ndef run(settings, seed):\n    return _figure(seed)\n"
    )
    first, second = key(root), code_of(root / "lab" / "second.py", root).key
    edit(root, "lab/wide.py", '["spread"].mean()', '["spread"].max()')
    assert key(root) == first
    assert code_of(root / "lab" / "second.py", root).key != second


def declare(root, text):
    edit(root, "lab/measures.py", "FLOOR = 0.5\n", f"FLOOR = 0.5\nDEPENDS_ON = {text}\n")


def test_a_declared_data_file_is_part_of_the_key(root):
    (root / "lab" / "costs.csv").write_text("1\n")
    declare(root, "{'files': ['costs.csv']}")
    before = key(root)
    assert code_of(root / "lab" / "wide.py", root).files == (root / "lab" / "costs.csv",)
    (root / "lab" / "costs.csv").write_text("2\n")
    assert key(root) != before


def test_a_declared_variable_is_part_of_the_key(root, monkeypatch):
    declare(root, "{'environment': ['LAB_SITE']}")
    monkeypatch.delenv("LAB_SITE", raising=False)
    keys = {key(root)}
    for value in ("", "north", "south"):
        monkeypatch.setenv("LAB_SITE", value)
        keys.add(key(root))
    assert len(keys) == 4


def test_a_module_imported_by_a_name_made_at_run_time_is_part_of_the_key(root):
    declare(root, "{'modules': ['lab.worlds.line']}")
    before = key(root)
    edit(root, "lab/worlds/line.py", "    pass", "    end = 1")
    assert key(root) != before


def test_a_further_library_is_part_of_this_machines_fingerprint(root):
    before = Source.of("lab.wide", root / "lab" / "wide.py")
    declare(root, "{'libraries': ['click']}")
    after = Source.of("lab.wide", root / "lab" / "wide.py")
    assert before.fingerprint != after.fingerprint


def test_a_library_that_is_imported_is_part_of_it_and_not_of_the_key(root):
    """Even one that is missing: it may be there tomorrow."""
    before = Source.of("lab.wide", root / "lab" / "wide.py")
    edit(root, "lab/checks.py", "def positive", "import click, lacking\n\n\ndef positive")
    both = Source.of("lab.wide", root / "lab" / "wide.py")
    assert before.fingerprint != both.fingerprint
    assert code_of(root / "lab" / "wide.py", root).libraries == ("click", "lacking")
    assert code_of(catalogue.path_of("dimension")).libraries == ()


def test_an_import_name_leads_to_its_library():
    from importlib.metadata import version

    from bigcurves.provenance.source import _version

    assert _version("sklearn") == _version("scikit-learn") == version("scikit-learn")
    assert _version("lacking") == "missing"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{'file': ['costs.csv']}", "must map files, environment, modules, libraries to lists"),
        ("{'files': 'costs.csv'}", "must map files"),
        ("['costs.csv']", "must map files"),
        ("{'files': [NAME]}", "must map files"),
        ("{'files': ['none.csv']}", r"there is no file .*none\.csv"),
        ("{'modules': ['lab.nowhere']}", r"there is no module lab\.nowhere"),
    ],
)
def test_a_declaration_that_cannot_be_followed_is_named(root, text, message):
    declare(root, text)
    with pytest.raises(DeclarationError, match=rf"DEPENDS_ON of .*measures\.py.*{message}"):
        key(root)


def test_settings_do_not_carry_their_modules_name():
    settings = catalogue.load("dimension").Settings()
    assert "bigcurves" not in describe(settings)
    assert '"type": "Settings"' in describe(settings)


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


def test_the_normal_form_is_the_same_in_every_version_of_python():
    """Fixed here, and run by CI on the oldest and the newest Python."""
    text = write(normal(SAMPLES))
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == "ea26569d75ebbbd4"


def test_fixed_keys(root):
    assert key(root) == "be45f124c99432f2"


def test_each_syntax_that_we_use_is_in_the_samples():
    """What the package writes is what the samples above hold fast."""
    from bigcurves.provenance.closure import SOURCE_ROOT

    def kinds(text):
        return {type(node).__name__ for node in ast.walk(ast.parse(text))}

    used = set()
    for path in (SOURCE_ROOT / "bigcurves").rglob("*.py"):
        used |= kinds(path.read_text("utf-8"))
    assert used <= kinds(SAMPLES), sorted(used - kinds(SAMPLES))


def test_empty_and_missing_fields_are_told_apart():
    assert write(normal("x[1:]")) != write(normal("x[:1]"))
    assert write(normal("{**a}")) != write(normal("{a: a}"))
    assert write(normal("f(a=1)")) != write(normal("f(1)"))
    assert write(normal("x = 1")) != write(normal("x = True"))
    assert write(normal("x = 1")) != write(normal("x = 1.0"))
    assert write(normal("x = 'None'")) != write(normal("x = None"))
    assert write(normal("x = 0.0")) != write(normal("x = -0.0"))
