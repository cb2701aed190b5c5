"""Two prices of passing through every label: at the threshold, and with labels that are wrong."""

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import HALO, Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, INK, MUTED, ORANGE, VERMILLION

MACHINES = {
    "endless cosines": (VERMILLION, [1, 0]),
    "nearest neighbour": (ORANGE, [2, 3]),
    "endless cosines and a ridge": (BLUE, [7, 3]),
}


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


def tempered_chart(
    runs: pd.DataFrame, means: pd.DataFrame, wrong: pd.DataFrame, *, description: str
) -> Layers:
    """Draw error against the number of digits for three machines, at a share of random labels.

    Parameters
    ----------
    runs
        A row a run: `labels` (how many are random, in words), `machine` (one of `MACHINES`),
        `n` and `test` error.
    means
        The same with `mean`, `low` and `high` over the runs in place of `test`.
    wrong
        For each kind of `labels` the `share` of labels that is wrong.
    """
    require_columns("runs", runs, {"labels", "machine", "n", "test"})
    require_columns("means", means, {"labels", "machine", "n", "mean", "low", "high"})
    require_columns("wrong", wrong, {"labels", "share"})
    kinds = list(means["labels"].unique())
    buttons = alt.binding_radio(options=kinds, name="Labels drawn at random")
    labels = alt.param(name="labels", value=kinds[1], bind=buttons)
    chosen = f"datum.labels == {labels.name}"
    rows, single, level = (alt.Chart(t).transform_filter(chosen) for t in (means, runs, wrong))
    at = {"x": _across(1300), "color": _hue()}
    return (
        alt.layer(
            level.mark_rule(color=MUTED, strokeDash=[6, 4], strokeWidth=1.5).encode(
                y=_up("share", 0.6)
            ),
            single.mark_tick(thickness=1, size=9, opacity=0.35).encode(**at, y=_up("test", 0.6)),
            rows.mark_rule(strokeWidth=5, strokeCap="butt").encode(
                **at, y=_up("low", 0.6), y2="high"
            ),
            rows.mark_line().encode(**at, y=_up("mean", 0.6), strokeDash=_dash()),
            *(
                level.transform_filter("datum.share > 0")
                .mark_text(align="left", baseline="top", dy=5, **look)
                .encode(x=alt.value(4), y=_up("share", 0.6), text=alt.value("wrong labels"))
                for look in (HALO, {"color": INK})
            ),
        )
        .add_params(labels)
        .properties(width=520, height=320, description=require_description(description))
    )


def _across(most: int) -> alt.X:
    axis = alt.Axis(values=[50, 100, 200, 400, 800, 1200], format=",d")
    scale = alt.Scale(type="log", domain=[46, most], nice=False)
    return alt.X("n:Q", title="Training digits n", scale=scale, axis=axis)


def _up(field: str, most: float) -> alt.Y:
    axis = alt.Axis(tickCount=5, format="%")
    scale = alt.Scale(domain=[0, most], nice=False, clamp=True)
    return alt.Y(f"{field}:Q", title="Error on new digits", scale=scale, axis=axis)


def _hue() -> alt.Color:
    scale = alt.Scale(domain=list(MACHINES), range=[hue for hue, _ in MACHINES.values()])
    legend = alt.Legend(symbolOpacity=1, symbolType="stroke", symbolSize=300, labelLimit=240)
    return alt.Color("machine:N", scale=scale, title=None, legend=legend)


def _dash() -> alt.StrokeDash:
    scale = alt.Scale(domain=list(MACHINES), range=[dash for _, dash in MACHINES.values()])
    return alt.StrokeDash("machine:N", scale=scale, title=None)


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


def describe_tempered(means: pd.DataFrame) -> str:
    """Say where each machine ends, for each share of random labels."""
    parts = []
    for (labels, machine), rows in means.groupby(["labels", "machine"], sort=False):
        found = rows.sort_values("n")["mean"]
        parts.append(f"{labels}, {machine}: {found.iloc[0]:.0%} to {found.iloc[-1]:.1%}")
    return (
        f"Error on new digits against training digits, {means['n'].min():,} to "
        f"{means['n'].max():,} on a log axis, a line for each of three machines and a dashed line "
        f"at the share of wrong labels. {'; '.join(parts)}. Buttons choose the share."
    )
