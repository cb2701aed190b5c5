"""Surfaces that fit into a picture: the swiss roll, the torus, the sphere and the helix.

Each is a curved thing of one or two dimensions in space, drawn from latents in [0, 1].
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np

from bigcurves.sample import Floats, Sample
from bigcurves.worlds.checks import require_between, require_latents, require_rows, require_whole
from bigcurves.worlds.projection import Projection, project

Toy: TypeAlias = Literal["swiss roll", "torus", "sphere", "helix"]
TUBE = 0.4  # radius of the torus' tube; its ring has radius 1
TURNS, RISE = 3, 2.0  # of the helix, whose radius is 1
STEP = 1e-6


@dataclass(frozen=True, kw_only=True)
class ToyWorld:
    """Points of a known surface in three dimensions, evenly spread.

    The latents are, for the swiss roll: along the roll and across it (scikit-learn's
    roll: angle 1.5 to 4.5 pi, width 21); for the torus: round the ring and round the
    tube; for the sphere: longitude and colatitude; for the helix: the way along it.

    Attributes
    ----------
    shape
        "swiss roll", "torus", "sphere" or "helix".
    noise
        Standard deviation of each coordinate's Gaussian noise, in the shape's own units.

    Raises
    ------
    ValueError
        If a setting is out of range. The message gives the range and the value.
    """

    shape: Toy = "swiss roll"
    noise: float = 0.0

    def __post_init__(self) -> None:
        if self.shape not in get_args(Toy):
            known = ", ".join(get_args(Toy))
            raise ValueError(f"shape must be one of {known}, got {self.shape!r}")
        require_between("noise", self.noise, 0)

    @property
    def d(self) -> int:
        """The number of latents."""
        return 1 if self.shape == "helix" else 2

    def sample(self, n: int, rng: np.random.Generator) -> Sample:
        """Draw `n` latents, then the noise.

        On the sphere points are even by area, on the helix by length; on the torus and
        the roll by angle, as scikit-learn's roll has it.
        """
        require_whole("n", n, 1)
        latents = rng.random((n, self.d))
        if self.shape == "sphere":
            latents[:, 1] = np.arccos(1 - 2 * latents[:, 1]) / np.pi  # Archimedes
        rows = self.render(latents)
        if self.noise:
            rows += self.noise * rng.standard_normal(rows.shape)
        return Sample(inputs=rows, latents=latents)

    def render(self, latents: Floats) -> Floats:
        """Place latents of shape (n, d) in space, shape (n, 3)."""
        return self._place(require_latents(latents, self.d))

    def jacobian(self, latents: Floats) -> Floats:
        """Give the derivative of each coordinate by each latent, shape (n, 3, d).

        By central differences of the smooth formula, good to about 1e-8.
        """
        latents = require_latents(latents, self.d)
        steps = STEP * np.eye(self.d)
        pairs = [(self._place(latents + step), self._place(latents - step)) for step in steps]
        return np.stack([(ahead - behind) / (2 * STEP) for ahead, behind in pairs], axis=2)

    def project(self, rows: Floats) -> Projection:
        """Find each row's nearest point on the shape, and its RMS distance over coordinates."""
        closed = {"torus": (0, 1), "sphere": (0,)}.get(self.shape, ())
        rows = require_rows("rows", rows, 3)
        return project(self, rows, references=2**12, starts=6, closed=closed)

    def _place(self, latents: Floats) -> Floats:
        first = latents[:, 0]
        around = 2 * np.pi * first
        if self.shape == "helix":
            turned = TURNS * around
            return np.stack([np.cos(turned), np.sin(turned), RISE * (first - 0.5)], axis=1)
        second = latents[:, 1]
        if self.shape == "swiss roll":
            angle = 1.5 * np.pi * (1 + 2 * first)
            return np.stack([angle * np.cos(angle), 21 * second, angle * np.sin(angle)], axis=1)
        if self.shape == "torus":
            tube = 2 * np.pi * second
            reach, height = 1 + TUBE * np.cos(tube), TUBE * np.sin(tube)
        else:
            reach, height = np.sin(np.pi * second), np.cos(np.pi * second)
        return np.stack([reach * np.cos(around), reach * np.sin(around), height], axis=1)
