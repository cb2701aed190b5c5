"""Charts: the look, what is built from one, and how a bad one is refused."""

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from types import SimpleNamespace

import altair as alt
import numpy as np
import pandas as pd
import pytest
from tests.patience import BUILD_SECONDS

from bigcurves.plotting import theme
from bookkit.charts.compile import ChartError, compile_layouts, draw, narrowed
from bookkit.charts.controls import detach_controls
from bookkit.charts.node import store_of, unbuilt
from bookkit.charts.picture import darkened
from bookkit.charts.store import ChartStore, tools
from bookkit.charts.tables import describe_tables, source_csv, tell_apart

TABLE = pd.DataFrame({"n": [10, 20, 40], "error": [0.5, 0.25, 0.125], "world": ["a", "b", "a"]})


def line_chart():
    x = alt.X("n:Q", title="Samples")
    y = alt.Y("error:Q", title="Error, RMS")
    base = alt.Chart(TABLE, description="Error falls.").mark_line()
    return base.encode(x=x, y=y, color=alt.Color("world:N", title="World"))


def slider(name="rate"):
    bind = alt.binding_range(min=0, max=2, step=0.5, name="Rate, per step")
    return alt.param(name=name, value=1, bind=bind)


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """WCAG 2.2's ratio, written from its definition."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colour", [*theme.CATEGORIES, theme.INK, theme.MUTED])
def test_text_in_every_colour_can_be_read_on_both_pages(colour):
    assert contrast(colour, theme.PAPER) >= 4.5
    assert contrast(theme.DARK[colour], theme.NIGHT) >= 4.5


def test_axes_can_be_seen_on_both_pages():
    assert contrast(theme.AXIS, theme.PAPER) >= 3
    assert contrast(theme.DARK[theme.AXIS], theme.NIGHT) >= 3


def test_tables_are_embedded_to_six_digits():
    values = theme.plain_values(pd.DataFrame({"x": [1 / 3, -1234567.8, 0.0, np.inf]}))["values"]
    assert [row["x"] for row in values[:3]] == [0.333333, -1234570.0, 0.0]
    assert theme.plain_values(TABLE)["values"][0] == {"n": 10, "error": 0.5, "world": "a"}


def test_too_many_rows_are_refused_with_the_cure():
    with pytest.raises(ValueError, match=r"at most 20000 rows, got 100000: aggregate or thin"):
        alt.Chart(pd.DataFrame({"x": np.zeros(100_000)})).mark_point().to_dict()


def test_a_chart_has_a_phone_layout_and_keeps_its_data():
    layouts = compile_layouts(line_chart().to_dict())
    assert layouts["wide"]["width"] > 400
    assert layouts["narrow"]["width"] <= 300
    assert layouts["wide"]["data"] == layouts["narrow"]["data"]


def test_parts_side_by_side_stand_below_one_another_on_a_phone():
    spec = alt.hconcat(line_chart().properties(width=400), line_chart()).to_dict()
    small = narrowed(spec)
    assert "hconcat" not in small
    assert small["vconcat"][0]["width"] == 300
    assert "hconcat" in spec  # the chart itself is left as it was


# Python's collector, run often and slowly, has one thread rest within the engine.
IN_THREADS = """
import gc, time
from concurrent.futures import ThreadPoolExecutor
from bookkit.charts.compile import compile_layouts
from bookkit.charts.draw import pictures_of

values = {"values": [{"x": i} for i in range(200)]}
spec = {"data": values, "mark": "point", "encoding": {"x": {"field": "x", "type": "quantitative"}}}
gc.callbacks.append(lambda phase, info: time.sleep(0.0005))
gc.set_threshold(50)
with ThreadPoolExecutor(2) as pool:
    for _ in pool.map(lambda _: pictures_of(list(compile_layouts(spec).values())), range(8)):
        pass
