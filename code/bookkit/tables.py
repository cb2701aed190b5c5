"""Tables wider than the column scroll by themselves, so that the page never does."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from bookkit.markup import element


class WrapTables(SphinxPostTransform):
    """Put every table of a page into a box that may scroll; the script makes it a tab stop."""

    default_priority = 660
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Wrap each table."""
        for table in list(self.document.findall(nodes.table)):
            box = element("div", class_="table-scroll")
            table.replace_self(box)
            box += table


def name_no_empty_heading(
    _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: nodes.document
) -> None:
    """Make the corner of a printed table a plain cell: an empty heading names nothing."""
    if "body" in context:
        context["body"] = context["body"].replace("<th></th>", "<td></td>")


def connect(app: Sphinx) -> None:
    """Connect the boxes to Sphinx."""
    app.add_post_transform(WrapTables)
    app.connect("html-page-context", name_no_empty_heading)
