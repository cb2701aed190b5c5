"""Shift and scale of numbers, so that a unit far from one costs a learner no digits.

Where the numbers are near one already, nothing is done to them, and what a learner draws or
rounds is the same to the last bit. A scale is a power of two, which rounds nothing.
"""

import numpy as np

from bigcurves.distances import power_above
from bigcurves.sample import Floats

FAR = 8.0  # a middle is taken away where the numbers lie so many times their reach from 0
NEAR = (0.5, 4.0)  # a reach from here to there is left as it is


def find_units(low: Floats, high: Floats) -> tuple[Floats, float]:
    """Find a shift of each column, and one scale for all, from columns' least and largest numbers.

    `(numbers - shift) / scale` then reaches over no more than two in each column, and two in the
    widest. The difference rounds nothing: what is far from 0 lies within a factor of two of its
    middle (Sterbenz).
    """
    reach = float(np.max(high - low))
    largest = float(np.max(np.maximum(-low, high)))
    shift = low / 2 + high / 2 if largest > FAR * reach else np.zeros_like(low)
    if reach == 0 or NEAR[0] <= reach < NEAR[1]:
        return shift, 1.0
    return shift, float(power_above(reach) / 2)
