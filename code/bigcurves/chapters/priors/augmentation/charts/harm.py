"""Augmentation that goes too far: where the arcs of 6 and 9 meet, and whom it harms."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, GREEN, INK, VERMILLION

SIZE = 240


def harm_chart(means: pd.DataFrame, *, most: int = 45, description: str) -> alt.HConcatChart:
    """Widen the arcs of 6 and 9 until they meet, and see whom it harms.

    Parameters
    ----------
    means
        `turn` (the range of turns, in degrees), `pair` ("6 and 9" or "T and O"), and `mean`,
        `low` and `high` of their share of errors.
    """
    require_columns("means", means, {"turn", "pair", "mean", "low", "high"})
    slider = alt.binding_range(
        min=0, max=180, step=5, name="Turn the 6 and the 9 by up to (degrees)"
    )
    dose = alt.param(name="most", value=most, bind=slider)
    words = alt.param(
        name="announce",
        expr="'Turns of up to ' + most + ' degrees: the arcs ' + (most > 90 ? 'overlap' : "
        "most == 90 ? 'meet' : 'are apart')",
    )
    both: alt.HConcatChart = (
        alt.hconcat(_arcs(), _by_pair(means), spacing=30)
        .resolve_scale(color="independent", strokeDash="independent")
        .add_params(dose, words)
        .properties(description=require_description(description))
    )
    return both


def _arcs() -> Layers:
    """Draw the angles at which a 6's shape is learned as a 6, and as a 9, and where as both."""
    names = pd.DataFrame({"glyph": ["6", "9"], "middle": [0, np.pi]})
    arcs = alt.Chart(names).transform_calculate(
        begin="datum.middle - most * PI / 180", end="datum.middle + most * PI / 180"
    )
    layers: list[Any] = []
    for glyph, colour, inner in (("6", BLUE, 72), ("9", VERMILLION, 94)):
        one = arcs.transform_filter(f"datum.glyph == '{glyph}'")
        layers.append(
            one.mark_arc(radius=inner + 18, radius2=inner, color=colour, opacity=0.85).encode(
                theta=alt.Theta("begin:Q", scale=None), theta2="end:Q"
            )
        )
    where = alt.Chart(names).transform_calculate(up="datum.glyph == '6' ? 55 : -55")
    scale = alt.Scale(domain=[-SIZE / 2, SIZE / 2], nice=False)
    layers.append(
        where.mark_text(fontSize=22, fontWeight="bold").encode(
            x=alt.value(SIZE / 2),
            y=alt.Y("up:Q", axis=None, scale=scale),
            text="glyph:N",
            color=alt.Color(
                "glyph:N", legend=None, scale=alt.Scale(domain=["6", "9"], range=[BLUE, VERMILLION])
            ),
        )
    )
    told = alt.Chart(pd.DataFrame({"here": [0]})).transform_calculate(
        word="most > 90 ? 'both: ' + (4 * most - 360) + '° of the circle' : 'no angle is both'"
    )
    layers.append(
        told.mark_text(fontSize=12, color=INK).encode(
            x=alt.value(SIZE / 2), y=alt.value(SIZE / 2), text="word:N"
        )
    )
    return alt.layer(*layers).properties(width=SIZE, height=SIZE)


def _by_pair(means: pd.DataFrame) -> Layers:
    """Draw the errors by the range of turns, pair by pair, with a rule at the reader's range."""
    pairs = list(means["pair"].unique())
    x = alt.X(
        "turn:Q",
        title="Turned by up to (degrees)",
        scale=alt.Scale(domain=[0, 185], nice=False),
        axis=alt.Axis(values=[0, 45, 90, 135, 180], grid=False),
    )
    y = alt.Y("mean:Q", title="Errors", scale=alt.Scale(domain=[0, 0.6]), axis=alt.Axis(format="%"))
    look = {
        "color": alt.Color(
            "pair:N", legend=None, scale=alt.Scale(domain=pairs, range=[INK, GREEN])
        ),
        "strokeDash": alt.StrokeDash("pair:N", legend=None, sort=pairs),
    }
    rows = alt.Chart(means)
    now = alt.Chart(pd.DataFrame({"here": [0]})).transform_calculate(turn="most")
    last = rows.transform_filter(f"datum.turn == {means['turn'].max()}")
    return alt.layer(
        now.mark_rule(color=INK, strokeDash=[3, 3]).encode(x=x),
        rows.mark_errorbar(ticks=False, thickness=5, opacity=0.5).encode(
            x=x, y=alt.Y("low:Q", title="Errors"), y2="high:Q", color=look["color"]
        ),
        rows.mark_line(point=True).encode(x=x, y=y, **look),
        last.mark_text(align="right", dx=-12, dy=-12, fontWeight="bold").encode(
            x=x, y=y, text="pair:N", color=look["color"]
        ),
    ).properties(width=SIZE, height=SIZE)


def describe_harm(means: pd.DataFrame) -> str:
    """Say how the errors of each pair of glyphs go with the range of turns."""
    parts = "; ".join(
        f"{pair}: "
        + ", ".join(f"{e:.1%} at {t:.0f}" for t, e in zip(g["turn"], g["mean"], strict=True))
        for pair, g in means.groupby("pair", sort=False)
    )
    return (
        "Left, a circle of angles with two arcs, one for the 6 about the top and one for the 9 "
        "about the bottom, as wide as a slider says; past 90 degrees they overlap. Right, errors "
        f"by the range of turns in degrees. {parts}."
    )
