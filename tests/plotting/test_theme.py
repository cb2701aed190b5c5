"""The look of all charts; contrasts are tested in `tests/bookkit/charts/test_charts.py`."""

import colorsys
import os
import re
import warnings
from importlib.util import find_spec, module_from_spec
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import pytest

from bigcurves.plotting import theme

HEX = re.compile(r"#[0-9a-f]{6}")
# Okabe and Ito (2008), in the order of `CATEGORIES`.
OKABE_ITO = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")


def look() -> dict[str, Any]:
    """Draw a chart that says nothing of its look, and give what the book adds."""
    chart = alt.Chart(pd.DataFrame({"x": [1]}), description="One dot.").mark_point().encode(x="x")
    return dict(chart.to_dict())


def test_a_chart_has_the_books_look_without_asking_for_it() -> None:
    spec = look()
    assert spec["config"]["mark"]["color"] == theme.BLUE
    assert spec["config"]["range"]["category"] == list(theme.CATEGORIES)
    assert spec["config"]["axis"]["labelFont"] == spec["config"]["font"] == theme.FONT
    assert spec["usermeta"]["dark"] == theme.DARK


def test_every_colour_of_the_look_has_a_dark_twin() -> None:
    used = set(HEX.findall(str(look()["config"]).lower()))
    assert {theme.INK, theme.GRID, *theme.CATEGORIES} <= used <= set(theme.DARK)


def test_twins_can_be_exchanged_one_for_the_other() -> None:
    """No two become one, and no dark colour is taken for a light one and exchanged again."""
    assert len(set(theme.DARK.values())) == len(theme.DARK)
    assert set(theme.DARK).isdisjoint(theme.DARK.values())
    assert all(HEX.fullmatch(colour) for pair in theme.DARK.items() for colour in pair)


@pytest.mark.parametrize(
    ("ours", "theirs"), list(zip(theme.CATEGORIES, OKABE_ITO, strict=True)), ids=OKABE_ITO
)
def test_categories_are_okabe_and_itos_darkened(ours: str, theirs: str) -> None:
    hue, lightness, _ = hls(ours)
    their_hue, their_lightness, _ = hls(theirs)
    turned = abs(hue - their_hue)
    assert min(turned, 1 - turned) < 12 / 360
    assert lightness < their_lightness


def test_a_table_keeps_six_digits_of_numbers_of_every_size() -> None:
    rng = np.random.default_rng(0)
    given = rng.standard_normal(500) * 10.0 ** rng.integers(-200, 200, 500)
    table = pd.DataFrame({"x": given})
    drawn = [row["x"] for row in theme.plain_values(table)["values"]]
    np.testing.assert_allclose(drawn, [float(f"{x:.6g}") for x in given], rtol=1e-14)
    assert (table["x"] == given).all(), "what is drawn is left as it was"


@pytest.mark.parametrize(
    "given",
    [
        *(1.23457e27, 4.56789123e21, 7.89e24, 9.999999e12, 1.00000049e12, -1.7976931e308),
        *(67326551858.931, 9.9999996e-13, 1e-305, -4.9406564e-324, -0.0),
    ],
)
def test_no_number_is_so_large_or_small_that_it_keeps_more_digits(given: float) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (row,) = theme.plain_values(pd.DataFrame({"x": [given]}))["values"]
    assert str(row["x"]) == str(float(f"{given:.6g}"))


@pytest.mark.parametrize("kind", ["float16", "float32", "float64", "Float32", "Float64"])
def test_fractions_of_every_precision_are_shipped_in_six_digits(kind: Any) -> None:
    column = pd.Series([1 / 3, -1234.5678, np.nan]).astype(kind)
    drawn = [row["x"] for row in theme.plain_values(pd.DataFrame({"x": column}))["values"]]
    assert drawn == [*(float(f"{x:.6g}") for x in column[:2]), None]


def test_what_is_no_fraction_stays_as_it_is_and_gaps_are_gaps() -> None:
    table = pd.DataFrame(
        {"n": [1234567891], "word": ["1.23456789"], "right": [True], "gap": [np.nan]}
    )
    (row,) = theme.plain_values(table)["values"]
    assert row == {"n": 1234567891, "word": "1.23456789", "right": True, "gap": None}


def test_a_chart_takes_as_many_rows_as_it_may_and_not_one_more() -> None:
    rows = pd.DataFrame({"x": np.zeros(theme.MOST_ROWS + 1)})
    assert len(theme.plain_values(rows[:-1])["values"]) == theme.MOST_ROWS
    with pytest.raises(ValueError, match=r"at most 20000 rows, got 20001: aggregate or thin"):
        theme.plain_values(rows)


def test_the_book_is_handed_a_charts_specification_and_its_words() -> None:
    chart = alt.Chart(pd.DataFrame({"x": [1 / 3]}), description="One dot.").mark_point()
    with alt.renderers.enable("bigcurves"):
        bundle = chart._repr_mimebundle_()
        silent = alt.Chart(pd.DataFrame({"x": [1]})).mark_point()._repr_mimebundle_()
    assert bundle["text/plain"] == "One dot."
    (data,) = bundle[theme.MIME]["datasets"].values()
    assert data == [{"x": 0.333333}]
    assert silent["text/plain"] == "a chart"


@pytest.mark.parametrize(("flag", "renderer"), [("1", "bigcurves"), ("", "default")])
def test_only_a_build_of_the_book_changes_how_charts_are_shown(
    flag: str, renderer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert theme.BUILD_FLAG not in os.environ
    monkeypatch.setenv(theme.BUILD_FLAG, flag)
    spec = find_spec("bigcurves.plotting.theme")
    assert spec is not None
    assert spec.loader is not None
    with alt.renderers.enable("default"), alt.data_transformers.enable("bigcurves"):
        spec.loader.exec_module(module_from_spec(spec))
        assert alt.renderers.active == renderer


def hls(colour: str) -> tuple[float, float, float]:
    """Turn a colour into hue, lightness and saturation, from 0 to 1 each."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return colorsys.rgb_to_hls(red, green, blue)
