"""The smallest of all sums of cosines that come as close to the points as can be."""

import numpy as np
import numpy.typing as npt
from scipy.linalg import lstsq

from bigcurves.sample import Floats
from bigcurves.validation import require_values

MOST_RADIANS = 1e12  # beyond, rounding turns an angle by a ten-thousandth of a radian and more


def least_norm_curve(
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    grid: npt.ArrayLike,
    *,
    frequencies: npt.ArrayLike,
    phases: npt.ArrayLike,
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
    x, y, grid = require_values("x", x), require_values("y", y), require_values("grid", grid)
    frequencies = require_values("frequencies", frequencies)
    phases = require_values("phases", phases)
    if frequencies.shape != phases.shape:
        raise ValueError(
            "frequencies and phases must have the same shape (features,), "
            f"got {frequencies.shape} and {phases.shape}"
        )
    if x.shape != y.shape:
        raise ValueError(f"x and y must have the same shape (n,), got {x.shape} and {y.shape}")
    known, asked = np.outer(x, frequencies) + phases, np.outer(grid, frequencies) + phases
    require_angles("x", known)
    require_angles("grid", asked)
    weights = lstsq(np.cos(known), y)[0]
    return np.asarray(np.cos(asked) @ weights)


def require_angles(name: str, angles: Floats) -> None:
    """Refuse places whose angles are so large that their cosines are made of rounding."""
    largest = float(max(-angles.min(), angles.max()))
    if not largest <= MOST_RADIANS:  # NaN fails this too
        raise ValueError(
            f"{name} must give angles of at most {MOST_RADIANS:g} radians, got {largest:g}: "
            f"centre {name}, or take a longer unit"
        )
