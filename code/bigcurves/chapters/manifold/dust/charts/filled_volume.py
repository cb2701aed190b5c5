"""A latent square that fills up with samples, beside an odometer of the space that does not."""

import altair as alt
import numpy as np
import numpy.typing as npt
import pandas as pd

from bigcurves.plotting.kernels import ball_share
from bigcurves.plotting.marks import DIAMOND, Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import AXIS, BLUE, INK, PAPER, VERMILLION

SQUARE = 220  # px
WHEELS = 4  # of the odometer: 10 to the power of -9,999 at most
SIDES = (8, 64)  # pixels along an image's side, least and most
DOUBLINGS = 10


def filled_volume_chart(
    samples: pd.DataFrame,
    filling: pd.DataFrame,
    reach: npt.NDArray[np.float64],
    *,
    radius: float,
    description: str,
) -> alt.HConcatChart:
    """Fill the square of two latents while the share of the space of images stays at nothing.

    Parameters
    ----------
    samples
        `across` and `down`, the latents of images in the order in which they are drawn.
    filling
        For each `n`, a power of two: the `mean` share of new images within reach.
    reach
        The latents within reach of a sample, seen from it: an outline of shape (points, 2).
    radius
        Of a ball, in RMS pixel value.
    """
    require_columns("samples", samples, {"across", "down"})
    require_columns("filling", filling, {"n", "mean"})
    slider = alt.binding_range(min=0, max=DOUBLINGS, step=1, name="Samples, doubled from 1")
    doublings = alt.param(name="doublings", value=DOUBLINGS, bind=slider)
    sides = alt.binding_range(min=SIDES[0], max=SIDES[1], step=4, name="Pixels along a side")
    side = alt.param(name="side", value=SIDES[0], bind=sides)
    power = alt.param(
        name="power", expr=f"round(-{ball_share('pow(2, doublings)', 'side * side', radius)})"
    )
    said = "'One part in ten to the power of ' + power"
    announce = alt.param(name="announce", expr=said)
    right = alt.vconcat(_wheels(), _by_pixels(radius), spacing=26)
    return (
        alt.hconcat(_square(samples, filling, reach), right, spacing=44)
        .add_params(doublings, side, power, announce, alt.param(name="guess", value=0))
        .properties(description=require_description(description))
    )


def _square(samples: pd.DataFrame, filling: pd.DataFrame, reach: npt.NDArray[np.float64]) -> Layers:
    """Draw the samples so far, and about each the latents within reach of it."""
    rows = samples.assign(order=range(len(samples)))
    most = float(np.abs(reach).max())
    outline = "L".join(f"{x:.3f},{y:.3f}" for x, y in reach / most)
    drawn = alt.Chart(rows).transform_filter("datum.order < pow(2, doublings)")
    ticks = alt.Axis(values=[0, 0.5, 1], grid=False)
    at = {
        "x": alt.X("across:Q", title="First latent", scale=alt.Scale(domain=[0, 1]), axis=ticks),
        "y": alt.Y("down:Q", title="Second latent", scale=alt.Scale(domain=[1, 0]), axis=ticks),
    }
    halo = drawn.mark_point(
        shape=f"M{outline}Z", size=(2 * most * SQUARE) ** 2, color=BLUE, opacity=0.3, clip=True
    )
    words = alt.Chart(filling).transform_filter("datum.n == pow(2, doublings)")
    words = words.transform_calculate(
        text="format(datum.n, ',') + (datum.n == 1 ? ' sample reaches ' : ' samples reach ')"
        " + format(datum.mean, '.1%') + ' of new ones'"
    )
    text = words.mark_text(align="left", baseline="bottom", fontWeight="bold", fontSize=12, dy=-26)
    return alt.layer(
        halo.encode(**at),
        drawn.mark_point(size=5, color=INK, opacity=1).encode(**at),
        text.encode(x=alt.value(0), y=alt.value(0), text="text:N"),
    ).properties(width=SQUARE, height=SQUARE)


def _wheels() -> Layers:
    """Turn the odometer's wheels to the power of ten."""
    wheels = pd.DataFrame({"wheel": range(WHEELS)})
    digits = alt.Chart(wheels).transform_calculate(
        digit=f"floor(power / pow(10, {WHEELS - 1} - datum.wheel)) % 10"
    )
    across = alt.X("wheel:O", axis=None, scale=alt.Scale(paddingInner=0.12))
    box = digits.mark_rect(color=INK, cornerRadius=4).encode(x=across)
    digit = digits.mark_text(fontSize=34, fontWeight="bold", color=PAPER, baseline="middle")
    head = alt.Chart(pd.DataFrame({"wheel": [0]})).transform_calculate(
        text="'Filled: 1 part in 10 to the power of'"
    )
    text = head.mark_text(align="left", baseline="bottom", fontWeight="bold", dy=-8)
    return alt.layer(
        box,
        digit.encode(x=across, text="digit:N"),
        text.encode(x=alt.value(0), y=alt.value(0), text="text:N"),
    ).properties(width=SQUARE, height=52)


def _by_pixels(radius: float) -> Layers:
    """Plot the power of ten against the number of pixels, for the samples so far."""
    sides = pd.DataFrame({"pixels": [side**2 for side in range(SIDES[0], SIDES[1] + 1, 4)]})
    line = alt.Chart(sides).transform_calculate(
        power=f"-{ball_share('pow(2, doublings)', 'datum.pixels', radius)}"
    )
    x = alt.X(
        "pixels:Q",
        title="Pixels D",
        scale=alt.Scale(type="log", domain=[50, 6000], nice=False),
        axis=alt.Axis(values=[64, 256, 1024, 4096], format=","),
    )
    y = alt.Y(
        "power:Q",
        title="Power of ten",
        scale=alt.Scale(type="log", domain=[1, 10_000], nice=False),
        axis=alt.Axis(values=[1, 10, 100, 1000, 10_000], format=",", grid=True),
    )
    now = line.transform_filter("datum.pixels == side * side")
    guess = alt.Chart(pd.DataFrame({"pixels": [64]})).transform_calculate(power="guess")
    guess = guess.transform_filter("datum.power >= 1")
    return alt.layer(
        line.mark_line(color=AXIS).encode(x=x, y=y),
        guess.mark_tick(color=VERMILLION, thickness=3, width=22, opacity=1).encode(x=x, y=y),
        guess.mark_text(align="left", dx=14, text="your guess", color=VERMILLION).encode(x=x, y=y),
        now.mark_point(**DIAMOND).encode(x=x, y=y),
    ).properties(width=SQUARE, height=130)


def describe_filled_volume(filling: pd.DataFrame, powers: dict[int, float]) -> str:
    """Say how the square fills, and how little of the space the same balls hold.

    `powers` gives, for numbers of pixels, the power of ten of the filled share.
    """
    ordered = filling.sort_values("n").rename(columns={"mean": "mean_"})
    parts = ", ".join(f"{row.mean_:.1%} with {row.n}" for row in ordered.iloc[::2].itertuples())
    empty = ", ".join(f"{-power:.0f} at {pixels} pixels" for pixels, power in powers.items())
    return (
        "Left, the square of two latents with a dot for each sample and about it a slanted "
        "ellipse, the latents whose images lie in the sample's ball. As samples double, the "
        f"ellipses cover the square: of new images they reach {parts}. Right, an odometer of four "
        "wheels and below it a rising line: the balls together fill at most one part in ten to "
        f"the power of {empty}. Sliders set the samples and the pixels."
    )
