"""Why random answers need units: each is one bend of a line, and the answers keep turning."""

import altair as alt
import numpy as np
import pandas as pd

from bigcurves.plotting.kernels import curve_at
from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import AXIS, BLUE, INK, VERMILLION

LABELS = {"random": "random bits", "smooth": "bits of a curve"}


def slope_changes_chart(points: pd.DataFrame, *, description: str) -> Layers:
    """Draw a line with bends through the first answers, and count what it needs.

    The line is computed where the chart is drawn, by the kernel `curve_at`.

    Parameters
    ----------
    points
        In the order in which they come: `place` from 0 to 1, and the answers `random` and
        `smooth`, -1 or 1.
    """
    require_columns("points", points, {"place", *LABELS})
    slider = alt.binding_range(min=4, max=len(points), step=1, name="Bits to store")
    options, names = list(LABELS), list(LABELS.values())
    buttons = alt.binding_radio(options=options, labels=names, name="Store")
    answers = {name: [int(y) for y in points[name]] for name in LABELS}
    params = [
        alt.param(name="n", value=16, bind=slider),
        alt.param(name="label", value="random", bind=buttons),
        alt.param(name="places", value=[round(float(x), 4) for x in points["place"]]),
        alt.param(name="answers", value=answers),
        alt.param(name="xs", expr="slice(places, 0, n)"),
        alt.param(name="ys", expr="slice(answers[label], 0, n)"),
    ]
    knots = pd.DataFrame({"place": [0, *points["place"], 1], "order": range(-1, len(points) + 1)})
    line = (  # through its own knots: steps of a fixed width would cut the corners off
        alt.Chart(knots.assign(order=knots["order"].replace(len(points), -1)))
        .transform_filter("datum.order < n")
        .transform_calculate(height=curve_at("'piecewise linear'", "datum.place", "xs", "ys"))
    )
    rows = alt.Chart(points.assign(order=range(len(points))))
    shown = rows.transform_filter("datum.order < n").transform_calculate(height="datum[label]")
    return (
        alt.layer(
            alt.Chart(pd.DataFrame({"height": [0]}))
            .mark_rule(color=AXIS, strokeDash=[3, 3])
            .encode(y=_at_height()),
            line.mark_line(color=INK, strokeWidth=1.6).encode(x=_at_place(), y=_at_height()),
            *(
                shown.transform_filter(f"datum.height == {side}")
                .mark_point(size=70, shape=shape, color=hue, opacity=1)
                .encode(x=_at_place(), y=_at_height())
                for side, shape, hue in (
                    (1, "triangle-up", BLUE),
                    (-1, "triangle-down", VERMILLION),
                )
            ),
            _count(shown),
        )
        .add_params(*params)
        .properties(width=520, height=210, description=require_description(description))
    )


def _at_place() -> alt.X:
    axis = alt.Axis(labels=False, ticks=False)
    return alt.X("place:Q", title="Place of the key", scale=alt.Scale(domain=[0, 1]), axis=axis)


def _at_height() -> alt.Y:
    scale = alt.Scale(domain=[-1.25, 1.25], nice=False)
    words = "datum.value > 0 ? 'bit 1' : datum.value < 0 ? 'bit 0' : ''"
    axis = alt.Axis(values=[-1, 0, 1], labelExpr=words, grid=False)
    return alt.Y("height:Q", title=None, scale=scale, axis=axis)


def _count(shown: alt.Chart) -> alt.Chart:
    """Write above the line how often the answers change along it, and the units this takes."""
    changes = (
        shown.transform_window(
            before="lag(height)", sort=[alt.SortField("place", order="ascending")]
        )
        .transform_calculate(change="datum.before != null && datum.before != datum.height ? 1 : 0")
        .transform_aggregate(changes="sum(change)", count="count()")
    )
    words = (
        "datum.count + ' bits; changes: ' + datum.changes"
        " + '; units: at least ' + max(1, datum.changes - 1)"
    )
    said: alt.Chart = (
        changes.transform_calculate(words=words)
        .mark_text(align="left", fontWeight="bold", fontSize=15, color=INK)
        .encode(x=alt.value(0), y=alt.value(-10), text="words:N")
        .properties(name="spoken")
    )
    return said


def changes(points: pd.DataFrame, label: str, n: int) -> int:
    """Count how often the answer changes along the first n points."""
    along = points[:n].sort_values("place")[label].to_numpy()
    return int(np.count_nonzero(along[1:] != along[:-1]))


def describe_slope_changes(points: pd.DataFrame) -> str:
    """Say how the changes grow with the bits, for both kinds of answers."""
    most = len(points)
    parts = "; ".join(
        f"{name}, {changes(points, label, 16)} changes among 16 bits and "
        f"{changes(points, label, most)} among {most}"
        for label, name in LABELS.items()
    )
    return (
        "Bits along a line, drawn as 1 above and 0 below, with a line of straight pieces through "
        f"them. {parts}. A slider sets how many bits are stored, buttons choose which; the line "
        "and the count of changes are computed as the slider moves."
    )
