"""Worlds of several glyphs, for learners that tell them apart.

Each class is a manifold of its own; a class-labelled world is their union, so its
latents mean something only together with the class.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray

from bigcurves.sample import Floats, Sample
from bigcurves.validation import (
    require_choice,
    require_integers,
    require_latents,
    require_rows,
    settle,
)
from bigcurves.worlds.glyph import GlyphWorld
from bigcurves.worlds.projection import Projection
from bigcurves.worlds.settings import require_draws
from bigcurves.worlds.templates import TEMPLATES

Classes = NDArray[np.int64]
ALL_STYLES = GlyphWorld()


@dataclass(frozen=True, kw_only=True)
class GlyphClasses:
    """Glyphs in the same styles; the target is which glyph a picture shows.

    Attributes
    ----------
    glyphs
        The glyphs, at least two, each once. Targets are places in this list.
    like
        A world with the styles, side and noise that all classes share; its own glyph
        plays no part, and it has no morph.

    Raises
    ------
    ValueError
        If a setting is out of range. The message gives the range and the value.
    """

    glyphs: tuple[str, ...] = tuple("0123456789")
    like: GlyphWorld = ALL_STYLES

    def __post_init__(self) -> None:
        for name, kind in (("glyphs", tuple | list), ("like", GlyphWorld)):
            if not isinstance(getattr(self, name), kind):
                wanted = "a GlyphWorld" if kind is GlyphWorld else "a tuple of glyphs"
                arrived = type(getattr(self, name)).__name__
                raise TypeError(f"{name} must be {wanted}, got a {arrived}")
        known = tuple(require_choice("each of glyphs", glyph, TEMPLATES) for glyph in self.glyphs)
        settle(self, glyphs=known)
        if len(self.glyphs) < 2 or len(set(self.glyphs)) < len(self.glyphs):
            raise ValueError(f"glyphs must be at least two, each once, got {self.glyphs}")
        if self.like.morph is not None:
            raise ValueError(f"like must have no morph, got {self.like.morph!r}")

    @property
    def worlds(self) -> tuple[GlyphWorld, ...]:
        """One world for each class, in the order of the targets."""
        return tuple(replace(self.like, glyph=glyph) for glyph in self.glyphs)

    @property
    def d(self) -> int:
        """The number of latents of each class."""
        return self.like.d

    @property
    def pixels(self) -> int:
        """The ambient dimension D, `side` squared."""
        return self.like.pixels

    @property
    def side(self) -> int:
        """Pixels along each side."""
        return self.like.side

    def sample(self, n: int, rng: np.random.Generator) -> Sample:
        """Draw `n` latents, deal out the classes as evenly as `n` allows, then draw the noise."""
        n = require_draws(n, rng, features=self.pixels)
        latents = rng.random((n, self.d))
        targets = rng.permutation(np.arange(n) % len(self.glyphs))
        images = self.render(latents, targets)
        if self.like.noise:
            images += self.like.noise * rng.standard_normal(images.shape)
        return Sample(inputs=images, latents=latents, targets=targets)

    def render(self, latents: npt.ArrayLike, targets: npt.ArrayLike) -> Floats:
        """Draw noiseless images of the classes (n,) at latents (n, d), shape (n, pixels)."""
        latents, targets = require_latents(latents, self.d), self._classes(targets, len(latents))
        images = np.empty((len(latents), self.pixels))
        for place, world in enumerate(self.worlds):
            mine = targets == place
            if mine.any():
                images[mine] = world.render(latents[mine])
        return images

    def jacobian(self, latents: npt.ArrayLike, targets: npt.ArrayLike) -> Floats:
        """Give the derivative of each pixel by each latent, shape (n, pixels, d)."""
        latents, targets = require_latents(latents, self.d), self._classes(targets, len(latents))
        slopes = np.empty((len(latents), self.pixels, self.d))
        for place, world in enumerate(self.worlds):
            mine = targets == place
            if mine.any():
                slopes[mine] = world.jacobian(latents[mine])
        return slopes

    def project(self, images: npt.ArrayLike, targets: npt.ArrayLike) -> Projection:
        """Find each image's nearest point on its own class's manifold."""
        images = require_rows("images", images, features=self.pixels)
        targets = self._classes(targets, len(images))
        latents, distances = np.empty((len(images), self.d)), np.empty(len(images))
        for place, world in enumerate(self.worlds):
            mine = targets == place
            if mine.any():
                found = world.project(images[mine])
                latents[mine], distances[mine] = found.latents, found.distances
        return Projection(latents=latents, distances=distances)

    def _classes(self, targets: npt.ArrayLike, n: int) -> Classes:
        """Refuse targets that name no class, or are not one for each row."""
        found = require_integers("targets", targets, 0, len(self.glyphs) - 1)
        if len(found) != n:
            raise ValueError(f"targets must have shape ({n},), got {found.shape}")
        return found


_UPRIGHT = GlyphWorld(x=0, y=0, slant=0, scale=0, aspect=0, thickness=0)
EIGHT = ("2", "3", "4", "6", "8", "A", "L", "T")  # no two are turns of each other

# Augmentation is coverage: every turn there is, with ink and lean to cover besides.
TURNED_EIGHT = GlyphClasses(
    glyphs=EIGHT, like=replace(_UPRIGHT, turn=180, slant=0.25, dimming=0.5, side=14)
)
# Wrong augmentation: half a turn makes a 6 of a 9, a T upside down, and of an O nothing new.
TURNED_FOUR = GlyphClasses(
    glyphs=("6", "9", "T", "O"),
    like=replace(_UPRIGHT, turn=46, slant=0.15, thickness=0.25, side=14),
)
# Priors in the architecture: what a convolution knows and a bare network does not.
# The glyphs are small enough to stay whole at the largest shift.
SHIFTED_EIGHT = GlyphClasses(
    glyphs=EIGHT, like=replace(_UPRIGHT, x=0.38, y=0.38, turn=0, size=0.8, side=20, noise=0.1)
)
