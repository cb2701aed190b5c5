"""Three estimates of how many numbers it takes to say where a row lies.

All look only at distances between neighbours, so a rotation, a shift, a change of
units or a permutation of the columns changes none of them.

Of many rows some can be `asked`: their neighbours are sought among all rows, so that the
density, on which an estimate depends, stays that of all.
"""

import numpy as np
import numpy.typing as npt

from bigcurves.distances import Places
from bigcurves.measures.neighbours import nearest_within_parts, neighbour_distances
from bigcurves.sample import Floats
from bigcurves.validation import (
    require_integers,
    require_kept_rows,
    require_number,
    require_rng,
    require_whole,
)

HALVINGS = 4
LEAST_ASKED = 10


def two_nn(
    rows: npt.ArrayLike, *, discard: float = 0.1, asked: npt.ArrayLike | None = None
) -> float:
    """Estimate the dimension from each row's two nearest neighbours.

    The ratio mu of the second distance to the first follows P(mu > m) = m^-d, so
    -log(1 - F) against log mu is a line through the origin with slope d (Facco,
    d'Errico, Rodriguez and Laio 2017, equations 4 and 5).

    Parameters
    ----------
    rows
        Different rows, shape (n, features), n at least 10.
    discard
        The share of the largest ratios left out of the fit, from 0 up to 0.5.
    asked
        Places of the rows whose neighbours are measured, at least 10, each once; None asks all.
    """
    rows = require_kept_rows("rows", rows, least=10)
    discard = require_number("discard", discard, 0, 0.5)
    return _two_nn(neighbour_distances(rows, 2, _places(asked, len(rows))), discard)


def levina_bickel(rows: npt.ArrayLike, *, k: int = 20, asked: npt.ArrayLike | None = None) -> float:
    """Estimate the dimension from each row's k nearest neighbours, by maximum likelihood.

    The mean log ratio of the k-th distance to the closer ones estimates 1/d without
    bias in a ball (Levina and Bickel 2005, equation 8); the inverses are averaged over
    rows and then inverted, as MacKay and Ghahramani (2005) advise.

    Parameters
    ----------
    rows
        Different rows, shape (n, features), n at least k + 1.
    k
        How many neighbours, at least 2.
    asked
        As in `two_nn`.
    """
    k = require_whole("k", k, 2)
    rows = require_kept_rows("rows", rows, least=k + 1)
    return _levina_bickel(neighbour_distances(rows, k, _places(asked, len(rows))))


def two_nn_and_levina_bickel(
    rows: npt.ArrayLike,
    *,
    discard: float = 0.1,
    k: int = 20,
    asked: npt.ArrayLike | None = None,
) -> tuple[float, float]:
    """Give both estimates of `two_nn` and `levina_bickel` from one search for neighbours.

    Parameters
    ----------
    rows
        Different rows, shape (n, features), n at least 10 and k + 1.
    discard, k, asked
        As there.
    """
    discard = require_number("discard", discard, 0, 0.5)
    k = require_whole("k", k, 2)
    rows = require_kept_rows("rows", rows, least=max(10, k + 1))
    distances = neighbour_distances(rows, k, _places(asked, len(rows)))
    return _two_nn(distances[:, :2], discard), _levina_bickel(distances)


def nearest_neighbour_slope(
    rows: npt.ArrayLike, rng: np.random.Generator, *, asked: npt.ArrayLike | None = None
) -> float:
    """Estimate the dimension from how fast neighbours come closer as rows are added.

    The nearest of n rows lies at a distance that falls as n^(-1/d), so the slope of
    the mean log distance against log n is -1/d. Sizes are n, n/2, ... n/16; each is
    averaged over all the separate parts of that size that a random order gives.

    Parameters
    ----------
    rows
        Different rows, shape (n, features), n at least 64.
    rng
        Draws the order.
    asked
        As in `two_nn`.
    """
    rows = require_kept_rows("rows", rows, least=64)
    require_rng(rng)
    order = rng.permutation(len(rows))
    places = np.flatnonzero(np.isin(order, _places(asked, len(rows))))
    rows = rows[order]
    sizes = [len(rows) // 2**halving for halving in range(HALVINGS + 1)]
    closeness = [
        np.mean(np.log(np.concatenate(parts)))
        for parts in nearest_within_parts(rows, sizes, places)
    ]
    others = np.log(np.array(sizes) - 1)  # a row has size - 1 others to be near to
    slope = np.polynomial.Polynomial.fit(others, closeness, 1).convert().coef[1]
    if slope >= 0:
        raise ValueError(f"distances must fall as rows are added, got a log-log slope of {slope}")
    return float(-1 / slope)


def _places(asked: npt.ArrayLike | None, rows: int) -> Places:
    """Return places of rows, all where none are given."""
    if asked is None:
        return np.arange(rows)
    places = require_integers("asked", asked, 0, rows - 1, least=LEAST_ASKED)
    if len(np.unique(places)) < len(places):
        raise ValueError("asked must name each row once, got one twice")
    return places


def _two_nn(distances: Floats, discard: float) -> float:
    """Fit the line through the ratios of distances (n, 2) to the two nearest."""
    first, second = np.log(distances.T)  # a ratio of distances might overflow
    ratios = np.sort(second - first)
    reached = np.arange(1, len(ratios) + 1) / len(ratios)  # F, the share up to each ratio
    kept = min(int((1 - discard) * len(ratios)), len(ratios) - 1)  # log(1 - 1) is none
    x, y = ratios[:kept], -np.log1p(-reached[:kept])
    return _finite(float(x @ y), float(x @ x))


def _levina_bickel(distances: Floats) -> float:
    """Average the inverse of the estimate over rows of distances (n, k), nearest first."""
    logs = np.log(distances)
    return _finite(1.0, float((logs[:, -1:] - logs[:, :-1]).mean()))


def _finite(above: float, below: float) -> float:
    """Divide, or say that all neighbours are equally far, as on a regular grid."""
    if below <= 1e-12:
        raise ValueError("rows must not lie on a regular grid, got neighbours equally far")
    return above / below
