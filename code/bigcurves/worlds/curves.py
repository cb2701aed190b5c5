"""A world with one visible number: points on a known curve, for the opener.

The latent is x itself, so everything can be drawn: the curve, the points on it, and
what each learner does between the points.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from bigcurves.sample import Floats, Sample
from bigcurves.validation import (
    require_choice,
    require_latents,
    require_number,
    require_values,
    settle,
)
from bigcurves.worlds.settings import require_draws

Shape: TypeAlias = Literal["smooth", "triangle", "step"]
TURNS = 1.5


@dataclass(frozen=True, kw_only=True)
class CurveWorld:
    """Points of one of three curves over [0, 1], with heights from -1 to 1.

    Attributes
    ----------
    shape
        "smooth": one and a half turns of a sine; "triangle": the same zeros and peaks joined by
        straight lines; "step": the sign of that sine.
    jitter
        How far each x may leave its place on an even grid, in grid steps, 0 to 0.5.
    noise
        Standard deviation of each height's Gaussian noise.

    Raises
    ------
    ValueError
        If a setting is out of range. The message gives the range and the value.
    """

    shape: Shape = "smooth"
    jitter: float = 0.25
    noise: float = 0.0

    def __post_init__(self) -> None:
        settle(
            self,
            shape=require_choice("shape", self.shape, get_args(Shape)),
            jitter=require_number("jitter", self.jitter, 0, 0.5, unit="grid steps"),
            noise=require_number("noise", self.noise, 0),
        )

    def sample(self, n: int, rng: np.random.Generator) -> Sample:
        """Draw `n` places, one in each of `n` equal cells from left to right, then noise."""
        n = require_draws(n, rng, features=1)
        places = (np.arange(n) + 0.5 + self.jitter * rng.uniform(-1, 1, n)) / n
        latents = places[:, np.newaxis]
        heights = self.height(places)
        if self.noise:
            heights = heights + self.noise * rng.standard_normal(n)
        return Sample(inputs=self.render(latents), latents=latents, targets=heights)

    def render(self, latents: npt.ArrayLike) -> Floats:
        """Show the latents as they are: here x is the input, shape (n, 1)."""
        return require_latents(latents, 1).copy()

    def height(self, places: npt.ArrayLike) -> Floats:
        """Give the curve's true height at places of shape (n,) in [0, 1]."""
        column = require_values("places", places)[:, np.newaxis]
        turns = TURNS * require_latents(column, 1, name="places")[:, 0]
        if self.shape == "smooth":
            return np.sin(2 * np.pi * turns)
        if self.shape == "triangle":
            return 4 * np.abs((turns - 0.25) % 1 - 0.5) - 1
        return np.where(turns % 1 < 0.5, 1.0, -1.0)
