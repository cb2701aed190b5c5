"""HTML as document nodes: a component's parts hold text that Sphinx still resolves.

A question may hold a formula, a reference or a citation, so it cannot be written as a
string. `element` wraps any nodes in any HTML tag; builders that write no HTML pass through.
"""

from html import escape
from typing import Any, TypeVar

from docutils import nodes
from sphinx.application import Sphinx

VOID = ("input", "br", "hr")


class markup(nodes.General, nodes.Element):  # noqa: N801, D101 - docutils names nodes so
    pass


class inline_markup(nodes.Inline, nodes.TextElement):  # noqa: N801, D101 - docutils names nodes so
    pass


Made = TypeVar("Made", markup, inline_markup)


def element(tag: str, *children: nodes.Node | str, **attributes: Any) -> markup:
    """Wrap nodes and plain text in an HTML tag.

    Attributes are given with underscores for hyphens (`aria_label`, `class_`); `True` gives
    an attribute without a value, `None` and `False` leave it out.
    """
    return _filled(markup(), tag, children, attributes)


def inline(tag: str, *children: nodes.Node | str, **attributes: Any) -> inline_markup:
    """Wrap nodes and plain text in an HTML tag that stands in a line of text."""
    return _filled(inline_markup(), tag, children, attributes)


def start_tag(tag: str, attributes: dict[str, Any]) -> str:
    """Write an opening tag."""
    parts = [tag]
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        hyphened = name.rstrip("_").replace("_", "-")
        parts.append(hyphened if value is True else f'{hyphened}="{escape(str(value))}"')
    return f"<{' '.join(parts)}>"


def _filled(
    node: Made, tag: str, children: tuple[nodes.Node | str, ...], attributes: dict[str, Any]
) -> Made:
    node["tag"], node["html"] = tag, attributes
    node.extend(nodes.Text(child) if isinstance(child, str) else child for child in children)
    return node


def _open(writer: Any, node: nodes.Element) -> None:
    writer.body.append(start_tag(node["tag"], node["html"]))


def _close(writer: Any, node: nodes.Element) -> None:
    if node["tag"] not in VOID:
        writer.body.append(f"</{node['tag']}>" + "\n" * isinstance(node, markup))


def _pass(_writer: Any, _node: nodes.Element) -> None:
    return


def connect(app: Sphinx) -> None:
    """Teach Sphinx's writers the two nodes."""
    for node in (markup, inline_markup):
        app.add_node(node, html=(_open, _close), text=(_pass, _pass))
