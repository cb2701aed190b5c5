"""What labels that are wrong cost: by kind of curve, and by a kernel's reach."""

from typing import TypeAlias

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import HALO, Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, GREEN, INK, MUTED, ORANGE, VERMILLION

Looks: TypeAlias = dict[str, tuple[str, list[int]]]  # colour and dashes by what is drawn

MACHINES: Looks = {
    "Gaussian kernel": (VERMILLION, [1, 0]),
    "nearest neighbour": (ORANGE, [2, 3]),
    "Laplace kernel": (GREEN, [9, 3, 2, 3]),
    "Gaussian kernel and a ridge": (BLUE, [7, 3]),
}
KERNELS = {name: MACHINES[name] for name in ("Gaussian kernel", "Laplace kernel")}


def tempered_chart(
    runs: pd.DataFrame, means: pd.DataFrame, wrong: pd.DataFrame, *, description: str
) -> Layers:
    """Draw error against the number of digits for four kinds of curve, at a share of random labels.

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
    at = {"x": _across(), "color": hue("machine", MACHINES)}
    return (
        alt.layer(
            level.mark_rule(color=MUTED, strokeDash=[6, 4], strokeWidth=1.5).encode(
                y=up("share", 0.6)
            ),
            single.mark_tick(thickness=1, size=9, opacity=0.35).encode(**at, y=up("test", 0.6)),
            rows.mark_rule(strokeWidth=5, strokeCap="butt").encode(
                **at, y=up("low", 0.6), y2="high"
            ),
            rows.mark_line().encode(**at, y=up("mean", 0.6), strokeDash=dash("machine", MACHINES)),
            *(
                level.transform_filter("datum.share > 0")
                .mark_text(align="left", baseline="top", dy=5, **look)
                .encode(x=alt.value(4), y=up("share", 0.6), text=alt.value("wrong labels"))
                for look in (HALO, {"color": INK})
            ),
        )
        .add_params(labels)
        .properties(width=520, height=320, description=require_description(description))
    )


def price_chart(runs: pd.DataFrame, means: pd.DataFrame, *, description: str) -> Layers:
    """Draw what a wrong label costs two kernels against how far they reach.

    Parameters
    ----------
    runs
        A row a run: `kernel` (one of `KERNELS`), `reach`, `n`, `score` (how errors are counted, in
        words) and `price`.
    means
        The same with `mean`, `low` and `high` over the runs in place of `price`.
    """
    require_columns("runs", runs, {"kernel", "reach", "n", "score", "price"})
    require_columns("means", means, {"kernel", "reach", "n", "score", "mean", "low", "high"})
    sizes, scores = (list(means[name].unique()) for name in ("n", "score"))
    digits = alt.param(
        name="digits",
        value=int(sizes[-1]),
        bind=alt.binding_radio(options=[int(n) for n in sizes], name="Training digits"),
    )
    score = alt.param(
        name="score",
        value=scores[0],
        bind=alt.binding_radio(options=scores, name="Errors counted"),
    )
    chosen = f"datum.n == {digits.name} && datum.score == {score.name}"
    rows, single = (alt.Chart(table).transform_filter(chosen) for table in (means, runs))
    level = alt.Chart(pd.DataFrame({"price": [1.0], "text": ["one error for each wrong label"]}))
    at = {"x": _reach(), "color": hue("kernel", KERNELS)}
    return (
        alt.layer(
            level.mark_rule(color=MUTED, strokeDash=[6, 4], strokeWidth=1.5).encode(
                y=_price("price")
            ),
            single.mark_tick(thickness=1, size=9, opacity=0.35).encode(**at, y=_price("price")),
            rows.mark_rule(strokeWidth=5, strokeCap="butt").encode(
                **at, y=_price("low"), y2="high"
            ),
            rows.mark_line().encode(**at, y=_price("mean"), strokeDash=dash("kernel", KERNELS)),
            *(
                level.mark_text(align="left", baseline="bottom", dy=-4, **look).encode(
                    x=alt.value(4), y=_price("price"), text="text:N"
                )
                for look in (HALO, {"color": INK})
            ),
        )
        .add_params(digits, score)
        .properties(width=520, height=320, description=require_description(description))
    )


def _across() -> alt.X:
    axis = alt.Axis(values=[50, 100, 200, 400, 1200], format=",d")
    scale = alt.Scale(type="log", domain=[46, 1300], nice=False)
    return alt.X("n:Q", title="Training digits n", scale=scale, axis=axis)


def _reach() -> alt.X:
    axis = alt.Axis(values=[0.2, 0.5, 1, 2, 5], format="g")
    scale = alt.Scale(type="log", domain=[0.15, 6.5], nice=False)
    title = "Reach of the kernel, in typical distances of two digits"
    return alt.X("reach:Q", title=title, scale=scale, axis=axis)


def _price(field: str) -> alt.Y:
    axis = alt.Axis(values=[0, 0.1, 0.5, 1, 2, 4, 6], format="g")
    scale = alt.Scale(type="sqrt", domain=[0, 7], nice=False, clamp=True)
    return alt.Y(f"{field}:Q", title="Errors for each wrong label", scale=scale, axis=axis)


def up(field: str, most: float) -> alt.Y:
    """Put an error upwards, to `most`."""
    axis = alt.Axis(tickCount=5, format="%")
    scale = alt.Scale(domain=[0, most], nice=False, clamp=True)
    return alt.Y(f"{field}:Q", title="Error", scale=scale, axis=axis)


def hue(field: str, looks: Looks) -> alt.Color:
    """Colour what a field tells apart."""
    scale = alt.Scale(domain=list(looks), range=[colour for colour, _ in looks.values()])
    legend = alt.Legend(symbolOpacity=1, symbolType="stroke", symbolSize=300, labelLimit=240)
    return alt.Color(f"{field}:N", scale=scale, title=None, legend=legend)


def dash(field: str, looks: Looks) -> alt.StrokeDash:
    """Dash what a field tells apart."""
    scale = alt.Scale(domain=list(looks), range=[dashes for _, dashes in looks.values()])
    return alt.StrokeDash(f"{field}:N", scale=scale, title=None)


def describe_tempered(means: pd.DataFrame) -> str:
    """Say where each machine ends, for each share of random labels."""
    parts = []
    for (labels, machine), rows in means.groupby(["labels", "machine"], sort=False):
        found = rows.sort_values("n")["mean"]
        parts.append(f"{labels}, {machine}: {found.iloc[0]:.0%} to {found.iloc[-1]:.1%}")
    return (
        f"Error on new digits against training digits, {means['n'].min():,} to "
        f"{means['n'].max():,} on a log axis, a line for each of four kinds of curve and a dashed "
        f"line at the share of wrong labels. {'; '.join(parts)}. Buttons choose the share."
    )


def describe_price(means: pd.DataFrame) -> str:
    """Say what a wrong label costs each kernel at its farthest reach and its shortest."""
    parts = []
    for (score, kernel, n), rows in means.groupby(["score", "kernel", "n"], sort=False):
        if n in (means["n"].min(), means["n"].max()):
            found = rows.sort_values("reach", ascending=False)["mean"]
            parts.append(
                f"{score}, {kernel}, {n:,} digits: {found.iloc[0]:.2f} to {found.iloc[-1]:.2f}"
            )
    return (
        "Errors for each wrong label against the reach of a kernel that passes through every "
        f"label, on a log axis, from {means['reach'].max():.1f} to {means['reach'].min():.1f} "
        f"typical distances of two digits, with a dashed line at one. {'; '.join(parts)}. "
        "Buttons choose the number of training digits and how errors are counted."
    )
