"""What every chart promises, asked of each one that a chapter draws, on its own tables."""

import pandas as pd
import pytest
from tests.contracts.showing import NAMES, charts_of, shown

from bookkit.charts.compile import compile_layouts

CHAPTERS = pytest.mark.parametrize("name", NAMES)
OTHER = pd.DataFrame({"nothing": [1]})
STILL = {"missing.share_chart", "outside.outside_chart"}  # nothing to move in them


@CHAPTERS
def test_each_chart_of_a_chapter_stands_on_its_page(name):
    _, drawn, calls = shown(name)
    assert drawn
    assert {call.name for call in calls} == set(charts_of(name)), "drawn, and drawable"


@CHAPTERS
def test_each_chart_compiles_in_both_layouts_and_carries_its_description(name):
    for call in shown(name)[2]:
        chart = call.again()
        described = " ".join(call.keywords["description"].split())
        for layout, vega in compile_layouts(chart.to_dict()).items():
            assert vega["description"] == described, f"{call.name}, {layout}"


@CHAPTERS
def test_each_chart_asks_for_a_description(name):
    for call in shown(name)[2]:
        with pytest.raises(ValueError, match="description must say in words"):
            call.again(description=" ")


@CHAPTERS
@pytest.mark.parametrize("kind", ["no rows", "other columns"])
def test_each_chart_refuses_a_table_that_it_cannot_draw_and_names_it(name, kind):
    for call in shown(name)[2]:
        tables = {key: t for key, t in call.given().items() if isinstance(t, pd.DataFrame)}
        for key, table in tables.items():
            broken = table.iloc[:0] if kind == "no rows" else OTHER
            with pytest.raises(ValueError, match=f"{key} must have") as refused:
                call.again(**{key: broken})
            assert "must have" in str(refused.value), f"{call.name}: {key}"


@CHAPTERS
def test_each_chart_but_two_has_a_control_and_each_control_a_name(name):
    for call in shown(name)[2]:
        (vega, _) = compile_layouts(call.again().to_dict()).values()
        names = [s["bind"].get("name", "") for s in vega["signals"] if "bind" in s]
        assert bool(names) is (call.name not in STILL), f"{call.name}: {names}"
        assert all(names), f"{call.name}: {names}"
