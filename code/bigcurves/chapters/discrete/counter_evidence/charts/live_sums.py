"""Sums of numbers written in symbols, learned where the reader watches."""

import altair as alt
import pandas as pd

from bigcurves.plotting.kernels import ridge
from bigcurves.plotting.marks import DIAMOND, Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, INK, MUTED, VERMILLION

PENALTY = 1e-6  # next to none
KINDS = {"sums": "sums", "random": "the same sums, shuffled"}
ASKED = (347, 588)


def live_sums_chart(taught: pd.DataFrame, new: pd.DataFrame, *, description: str) -> Layers:
    """Fit what each symbol is worth to the first rows, and add pairs that were never taught.

    The fit is computed where the chart is drawn, by the kernel `ridge`.

    Parameters
    ----------
    taught, new
        `row` (a list of 0 and 1, one for each digit at each place of both numbers), and `sums`;
        for pairs taught also `random`, the targets after they changed hands.
    """
    require_columns("taught", taught, {"row", *KINDS})
    require_columns("new", new, {"row", "sums"})
    slider = alt.binding_range(min=5, max=len(taught), step=1, name="Sums taught")
    labels = list(KINDS.values())
    buttons = alt.binding_radio(options=list(KINDS), labels=labels, name="Teach")
    answers = {kind: [int(y) for y in taught[kind]] for kind in KINDS}
    params = [
        alt.param(name="m", value=60, bind=slider),
        alt.param(name="table", value="sums", bind=buttons),
        *(_number(name, value) for name, value in zip("ab", ASKED, strict=True)),
        alt.param(name="rows", value=[[int(v) for v in row] for row in taught["row"]]),
        alt.param(name="answers", value=answers),
        alt.param(name="known", expr="slice(rows, 0, m)"),
        alt.param(name="worth", expr="slice(answers[table], 0, m)"),
        alt.param(name="told", expr=ridge(_symbols(), "known", "worth", PENALTY)),
    ]
    rows = alt.Chart(new).transform_calculate(
        told=ridge("datum.row", "known", "worth", PENALTY),
        right="round(datum.told) == datum.sums",
    )
    return (
        alt.layer(*_points(rows), *_words(rows), *_asked())
        .add_params(*params)
        .properties(width=460, height=340, description=require_description(description))
    )


def _number(name: str, value: int) -> alt.Parameter:
    slider = alt.binding_range(min=0, max=999, step=1, name=f"Your number {name}")
    return alt.param(name=name, value=value, bind=slider)


def _symbols() -> str:
    """Write the reader's two numbers as symbols, in the language of the chart."""
    cells = (
        f"floor({number} / {place}) % 10 == {digit} ? 1 : 0"
        for number in "ab"
        for place in (100, 10, 1)
        for digit in range(10)
    )
    return f"[{', '.join(cells)}]"


def _at(field: str) -> dict[str, alt.X | alt.Y]:
    scale = alt.Scale(domain=[-100, 2100], nice=False)
    ticks = alt.Axis(values=[0, 500, 1000, 1500, 2000], format="d")
    return {
        "x": alt.X("sums:Q", title="The sum", scale=scale, axis=ticks),
        "y": alt.Y(f"{field}:Q", title="The answer", scale=scale, axis=ticks),
    }


def _points(rows: alt.Chart) -> tuple[alt.Chart, ...]:
    """Draw each new pair's answer against its sum, and the line on which answers are right."""
    ends = alt.Chart(pd.DataFrame({"sums": [0, 1998], "told": [0, 1998]}))
    marks = {"datum.right": (BLUE, "circle", 40), "!datum.right": (VERMILLION, "cross", 55)}
    points = (
        rows.transform_filter(test)
        .mark_point(shape=shape, size=size, color=hue, opacity=0.9, clip=True)
        .encode(**_at("told"))
        for test, (hue, shape, size) in marks.items()
    )
    return ends.mark_line(color=MUTED, strokeWidth=1).encode(**_at("told")), *points


def _words(rows: alt.Chart) -> tuple[alt.Chart]:
    """Write above the plot how many of the new pairs are added without a fault."""
    count = rows.transform_calculate(one="datum.right ? 1 : 0").transform_aggregate(
        right="sum(one)", all="count()"
    )
    said = "datum.right + ' of ' + datum.all + ' new pairs right'"
    words = count.transform_calculate(word=said).mark_text(
        align="left", baseline="top", fontWeight="bold", fontSize=15, color=INK
    )
    said = words.encode(x=alt.value(6), y=alt.value(2), text="word:N")
    return (said.properties(name="spoken_count"),)


def _asked() -> tuple[alt.Chart, alt.Chart]:
    """Draw the reader's own pair, and write its answer."""
    own = alt.Chart(pd.DataFrame({"own": [1]})).transform_calculate(
        sums="a + b",
        told="told",
        word="a + ' + ' + b + ': ' + format(round(told), 'd')",
    )
    text = own.mark_text(align="right", baseline="bottom", fontWeight="bold", fontSize=15)
    return (
        own.mark_point(**DIAMOND, clip=True).encode(**_at("told")),
        text.encode(x=alt.value("width"), y=alt.value(330), text="word:N").properties(
            name="spoken_answer"
        ),
    )


def describe_live_sums(taught: pd.DataFrame, new: pd.DataFrame, shares: dict[int, int]) -> str:
    """Say what the chart shows; `shares` are new pairs added right by sums taught."""
    counts = "; ".join(f"from {m} sums, {right}" for m, right in shares.items())
    return (
        f"Answers to {len(new)} pairs of numbers that were never taught against their true sums, "
        "with the line on which answers are right. The worth of each symbol is fitted as the "
        f"slider moves, up to {len(taught)} sums. Added right to the last digit: {counts}. Two "
        "sliders choose a pair of your own; buttons exchange the sums for the same sums, "
        "shuffled, of which nothing is learned."
    )
