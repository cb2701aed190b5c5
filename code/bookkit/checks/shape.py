"""The shape of a chapter's source: its opening and end, its figures, its cells, its sentences."""

import ast
import re
from collections.abc import Iterator
from typing import Any

import yaml

from bookkit.checks.text import FINDING, Line, metadata
from bookkit.execution.cells import code_cells, front_matter
from bookkit.execution.python import python_of

Faults = Iterator[tuple[int, str]]
LONGEST = 15
WRAPPED = re.compile(r"^from [\w.]+ import \([^)]*\)", re.M)  # one statement, however long
CLOSING = ("What could fool us", "Exercises", "In one breath")
DIRECTIVE = re.compile(r"^(?:`{3,}|:{3,})\{(?P<name>[\w-]+)\}", re.M)
SHORT = r"(?:\b(?:e\.g|i\.e|cf|vs|al|Fig|Eq|Dr|Mr|Ms|St|No|etc)\.|\b[A-Z]\.)"
END = re.compile(
    r"[.!?][\"')\]*_\u201d\u2019]*(?:\s*\{finding\}`[^`]*`)?\s+(?!\{finding)(?=[\"'(\[*_\u201c\u2018]*[A-Z$\\{])"
)
WHOLE = re.compile(r"(?:[.!?:;…][\"')\]*_\u201d\u2019]*|\$\$)(?:\s*\{finding\}`[^`]*`)*\s*$")


def cells(text: str) -> Faults:
    """Report cells that are too long to be read at a glance."""
    for cell in code_cells(text):
        size = sum(bool(line.strip()) for line in WRAPPED.sub("import", cell.code).splitlines())
        if size > LONGEST:
            cure = "move the rest into the package"
            yield cell.line, f"a cell of {size} lines: at most {LONGEST}; {cure}"


def figures(text: str, illustrations: list[str]) -> Faults:
    """Report figures without name, caption, finding or mention."""
    mentioned = set(re.findall(r"\{numref\}`(?:[^`<]*<)?([\w-]+)>?`", text))
    for line, figure in _figures(text):
        name, caption = str(figure.get("name", "")), str(figure.get("caption", ""))
        if not re.fullmatch(r"fig-[a-z0-9-]+", name):
            yield line, f"a figure's name must read like fig-learning-curve, got {name!r}"
        if not caption.strip():
            yield line, "a figure without a caption: say what it finds and what to do with it"
        elif name not in illustrations and not FINDING.search(caption):
            cure = "or, where it states no result, list it under `illustrations:` on top"
            yield line, f"the caption of {name} names no claim: add {{finding}}`id`, {cure}"
        if name and name not in mentioned:
            yield (
                line,
                f"no sentence mentions {name}: write {{numref}}`{name}` where it is spoken of",
            )
    for line in _bare_charts(text):
        yield line, "a cell ends in a chart without figure metadata: give it name and caption"


def sentences(lines: list[Line]) -> Faults:
    """Report lines of several sentences, and sentences broken over lines."""
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        if line.kind not in ("prose", "caption"):
            continue
        text = re.sub(SHORT, lambda m: m[0].replace(".", "\N{ONE DOT LEADER}"), line.text)
        text = re.sub(r"^\d+\. ", "", text)
        if END.search(text):
            yield line.number, "several sentences: one on each line"
        follows = after is not None and after.kind == line.kind and not _starts_block(after.text)
        if follows and not WHOLE.search(text) and not _starts_block(line.text):
            yield line.number, "a sentence broken over lines: keep it on one line"


def shape(text: str, lines: list[Line], recalls: int) -> Faults:
    """Report what a chapter's opening and end lack."""
    opening = re.split(r"^## ", text, maxsplit=1, flags=re.M)[0]
    asked = DIRECTIVE.findall(opening)
    found = asked.count("recall")
    if found != recalls:
        yield 1, f"must open with {recalls} {{recall}} on earlier chapters, found {found}"
    if "predict" not in asked:
        yield 1, "must open with a {predict}: the reader's guess before anything is shown"
    if recalls and "predict" in asked and "recall" in asked[asked.index("predict") :]:
        yield 1, "asks what is remembered before it asks for a guess: put {recall} first"
    heads = [(line.number, line.text.removeprefix("## ")) for line in lines if _is_section(line)]
    if tuple(head for _, head in heads[-len(CLOSING) :]) != CLOSING:
        place = heads[-1][0] if heads else 1
        yield place, f"must end with the sections {', '.join(CLOSING)}, in this order"
    for line in lines:
        if line.section == CLOSING[-1] and line.kind == "prose" and not FINDING.search(line.text):
            yield (
                line.number,
                f"a sentence of {CLOSING[-1]} names no claim: end it with {{finding}}`id`",
            )


def _is_section(line: Line) -> bool:
    return line.kind == "heading" and line.text.startswith("## ")


def _starts_block(text: str) -> bool:
    """Tell an item of a list, a quotation or a definition, which begin a block of their own."""
    return bool(re.match(r"(?:[-*>:]|\d+\.)\s", text))


def _figures(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """List the figures of a chapter's cells, with their lines."""
    for cell in code_cells(text):
        read = yaml.safe_load(cell.options.strip().strip("-")) if cell.options[:1] == "-" else {}
        figure = ((read or {}).get("mystnb") or {}).get("figure")
        if figure is not None:
            yield cell.line, figure if isinstance(figure, dict) else {}


def _bare_charts(text: str) -> Iterator[int]:
    """Find cells that end in a chart (a call with a description) but are no figure."""
    known = {line for line, _ in _figures(text)}
    for cell in code_cells(text):
        try:
            body = ast.parse(python_of(cell.code)).body
        except SyntaxError:
            continue  # the build names it
        last = body[-1] if body else None
        if cell.line in known or not isinstance(last, ast.Expr):
            continue
        keywords = [k.arg for n in ast.walk(last) if isinstance(n, ast.Call) for k in n.keywords]
        if "description" in keywords:
            yield cell.line


def is_chapter(text: str) -> bool:
    """Tell a chapter, which runs code, from a page of the end matter (or one that says so)."""
    says = metadata(text).get("chapter", True)
    return bool(says) and front_matter(text) is not None and bool(code_cells(text))
