"""The largest hole that samples leave in the unit cube, and the law by which it closes."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial import KDTree
from scipy.special import lambertw

from bigcurves.measures.checks import require_number, require_rows, require_values
from bigcurves.measures.scaling import PowerLaw, power_law
from bigcurves.sample import Floats

BEST = 200  # probes that climb
MOVES = 16  # tried by each of them at a time
ROUNDS = 12
SHRINK = 0.75  # of the moves from round to round


def largest_hole(points: Floats, rng: np.random.Generator, *, probes: int = 2**15) -> float:
    """Find the covering radius h of points in the unit cube, shape (n, d).

    That is the radius of the largest ball, centred in the cube, that holds no point. Probes
    alone fall short of it, by a sixth at n = 25,600 and d = 4, because the largest hole's
    centre is one place of many. So the best of them climb: each tries moves at random, which
    shrink, and keeps what takes it further from the points. Some probes are pushed on to the
    cube's faces, edges and corners, where holes are deepest.

    Parameters
    ----------
    points
        Latents in [0, 1], shape (n, d).
    rng
        Draws the probes and the moves.
    probes
        How many places are tried before the climb, at least 200.
    """
    points = require_rows("points", points)
    if points.min() < 0 or points.max() > 1:
        raise ValueError(f"points must lie in [0, 1], got {points.min():g} to {points.max():g}")
    require_number("probes", probes, low=BEST)
    d, tree = points.shape[1], KDTree(points)
    outside = 1.1 * rng.random((int(probes), d)) - 0.05
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


@dataclass(frozen=True, kw_only=True)
class HoleLaw:
    """How the largest hole closes: h = prefactor * (n / log n)^slope, the slope near -1 / d.

    Random samples leave a largest hole of the order (log n / n)^(1/d) (Niederreiter 1992,
    chapter 6): the logarithm is the price of chance.

    Attributes
    ----------
    power
        The power law of h in n / log n.
    """

    power: PowerLaw

    @classmethod
    def fit(cls, sizes: npt.ArrayLike, holes: npt.ArrayLike) -> "HoleLaw":
        """Fit the law to sizes of at least 3 and the holes they leave, both of shape (n,)."""
        sizes = require_values("sizes", sizes, least=2, above=math.e)
        return cls(power=power_law(sizes / np.log(sizes), holes))

    def radius(self, n: float) -> float:
        """Return the largest hole that n samples are expected to leave, n at least 3."""
        require_number("n", n, low=3)
        return self.power.at(n / np.log(n))

    def samples(self, radius: float) -> float:
        """Return how many samples leave no hole above the radius, inf where the law is flat.

        From n / log n = c follows n = -c W(-1 / c), where W is Lambert's lower branch.
        """
        crowd = self.power.size_for(require_number("radius", radius, low=np.finfo(float).tiny))
        if crowd <= math.e:
            return math.e
        return float(-crowd * lambertw(-1 / crowd, -1).real) if crowd < np.inf else crowd
