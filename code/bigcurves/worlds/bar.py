"""A world of pictures with one to five hidden numbers: a soft bar in a square frame.

The bar is a smooth-edged ellipse. Its place, angle, length and thickness are the
latents, so the manifold of all its pictures has a dimension that we chose, whatever
the number of pixels, and its derivative and its exact distance to any image are known.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bigcurves.sample import Floats, Sample
from bigcurves.validation import (
    require_latents,
    require_number,
    require_rows,
    require_whole,
    settle,
)
from bigcurves.worlds.projection import Projection, project
from bigcurves.worlds.settings import require_draws
from bigcurves.worlds.shade import pixel_grid, shade, shade_slope

# (lowest, highest, value when switched off) of x, y, angle (rad), length, thickness;
# lengths are half-axes and the frame is [-1, 1] x [-1, 1]. Even the shortest bar is longer
# than it is thick, or its angle would mean nothing. One unit of each latent moves the image
# by .49, .67, .51, .31 and .36 RMS pixel values on average (a spread of 2.2; an angle over
# 1.4 rad, lengths .45 to 1.05 and thicknesses .13 to .36 had spread the five by 3.1).
FACTORS = np.array(
    [
        (-0.3, 0.3, 0.0),
        (-0.3, 0.3, 0.0),
        (0.2, 1.0, 0.6),
        (0.4, 1.3, 0.7),
        (0.12, 0.34, 0.24),
    ]
)
LOWEST, HIGHEST, OFF = FACTORS.T
BLOCK = 2**15  # pixels drawn at a time: 256 kB stay in the cache


@dataclass(frozen=True, kw_only=True)
class BarWorld:
    """Pictures of a bar with `d` latents, each uniform in [0, 1].

    The latents are, in this order: x, y, angle, length, thickness. Pixel values lie
    in [0, 1], up to noise.

    Attributes
    ----------
    d
        How many of the five latents are free, 1 to 5; the others stay at a fixed value.
    side
        Pixels along each side, 8 to 64. Images are rows of `side * side` pixels.
    noise
        Standard deviation of each pixel's Gaussian noise, in pixel values.

    Raises
    ------
    ValueError
        If a setting is out of range. The message gives the range and the value.
    """

    d: int = 2
    side: int = 16
    noise: float = 0.0

    def __post_init__(self) -> None:
        settle(
            self,
            d=require_whole("d", self.d, 1, 5),
            side=require_whole("side", self.side, 8, 64),
            noise=require_number("noise", self.noise, 0),
        )

    @property
    def pixels(self) -> int:
        """The ambient dimension D, `side` squared."""
        return self.side * self.side

    def sample(self, n: int, rng: np.random.Generator) -> Sample:
        """Draw `n` latents, uniform in the unit cube, then the noise, and render them."""
        n = require_draws(n, rng, features=self.pixels)
        latents = rng.random((n, self.d))
        images = self.render(latents)
        if self.noise:
            images += self.noise * rng.standard_normal(images.shape)
        return Sample(inputs=images, latents=latents)

    def render(self, latents: npt.ArrayLike) -> Floats:
        """Draw noiseless images: latents of shape (n, d) give (n, pixels)."""
        quadratics = _quadratics(self._factors(latents))
        images = np.empty((len(quadratics), self.pixels))
        basis, rows = _basis(self.side), max(1, BLOCK // self.pixels)
        for first in range(0, len(images), rows):
            part = slice(first, first + rows)
            block = np.matmul(quadratics[part], basis, out=images[part])  # q, shape (rows, pixels)
            shade(block)
        return images

    def jacobian(self, latents: npt.ArrayLike) -> Floats:
        """Give the derivative of each pixel by each latent, shape (n, pixels, d)."""
        factors = self._factors(latents)
        basis = _basis(self.side)
        fall = shade_slope(shade(_quadratics(factors) @ basis))
        slopes: Floats = np.matmul(_quadratic_slopes(factors, self.d), basis)  # (n, d, pixels)
        slopes *= fall[:, np.newaxis, :]
        return slopes.transpose(0, 2, 1)

    def project(self, images: npt.ArrayLike) -> Projection:
        """Find each image's nearest point on the manifold, and its RMS pixel distance."""
        images = require_rows("images", images, features=self.pixels)
        return project(self, images, references=2**12 if self.d <= 3 else 2**13)

    def _factors(self, latents: npt.ArrayLike) -> Floats:
        """Turn latents into x, y, angle, length and thickness, shape (n, 5)."""
        latents = require_latents(latents, self.d)
        factors = np.tile(OFF, (len(latents), 1))
        free = slice(self.d)
        factors[:, free] = LOWEST[free] + latents * (HIGHEST - LOWEST)[free]
        return factors


def _basis(side: int) -> Floats:
    """Tabulate X^2, XY, Y^2, X, Y and 1 at the pixel centres, shape (6, side * side)."""
    across, down = pixel_grid(side)
    return np.stack([across**2, across * down, down**2, across, down, np.ones_like(down)])


def _quadratics(factors: Floats) -> Floats:
    """Write q as a quadratic in the pixel's X and Y: its six coefficients, shape (n, 6)."""
    x, y, angle, length, thickness = factors.T
    return _expanded(*_form(angle, length**-2, thickness**-2), x, y)


def _form(angle: Floats, along: Floats, over: Floats) -> tuple[Floats, Floats, Floats]:
    """Turn the form along * u^2 + over * v^2 by the angle: its X^2, XY and Y^2 terms."""
    cos, sin = np.cos(angle), np.sin(angle)
    xx = along * cos**2 + over * sin**2
    yy = along * sin**2 + over * cos**2
    return xx, 2 * cos * sin * (along - over), yy


def _expanded(xx: Floats, xy: Floats, yy: Floats, x: Floats, y: Floats) -> Floats:
    """Move the form's centre to (x, y) and multiply out, in the order of `_basis`."""
    linear_x, linear_y = -2 * xx * x - xy * y, -2 * yy * y - xy * x
    constant = xx * x**2 + xy * x * y + yy * y**2
    return np.stack([xx, xy, yy, linear_x, linear_y, constant], axis=1)


def _quadratic_slopes(factors: Floats, d: int) -> Floats:
    """Differentiate the six coefficients by each of the first d latents, shape (n, d, 6)."""
    x, y, angle, length, thickness = factors.T
    along, over, none = length**-2, thickness**-2, np.zeros_like(x)
    xx, xy, yy = _form(angle, along, over)
    by_x = np.stack([none, none, none, -2 * xx, -xy, 2 * xx * x + xy * y], axis=1)
    by_y = np.stack([none, none, none, -xy, -2 * yy, 2 * yy * y + xy * x], axis=1)
    by_angle = _expanded(-xy, 2 * np.cos(2 * angle) * (along - over), xy, x, y)
    by_length = _expanded(*_form(angle, -2 * length**-3, none), x, y)
    by_thickness = _expanded(*_form(angle, none, -2 * thickness**-3), x, y)
    slopes: Floats = np.stack([by_x, by_y, by_angle, by_length, by_thickness], axis=1)[:, :d]
    slopes *= (HIGHEST - LOWEST)[:d, np.newaxis]
    return slopes
