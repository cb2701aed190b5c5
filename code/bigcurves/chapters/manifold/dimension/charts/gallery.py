"""What the worlds vary in: strips of images, latent by latent and drawn at random."""

from typing import Any

import altair as alt
import pandas as pd

from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import INK

STRIP = (252, 48)  # px of five images of 16 x 16 with a gap of one, three to one


def worlds_chart(
    strips: pd.DataFrame, draws: pd.DataFrame, *, description: str
) -> alt.HConcatChart:
    """Show what each latent does, beside images in which the first d of them vary.

    Parameters
    ----------
    strips
        `latent` (its name), `number` (1 to 5) and `picture` (five images, low to high).
    draws
        `d`, `line` (1 to 5) and `picture` (five images drawn at random).
    """
    require_columns("strips", strips, {"latent", "number", "picture"})
    require_columns("draws", draws, {"d", "line", "picture"})
    slider = alt.binding_range(min=1, max=5, step=1, name="Latents that vary, d")
    d = alt.param(name="d", value=2, bind=slider)
    drawn = alt.Chart(draws).transform_filter(f"datum.d == {d.name}")
    used = alt.condition(f"datum.number <= {d.name}", alt.value(1), alt.value(0.18))
    parts = (
        _strips(alt.Chart(strips), "number", used),
        _strips(drawn, "line", alt.value(1)),
    )
    names = _strip_names(alt.Chart(strips), "number", "datum.latent")
    heads = _strip_names(
        drawn.transform_filter("datum.line == 1"), "line", "'drawn at random, d = ' + datum.d"
    )
    return (
        alt.hconcat(alt.layer(parts[0], names), alt.layer(parts[1], heads), spacing=24)
        .add_params(d)
        .properties(description=require_description(description))
    )


def _row(field: str) -> alt.Y:
    """Give each strip of images its own line."""
    return alt.Y(f"{field}:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))


def _strips(rows: alt.Chart, field: str, opacity: Any) -> alt.Chart:
    """Show one sprite a line, its lower edge on the line's end."""
    width, height = STRIP
    strips: alt.Chart = (
        rows.mark_image(width=width, height=height, smooth=False, yOffset=9, align="left")
        .encode(x=alt.value(0), y=_row(field), url="picture:N", opacity=opacity)
        .properties(width=width, height=alt.Step(height + 26))
    )
    return strips


def _strip_names(rows: alt.Chart, field: str, text: str) -> alt.Chart:
    """Write a strip's name above it."""
    names: alt.Chart = (
        rows.transform_calculate(name=text)
        .mark_text(align="left", baseline="bottom", dy=-17, color=INK)
        .encode(x=alt.value(0), y=_row(field), text="name:N")
    )
    return names


def describe_worlds(strips: pd.DataFrame) -> str:
    """Say what the strips show."""
    return (
        f"Left, {len(strips)} strips of five small images of a bright bar on black; along each "
        f"strip one latent grows: {', '.join(strips['latent'])}. Right, images drawn at "
        "random. A slider sets how many of the latents vary, in this order; with two, all bars "
        "lie at one angle and differ in place alone, with five no two look alike."
    )
