"""The code square, decoded tile by tile: a map to drag a point over, and its tile, large."""

from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import DIAMOND
from bigcurves.plotting.picture import Pixels, mosaic
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import INK, PAPER, VERMILLION

MAP = 294  # px of the map's edge: a phone has 300
ZOOM = 8  # px of the large tile for one of its own
GREYS = 12  # all 256 take three times the bytes
START = (0.21, 0.07)
TILES = {"x", "y", "digits", "commonest", "agreeing"}
HEADINGS = {  # of the table
    "digits": "Training digits there",
    "commonest": "Commonest class",
    "agreeing": "Digits of that class",
    "digit": "Test digit",
}


@dataclass(frozen=True, kw_only=True)
class _Lines:
    """The lines of tiles: how many, the code of the least, and from one to the next."""

    side: int
    low: float
    step: float

    @classmethod
    def of(cls, tiles: pd.DataFrame) -> "_Lines":
        codes = sorted(set(tiles["x"]))
        step = (codes[-1] - codes[0]) / max(len(codes) - 1, 1)
        return cls(side=len(codes), low=round(codes[0], 6), step=round(step, 6))

    @property
    def high(self) -> float:
        return round(self.low + (self.side - 1) * self.step, 6)

    def nearest(self, code: float) -> float:
        """Give the code of the line that is nearest."""
        place = min(max(round((code - self.low) / self.step), 0), self.side - 1)
        return round(self.low + place * self.step, 6)


def latent_grid_chart(
    pictures: Pixels, tiles: pd.DataFrame, codes: pd.DataFrame, *, description: str
) -> alt.HConcatChart:
    """Let the reader move a point over all pictures that two numbers can mean.

    Parameters
    ----------
    pictures
        Each tile's picture, shape (side^2, pixels, pixels), line by line from the top left.
    tiles
        Each tile's code, `x` and `y` at equal steps, the training `digits` in it, the `commonest`
        class and how many are `agreeing`.
    codes
        `across` and `up`, the codes of test digits, and which `digit` each is.
    """
    require_columns("tiles", tiles, TILES)
    require_columns("codes", codes, {"across", "up", "digit"})
    lines = _Lines.of(tiles)
    if lines.side < 2 or not len(pictures) == len(tiles) == lines.side**2:
        raise ValueError(
            f"pictures and tiles must be a square of them, got {len(pictures)} and {len(tiles)}"
        )
    box = alt.binding_checkbox(name=f"Show where {len(codes)} test digits lie")
    laid = pd.DataFrame({"picture": [mosaic(pictures, across=lines.side, greys=GREYS)]})
    half = lines.step / 2
    chosen = alt.Chart(tiles).transform_filter(
        f"abs(datum.x - first) < {half} && abs(datum.y - second) < {half}"
    )
    large = ZOOM * pictures.shape[2]
    parts = [
        alt.layer(*_mosaic(laid), _lying(codes, lines), _point(chosen, lines)),
        alt.layer(_window(laid, lines, large), *_words(tiles, chosen, large)),
    ]
    views = [
        part.properties(width=size, height=size)
        for part, size in zip(parts, (MAP, large), strict=True)
    ]
    return (
        alt.hconcat(*views, spacing=28)
        .add_params(*_sliders(lines), alt.param(name="lying", value=False, bind=box))
        .properties(
            description=require_description(description),
            usermeta={
                "plots": ["concat_0"],
                "drag": [{"x": "first", "y": "second"}],
                "columns": HEADINGS,
            },
        )
    )


def _sliders(lines: _Lines) -> list[alt.Parameter]:
    return [
        alt.param(
            name=name,
            value=lines.nearest(start),
            bind=alt.binding_range(
                min=lines.low, max=lines.high, step=lines.step, name=f"{name.title()} number"
            ),
        )
        for name, start in zip(("first", "second"), START, strict=True)
    ]


def _mosaic(laid: pd.DataFrame) -> tuple[alt.Chart, alt.Chart]:
    """Draw all tiles, and the veil over them that lets the test digits be read."""
    image = alt.Chart(laid).mark_image(width=MAP, height=MAP, aspect=False)
    veil = alt.Chart(laid).transform_filter("lying").mark_rect(color=PAPER, opacity=0.8)
    middle, end = alt.value(MAP / 2), alt.value(MAP)
    return (
        image.encode(x=middle, y=middle, url="picture:N"),
        veil.encode(x=alt.value(0), y=alt.value(0), x2=end, y2=end),
    )


