"""The strips of the film lab: each way's frames, and each frame's distance to the world."""

from typing import Any

import altair as alt
import pandas as pd

from bigcurves.plotting.picture_kernels import bar_strip
from bigcurves.plotting.theme import BLUE, GREEN, INK, MUTED, ORANGE, PURPLE, VERMILLION

SIDE = 16
WAYS = ("pixel line", "principal components", "autoencoder", "neighbour graph", "true latents")
HUES = (VERMILLION, ORANGE, PURPLE, GREEN, BLUE)
FRAMES = (13, 7)  # on a wide page, and on a phone
TOP, PITCH = 208, 98  # px above the first strip, and from one to the next
HIGHEST = 0.3  # RMS pixel value at the top of a profile
PROFILE = 30  # px of its height
WIDE = "(width > 450)"
STRIP_LEFT = f"({WIDE} ? 76 : 58)"
FRAME = f"(({WIDE} ? 440 : 236) + 2) / frames"  # px from one frame of a strip to the next


def at(field: str) -> dict[str, Any]:
    """Place a mark by pixels, from computed columns `<field>x` and `<field>y`."""
    return {
        "x": alt.X(f"{field}x:Q", scale=None, axis=None),
        "y": alt.Y(f"{field}y:Q", scale=None, axis=None),
    }


def hue() -> alt.Color:
    """Give each way its colour."""
    return alt.Color(
        "way:N", scale=alt.Scale(domain=list(WAYS), range=list(HUES)), legend=None, title="Way"
    )


def path_strips(rows: pd.DataFrame) -> list[alt.Chart]:
    """Show each way's frames, and at the left the chosen one, larger."""
    top = f"{TOP} + {PITCH} * datum.row"
    strips = alt.Chart(rows).transform_calculate(
        strip=bar_strip(["film.pictures[datum.row]"], SIDE),
        one=bar_strip([["film.pictures[datum.row][frame]"]], SIDE),
        stripx=STRIP_LEFT,
        stripy=f"{top} + 18",
        onex="0",
        oney=f"{top} + 4",
        namex=STRIP_LEFT,
        namey=f"{top} + 2",
        boxx=f"{STRIP_LEFT} + frame * {FRAME} - 2",
        boxr=f"{STRIP_LEFT} + (frame + 1) * {FRAME}",
        boxy=f"{top} + 16",
        boxb=f"{top} + 52",
    )
    image: dict[str, Any] = {"smooth": False, "aspect": False, "align": "left", "baseline": "top"}
    wide = strips.mark_image(width=alt.expr(f"{WIDE} ? 440 : 236"), height=2 * SIDE, **image)
    large = alt.expr(f"{WIDE} ? {4 * SIDE} : {3 * SIDE}")
    one = strips.mark_image(width=large, height=large, **image)
    name = strips.mark_text(align="left", baseline="top", fontWeight="bold", color=INK)
    box = strips.mark_rect(fillOpacity=0, stroke=VERMILLION, strokeWidth=2)
    return [
        wide.encode(**at("strip"), url="strip:N"),
        one.encode(**at("one"), url="one:N"),
        name.encode(**at("name"), text="way:N"),
        box.encode(**at("box"), x2="boxr:Q", y2="boxb:Q"),
    ]


def profiles(rows: pd.DataFrame) -> list[alt.Chart]:
    """Draw below each strip how far its frames are from the world."""
    steps = rows.merge(pd.DataFrame({"frame": range(FRAMES[0])}), how="cross")
    base = f"({TOP} + {PITCH} * datum.row + {56 + PROFILE})"
    bars = (
        alt.Chart(steps)
        .transform_filter("datum.frame < frames")
        .transform_calculate(
            off="film.distances[datum.row][datum.frame]",
            barx=f"{STRIP_LEFT} + datum.frame * {FRAME} + 2",
            barr=f"{STRIP_LEFT} + (datum.frame + 1) * {FRAME} - 5",
            bary=f"{base} - {PROFILE} * min(1, datum.off / {HIGHEST})",
            barb=base,
        )
    )
    line = alt.Chart(rows).transform_calculate(
        linex=STRIP_LEFT, liner=f"{STRIP_LEFT} + frames * {FRAME}", liney=base
    )
    return [
        line.mark_rule(color=MUTED, strokeWidth=1).encode(**at("line"), x2="liner:Q"),
        bars.mark_rect().encode(**at("bar"), x2="barr:Q", y2="barb:Q", color=hue()),
    ]


def guessed_height() -> list[alt.Chart]:
    """Draw across the pixel line's profile what the reader guessed of its middle; at 0, nothing."""
    base = TOP + 56 + PROFILE
    guess = (
        alt.Chart(pd.DataFrame({"text": ["your guess"]}))
        .transform_calculate(
            guessed="guess",
            guessx=STRIP_LEFT,
            guessr=f"{STRIP_LEFT} + frames * {FRAME}",
            guessy=f"{base} - {PROFILE} * min(1, guess / 100 * film.apart / {HIGHEST})",
        )
        .transform_filter("datum.guessed > 0")
    )
    word = guess.mark_text(align="left", baseline="bottom", dx=2, dy=-1, color=INK)
    return [
        guess.mark_rule(color=INK, strokeWidth=2, strokeDash=[4, 3]).encode(
            **at("guess"), x2="guessr:Q"
        ),
        word.encode(**at("guess"), text="text:N"),
    ]
