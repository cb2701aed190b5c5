"""Keys with a bit each: a table to be looked up, or a curve to be understood.

Random keys carry random bits, so that knowing a thousand of them says nothing of the next. The
curve's keys have as many coordinates, and their bits change smoothly along it.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from bigcurves.sample import Floats, Sample, Targets
from bigcurves.validation import (
    require_choice,
    require_latents,
    require_number,
    require_whole,
    settle,
)
from bigcurves.worlds.settings import require_draws, symbols_at

Kind: TypeAlias = Literal["random", "curve"]
TURNS = 3  # of the sine that labels the curve, in one round


@dataclass(frozen=True, kw_only=True)
class Keys:
    """Rows of `bits` coordinates, with 0 or 1 as target.

    Attributes
    ----------
    kind
        "random": different whole numbers below 2^bits as -1 and 1, with fair bits as targets;
        "curve": points of a closed curve, each coordinate a wave of one or two turns, with
        sin(3 turns) > 0 as target.
    bits
        Coordinates of a key, 1 to 30.
    margin
        How far from 0 that sine stays on the curve, 0 up to 0.99: keys nearer are left out.

    Raises
    ------
    ValueError
        If a setting is out of range. The message gives the range and the value.
    """

    kind: Kind = "random"
    bits: int = 16
    margin: float = 0.2

    def __post_init__(self) -> None:
        settle(
            self,
            kind=require_choice("kind", self.kind, get_args(Kind)),
            bits=require_whole("bits", self.bits, 1, 30),
            margin=require_number("margin", self.margin, 0, 0.99),
        )

    @property
    def universe(self) -> int:
        """How many random keys there are."""
        return int(2**self.bits)

    def sample(self, n: int, rng: np.random.Generator) -> Sample:
        """Draw `n` different keys; latents are key / 2^bits, or the place on the curve."""
        if self.kind == "random":
            n = require_draws(n, rng, features=self.bits, most=self.universe)
            latents = rng.choice(self.universe, n, replace=False)[:, np.newaxis] / self.universe
            targets: Targets = rng.integers(0, 2, n)
        else:
            n = require_draws(n, rng, features=self.bits)
            arcs = rng.integers(0, 2 * TURNS, n)  # arcs between zeros of the sine
            edge = np.arcsin(self.margin) / np.pi
            within = edge + (1 - 2 * edge) * rng.random(n)
            latents = ((arcs + within) / (2 * TURNS))[:, np.newaxis]
            targets = 1 - arcs % 2
        return Sample(inputs=self.render(latents), latents=latents, targets=targets)

    def render(self, latents: npt.ArrayLike) -> Floats:
        """Write keys at latents of shape (n, 1) in [0, 1) as rows of shape (n, bits)."""
        places = require_latents(latents, 1)
        columns = np.arange(self.bits)
        if self.kind == "curve":
            turns = places * (1 + columns % 2) + columns / (2 * self.bits)
            return np.asarray(np.cos(2 * np.pi * turns))
        keys = symbols_at(places, 1, self.universe)
        return np.where(keys >> columns & 1, 1.0, -1.0)
