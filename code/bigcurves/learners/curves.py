"""Six ways to draw a curve through the same points, asked in one way.

`draw_curve(name, x, y, grid, random_state=...)` fits the named learner to the points
and gives its heights on the grid. All six pass through the points; what they do
between them is what each was built to prefer.
"""

import warnings
from collections.abc import Callable
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
from numpy.polynomial import Chebyshev
from scipy.interpolate import RBFInterpolator
from sklearn.exceptions import ConvergenceWarning
from sklearn.neighbors import KNeighborsRegressor
from sklearn.neural_network import MLPRegressor

from bigcurves.sample import Floats

Curve: TypeAlias = Callable[[Floats, Floats, Floats, int], Floats]
FEATURES = 2000
CLOSE = 1e-3  # the network meets the points to within this, the others to rounding
FINEST = 1000


def draw_curve(name: str, x: Floats, y: Floats, grid: Floats, *, random_state: int) -> Floats:
    """Fit the curve called `name` to points (x, y) and give its heights on the grid.

    Parameters
    ----------
    name
        One of `CURVES`.
    x, y
        The points, each of shape (n,), n at least 2, no x twice.
    grid
        Where to evaluate, shape (m,).
    random_state
        Seed of the two learners that start at random; the others ignore it.
    """
    if name not in CURVES:
        raise ValueError(f"name must be one of {', '.join(CURVES)}, got {name!r}")
    x, y, grid = (np.asarray(values, dtype=float) for values in (x, y, grid))
    _check_points(x, y, grid)
    return CURVES[name](x, y, grid, random_state)


def polynomial(x: Floats, y: Floats, grid: Floats, _: int) -> Floats:
    """Draw the one polynomial of degree n - 1 through all n points."""
    return np.asarray(Chebyshev.fit(x, y, deg=len(x) - 1)(grid))


def radial_basis(x: Floats, y: Floats, grid: Floats, _: int) -> Floats:
    """Draw the bend-least curve: cubic radial basis functions, the natural cubic spline."""
    fit = RBFInterpolator(x[:, np.newaxis], y, kernel="cubic", degree=1)
    return np.asarray(fit(grid[:, np.newaxis]))


def random_relu(x: Floats, y: Floats, grid: Floats, random_state: int) -> Floats:
    """Draw the minimum-norm sum of 2,000 random ReLU hinges that meets every point."""
    rng = np.random.default_rng(random_state)
    side = rng.choice([-1.0, 1.0], FEATURES)
    hinge = rng.uniform(x.min(), x.max(), FEATURES)

    def features(places: Floats) -> Floats:
        bent = np.maximum(side * (places[:, np.newaxis] - hinge), 0) / np.sqrt(FEATURES)
        flat = np.ones((len(places), 1))
        return np.hstack([flat, bent])

    weights = np.linalg.lstsq(features(x), y, rcond=None)[0]  # the least norm of all exact fits
    return np.asarray(features(grid) @ weights)


def small_mlp(x: Floats, y: Floats, grid: Floats, random_state: int) -> Floats:
    """Draw a network of two hidden layers of 32 tanh units, trained until it fits."""
    middle, reach = (x.min() + x.max()) / 2, np.ptp(x) / 2
    places, seen = (((at - middle) / reach)[:, np.newaxis] for at in (grid, x))
    net = MLPRegressor(
        hidden_layer_sizes=(32, 32),
        activation="tanh",
        solver="lbfgs",
        alpha=0,
        tol=1e-10,
        max_iter=5000,
        max_fun=20_000,
        warm_start=True,
        random_state=random_state,
    )
    with warnings.catch_warnings():  # the step limit is a chosen end, not a failure
        warnings.simplefilter("ignore", ConvergenceWarning)
        net.fit(seen, y)
        unit = 1.0
        # L-BFGS stops when a step gains less than 2e-9. In units ten times finer the same
        # network has a hundred times the loss, and training goes on from where it stood.
        while np.abs(net.predict(seen) / unit - y).max() > CLOSE and unit < FINEST:
            unit *= 10
            net.coefs_[-1] *= 10
            net.intercepts_[-1] *= 10
            net.fit(seen, y * unit)
    return np.asarray(net.predict(places) / unit)


def piecewise_linear(x: Floats, y: Floats, grid: Floats, _: int) -> Floats:
    """Join neighbouring points by straight lines, level beyond the ends."""
    order = np.argsort(x)
    return np.interp(grid, x[order], y[order])


def nearest_neighbour(x: Floats, y: Floats, grid: Floats, _: int) -> Floats:
    """Repeat the height of the nearest point."""
    fit = KNeighborsRegressor(n_neighbors=1).fit(x[:, np.newaxis], y)
    return np.asarray(fit.predict(grid[:, np.newaxis]))


CURVES: MappingProxyType[str, Curve] = MappingProxyType(
    {
        "polynomial": polynomial,
        "radial basis": radial_basis,
        "random ReLU": random_relu,
        "small MLP": small_mlp,
        "piecewise linear": piecewise_linear,
        "nearest neighbour": nearest_neighbour,
    }
)


def _check_points(x: Floats, y: Floats, grid: Floats) -> None:
    """Refuse points that no curve can pass through, and grids with nothing on them."""
    if x.ndim != 1 or x.shape != y.shape or len(x) < 2:
        raise ValueError(
            f"x and y must both have shape (n,) with n at least 2, got {x.shape} and {y.shape}"
        )
    if grid.ndim != 1 or len(grid) == 0:
        raise ValueError(f"grid must have shape (m,) with m at least 1, got {grid.shape}")
    for name, values in (("x", x), ("y", y), ("grid", grid)):
        if not np.isfinite(values).all():
            raise ValueError(f"{name} must be finite, got NaN or infinity")
    if len(np.unique(x)) < len(x):
        raise ValueError("x must not hold the same place twice; average their heights first")
