"""Every check of the chapters' source, gathered: each fault names file, line and cure."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bookkit.checks import shape
from bookkit.checks.text import lines_of, metadata
from bookkit.checks.words import typed, typed_descriptions
from bookkit.execution.cells import code_cells

RECALLS = (0, 1, 2)  # none in the opener, one in the second chapter, two from the third on


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong with a chapter's source, where, and what to do."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


def check_book(root: Path) -> list[Fault]:
    """Check every chapter that the contents of the book at `root` list."""
    faults, chapters = [], 0
    for page in pages(root):
        text = (root / f"{page}.md").read_text("utf-8")
        is_chapter = shape.is_chapter(text)
        recalls = RECALLS[min(chapters, len(RECALLS) - 1)] if is_chapter else None
        faults += check_page(text, f"{page}.md", recalls=recalls)
        chapters += is_chapter
    return sorted(faults)


def check_page(text: str, file: str, *, recalls: int | None) -> list[Fault]:
    """Check one page; `recalls` is how many a chapter opens with, None for other pages."""
    return [Fault(file, line, message) for line, message in _found(text, recalls)]


def pages(root: Path) -> list[str]:
    """List the pages of the contents that are written in MyST, in reading order."""
    contents = yaml.safe_load((root / "_toc.yml").read_text("utf-8"))
    listed = [contents["root"], *_files(contents)]
    return [page for page in listed if (root / f"{page}.md").is_file()]


def _files(part: Any) -> Iterator[str]:
    """Walk the contents below a page or a part."""
    for entry in [*part.get("parts", []), *part.get("chapters", []), *part.get("sections", [])]:
        if "file" in entry:
            yield entry["file"]
        yield from _files(entry)


def _found(text: str, recalls: int | None) -> Iterator[tuple[int, str]]:
    """Run the checks on one page."""
    front = metadata(text)
    lines = list(lines_of(text))
    allowed = front.get("typed") or {}
    yield from typed(lines, allowed)
    yield from shape.sentences(lines)
    yield from shape.cells(text)
    yield from shape.figures(text, [str(n) for n in front.get("illustrations") or []])
    for cell in code_cells(text):
        yield from typed_descriptions(cell, allowed)
    if recalls is not None:
        yield from shape.shape(text, lines, recalls)
