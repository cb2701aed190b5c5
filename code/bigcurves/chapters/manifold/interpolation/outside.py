"""Parts of the hull experiments: pictures that lie inside, and how far outside others are."""

import numpy as np

from bigcurves.measures import hull_distance, picture_distance
from bigcurves.sample import Floats


def mixtures(rows: Floats, n: int, rng: np.random.Generator) -> Floats:
    """Mix three rows for each of n, weights 0 or more that sum to 1: inside by construction."""
    chosen = rows[rng.integers(len(rows), size=(n, 3))]
    return np.asarray(np.einsum("nk,nkp->np", rng.dirichlet(np.ones(3), n), chosen))


def off_hull(
    seen: Floats, tried: Floats, measured: int, rng: np.random.Generator
) -> dict[str, float]:
    """Measure the median distance to the hull, in RMS pixels and beside the usual distance."""
    gap = float(np.median(hull_distance(seen, tried[:measured])))
    return {
        "gap": gap,
        "off_hull": gap / picture_distance(tried, rng.permutation(seen)[: len(tried)]),
    }
