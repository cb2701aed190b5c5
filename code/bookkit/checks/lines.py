"""The lines of a parsed page as a reader reads them: a sentence each, at its line of the file.

docutils keeps an author's line breaks inside a paragraph. So each line of the file can be looked
at with all that stands on it, roles and numbers included, as the parser has understood it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from docutils import nodes

from bookkit.claims.mark import claim_mark

SHORT = r"(?:\b(?:e\.g|i\.e|cf|vs|al|Fig|Eq|Dr|Mr|Ms|St|No|etc)\.|\b[A-Z]\.)"
STOP = r"[.!?][\"')\]\u201d\u2019]*"
END = re.compile(rf"{STOP}\s+(?=[\"'(\[\u201c\u2018]*[A-Z])")
WHOLE = re.compile(r"(?:[.!?:;\u2026][\"')\]\u201d\u2019]*)\s*$")
BELOW = 2  # lines: MyST-NB takes a cell to begin so far below its fence
PASTED = {"pasted-text", "pasted-inline"}  # MyST-NB's classes of what was glued


@dataclass
class Line:
    """One line of a paragraph or a caption.

    Attributes
    ----------
    number
        Its place in the file, counted from 1; in a caption that of its cell.
    text
        What is read, each formula, role and glued number as a word with a capital.
    parts
        The nodes on it.
    """

    number: int
    text: str = ""
    parts: list[nodes.Node] = field(default_factory=list)

    @property
    def claims(self) -> list[str]:
        """The claims that the line names."""
        return [
            name for part in self.parts if isinstance(part, claim_mark) for name in part["claims"]
        ]

    @property
    def glued(self) -> bool:
        """Whether a number on the line comes from a run."""
        elements = (part for part in self.parts if isinstance(part, nodes.Element))
        return any(
            PASTED & set(each["classes"])
            for part in elements
            for each in part.findall(nodes.Element)
        )


def lines_of(block: nodes.Element) -> list[Line]:
    """Split a paragraph or a caption at the author's line breaks."""
    numbered = not isinstance(block, nodes.caption)
    first = (block.line or 0) if numbered else fence_of(block)
    lines = [Line(first)]
    for child in block.children:
        for place, text in enumerate(_texts(child)):
            if place:
                lines.append(Line(first + len(lines) * numbered))
            lines[-1].text += text
            lines[-1].parts.append(child)
    return lines


def faults_of(block: nodes.Element) -> Iterator[tuple[int, str]]:
    """Report lines of several sentences, and sentences broken over lines."""
    lines = lines_of(block)
    for line in lines:
        text = re.sub(SHORT, lambda found: found[0].replace(".", "\N{ONE DOT LEADER}"), line.text)
        if END.search(text.strip()):
            yield line.number, "several sentences: one on each line"
        if line is not lines[-1] and not WHOLE.search(text):
            yield line.number, "a sentence broken over lines: keep it on one line"


def fence_of(inside: nodes.Element) -> int:
    """Name the line of the fence that opens a cell."""
    return max(1, (inside.line or 0) - BELOW)


def line_of(node: nodes.Node) -> int:
    """Name the line of the file on which a part of a paragraph stands."""
    block = node.parent
    while block is not None and not isinstance(block, nodes.paragraph | nodes.caption):
        node, block = block, block.parent
    if block is None:
        return node.line or 0
    for line in lines_of(block):
        if any(part is node for part in line.parts):
            return line.number
    return block.line or 0


def _texts(child: nodes.Node) -> list[str]:
    """Give what is read of a node, split at line breaks."""
    if isinstance(child, nodes.Text):
        return str(child).split("\n")
    if isinstance(child, claim_mark | nodes.target):
        return [""]
    if isinstance(child, nodes.emphasis | nodes.strong):
        return child.astext().split("\n")
    return ["Xx"]
