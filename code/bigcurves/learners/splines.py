"""What a smooth curve through all other points says about the one that was left out."""

import numpy as np
import numpy.typing as npt
from scipy.interpolate import CubicSpline

from bigcurves.sample import Floats


def spline_left_out(x: npt.ArrayLike, Y: npt.ArrayLike) -> Floats:
    """Predict each inner point from the cubic spline through all the others.

    Parameters
    ----------
    x
        Rising places, shape (n,), at least 6.
    Y
        Heights of one or more curves, shape (n, curves).

    Returns
    -------
    predicted
        Heights at the places x[1] to x[-2], shape (n - 2, curves).
    """
    places, heights = np.asarray(x, dtype=float), np.asarray(Y, dtype=float)
    if places.ndim != 1 or len(places) < 6 or not (np.diff(places) > 0).all():
        raise ValueError(f"x must hold at least 6 rising places, got shape {places.shape}")
    if heights.ndim != 2 or len(heights) != len(places) or not np.isfinite(heights).all():
        raise ValueError(f"Y must be finite, shape ({len(places)}, curves), got {heights.shape}")
    predicted = []
    for left in range(1, len(places) - 1):
        others = np.arange(len(places)) != left
        predicted.append(CubicSpline(places[others], heights[others])(places[left]))
    return np.array(predicted)
