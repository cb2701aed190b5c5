"""Results that were typed: numbers, number words and comparatives that no run stands behind.

A page may type what is no result. Its front matter lists such phrases by what they are::

    typed:
      set-up: [twelve points, 64 pixels]
      definition: [half a turn]
      source: [nine claims]
      saying: [never mind]

Years are known by their form. A question states nothing; a guess asks for nothing more.
"""

import ast
import re
from collections.abc import Iterator, Mapping

from bookkit.checks.text import FINDING, Line
from bookkit.execution.cells import Cell
from bookkit.execution.python import python_of

KINDS = ("set-up", "definition", "source", "saying")
ROLE = re.compile(r"\{[\w:+.-]+\}`[^`]*`")
CODE = re.compile(r"`[^`]*`")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)|<https?:[^>]*>")
MATHS = re.compile(r"\$([^$]+)\$")
STATED = re.compile(
    r"(?:=|<|>|\\approx|\\pm|\\sim|\\leq?|\\geq?)\s*([-\u2212]?\d[\d.,]*\d|[-\u2212]?\d)"
)
MARKER = re.compile(r"^(?:\d+\.|[-*#>]+)\s+")
NUMBER = re.compile(r"(?<![\w.\-\u2212])[-\u2212]?\d+(?:[.,]\d+)*(?![\w]|-D\b)")
YEAR = re.compile(r"(?:\(|\b(?:in|of|since|until|from|by|[A-Z]\w+)\s)(?:19|20)\d\d\b")
BIG = "three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty"
BIG += "|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?"
WORDS = re.compile(
    r"\b(?:" + BIG + r"|twice|thrice|hal(?:f|ves?|ved|ving)|doubl(?:es?|ed|ing)|tripl(?:es?|ed|ing)"
    r"|quadrupl\w+|quarters?|thirds?|(?!mani|un)\w+fold|most|mostly|majority|never|always|hardly|barely"
    r"|about the same|no (?:better|worse|more|less)|as (?:much|many|well|fast|good|bad|far) as"
    r"|(?:more|less|fewer|better|worse|\w{3,}er) than|orders? of magnitude|per ?cent)\b",
    re.I,
)


def typed(lines: list[Line], allowed: Mapping[str, object]) -> Iterator[tuple[int, str]]:
    """Report typed results as (line, what and its cure)."""
    phrases = [_flat(p) for kind in KINDS for p in _listed(allowed, kind)]
    used = set[str]()
    for line in lines:
        if line.kind in ("gap", "ask"):
            continue
        held = bool(FINDING.search(line.text))
        text = " ".join(read_text(line.text).split())
        used |= {phrase for phrase in phrases if phrase in text.lower()}
        if line.text.rstrip().endswith("?"):
            continue
        covered = [m.span() for p in phrases for m in re.finditer(re.escape(p), text.lower())]
        for found in _suspects(text, held):
            if not any(a <= found.start() and found.end() <= b for a, b in covered):
                yield line.number, _message(found[0].strip())
    for phrase in sorted(set(phrases) - used):
        yield 1, f"typed: lists {phrase!r}, which the page no longer says: take it off the list"
    for kind in sorted(set(allowed) - set(KINDS)):
        yield 1, f"typed: must list its phrases under {', '.join(KINDS)}, got {kind!r}"


def typed_descriptions(cell: Cell, allowed: Mapping[str, object]) -> Iterator[tuple[int, str]]:
    """Report numbers typed into a chart's description as (line, what and its cure)."""
    phrases = [_flat(p) for kind in KINDS for p in _listed(allowed, kind)]
    try:
        tree = ast.parse(python_of(cell.code))
    except SyntaxError:
        return  # the build names it
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in ("description", "alt"):
            for text in (n for n in ast.walk(node.value) if isinstance(n, ast.Constant)):
                if isinstance(text.value, str):
                    left = _flat(text.value)
                    for phrase in phrases:
                        left = left.replace(phrase, "")
                    for found in NUMBER.finditer(left):
                        yield (
                            cell.line,
                            f"a description types {found[0]}: put the value into an f-string",
                        )


def read_text(text: str) -> str:
    """Leave of a line what its author typed as words: no roles, code, addresses or symbols."""
    text = ROLE.sub(" ", text)
    text = CODE.sub(" ", text)
    text = LINK.sub(r"\1", text)
    text = MATHS.sub(lambda m: " " + " ; ".join(STATED.findall(m[1])) + " ", text)
    return MARKER.sub("", text)


def _suspects(text: str, held: bool) -> Iterator[re.Match[str]]:
    """Find numbers, and outside a held sentence the words that compare."""
    years = [found.span() for found in YEAR.finditer(text)]
    for found in NUMBER.finditer(text):
        if not any(a <= found.start() and found.end() <= b for a, b in years):
            yield found
    if not held:
        yield from WORDS.finditer(text)


def _message(found: str) -> str:
    """Say what was typed, and what to do about it."""
    if re.search(r"\d", found):
        return (
            f"types the number {found}: glue it and write {{glue:text}}, or, where it is no "
            "result, list the phrase under `typed:` in the front matter"
        )
    return (
        f"says {found!r}: name the claim that holds it, {{finding}}`id`, or, where it is no "
        "result, list the phrase under `typed:` in the front matter"
    )


def _listed(allowed: Mapping[str, object], kind: str) -> list[str]:
    found = allowed.get(kind, [])
    return [str(phrase) for phrase in found] if isinstance(found, list) else []


def _flat(text: str) -> str:
    return " ".join(text.lower().split())
