"""Tables as readers of any kind meet them."""

from bookkit.site.tables import mend_printed_tables


def test_an_empty_corner_is_a_cell_and_a_heading_stays_one():
    context = {"body": "<tr><th></th><th>n</th></tr>"}
    mend_printed_tables(None, "page", "page.html", context, None)
    assert context["body"] == "<tr><td></td><th>n</th></tr>"
    mend_printed_tables(None, "search", "search.html", {}, None)


def test_a_table_that_a_cell_prints_stands_in_a_box_that_scrolls():
    table = '<table border="1" class="dataframe">\n<tr><td>1</td></tr>\n</table>'
    context = {"body": f"<p>a</p>{table}<p>b</p>{table}"}
    mend_printed_tables(None, "page", "page.html", context, None)
    assert context["body"].count(f'<div class="table-scroll">{table}</div>') == 2
