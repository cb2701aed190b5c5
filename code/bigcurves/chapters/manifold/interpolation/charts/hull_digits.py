"""Digits through few components: how many are inside the hull, how many are named right."""

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, INK, MUTED, VERMILLION

STRIP = (300, 45)  # px of six images of 8 x 8 with a gap of one
STEP = 300 * 9 / 53  # px from one of them to the next
TOP, HEIGHT = 128, 420  # px: where the curves' plot begins and ends
CURVES = {"correct": ("named right", BLUE), "inside": ("inside the hull", VERMILLION)}


def crossing_chart(
    runs: pd.DataFrame, means: pd.DataFrame, views: pd.DataFrame, *, description: str
) -> Layers:
    """Cross two curves over the components kept, above six digits seen through as many.

    Parameters
    ----------
    runs
        `pixels` (how many components), `curve` ("correct" or "inside") and `share`, a row a run.
    means
        The same with `mean`, `low` and `high` over the runs in place of `share`.
    views
        A row for each `pixels` and `place` (0 to 5): the `picture` of all six (in the row of
        place 0), `hull` ("inside" or "outside") and `named`, what the digit is named.
    """
    require_columns("runs", runs, {"pixels", "curve", "share"})
    require_columns("means", means, {"pixels", "curve", "mean", "low", "high"})
    require_columns("views", views, {"pixels", "place", "picture", "hull", "named"})
    menu = alt.binding_select(
        options=[int(k) for k in sorted(views["pixels"].unique())], name="Components kept"
    )
    kept = alt.param(name="kept", value=8, bind=menu)
    now = alt.Chart(views).transform_filter(f"datum.pixels == {kept.name}")
    rule = now.transform_filter("datum.place == 0").mark_rule(color=MUTED, strokeDash=[4, 4])
    at = {"x": _at_components(), "color": _curve_hue()}
    return (
        alt.layer(
            rule.encode(x=_at_components(), y=alt.value(TOP), y2=alt.value(HEIGHT)),
            alt.Chart(runs).mark_point(size=10, opacity=0.4).encode(y=_at_share("share"), **at),
            alt.Chart(means).mark_line().encode(y=_at_share("mean"), **at),
            alt.Chart(means)
            .mark_rule(strokeWidth=5, strokeCap="butt", opacity=1)
            .encode(y=_at_share("low"), y2="high", **at),
            *_labels(),
            *_six(now),
        )
        .add_params(kept)
        .properties(width=520, height=HEIGHT, description=require_description(description))
    )


def _at_components() -> alt.X:
    scale = alt.Scale(type="log", base=2, domain=[1.9, 68], nice=False)
    axis = alt.Axis(values=[2, 4, 8, 16, 32, 64], format="d")
    return alt.X("pixels:Q", title="Principal components kept", scale=scale, axis=axis)


def _at_share(field: str) -> alt.Y:
    scale = alt.Scale(domain=[0, 1], nice=False, range=[HEIGHT, TOP])
    axis = alt.Axis(format="%", tickCount=5, titleY=TOP - 14)
    return alt.Y(f"{field}:Q", title="Share of new digits", scale=scale, axis=axis)


def _curve_hue() -> alt.Color:
    scale = alt.Scale(domain=list(CURVES), range=[hue for _, hue in CURVES.values()])
    return alt.Color("curve:N", scale=scale, legend=None)


def _labels() -> list[alt.Chart]:
    """Name each curve where it has room."""
    places = {"correct": (20, 0.9), "inside": (10.5, 0.16)}
    rows = pd.DataFrame(
        {"pixels": places[c][0], "share": places[c][1], "curve": c, "text": CURVES[c][0]}
        for c in CURVES
    )
    words = alt.Chart(rows).mark_text(align="left", fontWeight="bold", fontSize=14)
    return [
        words.encode(x=_at_components(), y=_at_share("share"), text="text:N", color=_curve_hue())
    ]


def _six(now: alt.Chart) -> list[alt.Chart]:
    """Show six digits through the components kept; below each where it lies and its name."""
    width, height = STRIP
    strip = now.transform_filter("datum.place == 0").mark_image(
        width=width, height=height, smooth=False, aspect=False, align="left", baseline="top"
    )
    words = [
        now.transform_filter(f"datum.place == {place}")
        .mark_text(baseline="top", fontSize=12, color=INK)
        .encode(x=alt.value(STEP * place + 22), y=alt.value(height + 5 + 16 * line), text=field)
        for place in range(6)
        for line, field in enumerate(("hull:N", "named:N"))
    ]
    return [strip.encode(x=alt.value(0), y=alt.value(0), url="picture:N"), *words]


def describe_crossing(means: pd.DataFrame) -> str:
    """Say where both curves begin, cross and end."""
    table = means.pivot_table("mean", "pixels", "curve")
    first, last = table.iloc[0], table.iloc[-1]
    above = table.index[table["correct"] > table["inside"]].min()
    return (
        "Shares of new digits against the number of principal components kept, on a log axis. "
        f"Inside the hull: {first['inside']:.0%} with {table.index[0]}, falling to "
        f"{last['inside']:.0%} with {table.index[-1]}. Named right: {first['correct']:.0%}, rising "
        f"to {last['correct']:.0%}. From {above} components on the second is above the first. A "
        "list chooses how many components six digits above the curves are seen through; below "
        "each stand its side of the hull and its name."
    )
