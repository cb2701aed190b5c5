"""What a chapter's own code hands to its text: the glued values, as Python values.

A directive's option names a glued value where a number would otherwise be typed. Values
are read after all pages have run, so that a page may also ask another: `page::name`.
"""

import ast
import json
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.ext.glue.utils import PendingGlueReference
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from bookkit.execution.changes import noted, pages_moved

ASKED = "bookkit_asked"  # of what Sphinx keeps of a page: what it shows by `{glue}` of others


class GlueError(ValueError):
    """A value that a page asks for and that no run has left; the message says what there is."""


def glued(env: BuildEnvironment, docname: str, name: str) -> Any:
    """Look up the value that a chapter glued.

    Parameters
    ----------
    env
        The build's environment, after the pages were read.
    docname
        The page that asks.
    name
        The value's name; `page::name` for another page, its path from the asking one.

    Raises
    ------
    GlueError
        If there is no such value, or it is no plain Python value.
    """
    page, _, key = name.rpartition("::")
    owner = page_of(env, docname, page) if page else docname
    values = glued_on(env, owner)
    if key not in values:
        near = get_close_matches(key, values, n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else f"glued there: {_list(values)}"
        raise GlueError(f"nothing is glued as {key!r} on {owner}.md; {hint}")
    try:
        return _value(values[key])
    except (ValueError, SyntaxError):
        raise GlueError(
            f"the value glued as {key!r} on {owner}.md must be a plain Python value "
            f"(float, int, str, bool, list, dict), got {values[key][:60]}"
        ) from None


def _list(values: Iterable[str]) -> str:
    return ", ".join(sorted(values)) or "none"


def page_of(env: BuildEnvironment, docname: str, page: str) -> str:
    """Name the page that `page`, a path as seen from `docname`, stands for."""
    _, path = env.relfn2path(f"{page.removesuffix('.md')}.md", docname)
    found = env.path2doc(path)
    if found is None or found not in env.found_docs:
        raise GlueError(f"there is no page {page!r} to take a value from")
    return found


def glued_on(env: BuildEnvironment, docname: str) -> dict[str, str]:
    """List all values glued on a page, as the text that Python shows for each."""
    now = NbMetadataCollector.get_doc_data(env)[docname].get("glue", [])
    kept = _outputs(env, docname)
    return {name: _plain(output["data"]) for name, output in kept.items() if name in now}


def _outputs(env: BuildEnvironment, docname: str) -> dict[str, Any]:
    """Look up what a page's last run glued, as outputs of its cells."""
    folder = Path(env.mystnb_config.output_folder)  # type: ignore[attr-defined]
    path = folder / f"{docname}.glue.json"
    return _kept(path, path.stat().st_mtime_ns) if path.is_file() else {}


@lru_cache(maxsize=64)
def _kept(path: Path, _changed: int) -> dict[str, Any]:
    """Read what one run of a page left, once: its values are asked for by the hundred."""
    kept: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return kept


@lru_cache(maxsize=512)
def _value(text: str) -> Any:
    """Read a Python value; whoever asks must not change it."""
    return ast.literal_eval(text)


def _plain(data: dict[str, Any]) -> str:
    """Take the plain text of an output, whatever prefix `display=False` gave it."""
    text = next((v for k, v in data.items() if k.endswith("text/plain")), "")
    return text if isinstance(text, str) else "".join(text)


def note_asked(app: Sphinx, doctree: nodes.document) -> None:
    """Note, as a page is read, which values of other pages it shows by `{glue}`."""
    asked = [(node.refdoc, node.key) for node in doctree.findall(PendingGlueReference)]
    if asked:
        app.env.metadata[app.env.docname][ASKED] = asked


def rewritten(_: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have pages written again that show another page's value which has moved."""
    values = {
        page: [_outputs(env, owner).get(name) for owner, name in asked]
        for page, asked in noted(env, ASKED).items()
    }
    return pages_moved(env, "glue", values)


def connect(app: Sphinx) -> None:
    """Keep what pages show of one another's values."""
    app.connect("doctree-read", note_asked)
    app.connect("env-updated", rewritten)
