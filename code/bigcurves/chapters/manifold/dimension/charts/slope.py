"""A meter for dimension: the nearest distance against the number of pictures has slope -1/d.

The reader chooses pictures and spoils them; the line through their neighbours is computed anew.
"""

import altair as alt
import numpy as np
import numpy.typing as npt
import pandas as pd

from bigcurves.plotting.kernels import crowding
from bigcurves.plotting.marks import Layers
from bigcurves.plotting.picture_kernels import bar_strip, spoilt_pictures
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import INK, MUTED, VERMILLION

BARS = "bars with d latents"
DIGITS = "real digits"
LINE = 1.45  # by how much two names on the axis of distances must differ, as a ratio
MOST = 4000  # where the axis of sizes ends: room for names beside the lines
STRIP = (265, 40)  # px of six images of 8 x 8 with a gap of one, five to one
LETTERS = "0123456789abcdefg"  # a digit's 17 levels of grey
SIDE = 8  # pixels along an image's side


def slope_chart(
    runs: pd.DataFrame,
    means: pd.DataFrame,
    readings: pd.DataFrame,
    *,
    latents: npt.NDArray[np.float64],
    digits: npt.NDArray[np.float64],
    description: str,
) -> Layers:
    """Plot the nearest distance against the number of images: a meter whose slope is -1/d.

    The bold line is measured on the page, from images that the reader chooses and spoils.

    Parameters
    ----------
    runs
        `rows` (which cloud), `d` (0 where nobody knows it), `n` and `distance`, one row a run.
    means
        The same with the `mean` over the runs in place of `distance`.
    readings
        For each cloud `rows`, `d`, its short `name` and `text`, what its slope reads.
    latents
        Of bars, shape (images, 5), all different; the first d of them are used.
    digits
        Real digits, shape (images, 64), their levels of grey sixteenths from 0 to 1.
    """
    require_columns("runs", runs, {"rows", "d", "n", "distance"})
    require_columns("means", means, {"rows", "d", "n", "mean"})
    require_columns("readings", readings, {"rows", "d", "text", "name"})
    chosen = f"datum.rows == rows && (datum.d == d || datum.rows != '{BARS}')"
    ends = readings[["rows", "d", "name"]].merge(
        means[means["n"] == means["n"].max()], on=["rows", "d"]
    )
    kept = runs[runs["rows"].isin([BARS, DIGITS])]
    return (
        alt.layer(*_all_clouds(kept, means, ends, chosen), *_one_cloud())
        .add_params(*_controls(min(len(latents), len(digits))), *_live(latents, digits))
        .properties(width=520, height=440, description=require_description(description))
    )


def _controls(most: int) -> list[alt.Parameter]:
    """Choose the images, how many of them, and what spoils them."""
    sliders = {
        "d": ("Latents of the bars, d", 2, (1, 5, 1)),
        "n": ("Number of pictures", most, (128, most, 64)),
        "grain": ("Pixel noise", 0, (0, 0.3, 0.005)),
        "moved": ("Pixels scrambled in each", 0, (0, SIDE**2, 1)),
    }
    menu = alt.param(
        name="rows", value=BARS, bind=alt.binding_select(options=[BARS, DIGITS], name="Pictures")
    )
    return [menu] + [
        alt.param(
            name=name,
            value=value,
            bind=alt.binding_range(min=low, max=high, step=step, name=label),
        )
        for name, (label, value, (low, high, step)) in sliders.items()
    ]


def _live(latents: npt.NDArray[np.float64], digits: npt.NDArray[np.float64]) -> list[alt.Parameter]:
    """Spoil the chosen images and measure them, each time that something moves."""
    known = {
        "latents": latents.round(6).tolist(),
        "digits": [
            "".join(LETTERS[level] for level in row) for row in np.rint(16 * digits).astype(int)
        ],
    }
    chosen = f"rows == '{BARS}' ? latents : digits"
    live = {
        "spoilt": spoilt_pictures(chosen, "n", "d", "grain", "moved"),
        "met": crowding("spoilt"),
        "said": "'slope ' + format(met.slope, '.2f') + ': reads ' + format(-1 / met.slope, '.1f')"
        " + ' dimensions'",
        "announce": "said",
    }
    return [alt.param(name=name, value=value) for name, value in known.items()] + [
        alt.param(name=name, expr=expr) for name, expr in live.items()
    ]


