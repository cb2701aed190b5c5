"""Turn one Vega-Lite chart into all that a page needs to show it.

A chart is compiled twice, for a column wide enough for it and for a phone's, and drawn
in the light colours; `charts_picture` makes the dark picture of it. Charts that call the
page's live kernels cannot be drawn here (the drawing library does not know them); see
`charts_draw`.

Call this in the build's main process only: vl-convert's engine deadlocks when forked.
"""

import copy
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bookkit.charts.controls import Control, detach_controls
from bookkit.charts.draw import ENGINE, pictures_of, uses_kernels
from bookkit.charts.picks import Pick, find_picks, refuse_lone_drags
from bookkit.charts.tables import describe_tables, tell_apart

VEGA_LITE = "6.4"
PHONE = 300  # the plot's width in CSS pixels that, with axes, fits a 360 px phone's column
SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')

Spec = dict[str, Any]


class ChartError(ValueError):
    """A chart that cannot be shown; the message says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """One layout of a chart: what the page runs, and its picture.

    Attributes
    ----------
    vega
        The compiled specification, without its input elements.
    picture
        The chart in its default state, as SVG in the light colours.
    controls
        Its input elements.
    picks
        The selections that a pointer sets, for their twins.
    """

    vega: Spec
    picture: str
    controls: tuple[Control, ...]
    picks: tuple[Pick, ...]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the picture, in CSS pixels."""
        return picture_size(self.picture)


def picture_size(svg: str) -> tuple[float, float]:
    """Read an SVG's width and height, in CSS pixels, off its first tag."""
    found = SIZE.search(svg[:600])
    if found is None:
        raise ChartError("the chart's picture has no size")
    return float(found[1]), float(found[2])


def compile_layouts(spec: Spec) -> dict[str, Spec]:
    """Compile a Vega-Lite chart to Vega: the `wide` layout and the `narrow` one.

    Raises
    ------
    ChartError
        If Vega-Lite refuses the chart (an unknown mark, a malformed encoding).
    """
    return {"wide": _to_vega(spec), "narrow": _to_vega(narrowed(spec))}


def draw(vega: Spec) -> Drawing:
    """Draw one layout of a chart; see `draw_layouts`."""
    return draw_layouts({"": vega})[""]


def draw_layouts(layouts: Mapping[str, Spec]) -> dict[str, Drawing]:
    """Draw a compiled chart, and take its input elements out for the page to build.

    Raises
    ------
    ChartError
        If a control cannot be shown, or the engine cannot draw the chart.
    """
    plans = {name: _planned(vega) for name, vega in layouts.items()}
    try:
        pictures = pictures_of(list(layouts.values()))
    except ValueError as fault:
        raise ChartError(_first_line(fault)) from fault
    return {
        name: Drawing(vega=bare, picture=picture, controls=controls, picks=picks)
        for (name, (bare, controls, picks)), picture in zip(plans.items(), pictures, strict=True)
    }


def _planned(vega: Spec) -> tuple[Spec, tuple[Control, ...], tuple[Pick, ...]]:
    """Part what the page runs from what it builds itself: input elements and picks."""
    try:
        bare, controls = detach_controls(vega)
        refuse_lone_drags(bare, controls)
    except ValueError as fault:
        raise ChartError(str(fault)) from fault
    _hush_marks(bare)
    if uses_kernels(vega):
        bare["usermeta"] = bare.get("usermeta", {}) | {"kernels": True}
    tables = describe_tables(bare)
    bare.setdefault("usermeta", {})["tables"] = tell_apart(tables)
    titles = {column["field"]: column["title"] for table in tables for column in table["columns"]}
    return bare, controls, find_picks(bare, titles)


def _hush_marks(group: Spec) -> None:
    """Keep single marks from screen readers: the chart's description and table say it better."""
    for mark in group.get("marks", []):
        if mark.get("type") == "group":
            _hush_marks(mark)
        else:
            mark["aria"] = False


def narrowed(spec: Spec) -> Spec:
    """Lay a chart out for a phone: at most 300 px of plot, parts below one another."""
    small: Spec = _narrow_part(copy.deepcopy(spec))
    config = small.setdefault("config", {})
    view = config.setdefault("view", {})
    view["continuousWidth"] = min(view.get("continuousWidth", PHONE), PHONE)
    config.setdefault("legend", {}).update({"columns": 2, "titleOrient": "top"})
    config.setdefault("axisX", {}).setdefault("tickCount", 5)
    return small


def _narrow_part(part: Any) -> Any:
    """Shrink the widths in a specification and stack what stands side by side."""
    if isinstance(part, list):
        return [_narrow_part(item) for item in part]
    if not isinstance(part, dict):
        return part
    small = {
        name: value if name in ("data", "datasets", "config", "params") else _narrow_part(value)
        for name, value in part.items()
    }
    if "hconcat" in small:
        small["vconcat"] = small.pop("hconcat")
    if isinstance(small.get("columns"), int) and ("concat" in small or "facet" in small):
        small["columns"] = 1
    is_view = any(name in small for name in ("mark", "layer", "encoding", "spec", "facet"))
    if is_view and isinstance(small.get("width"), int | float):
        small["width"] = min(small["width"], PHONE)
    return small


def _to_vega(spec: Spec) -> Spec:
    """Compile Vega-Lite to Vega, its fault turned into one line."""
    import vl_convert

    try:
        with ENGINE:
            vega: Spec = vl_convert.vegalite_to_vega(json.dumps(spec), vl_version=VEGA_LITE)
    except ValueError as fault:
        raise ChartError(_explanation(spec, fault)) from fault
    return vega


def _explanation(spec: Spec, fault: Exception) -> str:
    """Say what is wrong with a chart: Altair's check names the place, the engine's does not."""
    import altair

    try:
        altair.Chart.from_dict(spec)
    except Exception as named:
        return " ".join(str(named).split())[:400]
    return _first_line(fault)


def _first_line(fault: Exception) -> str:
    """Keep what the engine says is wrong, and drop its stack."""
    lines = [line.strip() for line in str(fault).splitlines() if "rror" in line]
    return (lines or [str(fault)])[0]
