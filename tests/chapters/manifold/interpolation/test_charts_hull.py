"""The charts of the two hulls: they compile, show what their tables say, and refuse broken ones."""

import json

import numpy as np
import pandas as pd
import pytest

from bigcurves.chapters.manifold.interpolation.charts.hull_digits import (
    crossing_chart,
    describe_crossing,
)
from bigcurves.chapters.manifold.interpolation.charts.hulls import describe_hull, hull_chart
from bigcurves.chapters.manifold.interpolation.charts.outside import describe_outside, outside_chart
from bigcurves.chapters.manifold.interpolation.charts.overlays import (
    describe_overlays,
    overlay_chart,
)
from bigcurves.chapters.manifold.interpolation.charts.same_glass import describe_split, split_chart
from bigcurves.plotting.picture import sprite
from bookkit.charts.compile import compile_layouts, draw

PICTURE = sprite(np.eye(4)[np.newaxis])
LATENTS = pd.DataFrame({"number": range(40)}).join(
    pd.DataFrame(np.random.default_rng(0).random((40, 2)), columns=["x", "y"])
)
CURVES = pd.DataFrame(
    {"pixels": [2, 8] * 2, "curve": ["correct"] * 2 + ["inside"] * 2, "share": [0.5, 0.9, 1, 0.2]}
)
CURVE_MEANS = CURVES.rename(columns={"share": "mean"}).assign(low=CURVES["share"] * 0.9)
CURVE_MEANS["high"] = np.minimum(1, CURVES["share"] * 1.1)
VIEWS = pd.DataFrame(
    [
        {"pixels": k, "place": p, "picture": PICTURE, "hull": "inside", "named": f"{k}{p}"}
        for k in (2, 8)
        for p in range(6)
    ]
)
PARTS = pd.DataFrame({"pixels": [4, 4], "part": ["outside", "inside"], "share": [0.95, 0.83]})
PART_MEANS = PARTS.rename(columns={"share": "mean"}).assign(low=0.8, high=0.97)
OVERLAYS = pd.DataFrame({"laid": [1, 2, 3], "picture": PICTURE, "new": PICTURE})
KINDS = pd.DataFrame(
    {"name": ["clean", "digits"], "family": ["bars", "digits"], "brighter": [200, 1]}
).assign(new=PICTURE, mixture=PICTURE, gap=PICTURE)
OFF = KINDS[["name", "family"]].assign(off_hull=[0.001, 0.2])
OFF_MEANS = KINDS[["name", "family"]].assign(mean=[0.001, 0.2], low=[0.0009, 0.19])
OFF_MEANS["high"] = [0.0011, 0.21]


def lab(table=LATENTS, description="Words."):
    return hull_chart(table, usual=0.26, description=description)


def crossing(table=CURVES, description="Words."):
    return crossing_chart(table, CURVE_MEANS, VIEWS, description=description)


def split(table=PARTS, description="Words."):
    return split_chart(table, PART_MEANS, description=description)


def overlays(table=OVERLAYS, description="Words."):
    return overlay_chart(table, description=description)


def far(table=KINDS, description="Words."):
    return outside_chart(table, OFF, OFF_MEANS, description=description)


CHARTS = pytest.mark.parametrize("make", [lab, crossing, split, overlays, far])


@CHARTS
def test_a_chart_is_drawn_wide_and_narrow(make):
    for layout, vega in compile_layouts(json.loads(make().to_json())).items():
        width, _ = draw(vega).size
        assert width <= (620 if layout == "wide" else 400)


@CHARTS
def test_a_chart_wants_a_description_and_its_columns(make):
    with pytest.raises(ValueError, match="description must say in words"):
        make(description=" ")
    with pytest.raises(ValueError, match="must have the columns"):
        make(pd.DataFrame({"other": [1]}))
    with pytest.raises(ValueError, match=r"must have the columns|at least one row"):
        make(pd.DataFrame())


def picture(chart):
    return draw(compile_layouts(json.loads(chart.to_json()))["wide"]).picture


def test_the_lab_says_inside_and_outside_and_shows_the_images():
    drawn = picture(lab())
    assert "Latents: inside the hull" in drawn
    assert "Pixels: outside the hull, by" in drawn
    assert drawn.count("<image") == 3


def test_the_lab_offers_a_drag_and_its_sliders():
    chart = lab()
    assert chart.usermeta["drag"] == [{"x": "px", "y": "py"}]
    controls = draw(compile_layouts(json.loads(chart.to_json()))["wide"]).controls
    assert [control.signal for control in controls] == ["px", "py", "n", "reach"]


def test_the_crossing_shows_the_digits_at_eight_components():
    drawn = picture(crossing())
    assert all(f">8{place}<" in drawn for place in range(6))
    assert ">20<" not in drawn


def test_an_overlay_is_called_inside():
    assert "3 digits seen, laid over one another. The hull says: inside." in picture(overlays())


def test_descriptions_say_what_the_tables_say():
    said = describe_crossing(CURVE_MEANS)
    assert "100% with 2, falling to 20% with 8" in said
    assert "From 8 components on" in said
    assert "outside 95.0%, inside 83.0%" in describe_split(PART_MEANS)
    assert "clean: 0.10%; digits: 20.00%" in describe_outside(OFF_MEANS)
    assert "1 to 3" in describe_overlays(OVERLAYS)
    assert "the 40 seen" in describe_hull(LATENTS, 0.26)


def test_no_control_adds_up_when_it_is_moved_to_and_fro():
    """A field made from itself is made again from what it was made into, at each move."""
    for part in lab().to_dict()["layer"]:
        for step in part.get("transform", []):
            if "calculate" in step:
                assert f"datum.{step['as']} " not in step["calculate"] + " "
