"""Double descent: error and the length of the weights, as a model grows past its data."""

from typing import Any

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import DIAMOND, Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, INK, MUTED, VERMILLION

TEN = 10
FRAMES = 9 * TEN - 1  # pixels along ten digits of 8 x 8 with a gap of one
HIGH = f"width * {8 / FRAMES:.5f}"  # px of that strip, which is as wide as the chart
READING = 84  # px from the top to the line that tells the error
PANELS = {"error": (124, 364), "norm": (422, 542)}  # px from top to bottom of each panel


def descent_chart(
    runs: pd.DataFrame,
    means: pd.DataFrame,
    names: pd.DataFrame,
    *,
    picture: str,
    rows: int,
    description: str,
) -> Layers:
    """Follow error and length of weights over the number of features, for three kinds of labels.

    Parameters
    ----------
    runs
        A row a run: `labels` (a kind), `features`, `error` and `norm`, the weights' length.
    means
        `labels`, `features`, `size` (0, 1, ... with the features) and the means `error` and
        `norm`, with their intervals from `error_low` to `error_high` and so on.
    names
        What ten digits are named: `labels`, `size`, `place` (0 to 9), `named` and `right`.
    picture
        Those ten digits, a `data:` address.
    rows
        How many digits are learned: where the peak stands.
    """
    require_columns("runs", runs, {"labels", "features", "error", "norm"})
    ends = {f"{value}{end}" for value in ("error", "norm") for end in ("", "_low", "_high")}
    require_columns("means", means, {"labels", "features", "size", *ends})
    require_columns("names", names, {"labels", "size", "place", "named", "right"})
    kinds = alt.binding_radio(options=list(means["labels"].unique()), name="Training labels")
    labels = alt.param(name="labels", value=str(means["labels"].iloc[0]), bind=kinds)
    most = int(means["size"].max())
    slider = alt.binding_range(min=0, max=most, step=1, name=f"Size of the model, step 0 to {most}")
    size = alt.param(name="size", value=4, bind=slider)
    chosen = f"datum.labels == {labels.name}"
    tables = [alt.Chart(table).transform_filter(chosen) for table in (runs, means, names)]
    meeting = alt.Chart(pd.DataFrame({"features": [rows], "text": ["as many features as digits"]}))
    panels = [alt.layer(*_panel(tables, meeting, value)) for value in PANELS]
    words = alt.layer(*_ten_digits(tables[2], picture), _reading(tables[1]))
    chart: Layers = (
        alt.layer(words, *panels)
        .resolve_scale(y="independent")
        .add_params(labels, size)
        .properties(
            width=520, height=PANELS["norm"][1], description=require_description(description)
        )
    )
    return chart


def _panel(tables: list[alt.Chart], meeting: alt.Chart, value: str) -> tuple[alt.Chart, ...]:
    """Draw one value's runs, mean, interval, and where the model is now."""
    runs, means, _ = tables
    now = means.transform_filter("datum.size == size")
    top, bottom = PANELS[value]
    rule = meeting.mark_rule(color=MUTED, strokeDash=[4, 4]).encode(
        x=_across(), y=alt.value(top), y2=alt.value(bottom)
    )
    parts = [
        rule,
        runs.mark_tick(thickness=1, size=9, opacity=0.35, color=INK).encode(
            x=_across(), y=_up(value, value)
        ),
        means.mark_area(color=BLUE, opacity=0.3).encode(
            x=_across(), y=_up(f"{value}_low", value), y2=f"{value}_high"
        ),
        means.mark_line(color=BLUE).encode(x=_across(), y=_up(value, value)),
        now.mark_point(**DIAMOND).encode(x=_across(), y=_up(value, value)),
    ]
    if value == "norm":
        text = meeting.mark_text(align="left", baseline="top", dx=6, color=MUTED)
        parts.append(text.encode(x=_across(), y=alt.value(top), text="text:N"))
    return tuple(parts)


def _across() -> alt.X:
    axis = alt.Axis(values=[50, 100, 200, 500, 1000, 3000], format=",d")
    scale = alt.Scale(type="log", domain=[45, 3400], nice=False)
    return alt.X("features:Q", title="Features of the model", scale=scale, axis=axis)


def _up(field: str, value: str) -> alt.Y:
    top, bottom = PANELS[value]
    axis: dict[str, Any] = {"orient": "left", "offset": 0, "grid": True, "titleY": top - 10}
    if value == "norm":
        log = alt.Axis(values=[1, 10, 100, 1000], format=",d", **axis)
        scale = alt.Scale(
            type="log", domain=[0.4, 3000], range=[bottom, top], nice=False, clamp=True
        )
        return alt.Y(f"{field}:Q", title="Length of the weights", scale=scale, axis=log)
    share = alt.Axis(values=[0, 0.2, 0.4, 0.6, 0.8, 1], format="%", **axis)
    scale = alt.Scale(domain=[0, 1], range=[bottom, top], nice=False)
    return alt.Y(f"{field}:Q", title="Error on new digits", scale=scale, axis=share)


def _ten_digits(names: alt.Chart, picture: str) -> tuple[alt.Chart, ...]:
    """Show ten new digits above the plot, and what the model of this size names them."""
    strip = alt.Chart(pd.DataFrame({"picture": [picture]})).mark_image(
        width=alt.expr("width"),
        height=alt.expr(HIGH),
        smooth=False,
        aspect=False,
        align="left",
        baseline="top",
    )
    now = names.transform_filter("datum.size == size").transform_calculate(
        at=f"width * (9 * datum.place + 4) / {FRAMES}",
        below=f"{HIGH} + 4",
        text="datum.right ? '' + datum.named : '\\u2717 ' + datum.named",
    )
    mark = now.mark_text(baseline="top", fontWeight="bold").encode(
        x=alt.X("at:Q", scale=None, axis=None),
        y=alt.Y("below:Q", scale=None, axis=None),
        text="text:N",
        color=alt.condition("datum.right", alt.value(INK), alt.value(VERMILLION)),
    )
    return strip.encode(x=alt.value(0), y=alt.value(0), url="picture:N"), mark


def _reading(means: alt.Chart) -> alt.Chart:
    """Say how many features there are, and how large the error is."""
    text = means.transform_filter("datum.size == size").transform_calculate(
        text="format(datum.features, ',d') + ' features: error ' + format(datum.error, '.1%')"
    )
    style = text.mark_text(align="left", baseline="top", fontWeight="bold", fontSize=14)
    words: alt.Chart = style.encode(x=alt.value(0), y=alt.value(READING), text="text:N")
    return words


def describe_descent(means: pd.DataFrame) -> str:
    """Say how the error goes with the features, for each kind of labels."""
    parts = []
    for labels, rows in means.groupby("labels", sort=False):
        found = rows.set_index("features")["error"]
        told = ", ".join(f"{error:.0%} with {features:,}" for features, error in found.items())
        parts.append(f"{labels}: {told}")
    return (
        "Above, ten digits with the name that a model of the chosen size gives each; below, error "
        "on new digits against the number of features on a log axis, and under it the length of "
        f"the weights. {'; '.join(parts)}. Buttons choose the training labels, a slider the size."
    )
