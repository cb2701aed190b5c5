"""Where errors lie when samples are missing, and how a decoder closes in on the manifold."""

from collections.abc import Callable
from typing import Any

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import OPAQUE, Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, INK, MUTED, VERMILLION

STRIP = (303, 48)  # px of six images of 16 x 16 with a gap of one, three to one
LABELS = {"true labels": (BLUE, "circle"), "shuffled labels": (VERMILLION, "square")}


def share_chart(
    runs: pd.DataFrame, means: pd.DataFrame, *, area: float, description: str
) -> Layers:
    """Plot the share of squared error that lies in a hole of a given share of the area.

    Parameters
    ----------
    runs
        `learner`, `labels` ("true labels" or "shuffled labels") and `share`, one row a run.
    means
        The same averaged over the runs: `mean`, `low` and `high`.
    area
        The hole's own share of the latents.
    """
    require_columns("runs", runs, {"learner", "labels", "share"})
    require_columns("means", means, {"learner", "labels", "mean", "low", "high"})
    axis = alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1])

    def x(field: str) -> alt.X:
        scale = alt.Scale(domain=[0, 1], nice=False)
        return alt.X(f"{field}:Q", title="Share of the squared error", scale=scale, axis=axis)

    row = alt.Y("learner:N", title=None, sort=list(means["learner"].unique()))
    beside = alt.YOffset("labels:N", scale=alt.Scale(domain=list(LABELS), paddingOuter=0.6))
    colours, shapes = ([pair[i] for pair in LABELS.values()] for i in (0, 1))
    names: dict[str, Any] = {"title": None, "legend": OPAQUE}
    hue = alt.Color("labels:N", scale=alt.Scale(domain=list(LABELS), range=colours), **names)
    shape = alt.Shape("labels:N", scale=alt.Scale(domain=list(LABELS), range=shapes), **names)
    rule = alt.Chart(pd.DataFrame({"area": [area], "text": [f"the hole's area: {area:.0%}"]}))
    base = alt.Chart(means).encode(y=row, yOffset=beside, color=hue)
    ticks = alt.Chart(runs).mark_tick(height=16, thickness=1, opacity=0.35)
    return (
        alt.layer(
            rule.mark_rule(strokeDash=[5, 4], color=INK).encode(x=x("area")),
            rule.mark_text(align="left", dx=5, dy=-4, baseline="bottom", color=INK).encode(
                x=x("area"), y=alt.value(0), text="text:N"
            ),
            ticks.encode(x=x("share"), y=row, yOffset=beside, color=hue),
            base.mark_rule(strokeWidth=4).encode(x=x("low"), x2="high"),
            base.mark_point(size=90, opacity=1).encode(x=x("mean"), shape=shape),
            *_guess(x),
        )
        .add_params(alt.param(name="guess", value=-1))
        .properties(width=400, height=240, description=require_description(description))
    )


def _guess(x: Callable[[str], alt.X]) -> list[alt.Chart]:
    """Mark what the reader guessed; nothing while the guess is below 0."""
    shown = (
        alt.Chart(pd.DataFrame({"one": [1]}))
        .transform_calculate(guessed="guess / 100")
        .transform_filter("datum.guessed >= 0")
    )
    at = x("guessed")
    return [
        shown.mark_rule(color=INK, strokeWidth=2).encode(x=at),
        shown.mark_text(
            align="right", dx=-5, dy=-4, baseline="top", text="your guess", color=INK
        ).encode(x=at, y=alt.value(224)),
    ]


def decoder_chart(
    strips: pd.DataFrame, runs: pd.DataFrame, means: pd.DataFrame, *, description: str
) -> Layers:
    """Show what a decoder draws after n images, and how far that is from the manifold.

    Parameters
    ----------
    strips
        `latents` ("true" or "shuffled"), `n` and a `picture` of six decoded images.
    runs
        `latents`, `n` and `deviation`, one row a run.
    means
        The same averaged over the runs: `mean`, `low` and `high`.
    """
    require_columns("strips", strips, {"latents", "n", "picture"})
    require_columns("runs", runs, {"latents", "n", "deviation"})
    require_columns("means", means, {"latents", "n", "mean", "low", "high"})
    choice = alt.binding_radio(options=["true", "shuffled"], name="Latents that it was told")
    told = alt.param(name="told", value="true", bind=choice)
    now = f"datum.latents == {told.name}"
    scale = alt.Scale(type="log", domain=[2e-5, 20], nice=False)
    axis = alt.Axis(values=[1e-4, 1e-3, 1e-2, 1e-1, 1, 10], format="~g", grid=True)

    def x(field: str) -> alt.X:
        title = "Distance from the manifold (RMS pixel value)"
        return alt.X(f"{field}:Q", title=title, scale=scale, axis=axis)

    row = alt.Y("n:O", axis=None, sort="ascending")
    width, height = STRIP
    picture = alt.Chart(strips).transform_filter(now)
    base = alt.Chart(means).transform_filter(now).encode(y=row)
    pale = (
        alt.Chart(means)
        .transform_filter(f"!({now})")
        .mark_point(yOffset=29, size=40, color=MUTED, opacity=0.5, shape="diamond")
    )
    return (
        alt.layer(
            picture.transform_calculate(text="datum.n + ' images seen'")
            .mark_text(align="left", baseline="bottom", dy=-32)
            .encode(x=alt.value(0), y=row, text="text:N"),
            picture.mark_image(
                width=width, height=height, smooth=False, align="left", yOffset=-4
            ).encode(x=alt.value(0), y=row, url="picture:N"),
            pale.encode(x=x("mean"), y=row),
            alt.Chart(runs)
            .transform_filter(now)
            .mark_tick(yOffset=29, height=12, opacity=0.35, color=BLUE)
            .encode(x=x("deviation"), y=row),
            base.mark_rule(yOffset=29, y2Offset=29, strokeWidth=4, color=BLUE).encode(
                x=x("low"), x2="high"
            ),
            base.mark_point(yOffset=29, size=80, opacity=1, color=BLUE).encode(x=x("mean")),
        )
        .add_params(told)
        .properties(width=420, height=alt.Step(104), description=require_description(description))
    )


def describe_shares(means: pd.DataFrame, area: float) -> str:
    """Say how much of each learner's error lies in the hole."""
    rows = means.rename(columns={"mean": "mean_"}).itertuples()
    parts = "; ".join(f"{row.learner}, {row.labels}: {row.mean_:.0%}" for row in rows)
    return (
        f"Share of the squared error that lies in a hole of {area:.0%} of the latents' area, with "
        f"the area itself as a dashed line. {parts}. With true labels the marks lie far to the "
        "right of the line."
    )


def describe_decoders(means: pd.DataFrame) -> str:
    """Say how near a decoder comes with each number of images."""
    parts = [
        f"told {name} latents, "
        + ", ".join(f"{row.mean_:.2g} after {row.n} images" for row in rows.itertuples())
        for name, rows in means.rename(columns={"mean": "mean_"}).groupby("latents", sort=False)
    ]
    return (
        "Rows of six decoded images, and below each row its distance from the manifold, in RMS "
        f"pixel values on a log axis: {'; '.join(parts)}. A choice shows either."
    )
