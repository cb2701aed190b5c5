"""Tables as readers of any kind meet them."""

from bookkit.tables import name_no_empty_heading


def test_an_empty_corner_is_a_cell_and_a_heading_stays_one():
    context = {"body": "<tr><th></th><th>n</th></tr>"}
    name_no_empty_heading(None, "page", "page.html", context, None)
    assert context["body"] == "<tr><td></td><th>n</th></tr>"
    name_no_empty_heading(None, "search", "search.html", {}, None)
