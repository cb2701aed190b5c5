"""Augmentation on a dial: which angles the copies cover, and what that does to the error."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from bigcurves.plotting.kernels import curve_at, gap_on_circle
from bigcurves.plotting.marks import DIAMOND, Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import AXIS, BLUE, INK, MUTED

RADIUS, RING = 92, 108  # px: where the copies lie, and the angles asked for
SIZE = 240


def dial_chart(
    drawn: Sequence[float],
    shares: Sequence[float],
    fresh: pd.DataFrame,
    turned: pd.DataFrame,
    *,
    most: int = 30,
    description: str,
) -> alt.HConcatChart:
    """Turn copies of drawn pictures by up to `most` degrees; see the gaps close and the error fall.

    The gaps on the dial are computed where the chart is drawn, by the kernel `gap_on_circle`.

    Parameters
    ----------
    drawn, shares
        The angle that each copy was drawn at, in degrees, and the share of the range by which
        it is turned, from -1 to 1, each shape (copies,).
    fresh
        `count`, `gap` and `error` of fresh pictures, means over seeds.
    turned
        The same for augmented ones, with their range `turn` in degrees.
    """
    require_columns("fresh", fresh, {"count", "gap", "error"})
    require_columns("turned", turned, {"turn", "gap", "error"})
    turned = turned.sort_values("turn")
    slider = alt.binding_range(min=0, max=180, step=5, name="Turn copies by up to (degrees)")
    dose = alt.param(name="most", value=most, bind=slider)
    lists = [
        alt.param(name="drawn", value=[float(a) for a in drawn]),
        alt.param(name="shares", value=[float(s) for s in shares]),
        *(alt.param(name=f"{c}s", value=turned[c].tolist()) for c in ("turn", "gap", "error")),
    ]
    gap, error = (
        alt.param(name=f"{c}_now", expr=curve_at("'piecewise linear'", "most", "turns", f"{c}s"))
        for c in ("gap", "error")
    )
    words = alt.param(
        name="announce",
        expr="'Copies turned by up to ' + most + ' degrees: error ' + format(error_now, '.0%')",
    )
    return (
        alt.hconcat(_dial(len(drawn)), _curve(fresh), spacing=30)
        .add_params(dose, *lists, gap, error, words)
        .properties(description=require_description(description))
    )


def _dial(copies: int) -> Layers:
    """Draw the ring of angles asked for, shaded by their gaps, and the copies inside it."""
    places = alt.Chart(alt.sequence(0, 360, 2, as_="place")).transform_calculate(
        gap=gap_on_circle("datum.place", "drawn", "shares", "most"),
        turn="datum.place * PI / 180",
        end="(datum.place + 2) * PI / 180",
    )
    arc = places.mark_arc(radius=RING + 12, radius2=RING - 6).encode(
        theta=alt.Theta("turn:Q", scale=None),
        theta2="end:Q",
        color=alt.Color(
            "gap:Q",
            title="Degrees to the nearest",
            scale=alt.Scale(scheme="cividis", domain=[0, 90], clamp=True),
            legend=alt.Legend(orient="bottom", gradientLength=150, tickCount=3),
        ),
    )
    told = places.transform_aggregate(gap="mean(gap)").transform_calculate(
        word="format(datum.gap, '.0f') + '° to the nearest, on average'"
    )
    dots = alt.Chart(alt.sequence(0, copies, as_="copy"))
    return alt.layer(
        arc,
        _dots(dots, "drawn[datum.copy] + most * shares[datum.copy]").mark_point(
            color=BLUE, filled=True, size=22, opacity=0.75
        ),
        _dots(dots, "drawn[datum.copy]").mark_point(**(DIAMOND | {"size": 90})),
        told.mark_text(fontSize=12, color=INK).encode(
            x=alt.value(SIZE / 2), y=alt.value(SIZE / 2), text="word:N"
        ),
    ).properties(width=SIZE, height=SIZE)


def _dots(rows: alt.Chart, degrees: str) -> alt.Chart:
    """Place dots round the dial, 0 degrees at its top."""
    half = SIZE / 2
    scale = alt.Scale(domain=[-half, half], nice=False, zero=False)
    placed: alt.Chart = rows.transform_calculate(
        turn=f"({degrees}) * PI / 180"
    ).transform_calculate(across=f"{RADIUS} * sin(datum.turn)", up=f"{RADIUS} * cos(datum.turn)")
    return placed.encode(
        x=alt.X("across:Q", axis=None, scale=scale), y=alt.Y("up:Q", axis=None, scale=scale)
    )


def _curve(fresh: pd.DataFrame) -> Layers:
    """Draw the errors of fresh pictures by their gap, and the augmented ones' dot upon them."""
    rows = alt.Chart(fresh).transform_calculate(name="datum.count + ' fresh'")
    now = alt.Chart(pd.DataFrame({"here": [0]})).transform_calculate(
        gap="gap_now", error="error_now", word="format(error_now, '.1%') + ' wrong'"
    )
    return alt.layer(
        rows.mark_line(color=AXIS, strokeWidth=2).encode(x=_gap(), y=_error()),
        rows.mark_point(color=MUTED, filled=True, size=45).encode(x=_gap(), y=_error()),
        rows.transform_filter("datum.error > 0.01")
        .mark_text(color=MUTED, align="right", dx=-7, dy=-6, fontSize=11)
        .encode(x=_gap(), y=_error(), text="name:N"),
        now.mark_point(**DIAMOND).encode(x=_gap(), y=_error()),
        now.mark_text(align="left", dx=12, dy=12, fontWeight="bold", color=INK).encode(
            x=_gap(), y=_error(), text="word:N"
        ),
    ).properties(width=SIZE, height=SIZE + 20)


def _gap() -> alt.X:
    scale = alt.Scale(type="log", domain=[0.06, 0.8], nice=False)
    axis = alt.Axis(values=[0.1, 0.2, 0.5], grid=False)
    return alt.X("gap:Q", title="Gap in latents (RMS pixel value)", scale=scale, axis=axis)


def _error() -> alt.Y:
    scale = alt.Scale(domain=[0, 0.6], nice=False)
    axis = alt.Axis(format="%", values=[0, 0.2, 0.4, 0.6])
    return alt.Y("error:Q", title="Errors", scale=scale, axis=axis)


def describe_dial(turned: pd.DataFrame) -> str:
    """Say what the dial does, and how the error goes with the range of turns."""
    parts = "; ".join(
        f"{turn:.0f} degrees: {error:.1%}"
        for turn, error in zip(turned["turn"], turned["error"], strict=True)
    )
    return (
        "Left, a dial of angles. Four diamonds are the pictures drawn, dots are copies of them, "
        "turned by up to as many degrees as a slider says, and the ring outside shows how far "
        "each angle is from the nearest copy. Right, the errors of fresh pictures against their "
        f"gap, with a diamond for the augmented ones: {parts}."
    )
