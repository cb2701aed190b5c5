"""A bar that goes round: after half a turn it is itself again, so its pictures close a loop.

One hidden number, many pixels, and a topology: no line of codes goes round a loop without a
place where its two ends meet. With a second number that goes round too, the loop is a torus.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bigcurves.sample import Floats, Sample
from bigcurves.validation import (
    require_flag,
    require_latents,
    require_number,
    require_rows,
    require_whole,
    settle,
)
from bigcurves.worlds.projection import Projection, project
from bigcurves.worlds.settings import require_draws
from bigcurves.worlds.shade import pixel_grid, shade, shade_slope

LENGTH, THICKNESS = 0.7, 0.24  # half-axes, those of `BarWorld`; the frame is [-1, 1]^2
ORBIT = 0.35  # radius of the circle that the bar's middle goes round, in frame units


@dataclass(frozen=True, kw_only=True)
class TurningBar:
    """Pictures of a bar at every angle, each latent uniform in [0, 1].

    The first latent is the angle, in half-turns; the second, where there is one, is how far the
    bar's middle has gone round a circle.

    Attributes
    ----------
    arc
        The share of the half-turn that is seen, above 0 up to 1. At 1 the pictures close a loop,
        below 1 they are an open arc.
    orbits
        Whether the bar's middle goes round as well, which makes the loop a torus.
    side
        Pixels along each side, 8 to 64.
    noise
        Standard deviation of each pixel's Gaussian noise, in pixel values.

    Raises
    ------
    ValueError
        If a setting is out of range. The message gives the range and the value.
    """

    arc: float = 1.0
    orbits: bool = False
    side: int = 16
    noise: float = 0.0

    def __post_init__(self) -> None:
        settle(
            self,
            arc=require_number("arc", self.arc, 0.01, 1, unit="half-turns"),
            orbits=require_flag("orbits", self.orbits),
            side=require_whole("side", self.side, 8, 64),
            noise=require_number("noise", self.noise, 0),
        )

    @property
    def d(self) -> int:
        """The number of latents."""
        return 2 if self.orbits else 1

    @property
    def pixels(self) -> int:
        """The ambient dimension D, `side` squared."""
        return self.side * self.side

    def sample(self, n: int, rng: np.random.Generator) -> Sample:
        """Draw `n` latents, then the noise, and render them."""
        n = require_draws(n, rng, features=self.pixels)
        latents = rng.random((n, self.d))
        images = self.render(latents)
        if self.noise:
            images += self.noise * rng.standard_normal(images.shape)
        return Sample(inputs=images, latents=latents)

    def render(self, latents: npt.ArrayLike) -> Floats:
        """Draw noiseless images: latents of shape (n, d) give (n, pixels)."""
        along, across, _ = self._axes(require_latents(latents, self.d))
        return shade((along / LENGTH) ** 2 + (across / THICKNESS) ** 2)

    def jacobian(self, latents: npt.ArrayLike) -> Floats:
        """Give the derivative of each pixel by each latent, shape (n, pixels, d)."""
        latents = require_latents(latents, self.d)
        along, across, angle = self._axes(latents)
        fall = shade_slope(shade((along / LENGTH) ** 2 + (across / THICKNESS) ** 2))
        # turning on by an angle moves a pixel by `across` along the bar, and by -`along` across
        slopes = [2 * along * across * (LENGTH**-2 - THICKNESS**-2) * np.pi * self.arc]
        if self.orbits:
            way = 2 * np.pi * latents[:, 1, np.newaxis] - angle  # where the middle heads from
            speed = 2 * np.pi * ORBIT
            by_along = along / LENGTH**2 * np.sin(way)
            slopes.append(2 * speed * (by_along - across / THICKNESS**2 * np.cos(way)))
        return np.stack([fall * slope for slope in slopes], axis=2)

    def project(self, images: npt.ArrayLike) -> Projection:
        """Find each image's nearest point on the manifold, and its RMS pixel distance."""
        images = require_rows("images", images, features=self.pixels)
        closed = [*([0] if self.arc == 1 else []), *([1] if self.orbits else [])]
        return project(self, images, references=2**12, closed=closed)

    def _axes(self, latents: Floats) -> tuple[Floats, Floats, Floats]:
        """Say where each pixel lies along and across the bar, (n, pixels), and its angle (n, 1)."""
        x, y = pixel_grid(self.side)
        angle = np.pi * self.arc * latents[:, :1]
        if self.orbits:
            place = 2 * np.pi * latents[:, 1:]
            x, y = x - ORBIT * np.cos(place), y - ORBIT * np.sin(place)
        cos, sin = np.cos(angle), np.sin(angle)
        return cos * x + sin * y, cos * y - sin * x, angle
