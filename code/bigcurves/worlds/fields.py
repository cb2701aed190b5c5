"""Labels to learn, as functions of the latents: smooth fields, cells, and their spoiling.

A field is drawn once and then asked at any latents, so training and test rows, and
worlds that show the same latents in different ways, share one truth.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numpy.polynomial import Chebyshev, Polynomial
from numpy.typing import NDArray

from bigcurves.sample import Floats
from bigcurves.validation import (
    require_integers,
    require_latents,
    require_number,
    require_rng,
    require_rows,
    require_values,
    require_whole,
    settle,
)

Classes = NDArray[np.int64]
BLOCK = 2**14  # waves taken at a time: 128 kB stay in the cache
FASTEST = 1e12  # of frequencies and phases in radians: beyond, rounding eats a part of the turn
GAPS = 2**22  # coordinates compared with centres at a time: 32 MB


@dataclass(frozen=True, kw_only=True, eq=False)
class GaussianField:
    """A smooth random function of the latents, of a frequency that one can set.

    A Gaussian process of mean 0 and variance 1 whose values at distance r have
    covariance exp(-(kappa r)^2 / 2), drawn through random cosine features (Rahimi and
    Recht 2007). Calling it gives its values at latents of shape (n, d), shape (n,).

    Attributes
    ----------
    frequencies
        One row per feature, in radians per unit of latent, shape (features, d).
    phases
        In radians, shape (features,).

    Raises
    ------
    ValueError
        If the two do not fit each other, or a number is above 1e12 in size.
    """

    frequencies: Floats
    phases: Floats

    def __post_init__(self) -> None:
        frequencies = require_rows("frequencies", self.frequencies)
        phases = require_values("phases", self.phases)
        if len(frequencies) != len(phases):
            raise ValueError(f"phases must have shape ({len(frequencies)},), got {phases.shape}")
        for name, values in (("frequencies", frequencies), ("phases", phases)):
            if (largest := np.abs(values).max()) > FASTEST:
                raise ValueError(
                    f"{name} must be at most {FASTEST:g} in size, in radians, got {largest:g}"
                )
        settle(self, frequencies=frequencies, phases=phases)

    @classmethod
    def draw(
        cls,
        rng: np.random.Generator,
        *,
        d: int,
        kappa: float,
        stretch: float = 1.0,
        features: int = 2048,
    ) -> "GaussianField":
        """Draw a field over `d` latents.

        Parameters
        ----------
        rng
            Draws frequencies, then phases.
        d
            How many latents it takes, 1 to 16.
        kappa
            Frequency: 1 over the distance at which values part, above 0.
        stretch
            How many times kappa is greater along the first latent, at least 1.
        features
            How many cosines, 100 to 2^20; the variance of a draw errs by sqrt(1 / features).
        """
        require_rng(rng)
        d = require_whole("d", d, 1, 16)
        kappa = require_number("kappa", kappa, 1e-6, 1e6)
        stretch = require_number("stretch", stretch, 1, 1e3)
        features = require_whole("features", features, 100, 2**20)
        frequencies = kappa * rng.standard_normal((features, d))
        frequencies[:, 0] *= stretch
        return cls(frequencies=frequencies, phases=rng.uniform(0, 2 * np.pi, features))

    def __call__(self, latents: Floats) -> Floats:
        """Evaluate at latents of shape (n, d)."""
        latents = require_latents(latents, self.frequencies.shape[1])
        values = np.empty(len(latents))
        frequencies, phases = self.frequencies.T / (2 * np.pi), self.phases / (2 * np.pi)
        rows = max(1, BLOCK // len(phases))
        for first in range(0, len(latents), rows):
            part = slice(first, first + rows)
            turns = latents[part] @ frequencies
            turns += phases
            values[part] = _cosines(turns).sum(axis=1)
        values *= np.sqrt(2 / len(phases))
        return values


# cos(2 pi t) as a polynomial in t^2 for t up to half a turn: right to 2e-15.
COSINE = (
    Chebyshev.interpolate(lambda s: np.cos(2 * np.pi * np.sqrt(s)), 10, domain=[0, 0.25])
    .convert(domain=[-1, 1], kind=Polynomial, window=[-1, 1])
    .coef
)


def _cosines(turns: Floats) -> Floats:
    """Take cosines of angles in turns, which are overwritten: four times as fast as np.cos."""
    turns -= np.rint(turns)
    turns *= turns
    cosines = np.full(turns.shape, COSINE[-1])
    for coefficient in COSINE[-2::-1]:
        cosines *= turns
        cosines += coefficient
    return cosines


@dataclass(frozen=True, kw_only=True, eq=False)
class VoronoiCells:
    """Classes of latents: each belongs to the nearest of some random centres.

    Calling it gives the classes at latents of shape (n, d), whole numbers of shape (n,).

    Attributes
    ----------
    centres
        One row per class, shape (classes, d).
    """

    centres: Floats

    def __post_init__(self) -> None:
        settle(self, centres=require_rows("centres", self.centres))

    @classmethod
    def draw(cls, rng: np.random.Generator, *, d: int, classes: int) -> "VoronoiCells":
        """Draw 2 to 2^20 centres, uniform in the unit cube of `d` latents, 1 to 16."""
        require_rng(rng)
        d = require_whole("d", d, 1, 16)
        classes = require_whole("classes", classes, 2, 2**20)
        return cls(centres=rng.random((classes, d)))

    def __call__(self, latents: Floats) -> Classes:
        """Give the classes at latents of shape (n, d)."""
        latents = require_latents(latents, self.centres.shape[1])
        classes = np.empty(len(latents), dtype=np.int64)
        rows = max(1, GAPS // self.centres.size)
        for first in range(0, len(latents), rows):
            part = slice(first, first + rows)
            gaps = latents[part, np.newaxis] - self.centres
            classes[part] = (gaps**2).sum(axis=2).argmin(axis=1)
        return classes


def flip_symmetric(
    labels: npt.ArrayLike, share: float, rng: np.random.Generator, *, classes: int
) -> Classes:
    """Replace a share of the labels, each by one of the other classes at random."""
    labels, share, classes = _checked(labels, share, classes, rng)
    others = rng.integers(1, classes, len(labels))
    return np.where(rng.random(len(labels)) < share, (labels + others) % classes, labels)


def flip_systematic(
    labels: npt.ArrayLike, share: float, rng: np.random.Generator, *, classes: int
) -> Classes:
    """Replace a share of the labels, each by the next class, the last by the first."""
    labels, share, classes = _checked(labels, share, classes, rng)
    return np.where(rng.random(len(labels)) < share, (labels + 1) % classes, labels)


def _checked(
    labels: npt.ArrayLike, share: float, classes: int, rng: np.random.Generator
) -> tuple[Classes, float, int]:
    classes = require_whole("classes", classes, 2)
    share = require_number("share", share, 0, 1)
    labels = require_integers("labels", labels, 0, classes - 1)
    require_rng(rng)
    return labels, share, classes
