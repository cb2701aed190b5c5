"""What a page must have, checked on the parsed page: each fault at its line, with its cure.

In a book of chapters every page: one sentence a line, and pictures with words for who does not
see them. A page that shows a chapter's `figures`: short cells, and figures with a name, a caption
that names its claim and a sentence that mentions them. A chapter among these (one that does not
say `chapter: false`) opens with questions on earlier chapters and a guess, and ends with three
sections, in whose last each sentence names its claim.
"""

import ast
import json
import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from bigcurves.provenance.closure import SOURCE_ROOT
from bookkit.charts.made import pages_made
from bookkit.checks.lines import faults_of, fence_of, lines_of
from bookkit.execution.contents import in_order
from bookkit.execution.python import python_of
from bookkit.reader.predict.directive import predict
from bookkit.reader.recall.directive import recall

LOG = logging.getLogger(__name__)
Faults = Iterator[tuple[int, str]]
LONGEST = 15  # lines of a cell
RECALLS = (0, 1, 2)  # none in the first chapter, one in the second, two from the third on
CLOSING = ("What could fool us", "Exercises", "In one breath")
WRAPPED = re.compile(r"^from [\w.]+ import \([^)]*\)", re.M)  # one statement, however long
# Of what Sphinx keeps of a page: the faults of its text, and, of a chapter, how many questions it
# opens with. Both are told when it is known whether the book has chapters, and in which order.
PROSE, ASKED = "bookkit_prose", "bookkit_recalls"


def check_page(app: Sphinx, doctree: nodes.document) -> None:
    """Report all faults of the page that was read."""
    docname = app.env.docname
    metadata = app.env.metadata[docname]
    path = app.env.doc2path(docname)
    if not str(path).endswith(".md"):
        return
    metadata[PROSE] = sorted({*_sentences(doctree), *_pictures(doctree)})
    if not _shows_figures(doctree):
        return
    illustrations = json.loads(metadata.get("illustrations", "[]"))
    faults = [*_cells(doctree), *_figures(doctree, illustrations)]
    if metadata.get("chapter") != "False":
        metadata[ASKED] = sum(1 for _ in doctree.findall(recall))
        faults += [*_opening(doctree), *_closing(doctree)]
    for line, message in sorted(set(faults)):
        LOG.warning(message, location=(docname, line))


def _shows_figures(doctree: nodes.document) -> bool:
    """Tell a page that is made from the `figures` of a chapter's room."""
    imports: dict[str, tuple[str, str]] = {}
    return any(pages_made(code, imports, SOURCE_ROOT) for _, code in _code_cells(doctree))


def check_book(_: Sphinx, env: BuildEnvironment) -> None:
    """Report what is told of a book that has chapters."""
    chapters = [page for _, page in in_order(env) if ASKED in env.metadata[page]]
    for page in sorted(env.found_docs) if chapters else ():
        for line, message in env.metadata[page].get(PROSE, ()):
            LOG.warning(message, location=(page, line))
    for place, page in enumerate(chapters):
        wanted, found = RECALLS[min(place, len(RECALLS) - 1)], env.metadata[page][ASKED]
        if found != wanted and len(chapters) > 1:
            message = f"must open with {wanted} {{recall}} on earlier chapters, found {found}"
            LOG.warning(message, location=(page, 1))


def _sentences(doctree: nodes.document) -> Faults:
    """Look at each paragraph and caption that an author has written as text."""
    for block in doctree.findall(nodes.Element):
        if isinstance(block, nodes.paragraph | nodes.caption) and _is_prose(block):
            yield from faults_of(block)


def _is_prose(block: nodes.Element) -> bool:
    """Tell text from cells of tables, from what code puts out, and from docstrings."""
    above = block.parent
    while isinstance(above, nodes.Element) and not isinstance(above, nodes.entry | recall):
        if above.get("nb_element") == "cell_code":
            return isinstance(block, nodes.caption)
        above = above.parent
    if above is not None:
        return False
    return isinstance(block, nodes.caption) or str(block.source or "").endswith(".md")


def _code_cells(doctree: nodes.document) -> Iterator[tuple[nodes.container, str]]:
    """List the page's cells, each with its code."""
    for cell in doctree.findall(nodes.container):
        if cell.get("nb_element") == "cell_code" and cell.children:
            code = next(cell.findall(nodes.literal_block), None)
            yield cell, code.astext() if code is not None else ""


def _figure_of(cell: nodes.container) -> dict[str, str] | None:
    """Give a cell's figure as its metadata names it, if it is one."""
    metadata: dict[str, Any] = cell.get("cell_metadata") or {}
    figure = (metadata.get("mystnb") or {}).get("figure")
    return figure if isinstance(figure, dict) else None


