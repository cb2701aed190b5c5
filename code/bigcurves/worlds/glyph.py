"""A world of hand-drawn looking glyphs: one pen stroke, bent by up to nine hidden numbers.

Seven of them are styles that any handwriting has (place, turn, slant, size, proportion,
pen), one dims the ink, and one morphs the glyph into another. At 28 x 28 pixels the
pictures look like MNIST's, but their true latents are known.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bigcurves.sample import Floats, Sample
from bigcurves.validation import (
    require_choice,
    require_latents,
    require_number,
    require_rows,
    require_whole,
    settle,
)
from bigcurves.worlds.projection import Projection, project
from bigcurves.worlds.settings import require_draws
from bigcurves.worlds.strokes import draw_strokes, stroke_slopes
from bigcurves.worlds.styles import STYLES, bend
from bigcurves.worlds.templates import MORPHS, POINTS, TEMPLATES

HALF_WIDTH = 0.08  # of the pen, in frame units, before the thickness latent
FULL_TURN = 180.0  # either way: every direction there is
STEP = 1e-5  # for the slopes of the control points, which are smooth and cost next to nothing


@dataclass(frozen=True, kw_only=True)
class GlyphWorld:
    """Pictures of one glyph in every style, each latent uniform in [0, 1].

    Each style's field is its reach: the latent moves the style evenly from minus to
    plus the reach. A reach of 0 switches the style off and takes its latent away.
    Latents stand in the order of the fields, the morph last; see `latent_names`.

    Attributes
    ----------
    glyph
        A digit, or one of the letters A, L, O, T.
    morph
        The glyph that the last latent turns it into (3-8, 1-7, 4-9 or 0-6, either way
        round), or None.
    x, y
        Shift, in frame units (the frame is 2 wide).
    turn
        Rotation, in degrees.
    slant
        Shear: how far the top leans to the right, per unit of height.
    scale, aspect, thickness
        Size, height over width, and the pen's width, each as the logarithm of a factor.
    dimming
        How much of the ink's brightness the latent takes away at 1 (none at 0).
    size
        The size of every glyph and its pen before the latents, 0.3 to 1.5 (at 1 it is 1.3
        high and the pen 0.16 wide).
    side
        Pixels along each side, 8 to 64.
    noise
        Standard deviation of each pixel's Gaussian noise, in pixel values.

    Raises
    ------
    ValueError
        If a setting is out of range. The message gives the range and the value.
    """

    glyph: str = "3"
    morph: str | None = None
    x: float = 0.15
    y: float = 0.15
    turn: float = 15.0
    slant: float = 0.25
    scale: float = 0.15
    aspect: float = 0.15
    thickness: float = 0.35
    dimming: float = 0.0
    size: float = 1.0
    side: int = 28
    noise: float = 0.0

    def __post_init__(self) -> None:
        settle(self, glyph=require_choice("glyph", self.glyph, TEMPLATES))
        if self.morph is not None:
            settle(self, morph=require_choice("morph", self.morph, TEMPLATES))
            if {self.glyph, self.morph} not in map(set, MORPHS):
                pairs = ", ".join("-".join(pair) for pair in MORPHS)
                raise ValueError(f"morph must make one of {pairs}, got {self.glyph}-{self.morph}")
        for name, (most, unit) in STYLES.items():
            settle(self, **{name: require_number(name, getattr(self, name), 0, most, unit=unit)})
        settle(
            self,
            size=require_number("size", self.size, 0.3, 1.5),
            side=require_whole("side", self.side, 8, 64),
            noise=require_number("noise", self.noise, 0),
        )
        if self.d == 0:
            raise ValueError(
                "at least one style must have a reach above 0, or a morph be given:"
                f" got 0 for each of {', '.join(STYLES)}"
            )

    @property
    def latent_names(self) -> tuple[str, ...]:
        """The latents' names, in order."""
        free = tuple(name for name in STYLES if getattr(self, name) > 0)
        return free if self.morph is None else (*free, "morph")

    @property
    def d(self) -> int:
        """The number of latents."""
        return len(self.latent_names)

    @property
    def pixels(self) -> int:
        """The ambient dimension D, `side` squared."""
        return self.side * self.side

    def sample(self, n: int, rng: np.random.Generator) -> Sample:
        """Draw `n` latents, then the noise; targets are None, all rows being one glyph."""
        n = require_draws(n, rng, features=self.pixels)
        latents = rng.random((n, self.d))
        images = self.render(latents)
        if self.noise:
            images += self.noise * rng.standard_normal(images.shape)
        return Sample(inputs=images, latents=latents)

    def render(self, latents: npt.ArrayLike) -> Floats:
        """Draw noiseless images: latents of shape (n, d) give (n, pixels)."""
        points, half_widths, ink = self._strokes(require_latents(latents, self.d))
        images = draw_strokes(points, half_widths, self.side)
        images *= ink[:, np.newaxis]
        return images

    def jacobian(self, latents: npt.ArrayLike) -> Floats:
        """Give the derivative of each pixel by each latent, shape (n, pixels, d)."""
        latents = require_latents(latents, self.d)
        points, half_widths, ink = self._strokes(latents)
        steps = STEP * np.eye(self.d)
        ahead = [self._strokes(latents + step) for step in steps]
        behind = [self._strokes(latents - step) for step in steps]
        moves, widenings, inkings = (
            np.stack(
                [(a[part] - b[part]) / (2 * STEP) for a, b in zip(ahead, behind, strict=True)], -1
            )
            for part in range(3)
        )
        slopes = stroke_slopes(points, moves, half_widths, widenings, self.side)
        slopes *= ink[:, np.newaxis, np.newaxis]
        if self.dimming:
            drawn = draw_strokes(points, half_widths, self.side)
            slopes += drawn[:, :, np.newaxis] * inkings[:, np.newaxis, :]
        return slopes

    def project(self, images: npt.ArrayLike) -> Projection:
        """Find each image's nearest point on the manifold, and its RMS pixel distance."""
        images = require_rows("images", images, features=self.pixels)
        closed = (self.latent_names.index("turn"),) if self.turn == FULL_TURN else ()
        starts = 3 if self.d <= 3 else 8
        return project(self, images, references=2**13, starts=starts, closed=closed)

    def _strokes(self, latents: Floats) -> tuple[Floats, Floats, Floats]:
        """Place the pen: points (n, points, 2), half-widths (n,) and ink (n,)."""
        style = dict.fromkeys(STYLES, np.zeros(len(latents)))
        style |= {
            name: (2 * column - 1) * getattr(self, name)
            for name, column in zip(self.latent_names, latents.T, strict=True)
            if name != "morph"
        }
        points = np.broadcast_to(TEMPLATES[self.glyph], (len(latents), POINTS, 2))
        if self.morph is not None:
            share = latents[:, -1, np.newaxis, np.newaxis]
            points = (1 - share) * points + share * TEMPLATES[self.morph]
        ink = 1 - (style["dimming"] + self.dimming) / 2
        half_widths = self.size * HALF_WIDTH * np.exp(style["thickness"])
        return bend(self.size * points, style), half_widths, ink
