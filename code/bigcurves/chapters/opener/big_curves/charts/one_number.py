"""One number, many pixels: an image, and the curve that two of its pixels trace."""

from typing import Any

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import DIAMOND, Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, MUTED, VERMILLION

IMAGE = 224  # px, fourteen times an image's side


def one_number_chart(
    frames: pd.DataFrame, seen: pd.DataFrame, pixels: pd.DataFrame, *, description: str
) -> alt.HConcatChart:
    """Draw an image beside the curve that two of its pixels trace as one number changes.

    Parameters
    ----------
    frames
        `place` (the number, 0 to 1), `picture` (a `data:` address) and the brightness of the
        two pixels, `a` and `b`, in the order of `place`.
    seen
        `a` and `b` of a few images, the sample.
    pixels
        Where the two pixels lie: `name`, `left`, `right`, `top`, `bottom`, as shares of the image.
    """
    require_columns("frames", frames, {"place", "picture", "a", "b"})
    require_columns("seen", seen, {"a", "b"})
    require_columns("pixels", pixels, {"name", "left", "right", "top", "bottom"})
    slider = alt.binding_range(min=0, max=1, step=0.05, name="Where the bar is (0 left, 1 right)")
    place = alt.param(name="place", value=0.3, bind=slider)
    now = f"abs(datum.place - {place.name}) < 0.001"
    return (
        alt.hconcat(_image(frames, pixels, now), _two_pixels(frames, seen, now), spacing=36)
        .add_params(place, _said(frames))
        .properties(description=require_description(description))
    )


def _said(frames: pd.DataFrame) -> alt.Parameter:
    """Read out the two brightnesses of the frame that the slider has reached."""
    last = len(frames) - 1
    now = [
        f"format({frames[name].round(2).tolist()}[round(place * {last})], '.2f')" for name in "ab"
    ]
    return alt.param(name="announce", expr=f"'Pixel A ' + {now[0]} + ', pixel B ' + {now[1]}")


def _image(frames: pd.DataFrame, pixels: pd.DataFrame, now: str) -> Layers:
    """Show the image at the chosen place, its two pixels framed and named."""
    image = (
        alt.Chart(frames[["place", "picture"]])
        .transform_filter(now)
        .mark_image(width=IMAGE, height=IMAGE, smooth=False)
        .encode(x=alt.value(IMAGE / 2), y=alt.value(IMAGE / 2), url="picture:N")
    )
    scale = alt.Scale(domain=[0, 1], nice=False)
    frame = alt.Chart(pixels).encode(
        x=alt.X("left:Q", scale=scale, axis=None), y=alt.Y("top:Q", scale=scale, axis=None)
    )
    boxes = frame.mark_rect(fillOpacity=0, stroke="white", strokeWidth=4).encode(
        x2="right", y2="bottom"
    )
    edges = frame.mark_rect(fillOpacity=0, stroke=VERMILLION, strokeWidth=2).encode(
        x2="right", y2="bottom"
    )
    name: dict[str, Any] = {"dx": IMAGE / 32, "dy": -11, "fontWeight": "bold", "fontSize": 15}
    halo = frame.mark_text(**name, color="black", stroke="black", strokeWidth=4, strokeJoin="round")
    names = [text.encode(text="name:N") for text in (halo, frame.mark_text(**name, color="white"))]
    return alt.layer(image, boxes, edges, *names).properties(width=IMAGE, height=IMAGE)


def _two_pixels(frames: pd.DataFrame, seen: pd.DataFrame, now: str) -> Layers:
    """Plot pixel B against pixel A: the whole curve, the sample on it, the image now."""
    scale = alt.Scale(domain=[0, 1.05], nice=False)
    at = {
        "x": alt.X("a:Q", title="Brightness of pixel A", scale=scale),
        "y": alt.Y("b:Q", title="Brightness of pixel B", scale=scale),
    }
    curve = alt.Chart(frames.drop(columns="picture"))
    line = curve.mark_line(interpolate="monotone", color=MUTED).encode(**at, order="place:Q")
    sample = alt.Chart(seen).mark_point(color=BLUE, size=50, opacity=1).encode(**at)
    dot = curve.transform_filter(now).mark_point(**DIAMOND)
    return alt.layer(line, sample, dot.encode(**at)).properties(width=300, height=IMAGE)


def describe_one_number(frames: pd.DataFrame) -> str:
    """Say what the chart shows, from its frames."""
    first, last = frames.iloc[0], frames.iloc[-1]
    return (
        f"Left, one of {len(frames)} images of a slanted bright bar, two of its pixels framed: A "
        "and B. Right, the brightness of B against that of A: as the bar goes from left to right, "
        f"a single bent line leads from A {first['a']:.2f}, B {first['b']:.2f} to A "
        f"{last['a']:.2f}, B {last['b']:.2f}. The rest of the square is empty. A slider moves the "
        "bar, and a diamond along the line."
    )
