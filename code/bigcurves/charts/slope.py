"""A meter for dimension: the nearest distance against the number of rows has slope -1/d."""

import altair as alt
import pandas as pd

from bigcurves.charts.marks import Layers
from bigcurves.charts.tables import require_columns, require_description
from bigcurves.charts.theme import AXIS, INK, MUTED, VERMILLION

BARS = "bars with d latents"
LINE = 1.45  # by how much two names on the axis of distances must differ, as a ratio
MOST = 4000  # where the axis of sizes ends: room for names beside the lines


def slope_chart(
    runs: pd.DataFrame, means: pd.DataFrame, readings: pd.DataFrame, *, description: str
) -> Layers:
    """Plot the nearest distance against the number of rows: a meter whose slope is -1/d.

    Parameters
    ----------
    runs
        `rows` (which cloud), `d` (0 where nobody knows it), `n` and `distance`, one row a run.
    means
        The same with the `mean` over the runs in place of `distance`.
    readings
        For each cloud `rows`, `d`, its short `name` and `text`, what its slope reads.
    """
    require_columns("runs", runs, {"rows", "d", "n", "distance"})
    require_columns("means", means, {"rows", "d", "n", "mean"})
    require_columns("readings", readings, {"rows", "d", "text", "name"})
    menu = alt.binding_select(options=list(means["rows"].unique()), name="Images")
    cloud = alt.param(name="rows", value=BARS, bind=menu)
    slider = alt.binding_range(min=1, max=5, step=1, name="Latents of the bars, d")
    d = alt.param(name="d", value=2, bind=slider)
    chosen = f"datum.rows == {cloud.name} && (datum.d == {d.name} || datum.rows != '{BARS}')"
    ends = readings[["rows", "d", "name"]].merge(
        means[means["n"] == means["n"].max()], on=["rows", "d"]
    )
    return (
        alt.layer(*_all_clouds(means, ends, chosen), *_one_cloud(runs, means, readings, chosen))
        .add_params(cloud, d)
        .properties(width=520, height=380, description=require_description(description))
    )


def at_size() -> alt.X:
    """Put the numbers of rows on a log axis that leaves room for names."""
    scale = alt.Scale(type="log", domain=[28, MOST], nice=False)
    axis = alt.Axis(values=[32, 64, 128, 256, 512, 1024], format="d")
    return alt.X("n:Q", title="Number of images n", scale=scale, axis=axis)


def _at_distance(field: str) -> alt.Y:
    scale = alt.Scale(type="log", domain=[1e-4, 1], nice=False)
    axis = alt.Axis(values=[1e-4, 1e-3, 1e-2, 1e-1, 1], format="~g")
    title = "Distance to the nearest image (RMS pixel value)"
    return alt.Y(f"{field}:Q", title=title, scale=scale, axis=axis)


def _all_clouds(
    means: pd.DataFrame, ends: pd.DataFrame, chosen: str
) -> tuple[alt.Chart, alt.Chart]:
    """Draw every cloud's line, pale, and name it at its end."""
    lines = alt.Chart(means).mark_line(color=AXIS, strokeWidth=1.5, opacity=0.55)
    ends = ends.assign(height=_apart(ends["mean"], ends["name"] != ""))
    names = alt.Chart(ends).mark_text(align="left", dx=10)
    return (
        lines.encode(x=at_size(), y=_at_distance("mean"), detail=["rows:N", "d:O"]),
        names.encode(
            x=at_size(),
            y=_at_distance("height"),
            text="name:N",
            color=alt.condition(chosen, alt.value(VERMILLION), alt.value(MUTED)),
        ),
    )


def _apart(means: "pd.Series[float]", named: "pd.Series[bool]") -> "pd.Series[float]":
    """Move names that would touch up the axis, by a line of text at most each."""
    heights, below = means.copy(), 0.0
    for place in means[named].sort_values().index:
        below = heights[place] = max(means[place], below * LINE)
    return heights


def _one_cloud(
    runs: pd.DataFrame, means: pd.DataFrame, readings: pd.DataFrame, chosen: str
) -> tuple[alt.Chart, alt.Chart, alt.Chart]:
    """Draw the chosen cloud: its line, its single runs, and what its slope reads."""
    line = alt.Chart(means).transform_filter(chosen).mark_line(color=VERMILLION, strokeWidth=3)
    dots = alt.Chart(runs).transform_filter(chosen)
    words = alt.Chart(readings).transform_filter(chosen)
    return (
        line.encode(x=at_size(), y=_at_distance("mean")),
        dots.mark_point(color=INK, size=14, opacity=0.5).encode(
            x=at_size(), y=_at_distance("distance")
        ),
        words.mark_text(align="left", baseline="top", fontSize=15, fontWeight="bold").encode(
            x=alt.value(4), y=alt.value(6), text="text:N"
        ),
    )


def describe_slopes(readings: pd.DataFrame) -> str:
    """Say what each cloud's line reads."""
    named = readings[readings["name"] != ""]
    parts = "; ".join(
        f"{row.name_}: {row.text}" for row in named.rename(columns={"name": "name_"}).itertuples()
    )
    return (
        "Distance to the nearest image against the number of images, both on log axes. Every "
        f"line falls, and the more dimensions, the more gently. {parts}. A list and a slider "
        "choose the line that is drawn bold."
    )
