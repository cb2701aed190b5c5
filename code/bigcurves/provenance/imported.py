"""What this process has imported: each module's code, noted in the moment that it is executed.

A key is made of the texts that the files have now; a process may hold an older code. Whether it
does cannot be told from times, which editors, `rsync` and `tar` keep, nor from what Python has
cached. So Python tells us of each module that it executes, from the first import of `bigcurves`
on, and we note the code and the file's text. A run is made in this process only where it holds,
for certain, the code of the key (`certain`). Else it is made in a process that began after the key
was made, with today's texts (`running.fresh`), and that process too notes what it imports. So a
run always has the code that the files have today, wherever it is made, and never another's key.

Uncertain are modules that were imported before `bigcurves`, edited since, or imported twice with
another text in between (others may still hold what they took of the first).

Of installed packages, whose texts seldom change, only our own is noted: reading all would take
longer than importing them.
"""

import os
import sys
import warnings
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

from bigcurves.provenance.depends import LIBRARIES
from bigcurves.provenance.syntax import normal, write

_OWN = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep  # noqa: PTH100, PTH120


class _Note(NamedTuple):
    """A module's code as it was executed, and its file's text in that moment."""

    code: CodeType
    text: str


_ELSEWHERE = (*LIBRARIES, sys.prefix + os.sep)  # where an environment is reached through a link

_noted: dict[str, list[_Note]] = {}  # by the path, as it was imported and where it leads


def watch() -> None:
    """Note from now on what is imported, and what is just being imported."""
    frame = sys._getframe(1)
    while frame is not None:
        _note(frame.f_code)
        frame = frame.f_back  # type: ignore[assignment]
    sys.addaudithook(_on_audit)


def edited(texts: Mapping[Path, str]) -> list[Path]:
    """List the files whose text is another than when this process imported them.

    Parameters
    ----------
    texts
        The text of each file today.
    """
    return [path for path, text in texts.items() if (n := _notes(path)) and not _is(n[-1], text)]


def differing(texts: Mapping[Path, str]) -> list[Path]:
    """List the files that this process has ever imported with another text."""
    return [
        path for path, text in texts.items() if not all(_is(note, text) for note in _notes(path))
    ]


def unchanged(texts: Mapping[Path, str]) -> bool:
    """Tell whether this process imported none of the files with another text, to the letter."""
    return all(note.text == text for path, text in texts.items() for note in _notes(path))


def certain(texts: Mapping[Path, str], root: Path) -> bool:
    """Tell whether this process has imported just these texts, all of them.

    Parameters
    ----------
    texts
        The text of each file today.
    root
        The folder that holds their package: a file below it that was imported and is gone leaves
        nothing certain.
    """
    below = f"{root}{os.sep}"
    if any(path.startswith(below) and not Path(path).is_file() for path in _noted):
        return False
    notes = [note for path in texts for note in _notes(path)]
    from_text = all(compiled(note.text, note.code.co_filename) == note.code for note in notes)
    return all(map(_notes, texts)) and from_text and not differing(texts)


@lru_cache(maxsize=1024)
def compiled(text: str, path: str) -> CodeType | None:
    """Compile a text as an import does; what Python has cached of a file may be of another."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return compile(text, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return None


def _on_audit(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "exec" and isinstance(arguments[0], CodeType):
        _note(arguments[0])


def _note(code: CodeType) -> None:
    path = code.co_filename
    if code.co_name != "<module>" or not path.endswith(".py"):
        return
    if path.startswith(_ELSEWHERE) and not path.startswith(_OWN):
        return
    with suppress(OSError, ValueError):  # what has no text, such as a notebook's cell, is no module
        note = _Note(code, Path(path).read_text("utf-8"))
        for place in {path, os.path.realpath(path)}:
            _noted.setdefault(place, []).append(note)


def _notes(path: Path) -> list[_Note]:
    """Find what is noted of a file, by its own name first: a link may lead elsewhere by now."""
    return _noted.get(str(path)) or _noted.get(os.path.realpath(path)) or []


def _is(note: _Note, text: str) -> bool:
    return note.text == text or _alike(note.text, text)


@lru_cache(maxsize=256)
def _alike(one: str, other: str) -> bool:
    """Tell whether no run can tell two texts apart: a comment was edited, a docstring."""
    try:
        return write(normal(one)) == write(normal(other))
    except (SyntaxError, ValueError):
        return False
