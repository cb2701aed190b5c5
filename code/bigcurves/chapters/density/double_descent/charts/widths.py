"""Errors of networks by their width, at the end of training and when stopped early."""

import altair as alt
import pandas as pd

from bigcurves.chapters.density.double_descent.charts.noise import Looks, dash, hue, up
from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, MUTED, VERMILLION

ENDS: Looks = {
    "after 300 epochs": (VERMILLION, [1, 0]),
    "stopped early": (BLUE, [7, 3]),
    "training digits": (MUTED, [2, 3]),
}


def widths_chart(runs: pd.DataFrame, means: pd.DataFrame, *, description: str) -> Layers:
    """Draw the errors of networks against their width, for clean labels and noisy ones.

    Parameters
    ----------
    runs
        A row a run: `labels` (how many are random, in words), `width`, `when` (one of `ENDS`) and
        `error`.
    means
        The same with `mean`, `low` and `high` over the runs in place of `error`.
    """
    require_columns("runs", runs, {"labels", "width", "when", "error"})
    require_columns("means", means, {"labels", "width", "when", "mean", "low", "high"})
    kinds = list(means["labels"].unique())
    buttons = alt.binding_radio(options=kinds, name="Labels drawn at random")
    labels = alt.param(name="labels", value=kinds[-1], bind=buttons)
    chosen = f"datum.labels == {labels.name}"
    rows, single = (alt.Chart(table).transform_filter(chosen) for table in (means, runs))
    axis = alt.Axis(values=[4, 8, 16, 32, 64, 128, 512], format=",d")
    scale = alt.Scale(type="log", domain=[3.5, 600], nice=False)
    x = alt.X("width:Q", title="Hidden units of the network", scale=scale, axis=axis)
    at = {"x": x, "color": hue("when", ENDS)}
    return (
        alt.layer(
            single.mark_tick(thickness=1, size=9, opacity=0.3).encode(**at, y=up("error", 0.5)),
            rows.mark_rule(strokeWidth=5, strokeCap="butt").encode(
                **at, y=up("low", 0.5), y2="high"
            ),
            rows.mark_line().encode(**at, y=up("mean", 0.5), strokeDash=dash("when", ENDS)),
        )
        .add_params(labels)
        .properties(width=520, height=300, description=require_description(description))
    )


def describe_widths(means: pd.DataFrame) -> str:
    """Say how errors go with the width, for each kind of labels."""
    parts = []
    for (labels, when), rows in means.groupby(["labels", "when"], sort=False):
        told = ", ".join(f"{row.mean:.0%} with {row.width}" for row in rows.itertuples())
        parts.append(f"{labels}, {when}: {told}")
    return (
        "Error against the number of hidden units on a log axis, a line each for new digits after "
        "300 epochs, new digits when stopped early, and training digits. "
        f"{'; '.join(parts)}. Buttons choose how many labels are drawn at random."
    )
