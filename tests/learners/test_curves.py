"""The opener's curves: what each must do exactly, and how they differ between the points."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.interpolate import CubicSpline

from bigcurves.learners import CURVES, draw_curve
from bigcurves.worlds import CurveWorld

SHAPES = ("smooth", "triangle", "step")
every_curve = pytest.mark.parametrize("name", CURVES)


def points(shape, seed, n=12):
    sample = CurveWorld(shape=shape).sample(n, np.random.default_rng(seed))
    return sample.latents[:, 0], sample.targets


@every_curve
@pytest.mark.parametrize("shape", SHAPES)
def test_every_curve_passes_through_its_points(name, shape):
    for seed in range(5):
        x, y = points(shape, seed)
        # A solved system is exact up to rounding, training stops within a thousandth.
        limit = 1e-3 if name == "small MLP" else 1e-7
        assert_allclose(draw_curve(name, x, y, x, random_state=seed), y, rtol=0, atol=limit)


@every_curve
def test_the_order_of_the_points_does_not_matter(name):
    (x, y), grid = points("triangle", 0), np.linspace(0.1, 0.9, 50)
    order = np.random.default_rng(1).permutation(12)
    drawn = draw_curve(name, x, y, grid, random_state=0)
    again = draw_curve(name, x[order], y[order], grid, random_state=0)
    # Sums in another order differ by rounding, which training magnifies.
    assert_allclose(again, drawn, atol=0.02 if name == "small MLP" else 1e-9)


def test_polynomial_is_the_one_of_its_degree_through_the_points():
    (x, y), grid = points("smooth", 1, n=7), np.linspace(0, 1, 50)
    weights = np.linalg.solve(np.vander(x), y)
    drawn = draw_curve("polynomial", x, y, grid, random_state=0)
    assert_allclose(drawn, np.polyval(weights, grid), atol=1e-6)


def test_cubic_radial_basis_is_the_natural_spline():
    """Duchon (1977): among all curves through the points it bends least, as the spline does."""
    x, y = points("triangle", 2)
    grid = np.linspace(x[0], x[-1], 200)
    spline = CubicSpline(x, y, bc_type="natural")(grid)
    assert_allclose(draw_curve("radial basis", x, y, grid, random_state=0), spline, atol=1e-8)


def test_random_relu_nears_the_spline_as_its_kernel_does():
    """Many hinges at least norm penalise the squared second derivative, like the spline."""
    x, y = points("triangle", 2)
    grid = np.linspace(x[0], x[-1], 200)
    spline = CubicSpline(x, y, bc_type="natural")(grid)
    drawn = draw_curve("random ReLU", x, y, grid, random_state=0)
    assert np.abs(drawn - spline).max() < 0.1  # 2,000 hinges: the kernel errs by a few per cent


@settings(max_examples=20)
@given(seed=st.integers(0, 2**31), n=st.integers(2, 20))
def test_lines_and_steps_stay_within_the_heights(seed, n):
    rng = np.random.default_rng(seed)
    x, y, grid = rng.permutation(100)[:n] / 100, rng.standard_normal(n), np.linspace(-0.5, 1.5, 101)
    for name in ("piecewise linear", "nearest neighbour"):
        drawn = draw_curve(name, x, y, grid, random_state=0)
        assert drawn.min() >= y.min()
        assert drawn.max() <= y.max()
    nearest = y[np.abs(grid[:, np.newaxis] - x).argmin(axis=1)]
    ties = np.sort(np.abs(grid[:, np.newaxis] - x), axis=1)
    clear = ties[:, 1] - ties[:, 0] > 1e-9
    assert_array_equal(drawn[clear], nearest[clear])


@pytest.mark.slow
def test_slow_best_becomes_worst():
    check_best_becomes_worst(seeds=20)


def test_best_becomes_worst():
    check_best_becomes_worst(seeds=5)


def check_best_becomes_worst(seeds):
    """Compare test RMSE between the first and last point, mean over seeds.

    Measured over 20 seeds, smooth / triangle / step: polynomial .0001 .14 2.0; radial
    basis .004 .050 .28; random ReLU .005 .050 .28; MLP .01 .05 .43; piecewise linear
    .047 .074 .27; nearest neighbour .16 .15 .25. The book's first sketch read .0003
    1.15 9.4; .006 .047 .574; .013 .046 .489; .042 .047 .500; .064 .067 .449; .179
    .153 .551: its points were spread less evenly, which the polynomial minds most (at
    the widest jitter of 0.5 it reads 5 on the step here). The order is the same.
    """
    errors = {
        (name, shape): np.mean([rmse(name, shape, seed) for seed in range(seeds)])
        for name in CURVES
        for shape in SHAPES
    }
    others = [name for name in CURVES if name != "polynomial"]
    assert all(errors["polynomial", "smooth"] < errors[name, "smooth"] / 5 for name in others)
    assert all(errors["polynomial", "step"] > 3 * errors[name, "step"] for name in others)
    assert errors["radial basis", "smooth"] < errors["piecewise linear", "smooth"] / 5
    assert errors["piecewise linear", "smooth"] < errors["nearest neighbour", "smooth"] / 2
    assert errors["polynomial", "triangle"] > errors["radial basis", "triangle"]


def rmse(name, shape, seed):
    x, y = points(shape, seed)
    grid = np.linspace(x[0], x[-1], 401)
    gap = draw_curve(name, x, y, grid, random_state=seed) - CurveWorld(shape=shape).height(grid)
    return np.sqrt(np.mean(gap**2))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": "cubic"}, "name must be one of polynomial, .*, got 'cubic'"),
        ({"x": np.array([0.0])}, r"x and y must both have shape \(n,\)"),
        ({"y": np.zeros(3)}, r"got \(2,\) and \(3,\)"),
        ({"y": np.array([0, np.nan])}, "y must be finite"),
        ({"x": np.zeros(2)}, "x must not hold the same place twice"),
        ({"grid": np.zeros((2, 2))}, r"grid must have shape \(n,\)"),
        ({"grid": np.zeros(0)}, r"grid must have shape \(n,\) with n at least 1, got \(0,\)"),
    ],
)
def test_bad_points_are_named(change, message):
    fields = {"name": "polynomial", "x": np.arange(2.0), "y": np.arange(2.0), "grid": np.zeros(1)}
    with pytest.raises(ValueError, match=message):
        draw_curve(**{**fields, **change}, random_state=0)


@every_curve
@pytest.mark.parametrize("x_unit", [1e-12, 1e-3, 1e12])
@pytest.mark.parametrize("y_unit", [1e-12, 1e-3, 1e12])
@pytest.mark.parametrize("shift", [0, 1.7e12])
def test_every_curve_passes_through_its_points_in_any_unit(name, x_unit, y_unit, shift):
    x, y = np.linspace(0, 1, 8), np.random.default_rng(0).standard_normal(8)
    x, y = x * x_unit + shift * x_unit, y * y_unit + shift * y_unit
    drawn = draw_curve(name, x, y, x, random_state=0)
    limit = 1e-3 if name == "small MLP" else 1e-6
    assert np.abs(drawn - y).max() <= limit * np.ptp(y)


@every_curve
def test_another_unit_draws_the_same_curve(name):
    (x, y), grid = points("smooth", 0), np.linspace(-0.2, 1.2, 50)
    drawn = draw_curve(name, x, y, grid, random_state=0)
    small, large = 2.0**-40, 2.0**40  # the units round nothing
    again = draw_curve(name, x * small, y * large, grid * small, random_state=0)
    assert_allclose(again / large, drawn, rtol=0.2 if name == "random ReLU" else 1e-9, atol=1e-9)


@pytest.mark.parametrize(
    ("name", "x", "message"),
    [
        ("polynomial", np.linspace(0, 1, 60), "x must be .* the polynomial: through n = 60 points"),
        ("radial basis", [0, 1e-9, 1], "x must be .* n = 3 points, the closest two 1e-09 of"),
        ("random ReLU", [0, 1e-14, 1], "x must be .* cannot be drawn to within 1e-06 of the range"),
        ("small MLP", [0, 1e-9, 1], "x must be .* cannot be drawn to within 0.001 of the range"),
    ],
)
def test_a_curve_that_would_miss_its_points_is_refused(name, x, message):
    y = np.random.default_rng(1).standard_normal(len(x))
    with pytest.raises(ValueError, match=message):
        draw_curve(name, x, y, x, random_state=0)


def test_far_from_its_points_the_bend_least_curve_is_a_straight_line():
    x, y = points("triangle", 2)
    reach = np.ptp(x)
    near = draw_curve("radial basis", x, y, x[-1] + reach * np.array([0.25, 0.75]), random_state=0)
    slope = (near[1] - near[0]) / (reach / 2)
    far = draw_curve("radial basis", x, y, x[-1] + reach * np.array([1, 1e9]), random_state=0)
    assert_allclose(far, near[0] + slope * reach * (np.array([1, 1e9]) - 0.25), rtol=1e-8)


def test_heights_that_overflow_are_refused():
    x = np.linspace(0, 1, 12)
    with pytest.raises(ValueError, match="grid must lie nearer to the points"):
        draw_curve("polynomial", x, x**11, [1e50], random_state=0)
