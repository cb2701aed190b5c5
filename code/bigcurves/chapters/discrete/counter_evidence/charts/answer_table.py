"""Half of a table of answers, and one pair that was not taught: what its neighbours say."""

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import AXIS, BLUE, GRID, INK, MUTED, VERMILLION

CELL = 25  # px
PLACE = (3, 5)  # the first pair that is asked for


def answer_table_chart(cells: pd.DataFrame, *, description: str) -> alt.HConcatChart:
    """Show a table with the answers taught; the reader asks for a pair.

    Beside the table stand all answers: which are taught in the pair's row, which in its column,
    and which is right.

    Parameters
    ----------
    cells
        `table` (its kind), `a`, `b`, `answer`, and `taught`: a row for each cell of each table.
    """
    require_columns("cells", cells, {"table", "a", "b", "answer", "taught"})
    size = int(cells["a"].max()) + 1
    kinds = list(dict.fromkeys(cells["table"]))
    sliders = [
        alt.param(
            name=name,
            value=value,
            bind=alt.binding_range(min=0, max=size - 1, step=1, name=f"Number {name}"),
        )
        for name, value in zip("ab", PLACE, strict=True)
    ]
    table = alt.param(
        name="table", value=kinds[0], bind=alt.binding_radio(options=kinds, name="Table")
    )
    return (
        alt.hconcat(_square(cells, size), _answers(cells, size), spacing=30)
        .add_params(*sliders, table)
        .properties(description=require_description(description))
    )


def _square(cells: pd.DataFrame, size: int) -> Layers:
    """Draw the table: answers taught, the pair's row and column, and the pair itself."""
    rows = alt.Chart(cells).transform_filter("datum.table == table")
    at = {
        "x": alt.X("b:O", title="Number b", axis=alt.Axis(labelAngle=0)),
        "y": alt.Y("a:O", title="Number a"),
    }
    beside = rows.transform_filter("datum.a == a || datum.b == b")
    asked = rows.transform_filter("datum.a == a && datum.b == b")
    taught = rows.transform_filter("datum.taught")
    return alt.layer(
        beside.mark_rect(color=GRID).encode(**at),
        taught.mark_text(color=MUTED, fontSize=13).encode(text="answer:N", **at),
        taught.transform_filter("(datum.a == a) != (datum.b == b)")
        .mark_text(color=INK, fontSize=14, fontWeight="bold")
        .encode(text="answer:N", **at),
        asked.mark_rect(filled=False, stroke=VERMILLION, strokeWidth=3).encode(**at),
        asked.transform_calculate(word="datum.taught ? datum.answer : '?'")
        .mark_text(color=VERMILLION, fontSize=15, fontWeight="bold")
        .encode(text="word:N", **at),
    ).properties(width=CELL * size, height=CELL * size)


def _answers(cells: pd.DataFrame, size: int) -> Layers:
    """List the answers, with a mark where one is taught beside the pair, and the right one."""
    rows = alt.Chart(cells).transform_filter("datum.table == table")
    y = alt.Y("answer:O", title=None, scale=alt.Scale(domain=list(range(size))))
    where = ["in the row", "in the column"]
    x = alt.X(
        "where:N",
        title="Answers that are taught",
        scale=alt.Scale(domain=where),
        axis=alt.Axis(labelAngle=0, orient="top", domain=False, ticks=False, titlePadding=4),
    )
    beside = rows.transform_filter("datum.taught && (datum.a == a) != (datum.b == b)")
    place = f"datum.a == a ? '{where[0]}' : '{where[1]}'"
    right = rows.transform_filter("datum.a == a && datum.b == b")
    return alt.layer(
        right.mark_rule(color=VERMILLION, strokeWidth=CELL - 6, opacity=0.3).encode(
            y=y, x=alt.value(0), x2=alt.value(150)
        ),
        beside.transform_calculate(where=place)
        .mark_point(shape="square", size=90, color=BLUE, opacity=1)
        .encode(x=x, y=y),
        right.transform_calculate(word="'right: ' + datum.answer")
        .mark_text(align="left", color=VERMILLION, fontWeight="bold", dx=6)
        .encode(x=alt.value(150), y=y, text="word:N")
        .properties(name="spoken"),
        alt.Chart(pd.DataFrame({"answer": range(size)}))
        .mark_rule(color=AXIS, strokeWidth=0.3)
        .encode(y=y, x=alt.value(0), x2=alt.value(150)),
    ).properties(width=150, height=CELL * size)


def describe_answer_table(cells: pd.DataFrame) -> str:
    """Say for how many of the pairs never taught the right answer is taught beside them."""
    parts = []
    for kind, rows in cells.groupby("table", sort=False):
        asked, seen = rows[~rows["taught"]], rows[rows["taught"]]
        known = sum(
            ((seen["a"] == a) | (seen["b"] == b)).mul(seen["answer"] == answer).any()
            for a, b, answer in zip(asked["a"], asked["b"], asked["answer"], strict=True)
        )
        parts.append(f"{kind}, {known} of {len(asked)}")
    return (
        "A square table of answers to pairs of numbers, half of them filled in, and beside it a "
        "list of all answers with a mark for each that is taught in the row or the column of the "
        "pair that is asked for. Pairs never taught whose right answer is taught in their row or "
        f"column: {'; '.join(parts)}. Sliders choose the pair, buttons the table."
    )
