"""The widest hop that no chain of pictures can avoid, within a class and between two."""

from typing import Any

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import COLOURS, DASHES, STROKES, Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import INK, VERMILLION

HEIGHT, ROOM = 390, 112  # px of the plot, and of it above the lines
SIDE, GAP = 16, 1  # of each picture of a chain, and between two


def union_chart(
    chains: pd.DataFrame, runs: pd.DataFrame, means: pd.DataFrame, *, description: str
) -> Layers:
    """Plot the widest unavoidable hop against the number of pictures, above one such chain.

    Parameters
    ----------
    chains
        For each `world` and `n`: the `picture` of a chain from a three to an eight, the count of
        its `frames`, and the `text` about its widest hop.
    runs
        `line` (the world and the pair of classes), `n` and the `hop`, one row a run.
    means
        The same with `mean`, `low` and `high`.
    """
    require_columns("chains", chains, {"world", "n", "picture", "frames", "text"})
    require_columns("runs", runs, {"line", "n", "hop"})
    require_columns("means", means, {"line", "n", "mean", "low", "high"})
    worlds, sizes = list(chains["world"].unique()), [int(n) for n in sorted(chains["n"].unique())]
    buttons = alt.binding_radio(options=worlds, name="Shapes between")
    world = alt.param(name="world", value=worlds[0], bind=buttons)
    size = alt.param(
        name="size", value=sizes[-1], bind=alt.binding_radio(options=sizes, name="Pictures seen")
    )
    now = alt.Chart(chains).transform_filter(
        f"datum.world == {world.name} && datum.n == {size.name}"
    )
    return (
        alt.layer(*_lines(runs, means, size), *_chain(now))
        .add_params(world, size)
        .properties(width=510, height=HEIGHT, description=require_description(description))
    )


def _lines(runs: pd.DataFrame, means: pd.DataFrame, size: alt.Parameter) -> list[alt.Chart]:
    names = list(means["line"].unique())
    hues, dashes = list(COLOURS[: len(names)]), list(DASHES[: len(names)])
    legend = alt.Legend(columns=1, labelLimit=400, **STROKES)
    hue = alt.Color("line:N", scale=alt.Scale(domain=names, range=hues), title=None, legend=legend)
    dash = alt.StrokeDash("line:N", scale=alt.Scale(domain=names, range=dashes), title=None)
    middle = alt.Chart(means)
    chosen = alt.Chart(pd.DataFrame({"n": [0]})).transform_calculate(n=size.name)
    rule = chosen.mark_rule(color=VERMILLION, strokeWidth=1, strokeDash=[2, 3])
    return [
        rule.encode(x=_at_size(), y=alt.value(ROOM), y2=alt.value(HEIGHT)),
        middle.mark_line(strokeWidth=2.5).encode(
            x=_at_size(), y=_at_hop("mean"), color=hue, strokeDash=dash
        ),
        middle.mark_rule(strokeWidth=3).encode(
            x=_at_size(), y=_at_hop("low"), y2="high", color=hue
        ),
        alt.Chart(runs)
        .mark_point(size=14, opacity=0.45)
        .encode(x=_at_size(), y=_at_hop("hop"), color=hue),
    ]


def _chain(now: alt.Chart) -> list[alt.Chart]:
    """Show the pictures of the chain, twice their size or as large as the plot is wide."""
    native = f"({SIDE + GAP} * datum.frames - {GAP})"
    scale = f"min(2, (width - 4) / {native})"
    picture: dict[str, Any] = {"smooth": False, "aspect": False, "align": "left", "baseline": "top"}
    image = now.mark_image(
        width=alt.expr(f"{scale} * {native}"), height=alt.expr(f"{scale} * {SIDE}"), **picture
    )
    text = now.mark_text(align="left", baseline="top", color=INK, fontWeight="bold")
    return [
        image.encode(x=alt.value(0), y=alt.value(24), url="picture:N"),
        text.encode(x=alt.value(0), y=alt.value(0), text="text:N"),
    ]


def _at_size() -> alt.X:
    scale = alt.Scale(type="log", domain=[80, 2000], nice=False)
    axis = alt.Axis(values=[100, 400, 1600], format=",")
    return alt.X("n:Q", title="Pictures seen", scale=scale, axis=axis)


def _at_hop(field: str) -> alt.Y:
    """Leave room for the chain above the lines: on a log axis, a factor."""
    low, high = 0.02, 0.25
    scale = alt.Scale(
        type="log", domain=[low, low * (high / low) ** (HEIGHT / (HEIGHT - ROOM))], nice=False
    )
    axis = alt.Axis(values=[0.03, 0.06, 0.12, 0.24], format="~g", grid=True)
    title = "Widest hop (RMS pixel value)"
    return alt.Y(f"{field}:Q", title=title, scale=scale, axis=axis)


def describe_union(means: pd.DataFrame) -> str:
    """Say how each hop changes with the number of pictures."""
    parts = [
        f"{line}: "
        + ", ".join(f"{mean:.3f} at {n:,}" for n, mean in zip(rows["n"], rows["mean"], strict=True))
        for line, rows in means.groupby("line", sort=False)
    ]
    return (
        "The widest hop that no chain of pictures can avoid, against the number of pictures seen, "
        f"both on log axes. {'; '.join(parts)}. Above, a chain of small pictures from a three to "
        "an eight. Buttons choose the world and the number of pictures."
    )
