"""Noise against dimension: neighbours stop coming closer at the noise's own scale."""

import altair as alt
import pandas as pd

from bigcurves.chapters.manifold.dimension.charts.slope import at_size
from bigcurves.plotting.marks import HALO, Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import INK, MUTED, VERMILLION

STRIP = (265, 40)  # px of six images of 8 x 8 with a gap of one, five to one


def noise_chart(
    levels: pd.DataFrame, runs: pd.DataFrame, means: pd.DataFrame, *, description: str
) -> Layers:
    """Watch neighbours stop coming closer at the scale of the pixel noise.

    Parameters
    ----------
    levels
        A row for each `level` (0, 1, ...): its `noise`, a `picture` of six images, the
        distance `floor` between two noisy copies of one image, and `text`, what is read.
    runs
        `level`, `n` and the nearest `distance`, one row a run.
    means
        The same with the `mean` over the runs in place of `distance`.
    """
    require_columns("levels", levels, {"level", "noise", "picture", "floor", "text"})
    require_columns("runs", runs, {"level", "n", "distance"})
    require_columns("means", means, {"level", "n", "mean"})
    most = int(levels["level"].max())
    slider = alt.binding_range(min=0, max=most, step=1, name=f"Pixel noise, 0 (none) to {most}")
    level = alt.param(name="level", value=2, bind=slider)
    chosen = f"datum.level == {level.name}"
    now = alt.Chart(levels).transform_filter(chosen)
    at = {"x": at_size(), "y": _at_noisy("mean")}
    pale = alt.Chart(means).mark_line(color=MUTED, strokeWidth=1.5, opacity=0.6)
    bold = alt.Chart(means).transform_filter(chosen).mark_line(color=VERMILLION, strokeWidth=3)
    dots = alt.Chart(runs).transform_filter(chosen).mark_point(color=INK, size=14, opacity=0.5)
    return (
        alt.layer(
            pale.encode(**at, detail="level:O"),
            *_floor(now, most),
            bold.encode(**at),
            dots.encode(x=at_size(), y=_at_noisy("distance")),
            _names(levels, means),
            *_heading(now),
        )
        .add_params(level)
        .properties(width=520, height=420, description=require_description(description))
    )


def _at_noisy(field: str) -> alt.Y:
    """Leave room for the pictures above the lines."""
    scale = alt.Scale(type="log", domain=[4e-3, 1.2], nice=False)
    axis = alt.Axis(values=[0.01, 0.03, 0.1, 0.3], format="~g")
    title = "Distance to the nearest picture (RMS pixel value)"
    return alt.Y(f"{field}:Q", title=title, scale=scale, axis=axis)


def _names(levels: pd.DataFrame, means: pd.DataFrame) -> alt.Chart:
    """Name each line at its right end by its noise."""
    ends = means.loc[means["n"] == means["n"].max(), ["level", "n", "mean"]]
    ends = ends.merge(levels[["level", "noise"]], on="level")
    ends["name"] = [f"noise {noise:g}" for noise in ends["noise"]]
    named: alt.Chart = (
        alt.Chart(ends)
        .mark_text(align="left", dx=8, fontSize=12)
        .encode(
            x=at_size(),
            y=_at_noisy("mean"),
            text="name:N",
            color=alt.condition("datum.level == level", alt.value(VERMILLION), alt.value(MUTED)),
        )
    )
    return named


def _floor(now: alt.Chart, most: int) -> tuple[alt.Chart, ...]:
    """Mark how far apart noise alone keeps two copies of one image."""
    noisy = now.transform_filter("datum.noise > 0")
    rule = noisy.mark_rule(color=INK, strokeDash=[5, 4]).encode(y=_at_noisy("floor"))
    # The lowest has no room below it, and under the highest runs its line.
    side = alt.expr(f"level == 1 || level == {most} ? -9 : 10")
    names = (
        noisy.mark_text(align="left", dx=14, dy=side, **look).encode(
            x=alt.value(0), y=_at_noisy("floor"), text=alt.value("noise alone")
        )
        for look in (HALO, {"color": INK})
    )
    return rule, *names


def _heading(now: alt.Chart) -> tuple[alt.Chart, alt.Chart]:
    """Show six images at the chosen noise, and what the slope reads."""
    width, height = STRIP
    image = now.mark_image(
        width=width, height=height, smooth=False, align="left", baseline="top"
    ).encode(x=alt.value(4), y=alt.value(4), url="picture:N")
    words = now.mark_text(align="left", baseline="top", fontWeight="bold").encode(
        x=alt.value(4), y=alt.value(height + 12), text="text:N"
    )
    return image, words


def describe_noise(levels: pd.DataFrame) -> str:
    """Say what is read at each level of noise."""
    return (
        "Distance to the nearest image against the number of images, both on log axes, for bars "
        "with two latents, below six of the images. Without noise the line is straight; with "
        "noise it bends and levels off at a dashed line, the distance that noise alone keeps. "
        f"By level of the slider: {'; '.join(levels['text'])}."
    )
