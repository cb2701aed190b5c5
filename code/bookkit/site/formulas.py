"""Formulas are set when the book is built, all in one call of KaTeX; a bad one is a fault.

Set formulas are kept by what they were set from, so a page that is written in a forked
process finds them ready, and an unchanged formula is never set again.
"""

import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from bookkit.assets.bundle import MODULES, WEB, node_path
from bookkit.watching.events import stage, step

LOG = logging.getLogger(__name__)


def connect(app: Sphinx) -> None:
    """Set formulas between reading and writing."""
    app.add_html_math_renderer("bookkit", (visit_inline, None), (visit_display, None))
    app.connect("doctree-read", note_formulas)
    app.connect("env-purge-doc", forget_formulas)
    app.connect("env-merge-info", merge_formulas)
    app.connect("env-check-consistency", set_formulas)


Found = dict[str, list[tuple[str, bool, int | None]]]


def formulas_of(env: BuildEnvironment) -> Found:
    """Look up each page's formulas: TeX, whether displayed, and line."""
    if not hasattr(env, "bookkit_formulas"):
        env.bookkit_formulas = {}  # type: ignore[attr-defined]
    found: Found = env.bookkit_formulas  # type: ignore[attr-defined]
    return found


def note_formulas(app: Sphinx, doctree: nodes.document) -> None:
    """Remember the formulas of a page that was just read."""
    formulas_of(app.env)[app.env.docname] = [
        (node.astext(), isinstance(node, nodes.math_block), node.line)
        for node in doctree.findall(nodes.Element)
        if isinstance(node, nodes.math | nodes.math_block)
    ]


def forget_formulas(_: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget a page that will be read again or is gone."""
    formulas_of(env).pop(docname, None)


def merge_formulas(
    _: Sphinx, env: BuildEnvironment, docs: set[str], other: BuildEnvironment
) -> None:
    """Take over what a forked reader noted."""
    formulas_of(env).update({name: formulas_of(other).get(name, []) for name in docs})


def set_formulas(app: Sphinx, env: BuildEnvironment) -> None:
    """Set every new formula; name the page and line of one that cannot be set."""
    wanted = {
        (tex, display): (page, line)
        for page, found in sorted(formulas_of(env).items())
        for tex, display, line in found
        if not _kept(app, tex, display).exists()
    }
    if wanted:
        stage("Setting formulas", len(wanted))
    answers = katex([{"tex": tex, "display": display} for tex, display in wanted])
    for ((tex, display), where), answer in zip(wanted.items(), answers, strict=True):
        step()
        if "fault" in answer:
            text = f"the formula {tex.strip()!r} cannot be set: {answer['fault']}"
            LOG.warning(text, location=where, type="bookkit", subtype="formula")
        else:
            _keep(_kept(app, tex, display), answer["html"])


def katex(formulas: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Set formulas with the KaTeX of the lock: the HTML of each, or its fault."""
    if not formulas:
        return []
    done = subprocess.run(
        [node_path(), "formulas.js"],
        input=json.dumps(formulas),
        capture_output=True,
        text=True,
        check=True,
        cwd=WEB,
    )
    answers: list[dict[str, str]] = json.loads(done.stdout)
    return answers


def _kept(app: Sphinx, tex: str, display: bool) -> Path:
    """Name the file of a set formula, after its text and KaTeX's version."""
    version = json.loads((MODULES / "katex" / "package.json").read_text("utf-8"))["version"]
    digest = hashlib.sha256(f"{version}\0{display}\0{tex}".encode()).hexdigest()[:20]
    return Path(app.outdir).parent / "formulas" / f"{digest}.html"


def _keep(path: Path, text: str) -> None:
    """Write under another name first, so that a reader never finds half a formula."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(text, "utf-8")
    part.replace(path)


def _set(writer: Any, node: nodes.Element) -> str:
    """Find a formula's HTML; one that appeared only while writing is set now."""
    tex, display = node.astext(), isinstance(node, nodes.math_block)
    path = _kept(writer.builder.app, tex, display)
    if path.exists():
        return path.read_text("utf-8")
    answer = katex([{"tex": tex, "display": display}])[0]
    return answer.get("html") or f"<code>{writer.encode(tex)}</code>"


def visit_inline(writer: Any, node: nodes.Element) -> None:
    """Write a formula in a line of text."""
    writer.body.append(f'<span class="math">{_set(writer, node)}</span>')
    raise nodes.SkipNode


def visit_display(writer: Any, node: nodes.Element) -> None:
    """Write a formula of its own line, with its number where it has one."""
    writer.body.append(writer.starttag(node, "div", CLASS="math"))
    writer.body.append(_set(writer, node))
    if node.get("number"):
        numbers = writer.builder.fignumbers.get("displaymath", {})
        number = node["number"]
        if writer.builder.config.math_numfig and writer.builder.config.numfig and node["ids"]:
            number = ".".join(map(str, numbers.get(node["ids"][0], (number,))))
        writer.body.append(f'<span class="eqno">({number})')
        writer.add_permalink_ref(node, "Link to this equation")
        writer.body.append("</span>")
    writer.body.append("</div>")
    raise nodes.SkipNode
