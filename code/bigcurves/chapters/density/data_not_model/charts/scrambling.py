"""Four ways with the same digits, and what four families of learners make of them."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, GRID, INK, MUTED, VERMILLION

SHOWN = 8  # digits in a row of pictures
FRAMES = 9 * SHOWN - 1  # pixels along eight images of 8 x 8 with a gap of one
HIGH = f"width * {8 / FRAMES:.5f}"  # px of a strip, which is as wide as the chart
ROW, HEAD = 116, 18  # px from one strip to the next, and of its name
TENTH = 0.1  # what a guess among ten digits names rightly


def scramblings_chart(strips: pd.DataFrame, labels: pd.DataFrame, *, description: str) -> Layers:
    """Show what is done to the digits, and the label that each is taught with.

    Parameters
    ----------
    strips
        `name` of what was done, `page` (1, 2, ...) and a `picture` of eight digits.
    labels
        `name`, `page`, `place` in the row (0 to 7) and the `label` below that digit.
    """
    require_columns("strips", strips, {"name", "page", "picture"})
    require_columns("labels", labels, {"name", "page", "place", "label"})
    most = int(strips["page"].max())
    slider = alt.binding_range(min=1, max=most, step=1, name=f"Which eight digits, 1 to {most}")
    page = alt.param(name="page", value=1, bind=slider)
    tops = {name: ROW * row for row, name in enumerate(strips["name"].unique())}
    image, name = _strips(strips.assign(top=strips["name"].map(tops)), page.name)
    return (
        alt.layer(image, name, _labels(labels.assign(top=labels["name"].map(tops)), page.name))
        .add_params(page)
        .properties(width=520, height=ROW * len(tops), description=require_description(description))
    )


def _strips(strips: pd.DataFrame, page: str) -> tuple[alt.Chart, alt.Chart]:
    """Show the strips of one page, each below its name."""
    rows = alt.Chart(strips).transform_filter(f"datum.page == {page}")
    image = rows.transform_calculate(below=f"datum.top + {HEAD}").mark_image(
        width=alt.expr("width"),
        height=alt.expr(HIGH),
        smooth=False,
        aspect=False,
        align="left",
        baseline="top",
    )
    name = rows.mark_text(align="left", baseline="top").encode(
        x=alt.value(0), y=alt.Y("top:Q", scale=None, axis=None), text="name:N"
    )
    below = alt.Y("below:Q", scale=None, axis=None)
    return image.encode(x=alt.value(0), y=below, url="picture:N"), name


def _labels(labels: pd.DataFrame, page: str) -> alt.Chart:
    """Write below each digit of one page the label that it is taught with."""
    words: alt.Chart = (
        alt.Chart(labels)
        .transform_filter(f"datum.page == {page}")
        .transform_calculate(
            at=f"width * (9 * datum.place + 4) / {FRAMES}",
            below=f"datum.top + {HEAD} + {HIGH} + 4",
        )
        .mark_text(baseline="top", fontWeight="bold")
        .encode(
            x=alt.X("at:Q", scale=None, axis=None),
            y=alt.Y("below:Q", scale=None, axis=None),
            text="label:N",
        )
    )
    return words


def scramble_table(
    runs: pd.DataFrame, means: pd.DataFrame, *, data: Sequence[str], description: str
) -> Layers:
    """Draw a table of model by scrambling, each cell a small scale from 0 to 100%.

    A page may set the parameter `guess`: the reader's own, in the last model's cell of the
    second row.

    Parameters
    ----------
    runs
        A row a run: `data` (the scrambling), `model`, `digits` ("new" or "training") and `share`
        named rightly.
    means
        The same with the `mean` over the runs in place of `share`.
    data
        The scramblings from top to bottom.
    """
    require_columns("runs", runs, {"data", "model", "digits", "share"})
    require_columns("means", means, {"data", "model", "digits", "mean"})
    models = list(means["model"].unique())
    buttons = alt.binding_radio(options=list(means["digits"].unique()), name="Tested on digits")
    digits = alt.param(name="digits", value="new", bind=buttons)
    chosen, column = f"datum.digits == {digits.name}", f"indexof({models}, datum.model)"
    row = alt.Y("data:N", sort=list(data), axis=None)
    cell = (
        alt.Chart(means)
        .transform_filter(chosen)
        .transform_calculate(left=column, end=f"{column} + 0.9 * datum.mean")
        .transform_calculate(right="datum.left + 0.9", guess=f"datum.left + 0.9 * {TENTH}")
        .transform_calculate(text="format(100 * datum.mean, '.1f') + '%'")
    )
    single = (
        alt.Chart(runs)
        .transform_filter(chosen)
        .transform_calculate(at=f"{column} + 0.9 * datum.share")
        .mark_tick(height=26, thickness=1, color=INK, opacity=0.5, yOffset=14)
        .encode(x=_at("at"), y=row)
    )
    number = cell.mark_text(align="left", baseline="bottom", dy=-2, fontWeight="bold").encode(
        x=_at("left"), y=row, text="text:N"
    )
    return (
        alt.layer(*_bars(cell, row), single, number, *_heads(models, data, row))
        .add_params(digits, alt.param(name="guess", value=0))
        .properties(width=520, height=alt.Step(84), description=require_description(description))
    )


def _bars(cell: alt.Chart, row: alt.Y) -> tuple[alt.Chart, alt.Chart, alt.Chart]:
    """Draw each cell's scale, how far it is filled, and where a guess would stand."""
    box = cell.mark_bar(height=26, color=GRID, yOffset=14).encode(x=_at("left"), x2="right", y=row)
    bar = cell.mark_bar(height=26, color=BLUE, opacity=0.45, yOffset=14).encode(
        x=_at("left"), x2="end", y=row
    )
    chance = cell.mark_tick(height=26, color=MUTED, thickness=1.5, opacity=1, yOffset=14).encode(
        x=_at("guess"), y=row
    )
    return box, bar, chance


