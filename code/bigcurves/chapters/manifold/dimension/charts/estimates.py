"""What three estimators of dimension read: where the truth is known, and on digits."""

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import ESTIMATORS, OPAQUE, Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import AXIS, INK

STRIP = (265, 40)  # px of six images of 8 x 8 with a gap of one, five to one
EVERY = "all three"


def estimate_chart(runs: pd.DataFrame, means: pd.DataFrame, *, description: str) -> Layers:
    """Plot what three estimators read against the number of latents that we chose.

    Parameters
    ----------
    runs
        `pixels`, `d`, `estimator` and `reading`, one row a run.
    means
        The same with `mean`, `low` and `high` over the runs in place of `reading`.
    """
    require_columns("runs", runs, {"pixels", "d", "estimator", "reading"})
    require_columns("means", means, {"pixels", "d", "estimator", "mean", "low", "high"})
    choices = sorted(int(pixels) for pixels in means["pixels"].unique())
    buttons = alt.binding_radio(options=choices, name="Pixels in an image")
    pixels = alt.param(name="pixels", value=choices[0], bind=buttons)
    at = {"x": _at_truth(), "xOffset": _by_estimator(), "color": _estimator_hue()}
    single = alt.Chart(runs).transform_filter(f"datum.pixels == {pixels.name}")
    mean = alt.Chart(means).transform_filter(f"datum.pixels == {pixels.name}")
    truth = alt.Chart(pd.DataFrame({"d": range(1, 6)})).mark_tick(
        color=AXIS, thickness=10, width=alt.RelativeBandSize(0.9), opacity=0.4
    )
    return (
        alt.layer(
            truth.encode(x=_at_truth(), y=_at_reading("d")),
            single.mark_tick(thickness=1, opacity=0.4).encode(y=_at_reading("reading"), **at),
            mean.mark_rule(strokeWidth=2).encode(y=_at_reading("low"), y2="high", **at),
            mean.mark_point(size=70, opacity=1).encode(
                y=_at_reading("mean"), shape=_estimator_shape(), **at
            ),
        )
        .add_params(pixels)
        .properties(width=520, height=340, description=require_description(description))
    )


def _at_truth() -> alt.X:
    axis = alt.Axis(labelAngle=0, ticks=False)
    return alt.X("d:O", title="Latents of the world, d", axis=axis)


def _at_reading(field: str) -> alt.Y:
    scale = alt.Scale(domain=[0, 5.5], nice=False)
    axis = alt.Axis(values=[0, 1, 2, 3, 4, 5])
    return alt.Y(f"{field}:Q", title="Estimated dimension", scale=scale, axis=axis)


def _by_estimator() -> alt.XOffset:
    return alt.XOffset("estimator:N", scale=alt.Scale(domain=list(ESTIMATORS), paddingOuter=0.5))


def _estimator_hue() -> alt.Color:
    scale = alt.Scale(domain=list(ESTIMATORS), range=[hue for hue, _ in ESTIMATORS.values()])
    return alt.Color("estimator:N", scale=scale, title=None, legend=OPAQUE)


def scrambled_chart(
    clouds: pd.DataFrame, runs: pd.DataFrame, means: pd.DataFrame, *, description: str
) -> Layers:
    """Show each cloud's images, and below them what the estimators read.

    A page may set the parameter `guess`: the reader's own, drawn beside the first cloud's.

    Parameters
    ----------
    clouds
        A row a cloud, from top to bottom: `name` and a `picture` of six images.
    runs
        `name`, `estimator` and `reading`, one row a run.
    means
        The same with `mean`, `low` and `high` over the runs in place of `reading`.
    """
    require_columns("clouds", clouds, {"name", "picture"})
    require_columns("runs", runs, {"name", "estimator", "reading"})
    require_columns("means", means, {"name", "estimator", "mean", "low", "high"})
    menu = alt.binding_select(options=[EVERY, *ESTIMATORS], name="Estimator")
    which = alt.param(name="estimator", value=EVERY, bind=menu)
    shown = f"{which.name} == '{EVERY}' || datum.estimator == {which.name}"
    row = alt.Y("name:N", sort=list(clouds["name"]), axis=None)
    single = alt.Chart(runs).transform_filter(shown).mark_tick(yOffset=31, height=12, opacity=0.3)
    dots = alt.Chart(means).transform_filter(shown)
    return (
        alt.layer(
            *_gallery(clouds, row),
            single.encode(x=_at_dimension("reading"), y=row, color=_estimator_hue()),
            dots.mark_rule(yOffset=31, y2Offset=31, strokeWidth=3).encode(
                x=_at_dimension("low"), x2="high", y=row, color=_estimator_hue()
            ),
            dots.mark_point(yOffset=31, size=80, opacity=1).encode(
                x=_at_dimension("mean"), y=row, color=_estimator_hue(), shape=_estimator_shape()
            ),
            *_guess(clouds, row),
        )
        .add_params(which, alt.param(name="guess", value=0))
        .properties(width=560, height=alt.Step(104), description=require_description(description))
    )


