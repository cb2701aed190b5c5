"""Cases of the kernels that draw a curve through points, or near them."""

import numpy as np
from scipy.interpolate import CubicSpline
from sklearn.kernel_ridge import KernelRidge
from sklearn.linear_model import Ridge
from sklearn.neighbors import KNeighborsRegressor
from tests.web.cases.case import Case, case

from bigcurves.learners import least_norm_curve, spline_left_out
from bigcurves.learners.curves import draw_curve

RNG = np.random.default_rng(5)
XS = (np.arange(12) + RNG.uniform(0.2, 0.8, 12)) / 12
YS = np.sin(6 * XS) + 0.1 * RNG.standard_normal(12)
GRID = np.linspace(-0.05, 1.05, 57)


@case("curveAt", "polynomial", "radial basis", "piecewise linear", "nearest neighbour")
def the_curve(name):
    # Outside its points a polynomial of degree 11 magnifies rounding a million times.
    grid = GRID[(XS[0] <= GRID) & (XS[-1] >= GRID)] if name == "polynomial" else GRID
    drawn = draw_curve(name, XS, YS, grid, random_state=0)
    return Case(calls=[[name, x, XS, YS] for x in grid], answers=drawn)


@case("splineWithout", 0, 1, 5, 10, 11)
def the_spline_without_point(gone):
    others = np.arange(12) != gone
    spline = CubicSpline(XS[others], YS[others])
    # Within the points; beyond them the end pieces magnify rounding.
    grid = GRID[(XS[others][0] <= GRID) & (XS[others][-1] >= GRID)]
    return Case(calls=[[gone, x, XS, YS] for x in grid], answers=spline(grid))


@case("splineWithout")
def what_it_says_of_the_point_left_out():
    calls = [[i, XS[i], XS, YS] for i in range(1, 11)]
    return Case(calls=calls, answers=spline_left_out(XS, YS[:, np.newaxis])[:, 0])


@case("kernelRidge")
def a_gaussian_kernel_with_a_ridge():
    width, penalty = 0.15, 1e-3
    model = KernelRidge(kernel="rbf", gamma=0.5 / width**2, alpha=penalty)
    model.fit(XS[:, np.newaxis], YS)
    calls = [[x, XS, YS, width, penalty] for x in GRID]
    return Case(calls=calls, answers=model.predict(GRID[:, np.newaxis]))


@case("kernelMean")
def the_weighted_mean():
    width = 0.07
    weights = np.exp(-0.5 * ((GRID[:, np.newaxis] - XS) / width) ** 2)
    calls = [[x, XS, YS, width] for x in GRID]
    return Case(calls=calls, answers=weights @ YS / weights.sum(axis=1))


@case("nearestMean", 1, 3, 12)
def the_mean_of_neighbours(k):
    model = KNeighborsRegressor(k).fit(XS[:, np.newaxis], YS)
    calls = [[x, XS, YS, k] for x in GRID]
    return Case(calls=calls, answers=model.predict(GRID[:, np.newaxis]))


@case("ridge")
def a_ridge_on_given_features():
    rows, asked = (np.cos(np.outer(x, np.arange(6))) for x in (XS, GRID))
    model = Ridge(alpha=0.01, fit_intercept=False).fit(rows, YS)
    return Case(calls=[[row, rows, YS, 0.01] for row in asked], answers=model.predict(asked))


@case("leastNorm", 4, 9, 12, 13, 60, 400)
def the_least_sum_of_cosines(features):
    rng = np.random.default_rng(features)
    frequencies, phases = 20 * rng.standard_normal(features), rng.uniform(0, 2 * np.pi, features)
    fit = least_norm_curve(XS, YS, GRID, frequencies=frequencies, phases=phases)
    # Where cosines meet points the weights are long, and rounding is magnified as they are.
    within = 1e-9 * max(1, np.abs(fit).max())
    calls = [[x, XS, YS, frequencies, phases] for x in GRID]
    return Case(calls=calls, answers=fit, within=within)


@case("gapOnCircle")
def the_angle_between_directions():
    rng = np.random.default_rng(0)
    angles, shares = rng.uniform(0, 360, 9), rng.uniform(-1, 1, 9)
    calls = [[place, angles, shares, most] for place in range(0, 360, 7) for most in (0, 40, 180)]
    turned = [np.exp(1j * np.deg2rad(angles + most * shares)) for *_, most in calls]
    # The angle between two directions, from the argument of their quotient.
    there = [
        np.abs(np.rad2deg(np.angle(ways / np.exp(1j * np.deg2rad(place))))).min()
        for ways, (place, *_) in zip(turned, calls, strict=True)
    ]
    return Case(calls=calls, answers=there)
