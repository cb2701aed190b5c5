"""A measure of digits in each layer of five networks: the same plot for all measures."""

from dataclasses import dataclass

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import DASHES, Layers
from bigcurves.plotting.styles import ChartStyle, dash, hue, shape
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, GREEN, MUTED, PURPLE, VERMILLION

NETWORKS: ChartStyle = {
    "untrained": (MUTED, DASHES[2], "circle"),
    "true labels, all digits": (BLUE, DASHES[0], "diamond"),
    "true labels, few digits": (GREEN, DASHES[3], "triangle-up"),
    "random labels, few digits": (VERMILLION, DASHES[1], "square"),
    "random labels, all digits": (PURPLE, DASHES[5], "cross"),
}
LEGEND = alt.Legend(symbolOpacity=1, columns=2)


@dataclass(frozen=True, kw_only=True)
class Axis:
    """What the measures are, and the range that they are drawn in.

    Attributes
    ----------
    title
        Of the axis.
    low, high
        Its ends.
    menu
        What the reader chooses among the measures.
    percent
        Whether the measures are shares.
    """

    title: str
    low: float
    high: float
    menu: str
    percent: bool = False


def by_layer_chart(
    runs: pd.DataFrame, means: pd.DataFrame, *, axis: Axis, first: str, description: str
) -> Layers:
    """Follow a measure through the layers of each network.

    Parameters
    ----------
    runs
        `measure`, `network` (one of `NETWORKS`), `layer` (in words) and `value`, one row a run;
        layers in their order.
    means
        The same with `mean`, `low` and `high` over the runs in place of `value`.
    axis
        Of the measures.
    first
        The measure shown at first.
    """
    require_columns("runs", runs, {"measure", "network", "layer", "value"})
    require_columns("means", means, {"measure", "network", "layer", "mean", "low", "high"})
    menu = alt.binding_radio(options=list(means["measure"].unique()), name=axis.menu)
    measure = alt.param(name="measure", value=first, bind=menu)
    chosen = f"datum.measure == {measure.name}"
    x = alt.X("layer:N", sort=list(means["layer"].unique()), title="Layer", axis=_upright())
    single = alt.Chart(runs).transform_filter(chosen)
    mean = alt.Chart(means).transform_filter(chosen)
    colour = hue("network", NETWORKS, LEGEND)
    return (
        alt.layer(
            single.mark_tick(thickness=1, opacity=0.25, width=9).encode(
                x=x, y=_up("value", axis), color=colour
            ),
            mean.mark_rule(strokeWidth=3, opacity=0.6).encode(
                x=x, y=_up("low", axis), y2="high", color=colour
            ),
            mean.mark_line(strokeWidth=2.5).encode(
                x=x, y=_up("mean", axis), color=colour, strokeDash=dash("network", NETWORKS)
            ),
            mean.mark_point(size=75, opacity=1, filled=True).encode(
                x=x,
                y=_up("mean", axis),
                color=colour,
                shape=shape("network", NETWORKS, LEGEND),
            ),
        )
        .add_params(measure)
        .properties(width=520, height=330, description=require_description(description))
    )


def _upright() -> alt.Axis:
    return alt.Axis(labelAngle=0, ticks=False, grid=False)


def _up(field: str, axis: Axis) -> alt.Y:
    scale = alt.Scale(domain=[axis.low, axis.high], nice=False)
    look = alt.Axis(tickCount=6, format=".0%" if axis.percent else "~g")
    return alt.Y(f"{field}:Q", title=axis.title, scale=scale, axis=look)


def describe_by_layer(means: pd.DataFrame, axis: Axis) -> str:
    """Say what each network shows in each layer, measure by measure."""
    form = "{:.0%}" if axis.percent else "{:.1f}"
    layers = list(means["layer"].unique())
    parts = []
    for measure, rows in means.groupby("measure", sort=False):
        table = rows.pivot_table("mean", "network", "layer", sort=False)[layers]
        lines = "; ".join(
            f"{name}: {', '.join(form.format(value) for value in row)}"
            for name, row in zip(table.index, table.to_numpy(), strict=True)
        )
        parts.append(f"{measure}: {lines}")
    return (
        f"{axis.title} in each layer of five networks, from {layers[0]} over the hidden layers to "
        f"the {layers[-1]}. {'. '.join(parts)}. Buttons choose the measure."
    )
