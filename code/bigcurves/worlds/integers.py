"""Whole numbers: a world of plain structure that no smooth curve follows.

The numbers run from 2^16 to 2^17. Those that share no factor with 210 are the interesting
ones: last digits and small factors no longer give a composite away, and 38.1 % of them are
prime. The same number can be written in many ways, and each way is another world to a learner.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray

from bigcurves.sample import Floats, Sample, Targets
from bigcurves.validation import (
    require_choice,
    require_flag,
    require_integers,
    require_latents,
    require_whole,
    settle,
)
from bigcurves.worlds.settings import ROOM, require_draws, symbols_at

Encoding: TypeAlias = Literal["scalar", "bits", "decimal", "fourier", "residues", "flags", "ids"]
Label: TypeAlias = Literal["prime", "smooth"]
Pool: TypeAlias = Literal["coprime", "all"]
Numbers: TypeAlias = NDArray[np.int64]

LOW, HIGH = 2**16, 2**17
BITS = 17
IDS = int(ROOM**0.5)  # as many rows as may have a column each
SMALL = (2, 3, 5, 7)  # the factors that the "coprime" pool is free of
FREQUENCY, PHASE = 3.3, 0.7  # of the smooth label: turns across the range, and radians


@dataclass(frozen=True, kw_only=True)
class Integers:
    """Numbers in [2^16, 2^17) in one of seven encodings, with a label for each.

    The latent of a number n is its place n / 2^16 - 1 in [0, 1). The same generator draws the
    same numbers, whatever the encoding and the label.

    Attributes
    ----------
    encoding
        "scalar": the place; "bits": 17 binary digits as -1 and 1; "decimal": six decimal digits,
        one-hot; "fourier": cosine and sine of 2^0 .. 2^15 turns across the range; "residues":
        n mod p, one-hot, for the first `primes` primes from 11; "flags": 1 where such a p
        divides n; "ids": a column for every number drawn, so that no two are alike.
    label
        "prime", or "smooth", which is sin(2 pi 3.3 x + 0.7) > 0 at place x: its frequency is that
        of no bit.
    pool
        "coprime": numbers that share no factor with 210; "all": every number.
    balanced
        Whether half of the numbers drawn are prime; otherwise they come as the pool has them.
    primes
        How many primes, 11 the first, the last below 256 (at most 50), "residues" and "flags" use.

    Raises
    ------
    ValueError
        If a setting is out of range. The message gives the range and the value.
    """

    encoding: Encoding = "bits"
    label: Label = "prime"
    pool: Pool = "coprime"
    balanced: bool = True
    primes: int = 8

    def __post_init__(self) -> None:
        for name, kind in (("encoding", Encoding), ("label", Label), ("pool", Pool)):
            settle(self, **{name: require_choice(name, getattr(self, name), get_args(kind))})
        settle(
            self,
            balanced=require_flag("balanced", self.balanced),
            primes=require_whole("primes", self.primes, 1, 50),
        )

    @property
    def numbers(self) -> Numbers:
        """Every number of the pool, in order."""
        every = np.arange(LOW, HIGH)
        return every[np.gcd(every, np.prod(SMALL)) == 1] if self.pool == "coprime" else every

    @property
    def divisors(self) -> Numbers:
        """The primes whose residues or flags a learner may be shown."""
        return np.flatnonzero(sieve(HIGH))[len(SMALL) :][: self.primes]

    def sample(self, n: int, rng: np.random.Generator) -> Sample:
        """Draw `n` different numbers in random order."""
        numbers = self.numbers
        kinds = [numbers[is_prime(numbers)], numbers[~is_prime(numbers)]]
        most = 2 * min(len(kind) for kind in kinds) if self.balanced else len(numbers)
        if self.encoding == "ids":
            most = min(most, IDS)
        features = int(self.divisors.sum()) if self.encoding == "residues" else 60  # or fewer
        n = require_draws(n, rng, features=features, most=most)
        if self.balanced:
            halves = [
                rng.permutation(kind)[:half]
                for kind, half in zip(kinds, (n // 2, n - n // 2), strict=True)
            ]
            drawn = rng.permutation(np.concatenate(halves))
        else:
            drawn = rng.permutation(numbers)[:n]
        latents = (drawn / LOW - 1)[:, np.newaxis]
        return Sample(inputs=self.render(latents), latents=latents, targets=self.labels(latents))

    def render(self, latents: npt.ArrayLike) -> Floats:
        """Encode the numbers at latents of shape (n, 1); gives shape (n, features)."""
        latents = require_latents(latents, 1)
        numbers = numbers_at(latents)
        if self.encoding == "scalar":
            return latents.copy()
        if self.encoding == "bits":
            return np.where(numbers[:, np.newaxis] >> np.arange(BITS)[::-1] & 1, 1.0, -1.0)
        if self.encoding == "decimal":
            return _one_hot(numbers[:, np.newaxis] // 10 ** np.arange(6)[::-1] % 10, [10] * 6)
        if self.encoding == "fourier":
            turns = 2 * np.pi * (latents * 2.0 ** np.arange(16) % 1)
            return np.concatenate([np.cos(turns), np.sin(turns)], axis=1)
        if self.encoding == "ids":
            if len(numbers) > IDS:
                raise ValueError(
                    f"latents must have at most {IDS} rows, each having a column of its own,"
                    f" got {len(numbers)}"
                )
            return np.eye(len(numbers))
        residues = numbers[:, np.newaxis] % self.divisors
        if self.encoding == "flags":
            return np.asarray((residues == 0).astype(float))
        return _one_hot(residues, [int(p) for p in self.divisors])

    def labels(self, latents: npt.ArrayLike) -> Targets:
        """Give the label, 0 or 1, of the numbers at latents of shape (n, 1)."""
        if self.label == "prime":
            return is_prime(numbers_at(latents)).astype(np.int64)
        places = require_latents(latents, 1)[:, 0]
        return (np.sin(2 * np.pi * FREQUENCY * places + PHASE) > 0).astype(np.int64)


def is_prime(numbers: npt.ArrayLike) -> NDArray[np.bool_]:
    """Tell which numbers from 0 to 2^17 - 1, shape (n,), are prime."""
    return np.asarray(sieve(HIGH)[require_integers("numbers", numbers, 0, HIGH - 1, least=0)])


def numbers_at(latents: npt.ArrayLike) -> Numbers:
    """Give the whole numbers at latents of shape (n, 1) in [0, 1)."""
    return LOW + symbols_at(latents, 1, LOW)[:, 0]


def sieve(limit: int) -> NDArray[np.bool_]:
    """Mark the primes below `limit`, 2 to 10^8, by crossing out multiples, shape (limit,)."""
    return _sieve(require_whole("limit", limit, 2, 10**8))


@lru_cache(maxsize=4)
def _sieve(limit: int) -> NDArray[np.bool_]:
    """Cross out the multiples of each prime (Eratosthenes)."""
    prime = np.ones(limit, dtype=bool)
    prime[:2] = False
    for p in range(2, int(limit**0.5) + 1):
        if prime[p]:
            prime[p * p :: p] = False
    prime.setflags(write=False)  # the cache hands out one array
    return prime


def _one_hot(digits: Numbers, sizes: list[int]) -> Floats:
    """Give each column of digits, shape (n, columns), as many columns as it has values."""
    return np.concatenate(
        [np.eye(size)[column] for column, size in zip(digits.T, sizes, strict=True)], axis=1
    )
