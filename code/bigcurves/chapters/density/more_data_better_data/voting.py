"""Nearest neighbours that vote, their number chosen on rows held out: one search, many labels."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial import KDTree

from bigcurves.sample import Floats

VOTERS = (1, 3, 7, 15, 31, 61, 121, 241)
HELD_OUT = 2000  # training rows at most that choose the number of voters
Classes = npt.NDArray[np.int64]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, kw_only=True, eq=False)
class Voting:
    """Who votes for whom, whatever the labels.

    Attributes
    ----------
    beside_held
        Neighbours, nearest first, of each held-out training row among the other training rows.
    beside_new
        Neighbours of each new row among all training rows.
    classes
        How many classes there are.
    """

    beside_held: Places
    beside_new: Places
    classes: int

    @classmethod
    def of(cls, known: Floats, new: Floats, *, classes: int) -> "Voting":
        """Search once: known of shape (n, features), n at least 5, new of shape (m, features).

        A fifth of the known rows, the first, is held out to choose how many neighbours vote.
        """
        if len(known) < 5:
            raise ValueError(f"known must have at least 5 rows, got {len(known)}")
        known, new = _in_their_span(known, new)
        held = min(len(known) // 5, HELD_OUT)
        most = max(k for k in VOTERS if k <= max(1, (len(known) - held) // 2))
        beside_held = held + KDTree(known[held:]).query(known[:held], k=range(1, most + 1))[1]
        beside_new = KDTree(known).query(new, k=range(1, most + 1))[1]
        return cls(beside_held=beside_held, beside_new=beside_new, classes=classes)

    def error(self, labels: Classes, answers: Classes) -> tuple[float, int]:
        """Learn labels (n,), and return the share of answers (m,) missed and how many voted."""
        held = labels[: len(self.beside_held)]
        rights = (self._winners(labels[self.beside_held]) == held[:, np.newaxis]).mean(axis=0)
        voters = VOTERS[int(rights.argmax())]
        votes = labels[self.beside_new[:, :voters]]
        winners = np.argmax([(votes == c).sum(axis=1) for c in range(self.classes)], axis=0)
        return float((winners != answers).mean()), voters

    def _winners(self, votes: Classes) -> Classes:
        """Count votes (rows, voters) at every number of voters: winners (rows, numbers)."""
        ends = [k for k in VOTERS if k <= votes.shape[1]]
        votes = votes.astype(np.int8)
        counts = [
            np.add.reduceat(votes == c, [0, *ends[:-1]], axis=1, dtype=np.int16).cumsum(axis=1)
            for c in range(self.classes)
        ]
        return np.asarray(np.argmax(counts, axis=0))


def _in_their_span(known: Floats, new: Floats) -> tuple[Floats, Floats]:
    """Turn rows so that the dimensions they do not use can be dropped; distances stay.

    A tree searches two dimensions faster than thirty. Only what is rounding is dropped.
    """
    rows = np.concatenate([known, new])
    _, lengths, axes = np.linalg.svd(np.linalg.qr(rows, mode="r"))
    used = axes[lengths > 1e-12 * lengths[0]]
    return known @ used.T, new @ used.T
