"""Learning curves at the price of their last point: what the first n rows would answer, for many n.

A nearest neighbour among the first n rows is found in a search that goes on to more rows, and the
Cholesky factor of a kernel's first n rows is the corner of the factor of all. So the whole curve
costs one matrix of distances, and one factor.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from scipy.linalg import LinAlgError, cholesky, solve_triangular

from bigcurves.distances import all_distances, nearest
from bigcurves.sample import Floats
from bigcurves.validation import require_integers, require_rows

Places = npt.NDArray[np.intp]
JITTER = 1e-8  # on the kernel's diagonal of ones, so that the factor exists
SCALED_ON = 256  # rows whose median distance is the kernel's scale


def nested_nearest(
    points: npt.ArrayLike, queries: npt.ArrayLike, sizes: Sequence[int]
) -> Iterator[tuple[int, Places]]:
    """Find, for each size n, each query's nearest row among the first n points.

    Parameters
    ----------
    points, queries
        Shapes (N, features) and (m, features).
    sizes
        Numbers of points, increasing, 1 to N.

    Yields
    ------
    Each size and the places of the nearest rows, shape (m,).
    """
    points, queries, sizes = _checked(points, queries, sizes)
    best, least, first = np.zeros(len(queries), dtype=np.intp), np.full(len(queries), np.inf), 0
    for n in sizes:
        found, far = (each[:, 0] for each in nearest(points[first:n], queries, 1))
        closer = far < least
        best, least = np.where(closer, first + found, best), np.where(closer, far, least)
        first = n
        yield n, best


def nested_laplace_ridge(
    points: npt.ArrayLike, targets: npt.ArrayLike, queries: npt.ArrayLike, sizes: Sequence[int]
) -> Iterator[tuple[int, Floats]]:
    """Predict, for each size n, by ridge regression on the first n points.

    The kernel is exp(-r / s) (Laplace, or Matern-1/2), r the Euclidean distance and s the median
    distance among the first 256 points; the ridge is 1e-8, so the curve passes through its points.
    A smoother kernel would gain more from smoothness, until rounding stops it.

    Parameters
    ----------
    points, queries
        Shapes (N, features) and (m, features); no point twice.
    targets
        Shape (N, outputs): the factor is shared between the outputs.
    sizes
        Numbers of points, increasing, 1 to N.

    Yields
    ------
    Each size and the predictions, shape (m, outputs).
    """
    points, queries, sizes = _checked(points, queries, sizes)
    targets = require_rows("targets", targets)
    if len(targets) != len(points):
        raise ValueError(f"targets must have {len(points)} rows as points has, got {len(targets)}")
    known = points[: sizes[-1]]
    factor, scale = _factor(known)
    beside = _laplace(all_distances(queries, known), scale)
    halfway = solve_triangular(factor, targets[: sizes[-1]], lower=True, check_finite=False)
    for n in sizes:
        weights = solve_triangular(
            factor[:n, :n], halfway[:n], lower=True, trans=1, check_finite=False
        )
        yield n, beside[:, :n] @ weights


def _factor(known: Floats) -> tuple[Floats, float]:
    """Return the Cholesky factor of the points' kernel matrix, and the kernel's scale."""
    kernel = all_distances(known, known)
    scale = float(np.median(kernel[:SCALED_ON, :SCALED_ON]))
    if not scale:
        raise ValueError("points must mostly differ, got half of their distances 0")
    _laplace(kernel, scale)
    np.fill_diagonal(kernel, 1 + JITTER)
    try:
        return cholesky(kernel.T, lower=True, overwrite_a=True, check_finite=False), scale
    except LinAlgError as fault:
        raise ValueError("points must differ, got a kernel without a factor") from fault


def _laplace(distances: Floats, scale: float) -> Floats:
    """Turn distances into kernel values, in place."""
    distances /= -scale
    return np.exp(distances, out=distances)


def _checked(
    points: npt.ArrayLike, queries: npt.ArrayLike, sizes: Sequence[int]
) -> tuple[Floats, Floats, list[int]]:
    points = require_rows("points", points)
    queries = require_rows("queries", queries, features=points.shape[1])
    found = require_integers("sizes", sizes, least=0).tolist()
    if not found or found != sorted(set(found)) or found[0] < 1 or found[-1] > len(points):
        raise ValueError(f"sizes must increase between 1 and {len(points)}, got {found}")
    return points, queries, found
