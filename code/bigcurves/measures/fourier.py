"""Whether an embedding of the numbers 0 .. p - 1 has become circles."""

import numpy as np
import numpy.typing as npt
from scipy.special import digamma

from bigcurves.distances import power_above
from bigcurves.sample import Floats
from bigcurves.validation import require_rows, require_whole


def frequency_power(embedding: npt.ArrayLike) -> Floats:
    """Return each unit's share of power at each frequency, shape (units, floor(p / 2)).

    `embedding` has shape (p, units): row r stands for the number r modulo p. Column k - 1
    is frequency k, whose sine and cosine count together; the mean (frequency 0) is left
    out. A unit that is constant has no power: its shares are 0.
    """
    embedding = require_rows("embedding", embedding, least=3)
    p = len(embedding)
    # Units of any size: powers of two, which round nothing, bring each to at most 1.
    embedding = embedding / power_above(np.abs(embedding).max(axis=0))
    power = np.abs(np.fft.rfft(embedding, axis=0)[1:]) ** 2
    if p % 2 == 0:
        power[-1] /= 2  # the alternating wave has one quadrature, all others have two
    total = power.sum(axis=0)
    negligible = total <= p**2 * np.finfo(float).eps ** 2 * np.abs(embedding).max(axis=0) ** 2
    return np.asarray((power / np.where(negligible, np.inf, total)).T)


def fourier_concentration(embedding: npt.ArrayLike) -> float:
    """Return the mean over units of the power share of the strongest frequency.

    1 when every unit is a wave of one frequency: the numbers lie on circles. Independent
    normal weights give H_m / m, with m = (p - 1) / 2 frequencies for odd p and H_m the
    harmonic number (the largest of m exponentials over their sum): .221 for p = 31.
    The measure follows Nanda et al. 2023, who read the same off a transformer's embedding.
    """
    return float(frequency_power(embedding).max(axis=1).mean())


def concentration_by_chance(p: int) -> float:
    """Return the concentration of independent normal weights for an odd p of at least 3."""
    p = require_whole("p", p, 3)
    if p % 2 == 0:
        raise ValueError(f"p must be odd and at least 3, got {p}")
    m = (p - 1) // 2
    return float((digamma(m + 1) + np.euler_gamma) / m)