def _lying(codes: pd.DataFrame, lines: _Lines) -> alt.Chart:
    """Write each test digit where its code is."""
    places = alt.Chart(codes).transform_filter("lying").mark_text(fontWeight="bold", color=INK)
    written: alt.Chart = places.encode(**_at(lines, "across", "up"), text="digit:N")
    return written


def _point(chosen: alt.Chart, lines: _Lines) -> alt.Chart:
    """Ring the chosen tile: what lies under the point stays to be seen."""
    ring = DIAMOND | {"filled": False, "stroke": VERMILLION, "size": 640}
    point: alt.Chart = chosen.mark_point(**ring).encode(**_at(lines, "x", "y"))
    return point


def _at(lines: _Lines, across: str, up: str) -> dict[str, Any]:
    """Put a mark on the map by its code."""
    ends = [lines.low - lines.step / 2, lines.high + lines.step / 2]
    scale = alt.Scale(domain=ends, nice=False, zero=False)
    axis = alt.Axis(values=[-0.5, 0, 0.5], format=".1f", grid=False)
    return {
        "x": alt.X(f"{across}:Q", title="First number of the code", scale=scale, axis=axis),
        "y": alt.Y(f"{up}:Q", title="Second number of the code", scale=scale, axis=axis),
    }


def _window(laid: pd.DataFrame, lines: _Lines, large: int) -> alt.Chart:
    """Enlarge all tiles, and push them about behind a window of one tile's size."""
    column, row = (f"round(({name} - {lines.low}) / {lines.step})" for name in ("first", "second"))
    left = alt.ExprRef(f"{-large} * {column}")
    top = alt.ExprRef(f"{large} * ({row} - {lines.side - 1})")
    edge = large * lines.side
    size: dict[str, Any] = {"width": edge, "height": edge, "align": "left", "baseline": "top"}
    whole = alt.Chart(laid).mark_image(aspect=False, smooth=False, clip=True, **size)
    window: alt.Chart = whole.encode(x=alt.value(left), y=alt.value(top), url="picture:N")
    return window


def _words(tiles: pd.DataFrame, chosen: alt.Chart, large: int) -> list[alt.Chart]:
    """Say below the window which code it is, and whose digits have it."""
    empty = "datum.digits == 0"
    known = format(int(tiles["digits"].sum()), ",")
    said = {
        "spokenCode": "'Code (' + format(datum.x, '.2f') + ', ' + format(datum.y, '.2f') + ')'",
        "spokenDigits": f"{empty} ? 'no training digit lies here' : "
        f"format(datum.digits, ',') + ' of {known} training digits'",
        "spokenClass": f"{empty} ? '' : 'commonest: ' + datum.commonest"
        " + ', ' + datum.agreeing + ' of ' + datum.digits",
    }
    return [
        chosen.transform_calculate(said=sentence)
        .mark_text(align="left", baseline="top", color=INK, fontWeight="normal" if i else "bold")
        .encode(x=alt.value(0), y=alt.value(large + 10 + 19 * i), text="said:N")
        .properties(name=name)
        for i, (name, sentence) in enumerate(said.items())
    ]


def describe_latent_grid(tiles: pd.DataFrame, codes: pd.DataFrame) -> str:
    """Say what the map and the tile show before anything is moved."""
    require_columns("tiles", tiles, TILES)
    side = _Lines.of(tiles).side
    gaps = (tiles["x"] - START[0]) ** 2 + (tiles["y"] - START[1]) ** 2
    here = tiles.iloc[int(gaps.to_numpy().argmin())]
    corners = {
        "top left": (-1, 1),
        "top right": (1, 1),
        "bottom left": (-1, -1),
        "bottom right": (1, -1),
    }
    named = ", ".join(f"{name} {_class_near(tiles, place)}" for name, place in corners.items())
    return (
        f"Left, a map of {side} by {side} pictures of digits, white on black, each drawn from the "
        "two numbers of its place. Neighbours look alike, and one digit turns into the next. Most "
        f"training digits nearest to the corners are: {named}. Right, the picture under the "
        f"diamond, large, drawn from {here.x:.2f} and {here.y:.2f}; of {here.digits:.0f} training "
        f"digits there, {here.agreeing:.0f} are a {here.commonest:.0f}. Two sliders move the "
        f"diamond; a box shows where {len(codes)} test digits lie."
    )


def _class_near(tiles: pd.DataFrame, place: tuple[int, int]) -> int:
    """Give the commonest class of the nearest tile that holds a training digit."""
    held = tiles[tiles["digits"] > 0]
    gaps = (held["x"] - place[0]) ** 2 + (held["y"] - place[1]) ** 2
    return int(held["commonest"].to_numpy()[gaps.to_numpy().argmin()])
