"""The best convex blend of a new row's neighbours: interpolation in its purest form.

No labels and no training: how well is a new row mixed from known rows near it? What the
mixture misses is the curvature of the manifold between the samples.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import nnls

from bigcurves.distances import nearest, unit_of
from bigcurves.sample import Floats
from bigcurves.validation import (
    require_integers,
    require_rows,
    require_values,
    require_whole,
    settle,
)

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

    def __post_init__(self) -> None:
        weights = require_rows("weights", self.weights)
        m, k = weights.shape
        places = require_rows("neighbours", self.neighbours, features=k)
        kept = {
            "weights": weights,
            "neighbours": require_integers("neighbours", places.ravel(), 0).reshape(-1, k),
            "rows": require_rows("rows", self.rows),
            "residuals": require_values("residuals", self.residuals),
        }
        for name, values in kept.items():
            if len(values) != m:
                raise ValueError(f"{name} must be {m}, as many as weights, got {len(values)}")
        settle(self, **kept)

    def values(self, known: npt.ArrayLike) -> Floats:
        """Mix the known rows' own values, shape (n,), with the same weights: shape (m,)."""
        known = require_values("known", known, least=int(self.neighbours.max()) + 1)
        return np.asarray((self.weights * known[self.neighbours]).sum(axis=1))


def blend_neighbours(points: npt.ArrayLike, queries: npt.ArrayLike, *, neighbours: int) -> Blend:
    """Mix each query (m, features) from its nearest rows of points (n, features).

    On a manifold of dimension d, 4 d + 4 neighbours surround a query well.

    Raises
    ------
    ValueError
        If shapes do not fit, numbers are not finite, or `neighbours` is not in 1 .. n.
    """
    points = require_rows("points", points)
    queries = require_rows("queries", queries, features=points.shape[1])
    near, _ = nearest(points, queries, require_whole("neighbours", neighbours, 1, len(points)))
    gaps = points[near] - queries[:, np.newaxis]  # (m, k, features)
    unit = unit_of(gaps)
    gaps /= unit
    weights = _mix(gaps)
    left = np.einsum("mk,mkf->mf", weights, gaps)  # of which a difference of rows loses digits
    residuals = unit * np.sqrt((left**2).mean(axis=1))
    rows = np.einsum("mk,mkf->mf", weights, points[near])
    return Blend(weights=weights, neighbours=near, rows=rows, residuals=residuals)


def _mix(gaps: Floats) -> Floats:
    """Return weights (m, k), at least 0 and of sum 1, that make the least of gaps (m, k, features).

    Non-negative least squares on the gaps and a row that asks for sum 1, renormalised. The
    result does not depend on that row's weight: for weights t w with sum(w) = 1 the
    objective is t^2 |gap(w)|^2 + (10 (1 - t))^2, least at the least gap for every t > 0.
    """
    k = gaps.shape[1]
    scales = np.linalg.norm(gaps, axis=2).max(axis=1)
    scaled = gaps.transpose(0, 2, 1) / np.where(scales == 0, 1, scales)[:, np.newaxis, np.newaxis]
    # The same least squares in k rows at most.
    triangles = np.asarray(np.linalg.qr(scaled, mode="r"))
    rows = np.pad(triangles, ((0, 0), (0, 1), (0, 0)), constant_values=SUM_WEIGHT)
    asked = np.append(np.zeros(triangles.shape[1]), SUM_WEIGHT)
    # Thrice the steps that it gives up after.
    weights = np.array([nnls(each, asked, maxiter=30 * k)[0] for each in rows])
    weights /= weights.sum(axis=1, keepdims=True)
    weights[scales == 0] = 1 / k
    return weights
