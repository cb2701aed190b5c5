"""What a noisy row is worth: the rate of exchange against clean rows, and our rough guides."""

import altair as alt
import pandas as pd

from bigcurves.chapters.density.more_data_better_data.charts.label_noise import at_rows
from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, GREEN, MUTED, VERMILLION

LEAST = 17  # rows: left of the first, 100, the guides' names have room, on a phone too
RATE_HUES = {0.2: BLUE, 0.4: GREEN, 0.6: VERMILLION}


def rates_chart(
    runs: pd.DataFrame, means: pd.DataFrame, guides: pd.DataFrame, *, description: str
) -> Layers:
    """Draw how many noisy rows were worth one clean row, against the number of rows.

    Parameters
    ----------
    runs
        A row a run: `flips`, `share`, `n` and `rate`, above 0.
    means
        The same with the geometric `mean` and its interval from `low` to `high`.
    guides
        `flips`, `share` and `guide`, the rule of thumb, with its `name`.
    """
    require_columns("runs", runs, {"flips", "share", "n", "rate"})
    require_columns("means", means, {"flips", "share", "n", "mean", "low", "high"})
    require_columns("guides", guides, {"flips", "share", "guide", "name"})
    kinds = alt.binding_radio(options=list(means["flips"].unique()), name="Wrong labels")
    flips = alt.param(name="flips", value=str(means["flips"].iloc[0]), bind=kinds)
    chosen = f"datum.flips == {flips.name}"
    rows, rules = (alt.Chart(t).transform_filter(chosen) for t in (means, guides))
    single = alt.Chart(runs).transform_filter(chosen)
    return (
        alt.layer(
            rules.mark_rule(strokeDash=[6, 4], strokeWidth=1.5).encode(
                y=_at_rate("guide"), color=_rate_hue()
            ),
            single.mark_tick(thickness=1, size=8, opacity=0.3).encode(
                x=at_rows(LEAST), y=_at_rate("rate"), color=_rate_hue()
            ),
            rows.mark_area(opacity=0.22).encode(
                x=at_rows(LEAST), y=_at_rate("low"), y2="high", color=_rate_hue()
            ),
            rows.mark_line().encode(x=at_rows(LEAST), y=_at_rate("mean"), color=_rate_hue()),
            rows.mark_point(size=60, opacity=1).encode(
                x=at_rows(LEAST), y=_at_rate("mean"), color=_rate_hue(), shape=_rate_shape()
            ),
            rules.mark_text(align="left", baseline="bottom", dy=-3, color=MUTED).encode(
                x=alt.value(0), y=_at_rate("guide"), text="name:N"
            ),
        )
        .add_params(flips)
        .properties(width=520, height=360, description=require_description(description))
    )


def _at_rate(field: str) -> alt.Y:
    axis = alt.Axis(values=[1, 3, 10, 30, 100, 300], format="d", grid=False)
    scale = alt.Scale(type="log", domain=[0.6, 500], nice=False, clamp=True)
    return alt.Y(f"{field}:Q", title="Noisy rows worth one clean row", scale=scale, axis=axis)


def _rate_hue() -> alt.Color:
    scale = alt.Scale(domain=list(RATE_HUES), range=list(RATE_HUES.values()))
    legend = alt.Legend(symbolOpacity=1, format=".0%")
    return alt.Color("share:O", scale=scale, title="Labels wrong", legend=legend)


def _rate_shape() -> alt.Shape:
    scale = alt.Scale(domain=list(RATE_HUES), range=["circle", "square", "triangle-up"])
    return alt.Shape("share:O", scale=scale, title="Labels wrong", legend=alt.Legend(format=".0%"))


def describe_rates(means: pd.DataFrame) -> str:
    """Say what the rates are at either end, beside nothing but their own interval."""
    parts = []
    for (flips, _), rows in means.groupby(["flips", "share"], sort=False):
        rows = rows.sort_values("n")
        first, last = rows.iloc[0], rows.iloc[-1]
        parts.append(
            f"{flips}, {first['share']:.0%} wrong: {first['mean']:.1f} at {first['n']:,.0f} rows, "
            f"{last['mean']:.1f} ({last['low']:.1f} to {last['high']:.1f}) at {last['n']:,.0f}"
        )
    return (
        "How many noisy rows were worth one clean row, against the number of rows, both on log "
        f"axes, with dashed lines for rules of thumb. {'; '.join(parts)}. Buttons choose the kind "
        "of wrong labels."
    )
