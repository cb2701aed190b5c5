"""A chapter's source, line by line: what each line is, and what of it a reader reads.

The checks of a chapter's source need its prose apart from its code and options, with line
numbers that an author can go to. This is no parser of MyST: the build is. It knows fences,
options, captions and front matter, which is all that the checks ask.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from bookkit.execution.cells import front_matter

FENCE = re.compile(
    r"^\s*(?P<fence>`{3,}|:{3,}|~{3,})(?:\{(?P<name>[\w:-]+)\}(?P<rest>.*))?(?P<plain>\w*)\s*$"
)
OPTION = re.compile(r"^\s*:(?P<name>[\w-]+):\s*(?P<value>.*)$")
FINDING = re.compile(r"\{finding\}`(?P<claims>[^`]*)`")
SILENT = {
    "math",
    "bibliography",
    "toctree",
    "code-block",
    "code",
    "literalinclude",
    "list-table",
    "tableofcontents",
    "answers",
    "ledger",
    "eval-rst",
}
IMAGES = {"figure", "image"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line that a reader reads.

    Attributes
    ----------
    number
        Its place in the file, counted from 1.
    text
        What stands there, without indentation.
    kind
        `prose`, `heading`, `caption`, `alt`, `ask` (a guess is asked for, nothing is stated)
        or `gap` (nothing: a blank line or a fence, which ends a paragraph).
    section
        The heading of the second level above it.
    """

    number: int
    text: str
    kind: str
    section: str = ""


@dataclass
class Fence:
    """An open directive: its name, and how far the reading of it has come."""

    mark: str
    name: str
    options: bool = True
    yaml: bool = False
    caption: int | None = None
    asking: bool = False


def findings(text: str) -> Iterator[tuple[int, str]]:
    """List the lines that name claims, with the text of each mark."""
    for number, line in enumerate(text.splitlines(), start=1):
        for found in FINDING.finditer(line):
            yield number, found["claims"]


def claim_ids(text: str) -> list[str]:
    """Read the ids out of the text of a mark."""
    return [name.strip() for name in text.split(",") if name.strip()]


def metadata(text: str) -> dict[str, Any]:
    """Read a page's front matter."""
    front = front_matter(text)
    read = yaml.safe_load(front["yaml"]) if front else None
    return read if isinstance(read, dict) else {}


def lines_of(text: str) -> Iterator[Line]:
    """List the lines that a reader reads, and the gaps between paragraphs."""
    front = front_matter(text)
    first = text.count("\n", 0, front.end()) if front else 0
    section, open_fences = "", list[Fence]()
    for number, raw in enumerate(text.splitlines()[first:], start=first + 1):
        line = _read(number, raw, open_fences)
        if line.kind == "heading" and line.text.startswith("## "):
            section = line.text.removeprefix("## ").strip()
        yield Line(number=number, text=line.text, kind=line.kind, section=section)


def _read(number: int, raw: str, fences: list[Fence]) -> Line:
    """Read one line, with the directives that are open at it."""
    gap = Line(number=number, text="", kind="gap")
    mark = FENCE.match(raw)
    if (
        mark
        and fences
        and not mark["name"]
        and not mark["plain"]
        and mark["fence"] == fences[-1].mark
    ):
        fences.pop()
        return gap
    inside = fences[-1] if fences else None
    if mark and (inside is None or inside.name not in {"code-cell", ""}):
        name = mark["name"] or ""
        fences.append(Fence(mark=mark["fence"], name=name, asking=name == "predict"))
        return gap
    if inside is None:
        return _prose(number, raw)
    if inside.name == "code-cell":
        return _cell_line(number, raw, inside)
    return _directive_line(number, raw, inside)


def _prose(number: int, raw: str, kind: str = "prose") -> Line:
    """Read a line of text."""
    text = raw.strip()
    if not text or (text.startswith(("%", "(", "+++", "---", "|")) and _is_mark(text)):
        return Line(number=number, text="", kind="gap")
    if re.match(r"#{1,6} ", text):
        kind = "heading"
    return Line(number=number, text=text, kind=kind)


def _is_mark(text: str) -> bool:
    """Tell labels, comments, breaks and rows of a table from text."""
    return bool(re.match(r"%|\([\w-]+\)=$|\+\+\+|---|\|", text))


def _cell_line(number: int, raw: str, cell: Fence) -> Line:
    """Read a line of a code cell: only its caption is text."""
    gap = Line(number=number, text="", kind="gap")
    if cell.options and not cell.yaml and raw.strip() == "---":
        cell.yaml = True
        return gap
    if cell.yaml and raw.strip() == "---":
        cell.yaml = cell.options = False
        return gap
    if not cell.yaml:
        return gap
    indent = len(raw) - len(raw.lstrip())
    if cell.caption is not None and raw.strip() and indent > cell.caption:
        return Line(number=number, text=raw.strip(), kind="caption")
    cell.caption = None
    key, _, value = raw.strip().partition(":")
    if key == "caption":
        cell.caption = indent
        if value.strip() and value.strip()[0] not in "|>":
            return Line(number=number, text=value.strip(), kind="caption")
    return gap


def _directive_line(number: int, raw: str, directive: Fence) -> Line:
    """Read a line of any other directive."""
    if directive.name == "glossary" and raw[:1].strip():
        return Line(number=number, text=raw.strip(), kind="heading")  # a term, its definition below
    gap = Line(number=number, text="", kind="gap")
    option = OPTION.match(raw)
    if directive.options and option:
        if directive.name in IMAGES and option["name"] == "alt":
            return Line(number=number, text=option["value"], kind="alt")
        return gap
    directive.options = False
    if directive.name in SILENT or not directive.name:
        return gap
    if raw.strip() == "---":
        directive.asking = False
        return gap
    if directive.asking or re.match(r"\s*[-*] \[[ xX]\] ", raw):
        line = _prose(number, raw, "ask")
        return line
    return _prose(number, raw, "caption" if directive.name in IMAGES else "prose")