def at_size(least: int = 28) -> alt.X:
    """Put the numbers of images on a log axis that leaves room for names."""
    scale = alt.Scale(type="log", domain=[least, MOST], nice=False)
    axis = alt.Axis(values=[32, 64, 128, 256, 512, 1024], format="d")
    return alt.X("n:Q", title="Number of pictures n", scale=scale, axis=axis)


def _at_distance(field: str) -> alt.Y:
    """Leave room above the lines for the images and the reading."""
    scale = alt.Scale(type="log", domain=[1e-4, 12], nice=False)
    axis = alt.Axis(values=[1e-4, 1e-3, 1e-2, 1e-1, 1], format="~g")
    title = "Distance to the nearest picture (RMS pixel value)"
    return alt.Y(f"{field}:Q", title=title, scale=scale, axis=axis)


def _all_clouds(
    runs: pd.DataFrame, means: pd.DataFrame, ends: pd.DataFrame, chosen: str
) -> tuple[alt.Chart, alt.Chart, alt.Chart]:
    """Draw every cloud's line, pale, with its name; and the chosen one's single runs."""
    lines = alt.Chart(means).mark_line(color=MUTED, strokeWidth=1.5, opacity=0.6)
    dots = alt.Chart(runs).transform_filter(chosen).mark_point(color=INK, size=12, opacity=0.35)
    ends = ends.assign(height=_apart(ends["mean"], ends["name"] != ""))
    names = alt.Chart(ends).mark_text(align="left", dx=10)
    return (
        lines.encode(x=_at_n(), y=_at_distance("mean"), detail=["rows:N", "d:O"]),
        dots.encode(x=_at_n(), y=_at_distance("distance")),
        names.encode(
            x=_at_n(),
            y=_at_distance("height"),
            text="name:N",
            color=alt.condition(chosen, alt.value(VERMILLION), alt.value(MUTED)),
        ),
    )


def _at_n() -> alt.X:
    return at_size(least=14)


def _apart(means: "pd.Series[float]", named: "pd.Series[bool]") -> "pd.Series[float]":
    """Move names that would touch up the axis, by a line of text at most each."""
    heights, below = means.copy(), 0.0
    for place in means[named].sort_values().index:
        below = heights[place] = max(means[place], below * LINE)
    return heights


def _one_cloud() -> tuple[alt.Chart, alt.Chart, alt.Chart, alt.Chart]:
    """Draw what was measured on the page: the line, six of the images, what the slope reads."""
    live = alt.Chart(pd.DataFrame({"part": range(4)})).transform_calculate(
        n="met.sizes[datum.part]", distance="met.distances[datum.part]"
    )
    at = {"x": _at_n(), "y": _at_distance("distance")}
    one = alt.Chart(pd.DataFrame({"row": [0]})).transform_calculate(
        picture=bar_strip(["slice(spoilt, 0, 6)"], SIDE), text="said"
    )
    width, height = STRIP
    image = one.mark_image(
        width=width, height=height, smooth=False, aspect=False, align="left", baseline="top"
    )
    words = one.mark_text(align="left", baseline="top", fontSize=15, fontWeight="bold")
    return (
        live.mark_line(color=VERMILLION, strokeWidth=3).encode(**at),
        live.mark_point(color=VERMILLION, size=60, filled=True, opacity=1).encode(**at),
        image.encode(x=alt.value(4), y=alt.value(4), url="picture:N"),
        words.encode(
            x=alt.value(4), y=alt.value(height + 12), text="text:N", color=alt.value(VERMILLION)
        ),
    )


def describe_slopes(readings: pd.DataFrame) -> str:
    """Say what each cloud's line reads."""
    named = readings[readings["name"] != ""]
    parts = "; ".join(
        f"{row.name_}: {row.text}" for row in named.rename(columns={"name": "name_"}).itertuples()
    )
    return (
        "Distance to the nearest image against the number of images, both on log axes. Every "
        f"line falls, and the more dimensions, the more gently. {parts}. A list and a slider "
        "choose the images of the bold line, which is measured as it is shown; other sliders set "
        "how many there are, add noise to every pixel, and scramble pixels within each image."
    )
