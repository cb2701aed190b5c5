"""Exact distances to nearest neighbours, and what every measure asks of its rows."""

import numpy as np
from sklearn.neighbors import NearestNeighbors

from bigcurves.sample import Floats


def require_rows(name: str, rows: Floats, least: int = 1) -> Floats:
    """Return rows as floats of shape (n, features), refused if too few or not finite."""
    rows = np.asarray(rows, dtype=float)
    if rows.ndim != 2 or rows.shape[1] == 0 or len(rows) < least:
        raise ValueError(
            f"{name} must have shape (n, features) with n at least {least}, got {rows.shape}"
        )
    if not np.isfinite(rows).all():
        raise ValueError(f"{name} must be finite, got NaN or infinity")
    return rows


def neighbour_distances(rows: Floats, k: int) -> Floats:
    """Give each row's distances to its k nearest other rows, nearest first, shape (n, k).

    Raises
    ------
    ValueError
        If two rows are the same: at distance zero no scale is left to measure by.
    """
    found = NearestNeighbors(n_neighbors=k).fit(rows).kneighbors(return_distance=False)
    distances = np.sort(_exact(rows, rows[found.T]).T, axis=1)
    if not distances[:, 0].all():
        twin = int(np.argmin(distances[:, 0]))
        raise ValueError(f"rows must all differ, got row {twin} twice; remove duplicates first")
    return distances


def nearest_distances(probes: Floats, points: Floats) -> Floats:
    """Give each probe's distance to its nearest point, shape (n,)."""
    nearest = NearestNeighbors(n_neighbors=1).fit(points).kneighbors(probes, return_distance=False)
    return np.asarray(np.linalg.norm(probes - points[nearest[:, 0]], axis=1))


def _exact(rows: Floats, others: Floats) -> Floats:
    """Measure the found pairs again: the search expands the square, which loses digits."""
    return np.stack([np.linalg.norm(rows - other, axis=1) for other in others])
