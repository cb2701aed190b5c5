"""Is the number of ones odd? A rule of a few words, and next to nothing for a slope to follow.

Whoever knows all secret bits but one knows nothing: each half of the world holds as many odd
rows as even ones. Elimination over the two-element field reads the rule from few rows.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bigcurves.sample import Floats, Sample, Targets
from bigcurves.validation import require_latents, require_whole, settle
from bigcurves.worlds.settings import require_draws

MOST = 30  # bits: every row has a number below 2^30


@dataclass(frozen=True, kw_only=True)
class Parity:
    """Rows of random bits, and the parity of the secret ones among them.

    Inputs are -1 and 1, latents the same bits as 0 and 1.

    Attributes
    ----------
    bits
        Length of a row, 1 to 30.
    secret
        The places that count, each once, 0 the first.

    Raises
    ------
    ValueError
        If a setting is out of range. The message gives the range and the value.
    """

    bits: int = 20
    secret: tuple[int, ...] = (3, 11, 17)

    def __post_init__(self) -> None:
        settle(self, bits=require_whole("bits", self.bits, 1, MOST))
        if not isinstance(self.secret, tuple | list):
            kind = type(self.secret).__name__
            raise TypeError(f"secret must be a tuple of places, got a {kind}")
        secret = tuple(
            require_whole("each of secret", place, -(2**31), 2**31) for place in self.secret
        )
        known = len(set(secret)) == len(secret) > 0
        if not known or min(secret) < 0 or max(secret) >= self.bits:
            raise ValueError(
                f"secret must hold different places from 0 to {self.bits - 1}, got {self.secret}"
            )
        settle(self, secret=secret)

    @classmethod
    def full(cls, bits: int) -> "Parity":
        """Make the world in which every bit counts."""
        return cls(bits=bits, secret=tuple(range(require_whole("bits", bits, 1, MOST))))

    def sample(self, n: int, rng: np.random.Generator) -> Sample:
        """Draw `n` different rows, at most 2^bits."""
        n = require_draws(n, rng, features=self.bits, most=2**self.bits)
        rows = rng.choice(2**self.bits, n, replace=False)
        latents = (rows[:, np.newaxis] >> np.arange(self.bits) & 1).astype(float)
        return Sample(inputs=self.render(latents), latents=latents, targets=self.labels(latents))

    def render(self, latents: npt.ArrayLike) -> Floats:
        """Show bits of shape (n, bits) as -1 and 1."""
        return 2 * self._checked(latents) - 1

    def labels(self, latents: npt.ArrayLike) -> Targets:
        """Give 1 where an odd number of the secret bits is 1, otherwise 0."""
        counts = self._checked(latents)[:, list(self.secret)].sum(axis=1)
        return np.asarray(counts.astype(np.int64) % 2)

    def _checked(self, latents: npt.ArrayLike) -> Floats:
        bits = require_latents(latents, self.bits)
        if not np.isin(bits, (0, 1)).all():
            raise ValueError("latents must be bits, 0 or 1, got values between them")
        return bits
