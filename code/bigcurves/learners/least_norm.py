"""The smallest of all sums of cosines that come as close to the points as can be."""

import numpy as np
from scipy.linalg import lstsq

from bigcurves.sample import Floats


def least_norm_curve(
    x: Floats, y: Floats, grid: Floats, *, frequencies: Floats, phases: Floats
) -> Floats:
    """Fit a sum of cosines cos(f x + p) to points, and give its heights on a grid.

    Below as many cosines as points this is least squares; above, the curve passes through every
    point, and of all that do, this one has the least weights.

    Parameters
    ----------
    x, y
        The points, each of shape (n,).
    grid
        Where to evaluate, shape (m,).
    frequencies, phases
        Of the cosines, shape (features,), in radians per unit of x and radians.
    """
    if frequencies.shape != phases.shape or frequencies.ndim != 1 or len(frequencies) == 0:
        raise ValueError(
            "frequencies and phases must have the same shape (features,), "
            f"got {frequencies.shape} and {phases.shape}"
        )
    weights = lstsq(np.cos(np.outer(x, frequencies) + phases), y)[0]
    return np.asarray(np.cos(np.outer(grid, frequencies) + phases) @ weights)
