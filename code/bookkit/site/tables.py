"""Tables wider than the column scroll by themselves, so that the page never does."""

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from bookkit.site.markup import element

PRINTED = re.compile(r'(<table border="1" class="dataframe">.*?</table>)', re.S)


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


def mend_printed_tables(
    _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: nodes.document
) -> None:
    """Box a table that a cell prints, and make its corner a cell: an empty heading is none."""
    if "body" in context:
        body = context["body"].replace("<th></th>", "<td></td>")
        body = PRINTED.sub(r'<div class="table-scroll">\1</div>', body)
        context["body"] = body


def connect(app: Sphinx) -> None:
    """Connect the boxes to Sphinx."""
    app.add_post_transform(WrapTables)
    app.connect("html-page-context", mend_printed_tables)
