"""The landing page's experiment and figure, against a spline from another library's routine."""

import numpy as np
import pandas as pd
import pytest
from scipy.interpolate import CubicSpline

from bigcurves.chapters.opener.intro import curve_and_coins
from bigcurves.chapters.opener.intro.charts.argument import argument_chart, describe_argument
from bigcurves.chapters.opener.intro.curve_and_coins import Settings, draw, run


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


def tables():
    points = pd.DataFrame({"place": [0.1, 0.9, 0.5], "curve": [0, 1, 2], "coins": [1, -1, 1]})
    return points, points.sort_values("place")


def test_the_figure_lets_the_reader_choose_how_many_points_are_known():
    points, places = tables()
    chart = argument_chart(points, places, n=3, description="Words.").to_dict()
    bound = [p for p in chart["params"] if "bind" in p]
    assert [(p["name"], p["value"], p["bind"]["max"]) for p in bound] == [("n", 3, 3)]
    assert "curveAt('radial basis'" in str(chart)
    with pytest.raises(ValueError, match="points"):
        argument_chart(points.drop(columns="coins"), places, description="Words.")


def test_the_words_say_how_errors_go():
    runs = [("curve", 8, 0.25), ("curve", 64, 0.0004), ("coins", 8, 1.3), ("coins", 64, 1.4)]
    said = describe_argument(pd.DataFrame(runs, columns=["world", "n", "mean"]))
    assert "on the curve from 0.25 with 8 points to 0.0004 with 64" in said
    assert "on the coins from 1.3 with 8 points to 1 with 64" in said


def test_on_its_own_seeds_it_says_what_the_page_says():
    rows = pd.concat(
        pd.DataFrame(run(Settings(), seed)).assign(seed=seed) for seed in range(100, 103)
    )
    for claim in curve_and_coins.CLAIMS:
        assert claim.threshold.holds(claim.figure(rows))
