"""The spline through all other points: other formulas for it, and whom each answer hears."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.interpolate import CubicSpline, make_interp_spline

from bigcurves.learners import spline_left_out
from bigcurves.sample import Floats


def uneven(n: int, curves: int = 1, seed: int = 0) -> tuple[Floats, Floats]:
    """Draw rising places at uneven steps, and heights of independent curves."""
    rng = np.random.default_rng(seed)
    return np.cumsum(rng.uniform(0.5, 1.5, n)), rng.standard_normal((n, curves))


def test_each_inner_point_is_read_off_the_b_spline_of_the_others() -> None:
    x, Y = uneven(9, curves=2)
    predicted = spline_left_out(x, Y)
    assert predicted.shape == (7, 2)
    for left in range(1, 8):
        spline = make_interp_spline(np.delete(x, left), np.delete(Y, left, axis=0), k=3)
        assert_allclose(predicted[left - 1], spline(x[left]), atol=1e-10)


@pytest.mark.parametrize("degree", range(4))
def test_a_polynomial_up_to_a_cubic_is_foretold_at_uneven_places(degree: int) -> None:
    x, _ = uneven(8)
    heights = ((x - 3) / 2) ** degree
    assert_allclose(spline_left_out(x, heights[:, np.newaxis])[:, 0], heights[1:-1], atol=1e-9)


def test_six_places_leave_five_whose_spline_changes_its_cubic_once() -> None:
    """Without knots at the second and the last but one, two cubics meet at the middle place."""
    x, Y = np.arange(6.0), np.array([[0.0], [1], [0], [2], [1], [3]])
    left, right = x[[0, 1, 2, 3, 5]], Y[[0, 1, 2, 3, 5], 0]  # without place 4: the knot is 2
    # A cubic, and beyond the knot some (x - 2)^3 besides: five numbers, known from five points.
    beyond = np.maximum(left - 2, 0) ** 3
    numbers = np.linalg.solve(np.column_stack([np.vander(left, 4), beyond]), right)
    expected = np.append(np.vander([4.0], 4)[0], 2.0**3) @ numbers
    assert spline_left_out(x, Y)[3, 0] == pytest.approx(expected)


def test_no_point_speaks_for_itself_and_curves_do_not_hear_each_other() -> None:
    x, Y = uneven(10, curves=3)
    before = spline_left_out(x, Y)
    changed = Y.copy()
    changed[4, 1] += 100
    after = spline_left_out(x, changed)
    assert_allclose(after[:, [0, 2]], before[:, [0, 2]], atol=1e-12)
    assert after[3, 1] == pytest.approx(before[3, 1], abs=1e-9)
    assert np.abs(after[[2, 4], 1] - before[[2, 4], 1]).min() > 1  # the neighbours hear it


def test_the_unit_of_place_and_the_way_round_do_not_matter() -> None:
    x, Y = uneven(9)
    assert_allclose(spline_left_out(1e3 * x - 7, Y), spline_left_out(x, Y), atol=1e-9)
    mirrored = spline_left_out(-x[::-1], Y[::-1])
    assert_allclose(mirrored[::-1], spline_left_out(x, Y), atol=1e-10)


@pytest.mark.parametrize(
    ("x", "Y", "message"),
    [
        ([0, 1, 2, 2, 3, 4], np.zeros((6, 1)), r"6 rising places, got shape \(6,\)"),
        ([5, 4, 3, 2, 1, 0], np.zeros((6, 1)), "x must hold at least 6 rising places"),
        ([0, 1, 2, np.nan, 4, 5], np.zeros((6, 1)), "x must be finite, got NaN or infinity"),
        (np.zeros((6, 1)), np.zeros((6, 1)), r"x must have shape \(n,\) .*, got \(6, 1\)"),
        (range(6), np.zeros((5, 1)), r"Y must have shape \(6, curves\), got \(5, 1\)"),
        (range(6), np.full((6, 1), np.inf), "Y must be finite"),
    ],
)
def test_bad_points_are_named(x: list[float], Y: Floats, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        spline_left_out(x, Y)


@pytest.mark.parametrize(("place", "height"), [(2.0**-40, 2.0**40), (2.0**40, 2.0**-40)])
def test_units_that_round_nothing_change_nothing(place: float, height: float) -> None:
    x, Y = uneven(9)
    assert (spline_left_out(x * place, Y * height) / height == spline_left_out(x, Y)).all()


def test_places_far_from_0_lose_no_digits() -> None:
    x, Y = np.arange(9.0) ** 2 / 64, np.random.default_rng(0).standard_normal((9, 2))
    assert_allclose(spline_left_out(x + 2.0**40, Y), spline_left_out(x, Y), atol=1e-12)


def test_places_that_leave_no_digits_are_refused() -> None:
    with pytest.raises(
        ValueError, match=r"x must not be closer .* 1e-09 of its range, got 1e-10 of"
    ):
        spline_left_out([0, 1e-10, 1, 2, 3, 4], np.zeros((6, 1)))


def test_a_cubic_is_its_own_spline() -> None:
    x = np.linspace(-1, 1, 12)
    Y = np.column_stack([x**3 - x, 2 * x**2 + 1])
    assert_allclose(spline_left_out(x, Y), Y[1:-1], atol=1e-12)


def test_each_point_is_hidden_from_its_own_spline() -> None:
    x, y = np.arange(9.0), np.random.default_rng(3).standard_normal(9)
    found = spline_left_out(x, y[:, np.newaxis])
    spline = CubicSpline(np.delete(x, 4), np.delete(y, 4))
    assert found[3, 0] == pytest.approx(float(spline(4)), abs=1e-12)
    changed = y.copy()
    changed[4] += 5
    assert spline_left_out(x, changed[:, np.newaxis])[3, 0] == pytest.approx(found[3, 0], abs=1e-12)


def test_zeros_and_ones_in_turn_are_reversed_by_the_weights_of_the_spline() -> None:
    x = np.arange(60)
    error = spline_left_out(x, (x % 2)[:, np.newaxis].astype(float))[29, 0] - x[30] % 2
    # the weights of the neighbours, one by one: an impulse at each in turn
    weights = spline_left_out(x, np.eye(60))[29]
    assert weights.sum() == pytest.approx(1, abs=1e-12)
    assert weights[30] == 0
    # signs alternate, so that zeros and ones add up all their sizes: 1 + sum |w| over 2
    assert abs(error) == pytest.approx((1 + np.abs(weights).sum()) / 2, abs=1e-9)
