"""Three ways to go the same distance from one image; only one of them leads to images."""

import altair as alt
import numpy as np
import numpy.typing as npt
import pandas as pd

from bigcurves.plotting.marks import Layers
from bigcurves.plotting.picture_kernels import bar_away, bar_image, bar_strip, mix_away
from bigcurves.plotting.tables import require_columns, require_description

SIDE = 16
ROW = 132  # px from one strip to the next
FARTHEST = 0.36  # RMS pixel value, before the nearest of the ends is reached


def same_distance_chart(
    start: npt.NDArray[np.float64],
    bars: npt.NDArray[np.float64],
    pictures: pd.DataFrame,
    *,
    description: str,
) -> Layers:
    """Show images at one distance from a bar: other bars, and mixtures with other pictures.

    Parameters
    ----------
    start
        Latents of the bar that all ways begin at, shape (d,).
    bars
        Latents of the bars that the ways along the world lead to, shape (ways, d).
    pictures
        For each other strip its `name` and `ends`: the pictures, lists of pixels, that its
        ways lead to, as many as there are bars.
    """
    require_columns("pictures", pictures, {"name", "ends"})
    limits = alt.binding_range(
        min=0, max=FARTHEST, step=0.02, name="Distance from the bar, RMS pixel value"
    )
    distance = alt.param(name="distance", value=0.3, bind=limits)
    home = [round(float(value), 3) for value in start]
    ends = alt.param(name="ends", value=[_short(row) for row in pictures["ends"]])
    others = [bar_away(home, row, "distance", SIDE) for row in _short(bars)]
    strips = [bar_strip([others], SIDE)]
    for row in range(len(pictures)):
        mixed = [
            mix_away(bar_image(home, SIDE), f"ends[{row}][{way}]", "distance")
            for way in range(len(bars))
        ]
        strips.append(bar_strip([mixed], SIDE))
    names = pd.DataFrame({"row": range(len(strips)), "name": ["other bars", *pictures["name"]]})
    return (
        alt.layer(*_rows(names, strips, len(bars)))
        .add_params(distance, ends)
        .properties(
            width=520, height=ROW * len(strips), description=require_description(description)
        )
    )


def _rows(names: pd.DataFrame, strips: list[str], frames: int) -> list[alt.Chart]:
    """Show each strip below its name; on a phone, smaller."""
    native = frames * (SIDE + 1) - 1
    scale = f"(width > {6 * native} ? 6 : width > {4 * native} ? 4 : 3)"
    width, height = alt.expr(f"{scale} * {native}"), alt.expr(f"{scale} * {SIDE}")
    choice = " : ".join(f"datum.row == {row} ? {strip}" for row, strip in enumerate(strips[:-1]))
    rows = alt.Chart(names).transform_calculate(
        picture=f"{choice} : {strips[-1]}",
        text="datum.name + ', ' + format(distance, '.2f') + ' away'",
        top=f"{ROW} * datum.row",
        below=f"{ROW} * datum.row + 22",
    )
    image = rows.mark_image(
        width=width, height=height, smooth=False, aspect=False, align="left", baseline="top"
    )
    words = rows.mark_text(align="left", baseline="top")
    return [
        image.encode(x=alt.value(0), y=_at("below"), url="picture:N"),
        words.encode(x=alt.value(0), y=_at("top"), text="text:N"),
    ]


def _at(field: str) -> alt.Y:
    """Place a mark by pixels."""
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def _short(ends: npt.ArrayLike) -> list[list[float]]:
    return [[round(float(value), 3) for value in row] for row in np.asarray(ends)]


def describe_same_distance(names: list[str], frames: int) -> str:
    """Say what the strips show."""
    strips = "; ".join(f"mixed with {name}" for name in names)
    return (
        f"Strips of {frames} small images, all equally far from one bright bar: other bars, "
        f"{strips}. In the first strip each image is a bar elsewhere, turned or of another "
        "size; in the others the same bar shows through grain. A slider sets the distance."
    )
