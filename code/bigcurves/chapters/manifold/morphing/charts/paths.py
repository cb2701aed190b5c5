"""How far the middle of each way is off the world, over seeds."""

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, INK, MUTED, VERMILLION

FLOOR = 1e-5  # shares below are drawn here: rounding, not distance
CHOICES = {"middle": "half-way, off the world", "end": "at the end, off the picture"}


def paths_chart(runs: pd.DataFrame, means: pd.DataFrame, *, description: str) -> Layers:
    """Plot, way by way, how far its middle is off the world or its end off the goal.

    Parameters
    ----------
    runs
        `d`, `way`, `measure` ("middle" or "end") and the `share` of the ends' distance.
    means
        The same with `mean`, `low` and `high` over the runs, and `control`, whether the way is
        one; ways are drawn in this table's order.
    """
    require_columns("runs", runs, {"d", "way", "measure", "share"})
    require_columns("means", means, {"d", "way", "measure", "mean", "low", "high", "control"})
    worlds = sorted(int(d) for d in means["d"].unique())
    d = alt.param(
        name="d", value=worlds[0], bind=alt.binding_radio(options=worlds, name="Latents d")
    )
    menu = alt.binding_select(options=list(CHOICES), labels=list(CHOICES.values()), name="Distance")
    measure = alt.param(name="measure", value="middle", bind=menu)
    chosen = f"datum.d == {d.name} && datum.measure == {measure.name}"
    row = alt.Y(
        "way:N", sort=list(means["way"].unique()), title=None, axis=alt.Axis(labelLimit=200)
    )
    single = alt.Chart(_floored(runs, ["share"])).transform_filter(chosen)
    middle = alt.Chart(_floored(means, ["mean", "low", "high"])).transform_filter(chosen)
    hue = alt.condition("datum.control", alt.value(VERMILLION), alt.value(BLUE))
    return (
        alt.layer(
            single.mark_tick(height=12, opacity=0.35, color=MUTED).encode(x=_at("share"), y=row),
            middle.mark_rule(strokeWidth=3).encode(x=_at("low"), x2="high", y=row, color=hue),
            middle.mark_point(size=80, opacity=1).encode(x=_at("mean"), y=row, color=hue),
            middle.transform_calculate(
                text=f"datum.mean > {FLOOR} ? format(datum.mean, '.2~g') : 'none'"
            )
            .mark_text(dy=-12, color=INK, fontSize=12)
            .encode(x=_at("mean"), y=row, text="text:N"),
        )
        .add_params(d, measure)
        .properties(width=380, height=alt.Step(36), description=require_description(description))
    )


def _floored(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    return table.assign(**{name: table[name].clip(lower=FLOOR) for name in columns})


def _at(field: str) -> alt.X:
    scale = alt.Scale(type="log", domain=[FLOOR / 4, 1.5], nice=False)
    axis = alt.Axis(values=[1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1], format="~g", grid=True)
    return alt.X(f"{field}:Q", title="Share of the distance from A to B", scale=scale, axis=axis)


def describe_paths(means: pd.DataFrame) -> str:
    """Say how far off each way is, for each number of latents."""
    parts = []
    for (d, measure), rows in means.groupby(["d", "measure"], sort=False):
        listed = ", ".join(
            f"{way} {mean:.2g}" for way, mean in zip(rows["way"], rows["mean"], strict=True)
        )
        parts.append(f"with {d} latents, {CHOICES[str(measure)]}: {listed}")
    return (
        "For each way from one bar to another a dot on a log axis: a distance as a share of that "
        f"between the two ends, with single runs as ticks. {'; '.join(parts)}. Buttons and a list "
        "choose the world and the distance."
    )
