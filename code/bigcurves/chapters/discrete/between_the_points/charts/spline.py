"""A spline through all points but one, live, and how far such splines miss."""

import altair as alt
import pandas as pd

from bigcurves.plotting.kernels import spline_without
from bigcurves.plotting.marks import DIAMOND, Layers
from bigcurves.plotting.spoken import tell_means
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import AXIS, BLUE, INK, MUTED, PAPER, VERMILLION

EVERY = "all"


def spline_chart(
    points: pd.DataFrame, *, curve: str | None = None, gone: int = 12, description: str
) -> Layers:
    """Delete a point and draw the cubic spline through all the others, with its guess.

    The spline is computed where the chart is drawn, by the kernel `spline_without`.

    Parameters
    ----------
    points
        `curve`, `place` (0, 1, 2 ...) and `height`, the same places in each curve.
    curve, gone
        Which curve is shown, and which inner point is deleted, at first. None is the first curve.
    """
    require_columns("points", points, {"curve", "place", "height"})
    curves = list(points["curve"].unique())
    last = int(points["place"].max())
    menu = alt.binding_select(options=curves, name="Points")
    chosen = alt.param(name="curve", value=curve or curves[0], bind=menu)
    slider = alt.binding_range(min=1, max=last - 1, step=1, name="Delete point")
    without = alt.param(name="gone", value=gone, bind=slider)
    heights = {name: rows.round(6).tolist() for name, rows in points.groupby("curve")["height"]}
    xs = alt.param(name="xs", value=list(range(last + 1)))
    ys = alt.param(name="ys", expr=f"({heights})[{chosen.name}]")
    guess = alt.param(name="guess", expr=spline_without("gone", "gone", "xs", "ys"))
    words = "'The others say ' + format(guess, '.2f') + '; it is ' + format(ys[gone], '.2f') + '.'"
    shown = alt.Chart(points).transform_filter(f"datum.curve == {chosen.name}")
    others = shown.transform_filter(f"datum.place != {without.name}")
    deleted = shown.transform_filter(f"datum.place == {without.name}")
    line = alt.Chart(alt.sequence(0, 20 * last + 1, as_="step")).transform_calculate(
        place="datum.step / 20", height=spline_without("gone", "datum.step / 20", "xs", "ys")
    )
    told = deleted.transform_calculate(guessed="guess", word=words)
    return (
        alt.layer(
            line.mark_line(color=BLUE, strokeWidth=2, clip=True).encode(x=_x(), y=_y("height")),
            others.mark_point(color=INK, size=55, opacity=1).encode(x=_x(), y=_y("height")),
            told.mark_rule(color=VERMILLION, strokeWidth=2, strokeDash=[4, 3]).encode(
                x=_x(), y=_y("height"), y2="guessed"
            ),
            told.mark_point(
                color=PAPER, stroke=INK, strokeWidth=2, strokeDash=[2, 2], size=110, opacity=1
            ).encode(x=_x(), y=_y("height")),
            told.mark_point(**DIAMOND).encode(x=_x(), y=_y("guessed")),
            told.mark_text(align="left", baseline="top", fontWeight="bold", fontSize=15).encode(
                x=alt.value(4), y=alt.value(2), text="word:N"
            ),
        )
        .add_params(chosen, without, xs, ys, guess, alt.param(name="announce", expr=words))
        .properties(
            width=520,
            height=320,
            description=require_description(description),
            usermeta={"drag": [{"x": without.name}]},
        )
    )


def _x() -> alt.X:
    axis = alt.Axis(tickCount=6, grid=False)
    return alt.X("place:Q", title="Point", scale=alt.Scale(nice=False), axis=axis)


def _y(field: str) -> alt.Y:
    scale = alt.Scale(domain=[-2.2, 3.2], nice=False)
    return alt.Y(
        f"{field}:Q", title="Height", scale=scale, axis=alt.Axis(values=[-2, -1, 0, 1, 2, 3])
    )


def left_out_chart(runs: pd.DataFrame, means: pd.DataFrame, *, description: str) -> Layers:
    """Compare how far splines miss the point left out, kind by kind of curve.

    Parameters
    ----------
    runs
        `curve` and `nrmse`, one row a run.
    means
        The same with `mean`, `low` and `high` over the runs in place of `nrmse`.
    """
    require_columns("runs", runs, {"curve", "nrmse"})
    require_columns("means", means, {"curve", "mean", "low", "high"})
    curves = list(means["curve"])
    menu = alt.binding_select(options=[EVERY, *curves], name="Single out")
    single = alt.param(name="single", value=EVERY, bind=menu)
    chosen = f"{single.name} == '{EVERY}' || datum.curve == {single.name}"
    seen = alt.condition(chosen, alt.value(1), alt.value(0.15))
    at = alt.Y("curve:N", sort=curves, title=None, axis=alt.Axis(labelFontSize=13, labelLimit=200))
    word = alt.Chart(means).transform_calculate(word="format(datum.mean, '.2f')")
    guess = alt.Chart(pd.DataFrame({"mean": [1.0], "word": ["saying the mean each time"]}))
    return (
        alt.layer(
            guess.mark_rule(color=INK, strokeDash=[6, 4]).encode(x=_miss("mean")),
            guess.mark_text(align="left", dx=5, color=MUTED).encode(
                x=_miss("mean"), y=alt.value(8), text="word:N"
            ),
            alt.Chart(runs)
            .mark_tick(color=AXIS, thickness=1.5, size=24)
            .encode(
                x=_miss("nrmse"),
                y=at,
                opacity=alt.condition(chosen, alt.value(0.7), alt.value(0.1)),
            ),
            word.mark_rule(color=BLUE, strokeWidth=5).encode(
                x=_miss("low"), x2="high", y=at, opacity=seen
            ),
            word.mark_point(color=BLUE, size=80).encode(x=_miss("mean"), y=at, opacity=seen),
            word.mark_text(dy=-20, fontWeight="bold", color=BLUE).encode(
                x=_miss("mean"), y=at, text="word:N", opacity=seen
            ),
        )
        .add_params(single, tell_means(means, ["curve"], single.name, ["curve"], form=".2f"))
        .properties(width=430, height=270, description=require_description(description))
    )


def _miss(field: str) -> alt.X:
    scale = alt.Scale(domain=[-0.15, 3.6], nice=False)
    axis = alt.Axis(values=[0, 1, 2, 3], grid=True)
    return alt.X(
        f"{field}:Q", title="Error at the point left out (1: the mean)", scale=scale, axis=axis
    )


def describe_left_out(means: pd.DataFrame) -> str:
    """Say how far the splines miss on each curve."""
    parts = "; ".join(
        f"{curve}: {mean:.2f}" for curve, mean in zip(means["curve"], means["mean"], strict=True)
    )
    return (
        "How far a cubic spline through all other points misses the one left out, as a multiple of "
        f"the error of saying the mean each time. {parts}. A list singles out one curve."
    )


def describe_spline(points: pd.DataFrame) -> str:
    """Say what the chart holds and what it does."""
    curves = ", ".join(points["curve"].unique())
    return (
        f"A smooth curve through {points['place'].nunique()} points in a row but for one, which "
        "the reader deletes; a diamond shows what the curve says there, and a dashed circle what "
        f"was there. A list chooses the points: {curves}. A slider or a drag chooses the point "
        "that is deleted, and the curve is computed anew."
    )
