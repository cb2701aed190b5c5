"""`{try}`: a phrase of the text that sets a figure's controls and brings it into view.

{try}`set k to 1 <fig-knn k=1>` names the figure and what to set, several with spaces
between; a value with spaces stands in double quotes. A state that no control shows (a legend
choice, a brush) is pasted from the figure's "Copy link to this view":
{try}`look at one world <fig-worlds?view=...>`. Without JavaScript the phrase leads to the figure.

A figure of another page is named behind that page's path: {try}`one latent <../dimension::fig-slope
d=1>` opens the page with the figure in that state.
"""

import json
import re
from typing import Any
from urllib.parse import quote, unquote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from bookkit.charts.node import charts_of
from bookkit.execution.changes import noted, pages_moved
from bookkit.execution.glued import GlueError, page_of
from bookkit.reader.figure_controls import ControlError, control_of, controls_of, refused
from bookkit.site.markup import inline

LOG = logging.getLogger(__name__)
PHRASE = re.compile(
    r"(?P<words>.+?)\s*<(?:(?P<page>[\w./-]+)::)?(?P<figure>[\w-]+)(?:\?view=(?P<view>\S+)|\s+(?P<sets>.+))>",
    re.S,
)
SET = "bookkit_set"  # of what Sphinx keeps of a page: other pages whose figures it sets
SETTING = re.compile(r'(?P<name>\w+)=(?P<value>"[^"]*"|\S+)')


class try_it(nodes.Inline, nodes.TextElement):  # noqa: N801, D101 - docutils names nodes so
    pass


class TryIt(SphinxRole):
    """Read the role: the words, the figure, and what to set."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Leave a place for the phrase; controls are known when all charts are built."""
        found = PHRASE.fullmatch(self.text.strip())
        node = try_it(self.rawtext, "", found=found.groupdict() if found else None)
        node["written"] = self.text
        if found and found["page"]:
            self.env.metadata[self.env.docname].setdefault(SET, []).append(found["page"])
        self.set_source_info(node)
        return [node], []


class ShowTries(SphinxPostTransform):
    """Write each phrase, its settings checked against the figure's controls."""

    default_priority = 8
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Write every phrase of the page."""
        for node in list(self.document.findall(try_it)):
            try:
                node.replace_self(self.written(node))
            except ControlError as fault:
                LOG.warning("{try}: %s", fault, location=node)
                node.replace_self(nodes.Text(node["written"]))

    def written(self, node: try_it) -> nodes.Node:
        """Write one phrase."""
        found = node["found"]
        if not found:
            raise ControlError(
                f"must read like `set k to 1 <fig-knn k=1>`, got {node['written']!r}"
            )
        figure = nodes.make_id(found["figure"])
        signals, picks = _view(found["view"]) if found["view"] else (_settings(found["sets"]), {})
        page = self.page(found["page"])
        document = self.env.get_doctree(page) if page else self.document
        controls_of(self.app, document, figure)
        for name, value in signals.items():
            control = control_of(self.app, document, figure, name)
            if wanted := refused(control, value):
                raise ControlError(f"{name} must be {wanted}, got {value!r}")
        if page:
            state = quote(json.dumps([signals, picks], separators=(",", ":")))
            uri = self.app.builder.get_relative_uri(self.env.docname, page)
            return inline(
                "a", found["words"], href=f"{uri}#{figure}?view={state}", class_="view-it"
            )
        return inline(
            "a",
            found["words"],
            class_="try-it",
            href=f"#{figure}",
            data_figure=figure,
            data_try=json.dumps({"signals": signals, "picks": picks}),
        )

    def page(self, path: str | None) -> str | None:
        """Name the page that a path leads to; none where the figure is on this page."""
        if path is None:
            return None
        try:
            return page_of(self.env, self.env.docname, path)
        except GlueError:
            raise ControlError(f"there is no page {path!r} with figures to set") from None


def _settings(text: str) -> dict[str, Any]:
    """Read `k=1 model="nearest point"`."""
    left = SETTING.sub("", text).strip()
    if left:
        raise ControlError(f"each setting must read like k=1, got {left!r}")
    return {found["name"]: _value(found["value"]) for found in SETTING.finditer(text)}


def _value(text: str) -> Any:
    """Read a value as JSON; anything else is text."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _view(text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Read the end of a link to a view: controls, and choices that no control shows."""
    try:
        signals, picks = json.loads(unquote(text))
        return dict(signals), dict(picks)
    except (TypeError, ValueError):
        raise ControlError(f"the copied view cannot be read: {text[:40]}") from None


def rewritten(_: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have pages written again, and checked, that set figures of a page whose charts have moved."""
    charts = {
        page: [_charts(env, page, path) for path in others]
        for page, others in noted(env, SET).items()
    }
    return pages_moved(env, "figures", charts)


def _charts(env: BuildEnvironment, page: str, path: str) -> list[str]:
    """List what another page's charts are keyed on; nothing where there is no such page."""
    try:
        return [each["key"] for each in charts_of(env).get(page_of(env, page, path), [])]
    except GlueError:
        return []


def connect(app: Sphinx) -> None:
    """Connect the role to Sphinx."""
    app.connect("env-updated", rewritten)
    app.add_node(try_it, text=(_pass, _pass), html=(_pass, _pass))
    app.add_role("try", TryIt())
    app.add_post_transform(ShowTries)


def _pass(_writer: Any, _node: nodes.Element) -> None:
    return
