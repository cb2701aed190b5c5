"""How well samples cover a space: two distances with two names, never mixed.

The sample gap rho is typical, the covering radius h is the worst. In the unit cube h is
2.5 to 7 times rho, so a wish such as "no hole above r" needs many times the samples
that "typically within r" does.
"""

from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.spatial import KDTree

from bigcurves.distances import Array, root_mean_square
from bigcurves.measures.neighbours import nearest_distances
from bigcurves.sample import Floats
from bigcurves.validation import require_choice, require_kept_rows, require_rng, require_whole

MOST_COLUMNS = 16  # of a climb, which starts from all 2^d corners of the cube
BEST = 200  # probes that climb
MOVES = 16  # tried by each of them at a time
ROUNDS = 12
SHRINK = 0.75  # of the moves from round to round


def sample_gap(probes: npt.ArrayLike, points: npt.ArrayLike) -> float:
    """Measure rho, the root-mean-square distance from a probe to its nearest point.

    Parameters
    ----------
    probes
        Where the gap is felt: test latents, shape (m, d).
    points
        What should be near: training latents, shape (n, d), in the same units.
    """
    return root_mean_square(_distances(probes, require_kept_rows("points", points)))


def covering_radius(
    points: npt.ArrayLike,
    *,
    method: Literal["probes", "climb"] = "probes",
    probes: npt.ArrayLike | None = None,
    rng: np.random.Generator | None = None,
    tried: int = 2**15,
) -> float:
    """Measure h, the largest distance from a place to its nearest point.

    Also called fill distance or dispersion (Niederreiter 1992, chapter 6).

    Parameters
    ----------
    points
        What should be near: training latents, shape (n, d), for "climb" in [0, 1] and d at most 16.
    method
        "probes": the largest distance among the probes, a lower bound that rises to the true h
        as they grow dense. "climb": places in the unit cube are drawn, and the best climb to the
        largest hole, to within half a percent of h where that is known exactly (the tests).
    probes
        For "probes": a dense cover of the space, shape (m, d), many more than there are points.
    rng
        For "climb": draws the places and their moves.
    tried
        For "climb": how many places are drawn before the climb, 200 to 2^22.
    """
    points = require_kept_rows("points", points)
    if require_choice("method", method, ("probes", "climb")) == "probes":
        if probes is None:
            raise ValueError('probes must be given for the method "probes", got None')
        return float(_distances(probes, points).max())
    if rng is None:
        raise ValueError('rng must be given for the method "climb", got None')
    require_rng(rng)
    if points.min() < 0 or points.max() > 1:
        raise ValueError(f"points must lie in [0, 1], got {points.min():g} to {points.max():g}")
    if points.shape[1] > MOST_COLUMNS:
        most = f"at most {MOST_COLUMNS} columns for a climb"
        raise ValueError(f"points must have {most}, got {points.shape[1]}: use probes")
    return _largest_hole(points, rng, tried=require_whole("tried", tried, BEST, 2**22))


def _distances(probes: npt.ArrayLike, points: Array) -> Floats:
    probes = require_kept_rows("probes", probes)
    if probes.shape[1] != points.shape[1]:
        raise ValueError(
            f"probes and points must have the same d, got {probes.shape[1]} and {points.shape[1]}"
        )
    return nearest_distances(probes, points)


def _largest_hole(points: Floats, rng: np.random.Generator, *, tried: int) -> float:
    """Find the radius of the largest ball, centred in the unit cube, that holds no point.

    Probes alone fall short of it,
    by a sixth at n = 25,600 and d = 4, because the largest hole's centre is one place of many.
    So the best of them climb: each tries moves at random, which shrink, and keeps what takes it
    further from the points. Some probes are pushed on to the cube's faces, edges and corners,
    where holes are deepest.
    """
    d, tree = points.shape[1], KDTree(points)
    outside = 1.1 * rng.random((tried, d)) - 0.05
    corners = np.stack(np.meshgrid(*[[0.0, 1.0]] * d, indexing="ij"), axis=-1).reshape(-1, d)
    places = np.concatenate([np.clip(outside, 0, 1), corners])
    depths = tree.query(places)[0]
    best = np.argsort(depths)[-BEST:]
    return _climb(tree, places[best], depths[best], rng)


def _climb(tree: KDTree, places: Floats, depths: Floats, rng: np.random.Generator) -> float:
    """Move places of shape (BEST, d) away from the points; return the greatest depth."""
    step = float(depths.max()) / 2
    each = np.arange(len(places))
    for _ in range(ROUNDS):
        moves = step * rng.standard_normal((len(places), MOVES, places.shape[1]))
        tried = np.clip(places[:, np.newaxis] + moves, 0, 1)
        found = tree.query(tried)[0]  # (BEST, MOVES)
        deepest = found.argmax(axis=1)
        better = found[each, deepest] > depths
        places[better] = tried[each, deepest][better]
        depths = np.maximum(depths, found[each, deepest])
        step *= SHRINK
    return float(depths.max())
