"""Inside or outside the convex hull of the training rows, and how far outside.

In high dimension almost every new row is outside (Balestriero, Pesenti and LeCun 2021), and
a plane that has the row on one side and all points on the other proves it. Such a plane is
looked for by Gilbert's method (Gilbert 1966; the same as Frank and Wolfe 1956): walk from
one point towards the hull's nearest point, always by way of the point that lies furthest
back. What it leaves open is settled by the nearest point itself, and in the last resort by
a linear programme.
"""

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog, nnls
from scipy.spatial import Delaunay, QhullError

from bigcurves.distances import Array, unit_of
from bigcurves.sample import Floats
from bigcurves.validation import require_kept_rows, require_rows, require_values, require_whole

STEPS = 60  # of Gilbert's walk before it gives up
FIRST_STEPS = 12  # of it where the nearest point, which costs as much as twenty, comes after
TOUCHING = 1e-9  # a hull nearer than this share of its own size holds the row
NEAREST, MORE = 32, 16  # points that are weighed at first, and those let in after, doubled
ROUNDING = 1e-13  # of the largest distance to a point: a way shorter than it is none


def inside_hull(points: npt.ArrayLike, queries: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Say for each query (m, features) whether it lies in the hull of points (n, features).

    A hull that is nearer than 1e-9 of its own size, the greatest range of a feature, holds the
    query, or nearer than a number of its own size can say where that is far from zero: so near,
    rounding and a plane between the two cannot be told apart.
    """
    points, queries, unit = _pair(points, queries)
    touching = _touching(points, unit)
    return np.array([_inside(_seen_from(query, points, unit), touching) for query in queries])


def share_inside_hull(points: npt.ArrayLike, queries: npt.ArrayLike) -> float:
    """Return the share of queries that lie in the hull of points."""
    return float(inside_hull(points, queries).mean())


def separating_direction(
    points: npt.ArrayLike, query: npt.ArrayLike, *, steps: int = STEPS
) -> Floats | None:
    """Return g with (point - query) . g > 0 for every point: proof that query is outside.

    The plane lies further from the query (features,) than 1e-9 of the size of points
    (n, features). None says that none was found in so many steps, not that there is none.
    """
    points, query, unit = _one(points, query)
    shifted, steps = _seen_from(query, points, unit), require_whole("steps", steps, 1)
    toward = _separating(shifted, _touching(points, unit), steps)
    return None if toward is None else np.asarray(unit * toward)


def _separating(points: Floats, touching: float, steps: int) -> Floats | None:
    """Walk from the nearest of points, given from the query, to a plane beyond `touching`."""
    toward = points[np.einsum("ij,ij->i", points, points).argmin()]
    tiny = np.finfo(float).tiny
    for _ in range(steps):
        sides = points @ toward
        furthest = sides.argmin()
        if sides[furthest] > touching * np.linalg.norm(toward):  # more than rounding gives
            return np.asarray(toward)
        turn = points[furthest] - toward
        share = -(toward @ turn) / max(turn @ turn, tiny)
        toward = toward + min(1.0, max(0.0, share)) * turn
    return None


def in_hull_lp(points: npt.ArrayLike, query: npt.ArrayLike) -> bool:
    """Ask HiGHS whether some weights >= 0 with sum 1 mix points (n, features) to query.

    Its tolerance is 1e-7 of the largest distance from the query (features,) along a feature.
    """
    points, query, unit = _one(points, query)
    return _in_hull_lp(_seen_from(query, points, unit))


def _in_hull_lp(points: Floats) -> bool:
    """Ask it of points that are given from the query."""
    found = linprog(
        np.zeros(len(points)),
        A_eq=np.vstack([points.T / unit_of(points), np.ones(len(points))]),
        b_eq=np.append(np.zeros(points.shape[1]), 1.0),
        method="highs",
    )
    if found.status not in (0, 2):  # solved, or proved infeasible
        raise ValueError(f"points must be well scaled for a linear programme: {found.message}")
    return bool(found.status == 0)


def hull_distance(points: npt.ArrayLike, queries: npt.ArrayLike) -> Floats:
    """Return each query's RMS distance to the hull of points, shape (m,): 0 inside.

    The distance is Euclidean over the root of the number of features, as everywhere.
    """
    points, queries, unit = _pair(points, queries)
    gaps = [np.linalg.norm(_way_to_hull(_seen_from(query, points, unit))) for query in queries]
    return unit * np.array(gaps, dtype=np.float64) / float(np.sqrt(points.shape[1]))


def project_onto_hull(points: npt.ArrayLike, query: npt.ArrayLike) -> Floats:
    """Return the nearest point to a query (features,) in the hull of points (n, features).

    It is a mixture of points; its distance to the query is what `hull_distance` measures.
    """
    points, query, unit = _one(points, query)
    return np.asarray(unit * (query / unit + _way_to_hull(_seen_from(query, points, unit))))


def _way_to_hull(shifted: Floats) -> Floats:
    """Return the way from a query to its projection, whose digits a difference would lose.

    The points are given from the query.

    Weights u >= 0 that bring (sum u_i (p_i - q), sum u) nearest to (0, 1) mix, once divided by
    their sum, the hull's nearest point exactly: for weights t w with sum(w) = 1 and a gap g(w)
    the objective is t^2 g(w)^2 + (1 - t)^2, which any t > 0 makes least at the least gap.

    Few points carry a weight, so few are weighed (column generation, Dantzig and Wolfe 1960):
    at first the nearest, then also those that lie further back than the way found, until none
    does, which proves the way the shortest. None that was let in is let go, so that it ends.
    """
    squared = np.einsum("ij,ij->i", shifted, shifted)
    scale = max(float(np.sqrt(squared.max())), 1e-300)
    weighed = np.zeros(len(shifted), dtype=bool)
    weighed[_smallest(squared, NEAREST)] = True
    more = MORE
    while True:
        toward = _way_to_mixture(shifted[weighed], scale)
        length = float(np.linalg.norm(toward))
        sides = shifted @ toward - length**2  # known to some 1e-15 of length * scale
        behind = np.flatnonzero(~weighed & (sides < -ROUNDING * length * scale))
        if length <= ROUNDING * scale or not len(behind):
            return toward
        weighed[behind[_smallest(sides[behind], more)]] = True
        more *= 2


def _way_to_mixture(points: Floats, scale: float) -> Floats:
    """Return the nearest mixture of points (n, features) to the origin, by all their weights."""
    rows = np.vstack([points.T / scale, np.ones(len(points))])
    weights, _ = nnls(rows, np.append(np.zeros(points.shape[1]), 1.0), maxiter=30 * len(points))
    return np.asarray(points.T @ (weights / weights.sum()))


def _smallest(values: Floats, count: int) -> npt.NDArray[np.intp]:
    """Give the places of the `count` smallest values (n,), or of all where there are fewer."""
    if count >= len(values):
        return np.arange(len(values))
    return np.argpartition(values, count - 1)[:count]


def inside_latent_hull(latents: npt.ArrayLike, queries: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Say for each query (m, d) whether it lies in the hull of latents (n, d), for small d.

    In one dimension the hull is an interval; from two on it is triangulated (Delaunay),
    whose cost grows as n^(d/2): meant for d up to 5.
    """
    latents = require_rows("latents", latents)
    queries = require_rows("queries", queries, features=latents.shape[1])
    d = latents.shape[1]
    if d > 6:
        raise ValueError(f"latents must have at most 6 columns, got {d}: use inside_hull")
    if d == 1:
        return np.asarray((latents.min() <= queries[:, 0]) & (queries[:, 0] <= latents.max()))
    if len(latents) < d + 2:
        raise ValueError(f"latents must have at least {d + 2} rows, got {len(latents)}")
    low, reach = latents.min(axis=0), np.ptp(latents, axis=0)
    boxed = ((queries >= low) & (queries <= low + reach)).all(axis=1)
    try:
        if not reach.all():
            raise QhullError
        # In the unit cube: far larger volumes overflow, and the search for them crashes.
        found = Delaunay((latents - low) / reach).find_simplex((queries[boxed] - low) / reach)
    except QhullError as flat:
        raise ValueError(f"latents must span {d} dimensions, got rows in a flat") from flat
    boxed[boxed] = found >= 0
    return np.asarray(boxed)


def _inside(shifted: Floats, touching: float) -> bool:
    if _separating(shifted, touching, FIRST_STEPS) is not None:
        return False
    toward = _way_to_hull(shifted)
    length = np.linalg.norm(toward)
    if length <= touching:
        return True
    return bool((shifted @ toward).min() <= touching * length) and _in_hull_lp(shifted)


def _touching(points: Array, unit: float) -> float:
    low, high = (np.divide(end(axis=0), unit, dtype=np.float64) for end in (points.min, points.max))
    rounded = 4 * np.finfo(float).eps * np.sqrt(points.shape[1]) * max(-low.min(), high.max())
    return float(max(TOUCHING * (high - low).max(), rounded))


def _seen_from(query: Array, points: Array, unit: float) -> Floats:
    """Give points from the query, in a unit in which their squares neither grow nor vanish."""
    shifted = np.subtract(points, query, dtype=np.float64)
    shifted /= unit
    return shifted


def _pair(points: npt.ArrayLike, queries: npt.ArrayLike) -> tuple[Array, Array, float]:
    """Return points and queries, and a unit in which none is beyond 1."""
    points = require_kept_rows("points", points)
    queries = require_kept_rows("queries", queries, features=points.shape[1])
    return points, queries, unit_of(points, queries)


def _one(points: npt.ArrayLike, query: npt.ArrayLike) -> tuple[Array, Floats, float]:
    points, query = require_kept_rows("points", points), require_values("query", query)
    if len(query) != points.shape[1]:
        raise ValueError(f"query must have shape ({points.shape[1]},), got {query.shape}")
    return points, query, unit_of(points, query)