def _at(field: str) -> alt.X:
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, 3.9], nice=False), axis=None)


def _heads(models: list[str], data: Sequence[str], row: alt.Y) -> tuple[alt.Chart, ...]:
    """Name rows and columns, and mark what the reader guessed."""
    rows = alt.Chart(pd.DataFrame({"data": list(data)}))
    name = rows.mark_text(align="left", baseline="bottom", dy=-22, color=MUTED).encode(
        x=alt.value(0), y=row, text="data:N"
    )
    heads = pd.DataFrame({"model": models, "left": range(len(models))})
    head = (
        alt.Chart(heads)
        .mark_text(align="left", baseline="top", fontWeight="bold", lineBreak=" ")
        .encode(x=_at("left"), y=alt.value(-34), text="model:N")
    )
    spot = pd.DataFrame({"data": [data[1]], "left": [len(models) - 1]})
    guess = (
        alt.Chart(spot)
        .transform_calculate(at="datum.left + 0.009 * guess", end="datum.left + 0.9", asked="guess")
        .transform_filter("datum.asked > 0")
    )
    mark = guess.mark_tick(height=34, thickness=3, color=VERMILLION, opacity=1, yOffset=14)
    word = guess.mark_text(
        align="right", baseline="top", dy=32, color=VERMILLION, text="your guess"
    )
    return name, head, mark.encode(x=_at("at"), y=row), word.encode(x=_at("end"), y=row)


def describe_scramblings(strips: pd.DataFrame) -> str:
    """Say what the rows of pictures show."""
    names = "; ".join(strips["name"].unique())
    return (
        f"Rows of {SHOWN} digits of 8 by 8 pixels each, the same digits in every row, each with "
        f"the label that it is taught with below it. From top to bottom: {names}. A slider shows "
        "other digits."
    )


def describe_table(means: pd.DataFrame) -> str:
    """Say what each model names rightly under each scrambling."""
    new = means[means["digits"] == "new"]
    parts = []
    for data, rows in new.groupby("data", sort=False):
        told = zip(rows["model"], 100 * rows["mean"], strict=True)
        parts.append(f"{data}: {', '.join(f'{model} {share:.1f}%' for model, share in told)}")
    least = means.loc[means["digits"] == "training", "mean"].min()
    return (
        "A table of scrambling by model; in each cell a bar from 0 to 100% of digits named "
        f"rightly. New digits, {'; '.join(parts)}. Training digits: {100 * least:.1f}% or more in "
        "every cell. Buttons change between new and training digits."
    )