def _guess(clouds: pd.DataFrame, row: alt.Y) -> tuple[alt.Chart, alt.Chart]:
    """Mark what the reader guessed of the first cloud; nothing while the guess is 0."""
    first = alt.Chart(clouds[["name"]].head(1)).transform_calculate(guessed="guess")
    shown = first.transform_filter("datum.guessed > 0")
    mark = shown.mark_tick(yOffset=31, height=30, thickness=2, color=INK, opacity=1)
    word = shown.mark_text(yOffset=31, dx=6, dy=11, align="left", text="your guess", color=INK)
    return (
        mark.encode(x=_at_dimension("guessed"), y=row),
        word.encode(x=_at_dimension("guessed"), y=row),
    )


def _gallery(clouds: pd.DataFrame, row: alt.Y) -> tuple[alt.Chart, alt.Chart]:
    """Name each cloud and show six of its images."""
    width, height = STRIP
    image = alt.Chart(clouds).mark_image(
        width=width, height=height, smooth=False, align="left", yOffset=-5
    )
    name = alt.Chart(clouds).mark_text(align="left", baseline="bottom", dy=-29)
    return (
        image.encode(x=alt.value(0), y=row, url="picture:N"),
        name.encode(x=alt.value(0), y=row, text="name:N"),
    )


def _at_dimension(field: str) -> alt.X:
    scale = alt.Scale(domain=[0, 64], nice=False)
    axis = alt.Axis(values=[0, 8, 16, 24, 32, 40, 48, 56, 64], grid=True)
    return alt.X(f"{field}:Q", title="Estimated dimension (of 64 pixels)", scale=scale, axis=axis)


def _estimator_shape() -> alt.Shape:
    marks = [mark for _, mark in ESTIMATORS.values()]
    scale = alt.Scale(domain=list(ESTIMATORS), range=marks)
    return alt.Shape("estimator:N", scale=scale, title=None, legend=OPAQUE)


def describe_estimates(means: pd.DataFrame) -> str:
    """Say what each estimator reads at each d, averaged over the sizes of image."""
    table = means.pivot_table("mean", "estimator", "d", sort=False)
    parts = "; ".join(
        f"{name}: {', '.join(f'{reading:.1f}' for reading in row)}"
        for name, row in table.iterrows()
    )
    return (
        "Estimated dimension against the number of latents, one to five, with the truth as a "
        f"grey block in each column. From left to right, {parts}. The marks lie on the block up "
        "to three and fall short beyond. Buttons choose the number of pixels, and change little."
    )


def describe_scrambled(means: pd.DataFrame) -> str:
    """Say what the estimators read of each cloud."""
    parts = [
        f"{name}: {', '.join(f'{row.estimator} {row.mean_:.1f}' for row in rows.itertuples())}"
        for name, rows in means.rename(columns={"mean": "mean_"}).groupby("name", sort=False)
    ]
    return (
        "Rows of six small images each, and below each row where three estimators put its "
        f"dimension on an axis from 0 to 64 pixels. {'; '.join(parts)}. A list shows one "
        "estimator alone."
    )
