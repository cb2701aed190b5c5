"""The catalogue: experiments are found by looking at files, and told from other modules."""

import importlib
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bigcurves import chapters
from bigcurves.running import catalogue
from bigcurves.running.catalogue import UnknownNameError

EXPERIMENT = '''"""Water runs down.

Always.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Settings:
    n: int = 3


def run(settings, seed):
    return [{"seed": seed}]
'''
TITLE = "Water runs down."
Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Let the chapters hold nothing but what the test writes into their rooms."""
    folder = tmp_path / "bigcurves" / "chapters"
    folder.mkdir(parents=True)
    monkeypatch.setattr(chapters, "__path__", [str(folder)])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    def written(place: str, text: str = EXPERIMENT) -> Path:
        path = folder / f"{place}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        importlib.invalidate_caches()
        return path

    yield written
    for name in [name for name in sys.modules if name.startswith("bigcurves.chapters.hills")]:
        del sys.modules[name]


def test_experiments_are_listed_in_order_and_nothing_else_is(write: Write) -> None:
    for place in ("hills/steep/stream", "hills/flat/brook", "hills/charts/pond"):
        write(place, EXPERIMENT)
    write("hills/flat/figures", "def run(settings, seed):\n    return []\n")
    write("hills/flat/tables", "class Settings:\n    pass\n")
    write("hills/flat/mill", EXPERIMENT.replace(TITLE, "A mill — grinds."))
    assert list(catalogue.titles().items()) == [
        ("brook", TITLE),
        ("mill", "A mill — grinds."),
        ("stream", TITLE),
    ]


def test_titles_are_read_without_importing_anything(write: Write) -> None:
    write("hills/brook", f"{EXPERIMENT}\nraise RuntimeError('it was imported')\n")
    write("hills/mute", EXPERIMENT.partition('"""\n\n')[2])
    assert catalogue.titles() == {"brook": TITLE, "mute": ""}
    assert catalogue.source("brook").short_name == "brook"
    with pytest.raises(RuntimeError, match="it was imported"):
        catalogue.load("brook")


def test_two_experiments_of_one_name_are_both_named(write: Write) -> None:
    one, other = (write(f"hills/{room}/brook", EXPERIMENT) for room in ("flat", "steep"))
    with pytest.raises(ValueError, match="two experiments are called brook, ") as caught:
        catalogue.titles()
    assert f"{one} and {other}: rename one" in str(caught.value)


def test_an_experiment_is_imported_from_its_room(write: Write) -> None:
    path = write("hills/flat/brook", EXPERIMENT)
    module, source = catalogue.load("brook"), catalogue.source("brook")
    assert module.run(module.Settings(), 7) == [{"seed": 7}]
    assert Path(str(module.__file__)) == catalogue.path_of("brook") == source.path == path
    assert module.__name__ == source.name == "bigcurves.chapters.hills.flat.brook"


def test_an_edited_title_is_read_anew(write: Write) -> None:
    write("hills/brook", EXPERIMENT)
    assert catalogue.titles() == {"brook": TITLE}
    write("hills/brook", EXPERIMENT.replace("down", "up"))
    assert catalogue.titles() == {"brook": "Water runs up."}


@pytest.mark.parametrize(
    ("name", "hint"),
    [("brok", "did you mean brook?"), ("xyzzy", "there are brook, weir"), ("", "there are brook")],
)
def test_a_name_that_is_unknown_is_refused_with_those_like_it(
    write: Write, name: str, hint: str
) -> None:
    write("hills/weir", EXPERIMENT)
    write("hills/brook", EXPERIMENT)
    message = re.escape(f"no experiment is called {name!r}; {hint}")
    with pytest.raises(UnknownNameError, match=message):
        catalogue.load(name)
    with pytest.raises(UnknownNameError, match=f"no experiment is called {name!r}"):
        catalogue.source(name)


def test_what_kind_of_name_is_unknown_is_said() -> None:
    assert catalogue.checked("a-claim", {"a-claim": ""}, "claim") == "a-claim"
    with pytest.raises(UnknownNameError, match="no claim is called 'b'; there are a-claim"):
        catalogue.checked("b", {"a-claim": ""}, "claim")


def test_the_books_experiments_are_those_with_settings_and_a_run() -> None:
    """Counted anew by their text alone."""
    (folder,) = chapters.__path__
    texts = {path: path.read_text("utf-8") for path in Path(folder).rglob("*.py")}
    found = {
        path.stem
        for path, text in texts.items()
        if re.search(r"^class Settings\b", text, re.M) and re.search(r"^def run\(", text, re.M)
    }
    assert list(catalogue.titles()) == sorted(found)
    assert all(title.endswith(".") for title in catalogue.titles().values())
