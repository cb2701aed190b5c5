"""The charts on density: they compile, show what their tables say, and refuse broken ones."""

import re

import pandas as pd
import pytest
import vl_convert

from bigcurves.chapters.density.density_law.charts.blending import blend_chart, describe_blends
from bigcurves.chapters.density.density_law.charts.cover import cover_chart, describe_cover
from bigcurves.chapters.density.density_law.charts.digit_folds import (
    describe_digit_folds,
    digit_chart,
    guise_names,
)
from bigcurves.chapters.density.density_law.charts.fold import describe_fold, fold_chart
from bigcurves.chapters.density.density_law.charts.folds import describe_folds, folds_chart
from bookkit.charts.compile import compile_layouts, draw

SIZES = (32, 8192)
MEANS = pd.DataFrame(
    [
        {"d": d, "kappa": 5, "pixels": pixels, "n": n, "gap": n ** (-1 / d), "mean": n ** (-1 / d)}
        for d in (2, 3)
        for pixels in (64, 256)
        for n in SIZES
    ]
)
MEANS = MEANS.assign(low=0.9 * MEANS["mean"], high=1.1 * MEANS["mean"])
RUNS = MEANS.rename(columns={"mean": "error"})
TEXTS = ["n explains this", "the product explains that"]
READINGS = pd.DataFrame({"end": [0, 1], "text": TEXTS})
PANELS = pd.DataFrame({"case": ["a", "b"], "name": ["first", "second"], "text": TEXTS})
CASES = pd.concat([MEANS.assign(case=case, product=MEANS["gap"] * 5) for case in "ab"])
BLENDS = MEANS.loc[MEANS["pixels"] == 64, ["d", "n", "mean", "low", "high"]]
DIGITS = pd.DataFrame(
    [
        {"shift": shift, "noise": noise, "n": n, "gap": 3.0 + noise, "clean": 3.0, "mean": 0.5}
        for shift, noise in ((0, 0.0), (1, 0.0), (0, 0.1))
        for n in (20, 1280)
    ]
)
DIGITS["guise"] = guise_names(DIGITS)
CORNER = [[0.1, 0.1], [0.2, 0.1]]
FIELDS = [{"frequencies": [[1.0, 2.0], [3.0, 1.0]], "phases": [0.1, 0.2]}]


def fold(table=MEANS, description="Words."):
    return fold_chart(RUNS, table, READINGS, description=description)


def four(table=CASES, description="Words."):
    runs = CASES.rename(columns={"mean": "error"})
    return folds_chart(runs, table, PANELS, description=description)


def blend(table=BLENDS, description="Words."):
    runs = BLENDS.rename(columns={"mean": "residual"})
    return blend_chart(runs, table, description=description)


def digits(table=DIGITS, description="Words."):
    runs = DIGITS.rename(columns={"mean": "error"})
    return digit_chart(runs, table, description=description)


def cover(description="Words."):
    return cover_chart(CORNER, FIELDS, kappa=6, description=description)


TABLES = {fold: MEANS, four: CASES, blend: BLENDS, digits: DIGITS}
WITH_TABLE = pytest.mark.parametrize("make", TABLES, ids=lambda make: make.__name__)
CHARTS = pytest.mark.parametrize("make", [*TABLES, cover], ids=lambda make: make.__name__)


def picture(chart, **values):
    """Draw a chart as the book does, some of its parameters set."""
    spec = chart.to_dict()
    for param in spec["params"]:
        param["value"] = values.pop(param["name"], param.get("value"))
        if param["value"] is None:
            del param["value"]
    assert not values
    return draw(compile_layouts(spec)["wide"]).picture


@CHARTS
def test_it_compiles_carries_its_description_and_a_control(make):
    vega = vl_convert.vegalite_to_vega(make().to_json(), vl_version="6.4")
    assert vega["description"] == "Words."
    assert any(signal.get("bind", {}).get("name") for signal in vega["signals"])