"""


def test_threads_that_draw_at_once_do_not_wait_for_one_another_for_ever():
    subprocess.run([sys.executable, "-c", IN_THREADS], check=True, timeout=BUILD_SECONDS)


def test_the_dark_picture_differs_in_its_colours_alone():
    twins = {"#0068A8": "#4fa3e3"}
    assert darkened('fill="#0068a8" stroke="#123456"', twins) == 'fill="#4fa3e3" stroke="#123456"'


def test_the_picture_is_a_picture_of_the_data():
    picture = draw(compile_layouts(line_chart().to_dict())["wide"]).picture
    words = " ".join(ET.fromstring(picture).itertext())
    assert "Samples" in words
    assert "Error, RMS" in words


def test_inputs_leave_the_chart_and_keep_their_meaning():
    vega = compile_layouts(line_chart().add_params(slider()).to_dict())["wide"]
    bare, (control,) = detach_controls(vega)
    assert not any("bind" in signal for signal in bare["signals"])
    assert (control.signal, control.kind, control.label) == ("rate", "range", "Rate, per step")
    assert (control.limits, control.value) == ((0, 2, 0.5), 1)
    assert '<label for="fig-x-rate">Rate, per step</label>' in control.html("fig-x")


def test_a_parameter_may_not_take_the_engines_names():
    vega = compile_layouts(line_chart().add_params(slider("width")).to_dict())["wide"]
    with pytest.raises(ChartError, match="may not be named 'width'"):
        draw(vega)


def test_labels_are_escaped():
    bind = alt.binding_select(options=["<b>", '"'], name="a < b")
    chosen = alt.param(name="pick", value="<b>", bind=bind)
    vega = compile_layouts(line_chart().add_params(chosen).to_dict())["wide"]
    (control,) = detach_controls(vega)[1]
    assert "<b>" not in control.html("x")
    assert "a &lt; b" in control.html("x")


def test_the_table_has_the_drawn_fields_under_the_axes_titles():
    vega = compile_layouts(line_chart().to_dict())["wide"]
    (table,) = describe_tables(vega)
    titles = {column["field"]: column["title"] for column in table["columns"]}
    assert titles == {"n": "Samples", "error": "Error, RMS", "world": "World"}
    assert source_csv(vega, [table]).splitlines()[:2] == ['Samples,"Error, RMS",World', "10,0.5,a"]


def test_columns_under_one_title_are_told_apart():
    """A mean and the ends of its interval share an axis, and so its title."""
    columns = [{"field": name, "title": "Error"} for name in ("mean", "low")]
    columns.append({"field": "n", "title": "Samples"})
    (table,) = tell_apart([{"data": "rows", "columns": columns}])
    assert [column["title"] for column in table["columns"]] == [
        "Error: mean",
        "Error: low",
        "Samples",
    ]


def test_an_unknown_mark_is_refused():
    spec = line_chart().to_dict() | {"mark": {"type": "squiggle"}}
    with pytest.raises(ChartError, match="squiggle"):
        compile_layouts(spec)


def test_the_store_builds_a_chart_once(tmp_path):
    store = ChartStore(tmp_path)
    key = store.add(line_chart().to_dict())
    store.build(key)
    built = (tmp_path / key / "wide.svg").stat().st_mtime_ns
    assert store.add(line_chart().to_dict()) == key
    store.build(key)
    assert (tmp_path / key / "wide.svg").stat().st_mtime_ns == built
    built_file = json.loads((tmp_path / key / "chart.json").read_text())
    assert built_file["wide"]["description"] == "Error falls."


@pytest.mark.parametrize(
    ("stamp", "kept", "pages"),
    [(None, True, []), ("older code", True, ["page"]), (None, False, ["page"])],
)
def test_a_page_is_read_again_when_its_chart_is_gone_or_of_older_code(tmp_path, stamp, kept, pages):
    app = SimpleNamespace(outdir=tmp_path / "html")
    store = store_of(app)
    key = store.add(line_chart().to_dict())
    if kept:
        store.build(key)
    shown = {"page": [{"key": key, "tools": stamp or tools()}]}
    assert list(unbuilt(app, SimpleNamespace(bookkit_charts=shown))) == pages


def test_a_chart_too_heavy_for_a_phone_is_refused(tmp_path):
    noise = np.random.default_rng(0).random((19_000, 2))
    heavy = pd.DataFrame(noise, columns=["x", "y"])
    store = ChartStore(tmp_path)
    key = store.add(alt.Chart(heavy).mark_point().encode(x="x:Q", y="y:Q").to_dict())
    with pytest.raises(ChartError, match="at most 100 kB"):
        store.build(key)
    assert not store.is_built(key)


def test_only_charts_of_the_book_are_published(tmp_path):
    store = ChartStore(tmp_path / "store")
    key = store.add(line_chart().to_dict())
    store.build(key)
    old = tmp_path / "site" / "old"
    old.mkdir(parents=True)
    store.publish({key}, tmp_path / "site")
    assert [path.name for path in (tmp_path / "site").iterdir()] == [key]
    assert not (tmp_path / "site" / key / "info.json").exists()
