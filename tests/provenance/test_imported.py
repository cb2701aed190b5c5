"""What this process has imported is noted in that moment, and compared with today's texts."""

import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module, invalidate_caches, reload
from importlib.machinery import SourceFileLoader
from pathlib import Path

import pytest

from bigcurves.provenance import imported

TEXT = "SCALE = 1.0  # as it was\n"


@pytest.fixture
def part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file of a module that can be imported as `noted_part`."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # two edits within a second look alike
    path = tmp_path / "noted_part.py"
    path.write_text(TEXT)
    invalidate_caches()
    yield path
    sys.modules.pop("noted_part", None)


def answers(path: Path, text: str) -> dict[str, bool]:
    """Ask all that can be asked of one file with a text of today."""
    texts = {path: text}
    return {
        "edited": imported.edited(texts) == [path],
        "differing": imported.differing(texts) == [path],
        "unchanged": imported.unchanged(texts),
        "certain": imported.certain(texts, path.parent),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT, ["unchanged", "certain"]),
        ("SCALE = 1.0  # in other words\n", ["certain"]),
        ("SCALE = 2.0  # as it was\n", ["edited", "differing"]),
        ("SCALE = = 1.0\n", ["edited", "differing"]),
    ],
    ids=["the same", "a comment", "a number", "no Python"],
)
def test_the_text_of_today_is_compared_with_what_was_imported(
    part: Path, text: str, expected: list[str]
) -> None:
    import_module("noted_part")
    part.write_text(text)
    assert [name for name, yes in answers(part, text).items() if yes] == expected


def test_of_what_was_never_imported_nothing_is_certain_and_nothing_edited(part: Path) -> None:
    assert [name for name, yes in answers(part, TEXT).items() if yes] == ["unchanged"]


def test_what_was_imported_with_two_texts_is_not_edited_and_not_certain(part: Path) -> None:
    """Others may still hold what they took of the first."""
    module = import_module("noted_part")
    part.write_text("SCALE = 2.0\n")
    reload(module)
    assert [name for name, yes in answers(part, "SCALE = 2.0\n").items() if yes] == ["differing"]
    assert answers(part, TEXT)["edited"]


def test_a_module_below_the_root_that_is_gone_leaves_nothing_certain(
    part: Path, tmp_path: Path
) -> None:
    other = tmp_path / "noted_other.py"
    other.write_text("")
    import_module("noted_part")
    import_module("noted_other")
    assert imported.certain({part: TEXT}, tmp_path)
    other.unlink()
    assert not imported.certain({part: TEXT}, tmp_path)
    assert imported.certain({part: TEXT}, tmp_path / "elsewhere")
    del sys.modules["noted_other"]


def test_a_linked_module_is_known_by_both_its_names(part: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    place = part.rename(tmp_path / "elsewhere" / "place.py")
    part.symlink_to(place)
    import_module("noted_part")
    for path in (part, place):
        assert imported.edited({path: "SCALE = 2.0\n"}) == [path]
        assert imported.certain({path: TEXT}, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "from __future__ import annotations\n\n\ndef f(x: list[int]) -> int:\n    return x[0]\n",
        "PATTERN = '\\d'\n",  # Python warns of it
    ],
)
@pytest.mark.filterwarnings("ignore:.*invalid escape sequence")
def test_a_text_is_compiled_as_an_import_compiles_it(part: Path, text: str) -> None:
    part.write_text(text)
    expected = SourceFileLoader("noted_part", str(part)).get_code("noted_part")
    assert imported.compiled(text, str(part)) == expected


def test_compiling_is_silent_and_what_cannot_be_compiled_is_nothing(
    recwarn: pytest.WarningsRecorder,
) -> None:
    assert imported.compiled("PATTERN = '\\w'\n", "silent.py") is not None
    assert imported.compiled("def f(:\n", "broken.py") is None
    assert imported.compiled("\0", "broken.py") is None
    assert not recwarn.list


SCRIPT = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
import before
from bigcurves.provenance import imported
import after
root = Path({root!r})
print([imported.certain({{root / name: (root / name).read_text()}}, root) for name in {names!r}])
"""


def test_only_what_is_imported_after_the_watch_began_is_certain(tmp_path: Path) -> None:
    """Of the script it is known what it was while it is still being executed."""
    names = ["before.py", "after.py", "script.py"]
    for name in names:
        (tmp_path / name).write_text("SCALE = 1.0\n")
    (tmp_path / "script.py").write_text(SCRIPT.format(root=str(tmp_path), names=names))
    done = subprocess.run(
        [sys.executable, "-B", tmp_path / "script.py"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "[False, True, True]\n", done.stderr
