"""How well samples cover a space: two distances with two names, never mixed.

The sample gap rho is typical, the covering radius h is the worst. In the unit cube h is
2.5 to 7 times rho, so a wish such as "no hole above r" needs many times the samples
that "typically within r" does.
"""

import numpy as np

from bigcurves.measures.neighbours import nearest_distances, require_rows
from bigcurves.sample import Floats


def sample_gap(probes: Floats, points: Floats) -> float:
    """Measure rho, the root-mean-square distance from a probe to its nearest point.

    Parameters
    ----------
    probes
        Where the gap is felt: test latents, shape (m, d).
    points
        What should be near: training latents, shape (n, d), in the same units.
    """
    return float(np.sqrt(np.mean(_distances(probes, points) ** 2)))


def covering_radius(probes: Floats, points: Floats) -> float:
    """Measure h, the largest distance from a probe to its nearest point.

    Also called fill distance or dispersion (Niederreiter 1992, chapter 6). Among
    probes it is a lower bound that rises to the true h as the probes grow dense.

    Parameters
    ----------
    probes
        A dense cover of the space, shape (m, d), many more than there are points.
    points
        What should be near: training latents, shape (n, d), in the same units.
    """
    return float(_distances(probes, points).max())


def _distances(probes: Floats, points: Floats) -> Floats:
    probes, points = require_rows("probes", probes), require_rows("points", points)
    if probes.shape[1] != points.shape[1]:
        raise ValueError(
            f"probes and points must have the same d, got {probes.shape[1]} and {points.shape[1]}"
        )
    return nearest_distances(probes, points)
