"""A module's source: its key and fingerprint, and whether this process still holds it."""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module, invalidate_caches
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.provenance.lab import declare, edit, write_lab

from bigcurves.provenance.code_key import code_of
from bigcurves.provenance.source import Source, describe, digest
from bigcurves.running import catalogue


@dataclass(frozen=True)
class Inner:
    """Settings inside settings."""

    width: float = 0.5
    names: tuple[str, ...] = ("a", "b")


@dataclass(frozen=True)
class Settings:
    """One field of each kind."""

    n: int
    inner: Any = Inner()
    table: Any = None


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_lab(tmp_path)


def forget_lab() -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "lab"]:
        del sys.modules[name]


@pytest.fixture
def measures(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Source]:
    """The source of a module that this process has imported, and that imports nothing."""
    monkeypatch.syspath_prepend(root)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    forget_lab()  # other tests have a lab of their own
    invalidate_caches()
    import_module("lab.measures")
    yield measures_in(root)
    forget_lab()


def test_a_further_library_is_part_of_this_machines_fingerprint(root: Path) -> None:
    before = Source.of("lab.wide", root / "lab" / "wide.py")
    declare(root, "{'libraries': ['click']}")
    after = Source.of("lab.wide", root / "lab" / "wide.py")
    assert before.fingerprint != after.fingerprint


def test_a_library_that_is_imported_is_part_of_it_and_not_of_the_key(root: Path) -> None:
    """Even one that is missing: it may be there tomorrow."""
    before = Source.of("lab.wide", root / "lab" / "wide.py")
    edit(root, "lab/checks.py", "def positive", "import click, lacking\n\n\ndef positive")
    both = Source.of("lab.wide", root / "lab" / "wide.py")
    assert before.fingerprint != both.fingerprint
    assert code_of(root / "lab" / "wide.py", root).libraries == ("click", "lacking")
    assert code_of(catalogue.path_of("dimension")).libraries == ()


def test_an_import_name_leads_to_its_library() -> None:
    from importlib.metadata import version

    from bigcurves.provenance.source import _version

    assert _version("sklearn") == _version("scikit-learn") == version("scikit-learn")
    assert _version("lacking") == "missing"


def test_settings_do_not_carry_their_modules_name() -> None:
    settings = catalogue.load("dimension").Settings()
    assert "bigcurves" not in describe(settings)
    assert '"type": "Settings"' in describe(settings)


def test_a_source_knows_its_own_name_and_its_packages_folder(root: Path) -> None:
    ring = Source.of("lab.worlds.ring", root / "lab" / "worlds" / "ring.py")
    assert (ring.short_name, ring.root) == ("ring", root)
    assert set(ring.texts) == {root / "lab" / "worlds" / "ring.py", root / "lab" / "checks.py"}
    assert re.fullmatch("[0-9a-f]{16}", ring.key)
    assert re.fullmatch("[0-9a-f]{16}", ring.fingerprint)
    assert ring.key == code_of(ring.path, root).key != ring.fingerprint


def test_what_was_imported_is_here_until_it_is_edited(root: Path, measures: Source) -> None:
    assert measures.is_here()
    assert not measures.is_past()
    assert measures.edited() == []
    edit(root, "lab/measures.py", "FLOOR = 0.5", "FLOOR = 0.25")
    assert measures.is_here(), "the text of the key is still the one that was imported"
    today = measures_in(root)
    assert not today.is_here()
    assert today.is_past()
    assert today.edited() == [root / "lab" / "measures.py"]


def test_what_was_never_imported_is_neither_here_nor_past(root: Path) -> None:
    source = measures_in(root)
    assert not source.is_here()
    assert not source.is_past()
    assert source.edited() == []


def test_a_source_is_past_when_its_data_are_others(root: Path) -> None:
    """Each run opens them anew."""
    data = root / "lab" / "costs.csv"
    data.write_text("1\n")
    declare(root, "{'files': ['costs.csv']}")
    source = measures_in(root)
    assert source.files == (data,)
    assert not source.is_past()
    data.write_text("2\n")
    assert source.is_past()
    data.write_text("1\n")
    assert not source.is_past()


def test_a_digest_tells_order_and_boundaries_apart() -> None:
    parts: tuple[list[str], ...] = (
        ["ab", "c"],
        ["a", "bc"],
        ["c", "ab"],
        ["abc"],
        ["ab", "c", ""],
        [],
    )
    assert len({digest(each) for each in parts}) == len(parts)
    assert digest(iter(["ab", "c"])) == digest(("ab", "c"))


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (np.float64(0.1), 0.1),
        (np.int64(3), 3),
        (np.bool_(True), True),
        ((1, (2.5, "a")), [1, [2.5, "a"]]),
        (range(3), [0, 1, 2]),
        ({"b": 1, 2: None}, {"2": None, "b": 1}),
    ],
)
def test_a_value_is_described_as_json_has_it(value: object, plain: object) -> None:
    assert json.loads(describe(value)) == plain


def test_settings_are_described_with_their_types_and_all_fields() -> None:
    inner = {"type": "Inner", "width": 0.5, "names": ["a", "b"]}
    assert json.loads(describe(Settings(n=3))) == {
        "type": "Settings",
        "n": 3,
        "inner": inner,
        "table": None,
    }
    one, other = {"x": 1, "y": 2}, {"y": 2, "x": 1}
    assert describe(Settings(n=3, table=one)) == describe(Settings(n=3, table=other))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (Settings(n=3, table={"a": [1, object()]}), r"settings\.table\['a'\]\[1\] .* got object"),
        (Settings(n=3, inner=Inner), r"settings\.inner must be a number, text, .* got type"),
        (Settings(n=3, inner={1, 2}), r"settings\.inner must be .* got set"),
        (Settings(n=3, table=np.zeros(2)), r"settings\.table must be .* got ndarray"),
    ],
)
def test_a_field_without_a_stable_text_is_named_with_its_place(
    settings: Settings, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        describe(settings)


def measures_in(root: Path) -> Source:
    """Read the source of the lab's measures as it stands."""
    return Source.of("lab.measures", root / "lab" / "measures.py")
