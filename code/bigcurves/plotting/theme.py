"""How every chart of the book looks; importing this switches it on for Altair.

Categories take Okabe and Ito's colours (2008, *Color Universal Design*), ramps cividis
(Nunez, Anderton and Renslow 2018). Okabe and Ito's own values are too pale on paper, so
each is darkened until text in it reaches 4.5:1 on the light page, and `DARK` holds its
twin that does so on the dark page. A chart is drawn once, in the light colours, and
carries `DARK` with it: whoever shows it in the dark exchanges one for the other.

Outside a build of the book, Altair keeps its own renderer, so that a downloaded notebook
shows its charts in any front end.
"""

import os
from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

MOST_ROWS = 20_000
DIGITS = 6
SMALLEST, LARGEST = 1e-12, 1e10  # sizes that are rounded in one go
BUILD_FLAG = "BOOK_BUILD"
MIME = "application/vnd.vegalite.v6+json"

PAPER, NIGHT = "#fdfcf9", "#16181d"
INK, MUTED, AXIS, GRID = "#22252b", "#5c626b", "#868b94", "#e6e3dc"
BLUE, VERMILLION, GREEN = "#0068a8", "#c24d06", "#00835f"
PURPLE, ORANGE, SKY = "#b0528a", "#996900", "#2b78b3"
CATEGORIES = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY)
DARK = {
    PAPER: NIGHT,
    INK: "#e9e6df",
    MUTED: "#a9afb8",
    AXIS: "#747b86",
    GRID: "#2d3138",
    BLUE: "#4fa3e3",
    VERMILLION: "#f2854b",
    GREEN: "#35c49a",
    PURPLE: "#dd97c2",
    ORANGE: "#e8b13d",
    SKY: "#96d3f6",
}
# The widths of these faces agree, so labels fit alike wherever a chart is drawn.
FONT = "Helvetica Neue, Arial, Liberation Sans, sans-serif"


@alt.theme.register("bigcurves", enable=True)
def chart_theme() -> alt.theme.ThemeConfig:
    """Give Altair the book's fonts, colours and axes, and each chart its dark twins."""
    return {"config": _config(), "usermeta": {"dark": DARK}}  # type: ignore[typeddict-item]


def plain_values(data: pd.DataFrame) -> dict[str, Any]:
    """Put a table into a chart as plain values, to six significant digits.

    Six digits are more than a screen shows, halve the bytes that a reader fetches and
    hide the last-digit differences between machines.

    Raises
    ------
    ValueError
        If the table has more than 20,000 rows: more than a reader can see or a phone
        can draw.
    """
    if len(data) > MOST_ROWS:
        raise ValueError(
            f"a chart may draw at most {MOST_ROWS} rows, got {len(data)}: "
            "aggregate or thin the table before it is drawn"
        )
    rounded = data.copy()
    for column in rounded.select_dtypes(np.floating).columns:  # of every precision
        rounded[column] = _significant(rounded[column].to_numpy(float, na_value=np.nan))
    return dict(alt.to_values(rounded))


def _significant(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Round to six significant digits; zeros, infinities and NaN stay as they are.

    Powers of ten are exact, and do not overflow, for numbers of ordinary sizes only: others
    are rounded as they are written.
    """
    size = np.abs(values)
    ordinary = (size >= SMALLEST) & (size < LARGEST)
    scale = 10.0 ** (DIGITS - 1 - np.floor(np.log10(np.where(ordinary, size, 1.0))))
    rounded: np.ndarray[Any, Any] = np.round(np.where(ordinary, values, 0.0) * scale) / scale
    rounded[~ordinary] = [float(f"{value:.{DIGITS}g}") for value in values[~ordinary]]
    return rounded


def _transform(data: Any) -> Any:
    """Send tables through `plain_values`, anything else through Altair's own rule."""
    return plain_values(data) if isinstance(data, pd.DataFrame) else alt.to_values(data)


def _bundle(spec: dict[str, Any], **_: object) -> dict[str, Any]:
    """Hand the book the chart's specification itself instead of a script."""
    return {MIME: spec, "text/plain": spec.get("description", "a chart")}


def _text(colour: str, size: float) -> dict[str, Any]:
    """Give labels of one kind their face, size and colour."""
    return {"font": FONT, "fontSize": size, "color": colour, "fontWeight": "normal"}


def _prefixed(prefix: str, style: dict[str, Any]) -> dict[str, Any]:
    """Turn `font` into `labelFont`, `fontSize` into `labelFontSize`, and so on."""
    return {prefix + name[0].upper() + name[1:]: value for name, value in style.items()}


def _config() -> dict[str, Any]:
    """Set axes, legends, marks and colour ranges once for all charts."""
    labels, titles = _prefixed("label", _text(MUTED, 12)), _prefixed("title", _text(INK, 13))
    return {
        "background": "transparent",
        "font": FONT,
        "padding": 4,
        "view": {"stroke": None, "continuousWidth": 530, "continuousHeight": 310},
        "axis": labels
        | titles
        | {"gridColor": GRID, "domainColor": AXIS, "tickColor": AXIS, "tickSize": 4}
        | {
            "labelPadding": 6,
            "titlePadding": 10,
            "labelFlush": False,
            "labelOverlap": "greedy",
            "labelSeparation": 8,
        },
        "axisX": {"grid": False},
        "axisXBand": {"labelAngle": 0},
        "axisXPoint": {"labelAngle": 0},
        # A level title above the axis is read without turning the head.
        "axisY": {"domain": False, "ticks": False, "titleAngle": 0, "titleAlign": "left"}
        | {"titleAnchor": "start", "titleX": 0, "titleY": -10, "titleBaseline": "bottom"},
        "legend": labels
        | titles
        | {"labelColor": INK, "labelFontSize": 13, "orient": "top", "offset": 34}
        | {"titleOrient": "left", "symbolSize": 110, "symbolStrokeWidth": 2.5}
        | {"columnPadding": 18, "titlePadding": 10},
        "header": labels
        | titles
        | {"labelColor": INK, "labelFontSize": 13, "labelPadding": 24, "titlePadding": 4},
        "title": {"anchor": "start", **_text(INK, 14)},
        # No round caps: they fill the gaps of a dotted line, which then passes for a plain one.
        "line": {"strokeWidth": 2.25, "strokeCap": "butt", "strokeJoin": "round"},
        "point": {"filled": True, "size": 46},
        "circle": {"size": 46},
        "area": {"opacity": 0.2, "line": False},
        "rule": {"color": MUTED},
        "text": {"font": FONT, "fontSize": 13, "color": INK},
        "mark": {"color": BLUE},
        "range": _ranges(CATEGORIES),
    }


def _ranges(categories: Sequence[str]) -> dict[str, Any]:
    """Name the colours of categories and of ramps."""
    cividis = {"scheme": "cividis"}
    return {
        "category": list(categories),
        "ordinal": cividis,
        "ramp": cividis,
        "heatmap": cividis,
        "diverging": {"scheme": "blueorange"},
    }


alt.data_transformers.register("bigcurves", _transform)
alt.data_transformers.enable("bigcurves")
alt.renderers.register("bigcurves", _bundle)
if os.environ.get(BUILD_FLAG):
    alt.renderers.enable("bigcurves")
