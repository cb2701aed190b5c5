"""Between the points: rows, closed forms of the spline, and pairs checked one by one."""

import itertools

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from scipy.interpolate import CubicSpline

from bigcurves.chapters.discrete.between_the_points import between_points, left_out
from bigcurves.learners import spline_left_out

TINY = {
    between_points: between_points.Settings(pairs=200, reach=5),
    left_out: left_out.Settings(points=40),
}
KEYS = {between_points: ["task", "pairs"], left_out: ["curve"]}


@pytest.mark.parametrize("module", TINY, ids=lambda module: module.__name__.split(".")[-1])
def test_rows_are_tidy_and_repeatable(module):
    table = pd.DataFrame(module.run(TINY[module], 3))
    assert (table["seed"] == 3).all()
    assert not table.duplicated(KEYS[module]).any()
    assert table.notna().all(axis=None)
    pd.testing.assert_frame_equal(table, pd.DataFrame(module.run(TINY[module], 3)))
    assert not table.equals(pd.DataFrame(module.run(TINY[module], 4)).assign(seed=3))


def test_bases_are_counted_on_the_whole_range():
    table = pd.DataFrame(between_points.run(TINY[between_points], 0)).set_index(["task", "pairs"])
    assert table.loc[("label", "all"), "base"] == pytest.approx(5709 / 65_536)
    assert table.loc[("label", "coprime"), "base"] == pytest.approx(5709 / 14_981)


def test_two_primes_in_a_row_have_no_prime_between_them():
    settings = between_points.Settings(pairs=500, reach=1)
    rows = list(itertools.islice(between_points._numbers(settings, 1), 2))
    assert [(row["task"], row["kept"]) for row in rows] == [("label", 0), ("label", 0)]


@pytest.mark.parametrize("pairs", ["nearest of class", "any of class"])
def test_partners_are_others_of_the_same_class(pairs):
    rng = np.random.default_rng(2)
    X, y = rng.standard_normal((60, 3)), rng.integers(0, 3, 60)
    partners = between_points._partners(X, y, pairs, rng)
    assert (y[partners] == y).all()
    assert (partners != np.arange(60)).all()
    if pairs == "nearest of class":
        for row, partner in enumerate(partners):
            others = [i for i in range(60) if y[i] == y[row] and i != row]
            gaps = np.linalg.norm(X[others] - X[row], axis=1)
            assert partner == others[int(gaps.argmin())]


def test_a_cubic_is_its_own_spline():
    x = np.linspace(-1, 1, 12)
    Y = np.column_stack([x**3 - x, 2 * x**2 + 1])
    assert_allclose(spline_left_out(x, Y), Y[1:-1], atol=1e-12)


def test_each_point_is_hidden_from_its_own_spline():
    x, y = np.arange(9.0), np.random.default_rng(3).standard_normal(9)
    found = spline_left_out(x, y[:, np.newaxis])
    spline = CubicSpline(np.delete(x, 4), np.delete(y, 4))
    assert found[3, 0] == pytest.approx(float(spline(4)), abs=1e-12)
    changed = y.copy()
    changed[4] += 5
    assert spline_left_out(x, changed[:, np.newaxis])[3, 0] == pytest.approx(found[3, 0], abs=1e-12)


def test_zeros_and_ones_in_turn_are_reversed_by_the_weights_of_the_spline():
    x = np.arange(60)
    error = spline_left_out(x, (x % 2)[:, np.newaxis].astype(float))[29, 0] - x[30] % 2
    # the weights of the neighbours, one by one: an impulse at each in turn
    weights = spline_left_out(x, np.eye(60))[29]
    assert weights.sum() == pytest.approx(1, abs=1e-12)
    assert weights[30] == 0
    # signs alternate, so that zeros and ones add up all their sizes: 1 + sum |w| over 2
    assert abs(error) == pytest.approx((1 + np.abs(weights).sum()) / 2, abs=1e-9)


def test_bad_input_is_named():
    with pytest.raises(ValueError, match=r"x must hold at least 6 rising places, got shape \(5,\)"):
        spline_left_out(np.arange(5), np.zeros((5, 1)))
    with pytest.raises(ValueError, match=r"Y must be finite, shape \(6, curves\), got \(6,\)"):
        spline_left_out(np.arange(6), np.zeros(6))
