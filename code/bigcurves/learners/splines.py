"""What a smooth curve through all other points says about the one that was left out."""

import numpy as np
import numpy.typing as npt
from scipy.interpolate import CubicSpline

from bigcurves.learners.units import find_units
from bigcurves.sample import Floats
from bigcurves.validation import require_rows, require_values

CLOSEST = 1e-9  # of the range of places: nearer ones would leave fewer than seven digits


def spline_left_out(x: npt.ArrayLike, Y: npt.ArrayLike) -> Floats:
    """Predict each inner point from the cubic spline through all the others.

    Parameters
    ----------
    x
        Rising places, shape (n,), at least 6.
        No two of them are closer together than a billionth of their range.
    Y
        Heights of one or more curves, shape (n, curves).

    Returns
    -------
    predicted
        Heights at the places x[1] to x[-2], shape (n - 2, curves).
    """
    places, heights = require_values("x", x), require_rows("Y", Y)
    if len(places) < 6 or not (np.diff(places) > 0).all():
        raise ValueError(f"x must hold at least 6 rising places, got shape {places.shape}")
    if len(heights) != len(places):
        raise ValueError(f"Y must have shape ({len(places)}, curves), got {heights.shape}")
    closest, reach = float(np.diff(places).min()), float(np.ptp(places))
    if closest < CLOSEST * reach:
        raise ValueError(
            f"x must not be closer together than {CLOSEST:g} of its range, "
            f"got {closest:g} of {reach:g}"
        )
    start, step = find_units(places.min(keepdims=True), places.max(keepdims=True))
    ground, unit = find_units(heights.min(axis=0), heights.max(axis=0))
    places, heights = (places - start) / step, (heights - ground) / unit
    predicted = []
    for left in range(1, len(places) - 1):
        others = np.arange(len(places)) != left
        predicted.append(CubicSpline(places[others], heights[others])(places[left]))
    return np.array(predicted) * unit + ground
