"""A chapter's source text: its front matter and its code cells, with their lines."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

_FENCE = re.compile(
    r"^(?P<fence>`{3,}|:{3,}|~{3,})\{code-cell\}.*?\n(?P<body>.*?)^(?P=fence)\s*$", re.M | re.S
)
_OPTIONS = re.compile(r"\A---\n.*?^---\n|\A(?::[\w-]+:[^\n]*\n)+", re.M | re.S)
_FRONT = re.compile(r"\A---\n(?P<yaml>.*?)^---\s*?\n", re.M | re.S)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One code cell of a chapter.

    Attributes
    ----------
    number
        Its place on the page, counted from 1.
    line
        The line of its opening fence, counted from 1.
    code
        Its Python, without the options above it.
    options
        Those options, as YAML between its fences or as `:name: value` lines.
    begins
        The line of its first line of Python.
    """

    number: int
    line: int
    code: str
    options: str = ""
    begins: int = 0


def code_cells(text: str) -> list[Cell]:
    """List the code cells of a chapter's source."""
    return [
        Cell(
            number=number,
            line=text.count("\n", 0, match.start()) + 1,
            code=_OPTIONS.sub("", match["body"]),
            options=_options(match["body"]),
            begins=text.count("\n", 0, match.start("body") + len(_options(match["body"]))) + 1,
        )
        for number, match in enumerate(_FENCE.finditer(text), start=1)
    ]


def cells_of(path: Path) -> list[Cell]:
    """List the code cells of a page's file, `.md` or `.ipynb`.

    A notebook has no lines: MyST-NB counts 10,000 for each of its cells.
    """
    text = path.read_text("utf-8")
    if path.suffix != ".ipynb":
        return code_cells(text)
    cells = enumerate(json.loads(text)["cells"], start=1)
    code = [(place, cell) for place, cell in cells if cell["cell_type"] == "code"]
    return [
        Cell(number=number, line=place * 10_000, code="".join(cell["source"]))
        for number, (place, cell) in enumerate(code, start=1)
    ]


def _options(body: str) -> str:
    """Take the options off the top of a cell."""
    found = _OPTIONS.match(body)
    return found[0] if found else ""


def front_matter(text: str) -> re.Match[str] | None:
    """Match the YAML block that opens a page; its text is in the group `yaml`."""
    return _FRONT.match(text)
