"""Overlays of digits seen, which are inside the hull, below new digits, which are outside."""

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description

NATIVE = (53, 8)  # pixels of six images of 8 x 8 with a gap of one
LARGE, SMALL = 9, 5.6  # px to an image's pixel, on a wide screen and on a narrow one
TEXTS = {
    "new": "'New digits. The hull says: outside.'",
    "picture": "(datum.laid == 1 ? 'Digits seen' : datum.laid + ' digits seen, laid over one "
    "another') + '. The hull says: inside.'",
}


def overlay_chart(rows: pd.DataFrame, *, description: str) -> Layers:
    """Show new digits, which are outside, above overlays of digits seen, which are inside.

    Parameters
    ----------
    rows
        A row for each `laid` (how many digits are laid over one another): the `picture` of
        six overlays, and `new`, that of six new digits.
    """
    require_columns("rows", rows, {"laid", "picture", "new"})
    most = int(rows["laid"].max())
    slider = alt.binding_range(min=1, max=most, step=1, name="Digits laid over one another")
    laid = alt.param(name="laid", value=3, bind=slider)
    now = alt.Chart(rows).transform_filter(f"datum.laid == {laid.name}")
    strips = [part for line, field in enumerate(TEXTS) for part in _strip(now, field, line)]
    wide, high = (LARGE * size for size in NATIVE)
    return (
        alt.layer(*strips)
        .add_params(laid)
        .properties(width=wide, height=2 * high + 64, description=require_description(description))
    )


def _strip(now: alt.Chart, field: str, line: int) -> tuple[alt.Chart, alt.Chart]:
    """Show a strip of six images below its words, the first or the second of two."""
    scale = f"(width < {LARGE * NATIVE[0]} ? {SMALL} : {LARGE})"
    wide, high = (alt.expr(f"{scale} * {size}") for size in NATIVE)
    top = f"{line} * ({scale} * {NATIVE[1]} + 44)"
    words = now.transform_calculate(text=TEXTS[field]).mark_text(
        align="left", baseline="top", fontSize=14
    )
    image = now.mark_image(
        width=wide, height=high, smooth=False, aspect=False, align="left", baseline="top"
    )
    return (
        words.encode(x=alt.value(0), y=alt.value(alt.expr(top)), text="text:N"),
        image.encode(x=alt.value(0), y=alt.value(alt.expr(f"{top} + 22")), url=f"{field}:N"),
    )


def describe_overlays(rows: pd.DataFrame) -> str:
    """Say what the two strips show."""
    return (
        "Two strips of six small images. Above, six new handwritten digits, clear and outside the "
        "hull of the digits seen. Below, grey blurs: digits laid over one another in equal parts, "
        f"inside the hull by construction. A slider lays 1 to {rows['laid'].max()} of them."
    )
