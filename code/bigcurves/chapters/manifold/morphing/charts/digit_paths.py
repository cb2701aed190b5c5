"""Ways between real digits, and how unusual their middles are among real ones."""

from typing import Any

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, INK, MUTED

FRAMES = 11
STRIPS, PITCH = 3, 54  # film strips, and px from one to the next
HEIGHT = 150  # px of the plot below them


def digit_paths_chart(
    films: pd.DataFrame, runs: pd.DataFrame, means: pd.DataFrame, *, description: str
) -> Layers:
    """Plot how unusual the middle of each way is; above, one pair's film strips.

    Parameters
    ----------
    films
        For each `pair` (kind of pair), `number` (1, 2, ...) and `way`: a `picture` of eleven
        frames, their `side` in pixels, the `place` of the strip (0, 1, 2), and `text`.
    runs
        `pair`, `way` and `unusual` (the share of real digits that are less so), one row a run.
    means
        The same with `mean`, `low` and `high`.
    """
    require_columns("films", films, {"pair", "number", "way", "picture", "side", "place", "text"})
    require_columns("runs", runs, {"pair", "way", "unusual"})
    require_columns("means", means, {"pair", "way", "mean", "low", "high"})
    kinds = list(means["pair"].unique())
    pair = alt.param(
        name="pair", value=kinds[0], bind=alt.binding_select(options=kinds, name="Pair of digits")
    )
    most = int(films["number"].max())
    number = alt.param(
        name="number", value=1, bind=alt.binding_range(min=1, max=most, step=1, name="Which pair")
    )
    chosen = f"datum.pair == {pair.name}"
    now = alt.Chart(films).transform_filter(f"{chosen} && datum.number == {number.name}")
    row = alt.Y(
        "way:N",
        sort=list(means["way"].unique()),
        title=None,
        scale=alt.Scale(range=[STRIPS * PITCH, STRIPS * PITCH + HEIGHT]),
    )
    single, middle = (alt.Chart(table).transform_filter(chosen) for table in (runs, means))
    return (
        alt.layer(
            *_films(now),
            single.mark_tick(height=12, opacity=0.35, color=MUTED).encode(x=_at("unusual"), y=row),
            middle.mark_rule(strokeWidth=3, color=BLUE).encode(x=_at("low"), x2="high", y=row),
            middle.mark_point(size=80, opacity=1, color=BLUE).encode(x=_at("mean"), y=row),
            *_real(),
        )
        .add_params(pair, number)
        .properties(
            width=430,
            height=STRIPS * PITCH + HEIGHT,
            description=require_description(description),
        )
    )


def _films(now: alt.Chart) -> list[alt.Chart]:
    """Show the strips; shifted digits have larger canvases, and are drawn with smaller pixels."""
    scale = "(width > 400 ? 1 : 0.625) * (datum.side > 8 ? 2.4 : 4)"
    picture: dict[str, Any] = {"smooth": False, "aspect": False, "align": "left", "baseline": "top"}
    placed = now.transform_calculate(
        top=f"{PITCH} * datum.place", low=f"{PITCH} * datum.place + 16"
    )
    image = placed.mark_image(
        width=alt.expr(f"{scale} * ({FRAMES} * (datum.side + 1) - 1)"),
        height=alt.expr(f"{scale} * datum.side"),
        **picture,
    )
    text = placed.mark_text(align="left", baseline="top", color=INK)
    return [
        image.encode(x=alt.value(0), y=alt.Y("low:Q", scale=None, axis=None), url="picture:N"),
        text.encode(x=alt.value(0), y=alt.Y("top:Q", scale=None, axis=None), text="text:N"),
    ]


def _real() -> list[alt.Chart]:
    """Mark where real digits are, by the way the share is made."""
    real = alt.Chart(pd.DataFrame({"unusual": [0.5], "text": ["real digits"]}))
    y, y2 = alt.value(STRIPS * PITCH + 4), alt.value(STRIPS * PITCH + HEIGHT)
    return [
        real.mark_rule(color=INK, strokeDash=[5, 4]).encode(x=_at("unusual"), y=y, y2=y2),
        real.mark_text(align="left", baseline="top", dx=5).encode(
            x=_at("unusual"), y=y, text="text:N"
        ),
    ]


def _at(field: str) -> alt.X:
    scale = alt.Scale(domain=[0, 1], nice=False)
    axis = alt.Axis(format="%", tickCount=5)
    title = "Share of real digits that are less unusual than the middle"
    return alt.X(f"{field}:Q", title=title, scale=scale, axis=axis)


def describe_digit_paths(means: pd.DataFrame) -> str:
    """Say how unusual the middle of each way is, by the kind of pair."""
    parts = [
        f"{pair}: "
        + ", ".join(f"{way} {m:.2f}" for way, m in zip(rows["way"], rows["mean"], strict=True))
        for pair, rows in means.groupby("pair", sort=False)
    ]
    return (
        "Film strips between two real digits and below them, for each way, the share of real "
        "digits that are less unusual than its middle, on an axis from 0 to 100 % with a dashed "
        f"line at 50 %, where real digits are. {'; '.join(parts)}. A list and a slider choose the "
        "pair."
    )
