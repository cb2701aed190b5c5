"""A network whose teacher lies: what it says of the truth and of the lies, epoch by epoch."""

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import Layers
from bigcurves.plotting.styles import ChartStyle, dash, hue, shape
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import AXIS, BLUE, GREEN, VERMILLION

LINES: ChartStyle = {
    "knows the truth": (BLUE, [1, 0], "circle"),
    "fits the lie": (VERMILLION, [8, 6], "square"),
    "new digits": (GREEN, [1, 5], "triangle-up"),
}


def memorisation_chart(
    runs: pd.DataFrame, means: pd.DataFrame, *, part: str, when: int, description: str
) -> Layers:
    """Follow through the epochs how much of the lies and how much of the truth is said.

    Parameters
    ----------
    runs
        `part` (the share of random labels, in words), `line` (one of `LINES`), `epoch` and
        `share`, one row a run.
    means
        The same with `mean`, `low` and `high` over the runs in place of `share`.
    part, when
        The part shown at first, and the place of the epoch shown, from 0.
    """
    require_columns("runs", runs, {"part", "line", "epoch", "share"})
    require_columns("means", means, {"part", "line", "epoch", "mean", "low", "high"})
    epochs = sorted(int(epoch) for epoch in means["epoch"].unique())
    menu = alt.binding_select(options=list(means["part"].unique()), name="Random labels")
    chosen = alt.param(name="part", value=part, bind=menu)
    slider = alt.binding_range(min=0, max=len(epochs) - 1, step=1, name="Time, step by step")
    step = alt.param(name="when", value=when, bind=slider)
    words = alt.param(name="words", value=readouts(means, epochs))
    said = f"words[{chosen.name}][{step.name}]"
    line = alt.Chart(means).transform_filter(f"datum.part == {chosen.name}")
    here = line.transform_filter(f"datum.epoch == {epochs}[{step.name}]")
    now = alt.Chart(pd.DataFrame({"epoch": epochs})).transform_filter(
        f"datum.epoch == {epochs}[{step.name}]"
    )
    dots = alt.Chart(runs).transform_filter(f"datum.part == {chosen.name}")
    x = _at_epoch(epochs[-1])
    return (
        alt.layer(
            now.mark_rule(color=AXIS, strokeDash=[3, 3]).encode(x=x),
            line.mark_area(opacity=0.2).encode(
                x=x, y=_share("low"), y2="high", color=hue("line", LINES)
            ),
            dots.mark_point(size=9, opacity=0.35).encode(
                x=x, y=_share("share"), color=hue("line", LINES)
            ),
            line.mark_line(strokeWidth=2.5).encode(
                x=x, y=_share("mean"), color=hue("line", LINES), strokeDash=dash("line", LINES)
            ),
            here.mark_point(size=120, opacity=1).encode(
                x=x, y=_share("mean"), color=hue("line", LINES), shape=shape("line", LINES)
            ),
            now.transform_calculate(text=said)
            .mark_text(align="left", baseline="top", fontWeight="bold", lineHeight=19, fontSize=14)
            .encode(x=alt.value(4), y=alt.value(2), text="text:N"),
        )
        .add_params(chosen, step, words, alt.param(name="announce", expr=f"join({said}, ', ')"))
        .properties(width=520, height=370, description=require_description(description))
    )


def readouts(means: pd.DataFrame, epochs: list[int]) -> dict[str, list[list[str]]]:
    """Say for each part and epoch what the lines say, a line of text each."""
    table = means.set_index(["part", "epoch", "line"])["mean"].to_dict()
    return {
        part: [
            [
                f"Epoch {epoch}",
                *(
                    f"{line}: {table[part, epoch, line]:.0%}"
                    for line in LINES
                    if (part, epoch, line) in table
                ),
            ]
            for epoch in epochs
        ]
        for part in means["part"].unique()
    }


def _at_epoch(last: int) -> alt.X:
    scale = alt.Scale(type="log", domain=[1, last], nice=False)
    values = [n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500) if n <= last]
    axis = alt.Axis(values=values, format="d")
    return alt.X("epoch:Q", title="Epochs of training", scale=scale, axis=axis)


def _share(field: str) -> alt.Y:
    """Leave room for the words above the lines."""
    scale = alt.Scale(domain=[0, 1.38], nice=False)
    axis = alt.Axis(values=[0, 0.2, 0.4, 0.6, 0.8, 1], format=".0%")
    return alt.Y(f"{field}:Q", title="Share of digits", scale=scale, axis=axis)


def describe_memorisation(means: pd.DataFrame, part: str) -> str:
    """Say where each line of a part begins, peaks and ends."""
    rows = means[means["part"] == part].sort_values("epoch")
    parts = []
    for name, line in rows.groupby("line", sort=False):
        peak = line.iloc[int(line["mean"].to_numpy().argmax())]
        parts.append(
            f"{name}: {line['mean'].iloc[0]:.0%} after epoch {line['epoch'].iloc[0]}, at most "
            f"{peak['mean']:.0%} at epoch {peak['epoch']}, {line['mean'].iloc[-1]:.0%} at the end"
        )
    return (
        f"Lines over the epochs of training, with {part} of the labels drawn at random. "
        f"{'; '.join(parts)}. A slider walks through the epochs and a list chooses the share."
    )
