"""The best convex blend of a new row's neighbours: interpolation in its purest form.

No labels and no training: how well is a new row mixed from known rows near it? What the
mixture misses is the curvature of the manifold between the samples.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import nnls
from sklearn.neighbors import NearestNeighbors
from sklearn.utils import check_array

from bigcurves.sample import Floats

SUM_WEIGHT = 10.0  # of the row that asks for weights of sum one


@dataclass(frozen=True, kw_only=True)
class Blend:
    """Each query's best mixture of its k nearest known rows.

    Attributes
    ----------
    weights
        At least 0 and of sum 1 in each row, shape (m, k).
    neighbours
        Which known rows are mixed, nearest first, shape (m, k).
    rows
        The mixtures themselves, shape (m, features).
    residuals
        Root-mean-square gap between query and mixture over the features, shape (m,).
    """

    weights: Floats
    neighbours: npt.NDArray[np.intp]
    rows: Floats
    residuals: Floats

    def values(self, known: Floats) -> Floats:
        """Mix the known rows' own values, shape (n,), with the same weights: shape (m,)."""
        return np.asarray((self.weights * np.asarray(known)[self.neighbours]).sum(axis=1))


def blend_neighbours(points: Floats, queries: Floats, *, neighbours: int) -> Blend:
    """Mix each query (m, features) from its nearest rows of points (n, features).

    On a manifold of dimension d, 4 d + 4 neighbours surround a query well.

    Raises
    ------
    ValueError
        If shapes do not fit, numbers are not finite, or `neighbours` is not in 1 .. n.
    """
    points = check_array(points, input_name="points", dtype=np.float64)
    queries = check_array(queries, input_name="queries", dtype=np.float64)
    if points.shape[1] != queries.shape[1]:
        raise ValueError(f"queries must have {points.shape[1]} features, got {queries.shape[1]}")
    if not 1 <= neighbours <= len(points):
        raise ValueError(f"neighbours must be between 1 and {len(points)}, got {neighbours}")
    search = NearestNeighbors(n_neighbors=neighbours).fit(points)
    near = search.kneighbors(queries, return_distance=False)
    weights = np.array([_mix(points[row], query) for row, query in zip(near, queries, strict=True)])
    rows = np.einsum("mk,mkf->mf", weights, points[near])
    residuals = np.sqrt(((rows - queries) ** 2).mean(axis=1))
    return Blend(weights=weights, neighbours=near, rows=rows, residuals=residuals)


def _mix(near: Floats, query: Floats) -> Floats:
    """Return the weights, at least 0 and of sum 1, that bring `near` nearest to `query`.

    Non-negative least squares on the gaps and a row that asks for sum 1, renormalised. The
    result does not depend on that row's weight: for weights t w with sum(w) = 1 the
    objective is t^2 |gap(w)|^2 + (10 (1 - t))^2, least at the least gap for every t > 0.
    """
    gaps = (near - query).T  # (features, k)
    scale = float(np.linalg.norm(gaps, axis=0).max())
    if scale == 0:
        return np.full(len(near), 1 / len(near))
    triangle = np.linalg.qr(gaps / scale, mode="r")  # the same least squares in k rows
    rows = np.vstack([triangle, np.full(len(near), SUM_WEIGHT)])
    asked = np.append(np.zeros(len(triangle)), SUM_WEIGHT)
    weights, _ = nnls(rows, asked, maxiter=30 * len(near))  # thrice what it gives up after
    return np.asarray(weights / weights.sum())
