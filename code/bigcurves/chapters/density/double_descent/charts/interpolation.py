"""The price of passing through every label at the threshold: more digits, and more errors."""

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import MUTED, VERMILLION


def threshold_chart(
    runs: pd.DataFrame, means: pd.DataFrame, *, features: int, description: str
) -> Layers:
    """Draw error against the number of digits for one model, plain and with a ridge.

    Parameters
    ----------
    runs
        A row a run: `fit` ("no ridge", "a small ridge"), `n` and `test` error.
    means
        The same with `mean`, `low` and `high` over the runs in place of `test`.
    features
        How many the model has: where the peak stands.
    """
    require_columns("runs", runs, {"fit", "n", "test"})
    require_columns("means", means, {"fit", "n", "mean", "low", "high"})
    fits = list(means["fit"].unique())
    buttons = alt.binding_radio(options=fits, name="Fit")
    fit = alt.param(name="fit", value=fits[0], bind=buttons)
    chosen = f"datum.fit == {fit.name}"
    rows = alt.Chart(means)
    now = rows.transform_filter(chosen)
    single = alt.Chart(runs).transform_filter(chosen)
    meeting = alt.Chart(pd.DataFrame({"n": [features], "text": ["as many digits as features"]}))
    at = {"x": _across(1300)}
    return (
        alt.layer(
            meeting.mark_rule(color=MUTED, strokeDash=[4, 4]).encode(**at),
            meeting.mark_text(align="left", baseline="top", dx=6, color=MUTED).encode(
                **at, y=alt.value(2), text="text:N"
            ),
            rows.mark_line(color=MUTED, strokeWidth=1.5, opacity=0.5).encode(
                **at, y=_up("mean", 1), detail="fit:N"
            ),
            single.mark_tick(thickness=1, size=9, opacity=0.35, color=VERMILLION).encode(
                **at, y=_up("test", 1)
            ),
            now.mark_area(color=VERMILLION, opacity=0.25).encode(**at, y=_up("low", 1), y2="high"),
            now.mark_line(color=VERMILLION).encode(**at, y=_up("mean", 1)),
            rows.transform_filter(f"datum.n == {features}")
            .mark_text(align="right", baseline="top", dx=-12, dy=5)
            .encode(
                **at,
                y=_up("mean", 1),
                text="fit:N",
                color=alt.condition(chosen, alt.value(VERMILLION), alt.value(MUTED)),
            ),
        )
        .add_params(fit)
        .properties(width=520, height=300, description=require_description(description))
    )


def _across(most: int) -> alt.X:
    axis = alt.Axis(values=[50, 100, 200, 400, 800, 1200], format=",d")
    scale = alt.Scale(type="log", domain=[46, most], nice=False)
    return alt.X("n:Q", title="Training digits n", scale=scale, axis=axis)


def _up(field: str, most: float) -> alt.Y:
    axis = alt.Axis(tickCount=5, format="%")
    scale = alt.Scale(domain=[0, most], nice=False, clamp=True)
    return alt.Y(f"{field}:Q", title="Error on new digits", scale=scale, axis=axis)


def describe_threshold(means: pd.DataFrame) -> str:
    """Say how the error goes with the digits, plain and damped."""
    parts = []
    for fit, rows in means.groupby("fit", sort=False):
        found = rows.set_index("n")["mean"]
        told = ", ".join(f"{error:.0%} with {n:,}" for n, error in found.items())
        parts.append(f"{fit}: {told}")
    return (
        "Error on new digits against the number of training digits on a log axis, for one model. "
        f"{'; '.join(parts)}. Buttons choose the fit."
    )
