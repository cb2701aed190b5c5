"""Six ways to draw a curve through the same points, asked in one way.

`draw_curve(name, x, y, grid, random_state=...)` fits the named learner to the points
and gives its heights on the grid. All six pass through the points, in any unit, or say
that they cannot; what they do between them is what each was built to prefer.
"""

import warnings
from collections.abc import Callable
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from numpy.polynomial import Chebyshev
from scipy.interpolate import RBFInterpolator
from sklearn.exceptions import ConvergenceWarning
from sklearn.neighbors import KNeighborsRegressor
from sklearn.neural_network import MLPRegressor

from bigcurves.learners.units import find_units
from bigcurves.sample import Floats
from bigcurves.validation import require_choice, require_values, require_whole

Heights: TypeAlias = Callable[[Floats], Floats]
Curve: TypeAlias = Callable[[Floats, Floats, int], Heights]
FEATURES = 2000
CLOSE = 1e-3  # of the heights' range: the network and the polynomial meet the points to within this
MET = 1e-6  # and the others to within this; 12 points all but the network to 1e-12
FINEST = 1000


def draw_curve(
    name: str, x: npt.ArrayLike, y: npt.ArrayLike, grid: npt.ArrayLike, *, random_state: int
) -> Floats:
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

    Raises
    ------
    ValueError
        Where the fit misses a point by more than a millionth of the range of y, the network and
        the polynomial by a thousandth: at points very close together, and the polynomial through
        more than some 50 points, for whose equations a float has too few digits.
    """
    name = require_choice("name", name, CURVES)
    x, y, grid = require_values("x", x), require_values("y", y), require_values("grid", grid)
    seed = require_whole("random_state", random_state, 0, 2**32 - 1)
    _check_points(x, y)
    start, step = find_units(x.min(keepdims=True), x.max(keepdims=True))
    ground, unit = find_units(y.min(keepdims=True), y.max(keepdims=True))
    places, heights = (x - start) / step, (y - ground) / unit
    with np.errstate(all="ignore"):  # a fit that overflows misses its points, and is refused
        fit = CURVES[name](places, heights, seed)
        miss = float(np.abs(fit(places) - heights).max())
        drawn = fit((grid - start) / step) * unit + ground
    limit = CLOSE if name in ("small MLP", "polynomial") else MET
    if not miss <= limit * max(1.0, float(np.ptp(heights))):  # NaN fails this too
        gap = float(np.diff(np.sort(places)).min() / np.ptp(places))
        raise ValueError(
            f"x must be fewer places, or further apart, for the {name}: through n = {len(x)} "
            f"points, the closest two {gap:.2g} of their range apart, it cannot be drawn to "
            f"within {limit:g} of the range of y"
        )
    if not np.isfinite(drawn).all():
        raise ValueError(f"grid must lie nearer to the points, got heights of the {name} > 1e308")
    return np.asarray(drawn)


def polynomial(x: Floats, y: Floats, _: int) -> Heights:
    """Draw the one polynomial of degree n - 1 through all n points."""
    series, _equations = Chebyshev.fit(x, y, deg=len(x) - 1, full=True)  # says no rank by warning
    return lambda places: np.asarray(series(places))


def radial_basis(x: Floats, y: Floats, _: int) -> Heights:
    """Draw the bend-least curve: cubic radial basis functions, the natural cubic spline."""
    try:
        fit = RBFInterpolator(x[:, np.newaxis], y, kernel="cubic", degree=1)
    except np.linalg.LinAlgError:  # places so close that their equations are the same
        return lambda places: np.full(len(places), np.nan)
    # Beyond its points the curve is a straight line, a sum of cubes that cancel. Far out they
    # cancel to noise, so that there the line is drawn on from where it can be read.
    first, last, reach = x.min(), x.max(), np.ptp(x)
    ends = fit(np.array([first - reach, first, last, last + reach])[:, np.newaxis])
    left, right = (ends[1] - ends[0]) / reach, (ends[3] - ends[2]) / reach

    def heights(places: Floats) -> Floats:
        near = np.clip(places, first - reach, last + reach)
        beyond = places - near
        line = beyond * np.where(beyond < 0, left, right)
        return np.asarray(fit(near[:, np.newaxis]) + line)

    return heights


def random_relu(x: Floats, y: Floats, random_state: int) -> Heights:
    """Draw the minimum-norm sum of 2,000 random ReLU hinges that meets every point."""
    rng = np.random.default_rng(random_state)
    side = rng.choice([-1.0, 1.0], FEATURES)
    hinge = rng.uniform(x.min(), x.max(), FEATURES)

    def features(places: Floats) -> Floats:
        bent = np.maximum(side * (places[:, np.newaxis] - hinge), 0) / np.sqrt(FEATURES)
        flat = np.ones((len(places), 1))
        return np.hstack([flat, bent])

    weights = np.linalg.lstsq(features(x), y, rcond=None)[0]  # the least norm of all exact fits
    return lambda places: np.asarray(features(places) @ weights)


def small_mlp(x: Floats, y: Floats, random_state: int) -> Heights:
    """Draw a network of two hidden layers of 32 tanh units, trained until it fits."""
    middle, reach = (x.min() + x.max()) / 2, np.ptp(x) / 2
    seen = ((x - middle) / reach)[:, np.newaxis]
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
    return lambda places: np.asarray(net.predict(((places - middle) / reach)[:, np.newaxis]) / unit)


def piecewise_linear(x: Floats, y: Floats, _: int) -> Heights:
    """Join neighbouring points by straight lines, level beyond the ends."""
    order = np.argsort(x)
    return lambda places: np.interp(places, x[order], y[order])


def nearest_neighbour(x: Floats, y: Floats, _: int) -> Heights:
    """Repeat the height of the nearest point."""
    fit = KNeighborsRegressor(n_neighbors=1, p=1).fit(x[:, np.newaxis], y)  # no tiny squares
    return lambda places: np.asarray(fit.predict(places[:, np.newaxis]))


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


def _check_points(x: Floats, y: Floats) -> None:
    """Refuse points that no curve can pass through."""
    if x.shape != y.shape or len(x) < 2:
        raise ValueError(
            f"x and y must both have shape (n,) with n at least 2, got {x.shape} and {y.shape}"
        )
    if len(np.unique(x)) < len(x):
        raise ValueError("x must not hold the same place twice; average their heights first")
