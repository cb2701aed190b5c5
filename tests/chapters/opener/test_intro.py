"""The front page: errors of another library's spline, a chart that says what its table says."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.interpolate import CubicSpline

from bigcurves.chapters.opener.intro import curve_and_coins, figures
from bigcurves.chapters.opener.intro.charts.argument import argument_chart, describe_argument
from bigcurves.chapters.opener.intro.curve_and_coins import Settings, draw, run
from bigcurves.running import runs


@pytest.fixture(scope="module")
def page():
    return figures.page(range(3))


def test_errors_are_those_of_a_natural_cubic_spline():
    settings = Settings(counts=(8, 24), asked=300)
    rows = pd.DataFrame(run(settings, 3)).set_index(["world", "n"])["error"]
    for world in ("curve", "coins"):
        places, heights, new, truth = draw(settings, world, 3)
        for n in settings.counts:
            order = np.argsort(places[:n])
            x = places[:n][order]
            spline = CubicSpline(x, heights[:n][order], bc_type="natural")
            inside = (new > x[0]) & (new < x[-1])
            off = spline(new[inside]) - truth[inside]
            expected = np.sqrt(np.mean(off**2)) / truth.std()
            # The radial basis solves a dense system: eight digits are left of sixteen.
            assert rows[world, n] == pytest.approx(expected, rel=1e-6)


def test_points_are_nested_and_each_place_has_a_coin():
    few, many = Settings(counts=(8,)), Settings(counts=(8, 64))
    for world in ("curve", "coins"):
        np.testing.assert_array_equal(draw(few, world, 1)[0], draw(many, world, 1)[0][:8])
    _, tossed, _, truth = draw(many, "coins", 1)
    assert set(tossed) == set(truth) == {-1.0, 1.0}


def test_on_its_own_seeds_it_says_what_the_page_says():
    rows = pd.concat(
        pd.DataFrame(run(Settings(), seed)).assign(seed=seed) for seed in range(100, 103)
    )
    for claim in curve_and_coins.CLAIMS:
        assert claim.threshold.holds(claim.figure(rows))


def test_the_numbers_are_those_of_the_recorded_runs_with_most_points(page):
    rows = runs.run(curve_and_coins, seeds=range(3))
    errors = rows[rows["n"] == 64].groupby("world")["error"]
    mean, sem = errors.mean(), errors.sem()
    found, reach = page.numbers, stats.t.ppf(0.975, df=2)
    assert (found.most, found.seeds) == (64, 3)
    assert found.curve.mean == pytest.approx(mean["curve"])
    assert found.coins.mean == pytest.approx(mean["coins"])
    assert found.coins.high - found.coins.mean == pytest.approx(reach * sem["coins"])
    assert found.curve.mean - found.curve.low == pytest.approx(reach * sem["curve"])


def tables():
    points = pd.DataFrame({"place": [0.1, 0.9, 0.5], "curve": [0, 1, 2], "coins": [1, -1, 1]})
    return points, points.sort_values("place")


def test_the_figure_lets_the_reader_choose_how_many_points_are_known():
    points, places = tables()
    chart = argument_chart(points, places, n=3, description="Words.").to_dict()
    bound = [p for p in chart["params"] if "bind" in p]
    assert [(p["name"], p["value"], p["bind"]["max"]) for p in bound] == [("n", 3, 3)]
    assert "curveAt('radial basis'" in str(chart)


def test_the_words_say_how_errors_go():
    rows = [("curve", 8, 0.25), ("curve", 64, 0.0004), ("coins", 8, 1.3), ("coins", 64, 1.4)]
    said = describe_argument(pd.DataFrame(rows, columns=["world", "n", "mean"]))
    assert "on the curve from 0.25 with 8 points to 0.0004 with 64" in said
    assert "on the coins from 1.3 with 8 points to 1 with 64" in said


def test_the_page_draws_all_points_and_those_of_the_curve_lie_on_it(page):
    chart = page.argument().to_dict()
    (slider,) = (param for param in chart["params"] if "bind" in param)
    assert slider["bind"]["max"] == page.numbers.most
    tables = [pd.DataFrame(rows) for rows in chart["datasets"].values()]
    seen = [rows for rows in tables if "order" in rows]
    truths = [rows for rows in tables if "truth" in rows]
    assert list(map(len, seen)) == [64, 64]
    assert list(map(len, truths)) == [201, 201]
    curve, true = seen[0], truths[0]  # the upper plot's come first
    np.testing.assert_allclose(
        curve["height"], np.interp(curve["place"], true["place"], true["truth"]), atol=0.01
    )