def _cells(doctree: nodes.document) -> Faults:
    """Report cells that are too long to be read at a glance, and charts that are no figures."""
    for cell, code in _code_cells(doctree):
        size = sum(bool(line.strip()) for line in WRAPPED.sub("import", code).splitlines())
        if size > LONGEST:
            cure = "move the rest into the chapter's modules"
            yield fence_of(cell), f"a cell of {size} lines: at most {LONGEST}; {cure}"
        if _figure_of(cell) is None and _ends_in_a_chart(code):
            yield (
                fence_of(cell),
                "a cell ends in a chart without figure metadata: give it name and caption",
            )


def _ends_in_a_chart(code: str) -> bool:
    """Tell whether a cell's last line makes a chart: a call with a description."""
    try:
        body = ast.parse(python_of(code)).body
    except SyntaxError:
        return False  # the build names it
    if not body or not isinstance(body[-1], ast.Expr):
        return False
    calls = (node for node in ast.walk(body[-1]) if isinstance(node, ast.Call))
    return any(keyword.arg == "description" for call in calls for keyword in call.keywords)


def _figures(doctree: nodes.document, illustrations: list[str]) -> Faults:
    """Report figures without name, caption, claim or mention."""
    captions = {name: each for each in doctree.findall(nodes.figure) for name in each["names"]}
    mentioned = {
        each.get("reftarget")
        for each in doctree.findall(nodes.Element)
        if each.get("reftype") == "numref"
    }
    for cell, _ in _code_cells(doctree):
        figure = _figure_of(cell)
        if figure is None:
            continue
        line, name = fence_of(cell), str(figure.get("name", ""))
        if not re.fullmatch(r"fig-[a-z0-9-]+", name):
            yield line, f"a figure's name must read like fig-learning-curve, got {name!r}"
        if not str(figure.get("caption", "")).strip():
            yield line, "a figure without a caption: say what it finds and what to do with it"
        elif name not in illustrations and not _names_a_claim(captions.get(name)):
            cure = "or, where it states no result, list it under `illustrations:` on top"
            yield line, f"the caption of {name} names no claim: add {{claim}}`id`, {cure}"
        if name and name not in mentioned:
            cure = f"write {{numref}}`{name}` where it is spoken of"
            yield line, f"no sentence mentions {name}: {cure}"


def _pictures(doctree: nodes.document) -> Faults:
    """Report pictures without words, and words with numbers that nothing checks."""
    for image in doctree.findall(nodes.image):
        alt = str(image.get("alt", ""))
        if not alt.strip():
            yield image.line or 1, "a picture without words: say in `:alt:` what it shows"
        elif re.search(r"\d", alt):
            yield image.line or 1, "an alternative text types a number, which no run stands behind"


def _names_a_claim(figure: nodes.Element | None) -> bool:
    if figure is None:
        return True  # it did not come to be; the build says why
    captions = figure.findall(nodes.caption)
    return any(line.claims for caption in captions for line in lines_of(caption))


def _opening(doctree: nodes.document) -> Faults:
    """Report an opening without a guess, or with one before what is remembered."""
    title = next(doctree.findall(nodes.section), doctree)
    asked = [child for child in title.children if isinstance(child, predict | recall)]
    kinds = [isinstance(child, predict) for child in asked]
    if True not in kinds:
        yield 1, "must open with a {predict}: the reader's guess before anything is shown"
    elif False in kinds[kinds.index(True) :]:
        yield 1, "asks what is remembered before it asks for a guess: put {recall} first"


def _closing(doctree: nodes.document) -> Faults:
    """Report an end without its sections, and sentences of the last that name no claim."""
    title = next(doctree.findall(nodes.section), doctree)
    sections = [child for child in title.children if isinstance(child, nodes.section)]
    heads = [section.children[0].astext() for section in sections]
    if tuple(heads[-len(CLOSING) :]) != CLOSING:
        place = (sections[-1].line if sections else None) or 1
        yield place, f"must end with the sections {', '.join(CLOSING)}, in this order"
        return
    for paragraph in sections[-1].findall(nodes.paragraph):
        for line in lines_of(paragraph):
            if not line.claims:
                cure = "end it with {claim}`id`"
                yield line.number, f"a sentence of {CLOSING[-1]} names no claim: {cure}"


def connect(app: Sphinx) -> None:
    """Check pages as they are read, and the book when all are."""
    app.connect("doctree-read", check_page, priority=900)
    app.connect("env-check-consistency", check_book)