@CHARTS
def test_it_asks_for_a_description(make):
    with pytest.raises(ValueError, match="description"):
        make(description="")


@WITH_TABLE
def test_a_table_without_its_columns_is_refused_by_name(make):
    with pytest.raises(ValueError, match="must have the columns"):
        make(pd.DataFrame({"nothing": [1]}))


@WITH_TABLE
def test_an_empty_table_is_refused(make):
    with pytest.raises(ValueError, match="at least one row"):
        make(TABLES[make].iloc[:0])


def test_the_axis_says_what_it_explains():
    assert TEXTS[0] in picture(fold(), fold=0)
    assert TEXTS[1] not in picture(fold(), fold=0)
    assert TEXTS[1] in picture(fold(), fold=1)


def marks(chart, **values):
    """Give all that a chart draws and where, without the names that the drawing gives out."""
    return re.findall(r' (?:transform|d)="([^"]*)"', picture(chart, **values))


def test_points_move_with_the_fold_and_not_with_the_pixels():
    at_n, half, at_gap = (marks(fold(), fold=place) for place in (0, 0.5, 1))
    assert at_n != half != at_gap != at_n
    assert marks(fold(), fold=1, level=1) == at_gap
    # Were the pixels' slider dead, a table in which they matter would not show it.
    worse = MEANS.assign(mean=MEANS["mean"].where(MEANS["pixels"] == 64, 3 * MEANS["mean"]))
    assert marks(fold(worse), fold=1, level=1) != at_gap


def test_a_guess_is_drawn_once_there_is_one():
    assert "your guess" not in picture(fold())
    assert "your guess" in picture(fold(), guess=[{"x": 32, "y": 1}, {"x": 512, "y": 0.1}])


def test_each_panel_says_what_it_shows():
    assert all(word in picture(four()) for word in ("first", "second", *TEXTS))
    assert "opacity" in picture(four(), only="d = 2")


def test_a_blend_names_its_weights_and_they_add_up():
    found = picture(blend(), doublings=6, d=3)
    assert "out of 64 known images" in found
    shares = [int(share) for share in re.findall(r">(\d+)%<", found)]
    # Six at most are shown, those below half a percent are not, and each is rounded.
    assert 90 <= sum(shares) <= 103
    assert picture(blend(), doublings=6, d=3, which=2) != found


def test_the_square_measures_hole_and_gap():
    # From a point at one corner the farthest place is the corner across, at the root of 2;
    # the mean of x^2 + y^2 over a fine grid is 2/3, and its root .82.
    words = picture(cover(), placed=[[0, 0]])
    assert "1 points: largest hole h = 1.41" in words
    assert re.search(r"sample gap \u03c1 = 0\.8[123]", words)


def test_guises_are_named_by_shift_and_noise():
    names = ["as they are"] * 2 + ["shifted by 1"] * 2 + ["with noise"] * 2
    assert list(DIGITS["guise"]) == names
    assert all(name in picture(digits()) for name in names)


def test_the_box_takes_the_noise_off_the_gap():
    # All clean gaps are one, so with the box ticked the noisy marks move on to the others.
    seen, clean = (set(marks(digits(), off=off)) for off in (False, True))
    assert clean < seen


def test_an_empty_square_is_refused():
    with pytest.raises(ValueError, match="must not be empty"):
        cover_chart([], FIELDS, kappa=6, description="Words.")


def test_the_words_come_from_the_tables():
    assert "with 2 latents from 0.18 to 0.011" in describe_fold(MEANS, READINGS)
    assert "second: the product explains that" in describe_folds(PANELS)
    assert "with d = 3 from 0.31 to 0.05" in describe_blends(BLENDS)
    shares = {"n": 0.1, "gap": 0.9, "noisy": 0.4, "clean": 0.8}
    assert "shifted by 1: from 50% to 50.0%" in describe_digit_folds(DIGITS, shares)
    assert "with 2 points" in describe_cover(CORNER, 6)
