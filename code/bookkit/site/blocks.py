"""Two blocks of a page: a note in the margin, and an admonition that unfolds."""

from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective


class margin(nodes.General, nodes.Element):  # noqa: N801, D101 - docutils names nodes so
    pass


class unfolding(nodes.General, nodes.Element):  # noqa: N801, D101 - docutils names nodes so
    pass


class Margin(SphinxDirective):
    """`{margin}`: a side fact or a unit, beside the text where there is room."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = {"class": directives.class_option}  # noqa: RUF012 - docutils' own shape

    def run(self) -> list[nodes.Node]:
        """Put the note into the page, its title first where it has one."""
        note = margin("\n".join(self.content))
        if self.arguments:
            text, messages = self.state.inline_text(self.arguments[0], self.lineno)
            note += nodes.paragraph("", "", nodes.strong("", "", *text), *messages)
        self.state.nested_parse(self.content, self.content_offset, note)
        return [note]


class UnfoldAdmonitions(SphinxPostTransform):
    """Turn an admonition of class `dropdown` into an element that opens by itself."""

    default_priority = 650
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Exchange every such admonition of the page."""
        for block in list(self.document.findall(nodes.Element)):
            if isinstance(block, nodes.Admonition) and "dropdown" in block["classes"]:
                block.replace_self(_unfolded(block))


def _unfolded(block: nodes.Element) -> unfolding:
    """Make an unfolding element of an admonition, its title apart from its body."""
    body = list(block.children)
    titled = bool(body) and isinstance(body[0], nodes.title)
    title = body.pop(0).astext() if titled else block.tagname.capitalize()
    classes = [name for name in block["classes"] if name != "dropdown"]
    return unfolding("", *body, title=title, classes=classes, ids=block["ids"])


def _open_margin(writer: Any, node: nodes.Element) -> None:
    writer.body.append(writer.starttag(node, "aside", CLASS="margin-note", role="note"))


def _close_margin(writer: Any, _: nodes.Element) -> None:
    writer.body.append("</aside>\n")


def _open_unfolding(writer: Any, node: nodes.Element) -> None:
    writer.body.append(writer.starttag(node, "details", CLASS="admonition unfolding"))
    writer.body.append(
        f'<summary class="admonition-title">{writer.encode(node["title"])}</summary>'
    )


def _close_unfolding(writer: Any, _: nodes.Element) -> None:
    writer.body.append("</details>\n")


def connect(app: Sphinx) -> None:
    """Connect the blocks to Sphinx."""
    app.add_node(margin, html=(_open_margin, _close_margin))
    app.add_node(unfolding, html=(_open_unfolding, _close_unfolding))
    app.add_directive("margin", Margin)
    app.add_post_transform(UnfoldAdmonitions)
