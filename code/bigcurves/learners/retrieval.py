"""A table that keeps bits without keeping keys: the least memory that answers every known key.

Each key is hashed to three slots, and its bit is the "exclusive or" of what they hold; the
slots are the solution of those equations (Dietzfelbinger and Pagh 2008; the 1.23 slots to a
key are those of Graf and Lemire's xor filter, 2020). Keys that were never stored get an
answer too, and it means nothing.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bigcurves.learners.elimination import Bits, solve_bits
from bigcurves.sample import Targets
from bigcurves.validation import require_integers, require_rng, require_whole, settle

Numbers: TypeAlias = npt.NDArray[np.int64]
MOST = 2**14  # keys: the time of elimination grows with their cube
SLACK = 1.23  # slots to a key
ODD = np.array([0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB], dtype=np.uint64)


@dataclass(frozen=True, kw_only=True)
class XorTable:
    """Slots of one bit, and the salt of the hash that finds a key's three.

    Attributes
    ----------
    slots
        Bits, shape (slots,).
    salt
        The number that the keys are mixed with.
    """

    slots: Bits
    salt: int

    def __post_init__(self) -> None:
        bits = require_integers("slots", self.slots, 0, 1).astype(bool)
        settle(self, slots=bits, salt=require_whole("salt", self.salt, 0, 2**63 - 1))

    def lookup(self, keys: npt.ArrayLike) -> Targets:
        """Give a bit for each key of shape (n,), stored or not."""
        keys = require_integers("keys", keys)
        found = self.slots[_places(keys, len(self.slots), self.salt)]
        return np.asarray(np.bitwise_xor.reduce(found, axis=1), dtype=np.int64)


def build_xor_table(keys: npt.ArrayLike, bits: npt.ArrayLike, rng: np.random.Generator) -> XorTable:
    """Store a bit for each of different keys; draws salts until the equations can be solved.

    Parameters
    ----------
    keys
        Different whole numbers, shape (n,), n from 1 to 16,384.
    bits
        0 or 1 for each key, shape (n,).
    rng
        Draws the salts.
    """
    keys, bits = require_integers("keys", keys), require_integers("bits", bits, 0, 1)
    require_rng(rng)
    if len(np.unique(keys)) < len(keys) or len(keys) != len(bits):
        raise ValueError(f"keys must differ and have a bit each, got {len(keys)} and {len(bits)}")
    if len(keys) > MOST:
        raise ValueError(f"keys must be at most {MOST}, got {len(keys)}")
    slots = max(3, int(np.ceil(SLACK * len(keys))))
    while True:
        salt = int(rng.integers(2**63))
        rows = np.zeros((len(keys), slots), dtype=bool)
        for column in _places(keys, slots, salt).T:
            rows[np.arange(len(keys)), column] ^= True
        if (solution := solve_bits(rows, bits == 1)) is not None:
            return XorTable(slots=solution, salt=salt)


def _places(keys: Numbers, slots: int, salt: int) -> Numbers:
    """Hash each key to three slots, shape (n, 3), by multiplication and shifts."""
    mixed = keys.astype(np.uint64)[:, np.newaxis] ^ np.uint64(salt)
    for _ in range(2):
        mixed = mixed * ODD
        mixed = mixed ^ (mixed >> np.uint64(29))
    return (mixed % np.uint64(slots)).astype(np.int64)
