"""The key of a run's code: what moves it, and what does not, in every version of Python."""

from pathlib import Path

import pytest
from tests.provenance.lab import declare, edit, write_lab

from bigcurves.provenance.code_key import code_of
from bigcurves.provenance.depends import DeclarationError

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
def root(tmp_path: Path) -> Path:
    return write_lab(tmp_path)


def key(root: Path) -> str:
    return code_of(root / "lab" / "wide.py", root).key


@pytest.mark.parametrize("change", NO_CHANGE)
def test_an_edit_that_no_run_can_see_leaves_the_key(root: Path, change: str) -> None:
    before = key(root)
    edit(root, *NO_CHANGE[change])
    assert key(root) == before


@pytest.mark.parametrize("change", CHANGE)
def test_an_edit_that_a_run_can_see_changes_the_key(root: Path, change: str) -> None:
    before = key(root)
    edit(root, *CHANGE[change])
    assert key(root) != before


def test_a_moved_module_keeps_the_key(root: Path) -> None:
    before = key(root)
    (root / "lab" / "rooms").mkdir()
    (root / "lab" / "rooms" / "__init__.py").touch()
    (root / "lab" / "worlds" / "ring.py").rename(root / "lab" / "rooms" / "ring.py")
    edit(root, "lab/worlds/__init__.py", "lab.worlds.ring", "lab.rooms.ring")
    assert key(root) == before
    (root / "lab" / "wide.py").rename(root / "lab" / "rooms" / "wide.py")
    assert code_of(root / "lab" / "rooms" / "wide.py", root).key == before


def test_what_a_claim_and_the_run_share_stays(root: Path) -> None:
    edit(root, "lab/wide.py", "spread(points)})", "_figure(points)})")
    before = key(root)
    edit(root, "lab/wide.py", '["spread"].mean()', '["spread"].max()')
    assert key(root) != before


def test_a_helper_of_claims_is_part_of_the_key_where_it_is_asked_for(root: Path) -> None:
    wide = root / "lab" / "wide.py"
    before = key(root), code_of(wide, root, used=["_figure"]).key
    edit(root, "lab/wide.py", '["spread"].mean()', '["spread"].max()')
    assert key(root) == before[0]
    assert code_of(wide, root, used=["_figure"]).key != before[1]


def test_what_another_module_takes_of_an_experiment_stays(root: Path) -> None:
    """A claim's helper that a second experiment runs is part of that one's key only."""
    (root / "lab" / "second.py").write_text(
        "from lab.wide import _figure\n\n\ndef run(settings, seed):\n    return _figure(seed)\n"
    )
    first, second = key(root), code_of(root / "lab" / "second.py", root).key
    edit(root, "lab/wide.py", '["spread"].mean()', '["spread"].max()')
    assert key(root) == first
    assert code_of(root / "lab" / "second.py", root).key != second


def test_all_that_several_modules_take_of_one_stays(root: Path) -> None:
    take = "from lab.wide import {0}\n\n\ndef taken():\n    return {0}\n"
    for name in ("_figure", "shrink"):
        (root / "lab" / f"takes{name}.py").write_text(take.format(name))
    (root / "lab" / "third.py").write_text("import lab.takes_figure\nimport lab.takesshrink\n")
    keys = {code_of(root / "lab" / "third.py", root).key}
    for old, new in (('["spread"].mean()', '["spread"].max()'), ("radius=0.0", "radius=0.5")):
        edit(root, "lab/wide.py", old, new)
        keys.add(code_of(root / "lab" / "third.py", root).key)
    assert len(keys) == 3


def test_the_texts_are_those_of_all_files_that_the_key_is_made_of(root: Path) -> None:
    """With the packages that say where a name is defined, and without what nothing imports."""
    texts = code_of(root / "lab" / "wide.py", root).texts
    files = ("checks.py", "measures.py", "wide.py", "worlds/__init__.py", "worlds/ring.py")
    assert sorted(texts) == [root / "lab" / file for file in files]
    assert texts[root / "lab" / "checks.py"] == (root / "lab" / "checks.py").read_text("utf-8")


@pytest.mark.parametrize("line", ["from .worlds import Ring", "from ..lab.worlds import Ring"])
def test_a_relative_import_is_what_it_means(root: Path, line: str) -> None:
    before = key(root)
    edit(root, "lab/wide.py", "from lab.worlds import Ring", line)
    assert key(root) == before


def test_modules_that_import_each_other_have_a_key_that_sees_both(root: Path) -> None:
    edit(root, "lab/checks.py", "def positive", "import lab.measures\n\n\ndef positive")
    edit(root, "lab/measures.py", "FLOOR", "import lab.checks\n\nFLOOR")
    keys = {key(root)}
    edit(root, "lab/checks.py", "return value", "return -value")
    keys.add(key(root))
    edit(root, "lab/measures.py", "points.std()", "points.var()")
    assert len(keys | {key(root)}) == 3


def test_a_declared_data_file_is_part_of_the_key(root: Path) -> None:
    (root / "lab" / "costs.csv").write_text("1\n")
    declare(root, "{'files': ['costs.csv']}")
    before = key(root)
    assert code_of(root / "lab" / "wide.py", root).files == (root / "lab" / "costs.csv",)
    (root / "lab" / "costs.csv").write_text("2\n")
    assert key(root) != before


def test_a_declared_variable_is_part_of_the_key(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    declare(root, "{'environment': ['LAB_SITE']}")
    monkeypatch.delenv("LAB_SITE", raising=False)
    keys = {key(root)}
    for value in ("", "north", "south"):
        monkeypatch.setenv("LAB_SITE", value)
        keys.add(key(root))
    assert len(keys) == 4


def test_a_module_imported_by_a_name_made_at_run_time_is_part_of_the_key(root: Path) -> None:
    declare(root, "{'modules': ['lab.worlds.line']}")
    before = key(root)
    edit(root, "lab/worlds/line.py", "    pass", "    end = 1")
    assert key(root) != before


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
def test_a_declaration_that_cannot_be_followed_is_named(
    root: Path, text: str, message: str
) -> None:
    declare(root, text)
    with pytest.raises(DeclarationError, match=rf"DEPENDS_ON of .*measures\.py.*{message}"):
        key(root)


def test_fixed_keys(root: Path) -> None:
    assert key(root) == "be45f124c99432f2"
