"""The plainest world: latents laid flat into a space of more dimensions, distances kept.

What a learner does here it does because of the latents alone, so this world is the
control for every claim that survives rendering.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.fft import dct

from bigcurves.sample import Floats, Sample
from bigcurves.validation import (
    require_latents,
    require_number,
    require_rows,
    require_whole,
    settle,
)
from bigcurves.worlds.projection import Projection
from bigcurves.worlds.settings import require_draws


@dataclass(frozen=True, kw_only=True)
class FlatWorld:
    """A unit cube of `d` latents in `features` dimensions, turned so that no axis is bare.

    Attributes
    ----------
    d
        How many latents, 1 to 16.
    features
        The ambient dimension D, at least d. With D = d the rows are the latents, turned.
    noise
        Standard deviation of each feature's Gaussian noise.

    Raises
    ------
    ValueError
        If a setting is out of range. The message gives the range and the value.
    """

    d: int = 2
    features: int = 30
    noise: float = 0.0

    def __post_init__(self) -> None:
        d = require_whole("d", self.d, 1, 16)
        settle(
            self,
            d=d,
            features=require_whole("features", self.features, d, 4096),
            noise=require_number("noise", self.noise, 0),
        )

    def sample(self, n: int, rng: np.random.Generator) -> Sample:
        """Draw `n` latents, uniform in the unit cube, then the noise."""
        n = require_draws(n, rng, features=self.features)
        latents = rng.random((n, self.d))
        rows = self.render(latents)
        if self.noise:
            rows += self.noise * rng.standard_normal(rows.shape)
        return Sample(inputs=rows, latents=latents)

    def render(self, latents: npt.ArrayLike) -> Floats:
        """Lay latents of shape (n, d) out as rows (n, features)."""
        return np.asarray(require_latents(latents, self.d) @ self._axes())

    def jacobian(self, latents: npt.ArrayLike) -> Floats:
        """Give the derivative of each feature by each latent, shape (n, features, d)."""
        n = len(require_latents(latents, self.d))
        return np.tile(self._axes().T, (n, 1, 1))

    def project(self, rows: npt.ArrayLike) -> Projection:
        """Find each row's nearest point of the cube, and its RMS distance: a closed form."""
        rows = require_rows("rows", rows, features=self.features)
        latents = np.clip(rows @ self._axes().T, 0, 1)
        gaps = rows - self.render(latents)
        return Projection(latents=latents, distances=np.sqrt((gaps**2).mean(axis=1)))

    def _axes(self) -> Floats:
        """Take the first d waves of the cosine transform as axes of length 1, (d, features)."""
        return np.asarray(dct(np.eye(self.features), norm="ortho", axis=0)[: self.d])
