"""Addition tables and their look-alikes, to see which structure a learner can discover.

All are symmetric tables of p symbols. Two hold a circle (plain and renamed), one holds
every answer once in each row and column but no group, and one holds nothing at all.
"""

import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray

from bigcurves.validation import require_integers, require_rng, require_rows, require_whole

Table = NDArray[np.int64]
MOST_SYMBOLS = 1000
MOST_LATIN = 199  # the search for a square of so many symbols takes some seconds


def sum_table(p: int) -> Table:
    """Give a + b mod p, shape (p, p)."""
    places = np.arange(require_whole("p", p, 1, MOST_SYMBOLS))
    return np.asarray((places[:, np.newaxis] + places) % p)


def renamed_table(p: int, rng: np.random.Generator) -> Table:
    """Give the table of addition after every element has got another name."""
    p = require_whole("p", p, 1, MOST_SYMBOLS)
    name = require_rng(rng).permutation(p)
    renamed = np.empty((p, p), dtype=np.int64)
    renamed[np.ix_(name, name)] = name[sum_table(p)]
    return renamed


def random_table(p: int, rng: np.random.Generator) -> Table:
    """Give a symmetric table of independent random answers."""
    p = require_whole("p", p, 1, MOST_SYMBOLS)
    upper = np.triu(require_rng(rng).integers(0, p, (p, p)))
    return np.asarray(upper + np.triu(upper, 1).T)


def latin_table(p: int, rng: np.random.Generator) -> Table:
    """Give a random symmetric Latin square that no renaming turns into a group's table.

    A symmetric Latin square of odd order p is a way to play p rounds among p + 1
    players (the last one stands for the diagonal), found by hill climbing (Dinitz and
    Stinson 1987). Squares that are isotopic to a group are drawn again; below 7 every
    one of them is.
    """
    p = require_whole("p", p, 1, MOST_LATIN)
    require_rng(rng)
    if p < 7 or p % 2 == 0:
        raise ValueError(f"p must be odd and at least 7 for a Latin square, got {p}")
    while True:
        when = _Tournament(p, rng).when
        square = when[:p, :p].copy()
        np.fill_diagonal(square, when[:p, p])
        if not is_group_isotope(square):
            return square


def is_group_isotope(square: npt.ArrayLike) -> bool:
    """Tell whether renaming rows, columns and answers can make a Latin square a group's table.

    By Albert's theorem (1943) it can exactly when the loop that one gets by choosing an
    identity (here the first row and column) is a group, that is, associative.

    Parameters
    ----------
    square
        Shape (p, p), p at most 1,000: each of 0 to p - 1 once in every row and column.
    """
    square = _latin(square)
    p = len(square)
    rows, columns = np.empty(p, dtype=int), np.empty(p, dtype=int)
    rows[square[:, 0]], columns[square[0]] = np.arange(p), np.arange(p)
    loop = square[np.ix_(rows, columns)]  # loop[a, e] = loop[e, a] = a for e = square[0, 0]
    # (a b) c against a (b c), both of shape (b, c): one a at a time, for p^3 numbers are many
    return all(np.array_equal(loop[loop[a]], loop[a][loop]) for a in range(p))


def _latin(square: npt.ArrayLike) -> Table:
    """Return a Latin square as whole numbers, or say what it is not."""
    found = require_rows("square", square)
    p = len(found)
    if found.shape != (p, p) or p > MOST_SYMBOLS:
        raise ValueError(
            f"square must have shape (p, p) with p at most {MOST_SYMBOLS}, got {found.shape}"
        )
    answers = require_integers("square", found.ravel(), 0, p - 1).reshape(p, p)
    for lines, kind in ((answers, "row"), (answers.T, "column")):
        wrong = np.flatnonzero((np.sort(lines, axis=1) != np.arange(p)).any(axis=1))
        if len(wrong):
            raise ValueError(
                f"square must hold each of 0 to {p - 1} once in every row and column,"
                f" got {kind} {wrong[0]} without it"
            )
    return answers


class _Tournament:
    """A schedule in which all pairs of p + 1 players meet, in p rounds, each playing once a round.

    `when` holds each pair's round, shape (p + 1, p + 1); `against` each player's
    opponent in each round, shape (p + 1, p); -1 where there is none yet.
    """

    def __init__(self, p: int, rng: np.random.Generator) -> None:
        self.when = np.full((p + 1, p + 1), -1)
        self.against = np.full((p + 1, p), -1)
        while len(free := np.flatnonzero(self.against < 0)):
            # Each try pairs two players and parts at most two others.
            player, turn = divmod(_one_of(free, rng), p)
            if rng.random() < 0.5:
                unmet = np.flatnonzero(self.when[player] < 0)
                other = _one_of(unmet[unmet != player], rng)
                self._part(other, turn)
            else:
                idle = np.flatnonzero(self.against[:, turn] < 0)
                other = _one_of(idle[idle != player], rng)
                if self.when[player, other] >= 0:
                    self._part(player, self.when[player, other])
            self.when[player, other] = self.when[other, player] = turn
            self.against[player, turn], self.against[other, turn] = other, player

    def _part(self, player: int, turn: int) -> None:
        """Take back the player's meeting in this round, if there is one."""
        rival = self.against[player, turn]
        if rival >= 0:
            self.when[player, rival] = self.when[rival, player] = -1
            self.against[player, turn] = self.against[rival, turn] = -1


def _one_of(options: NDArray[np.intp], rng: np.random.Generator) -> int:
    """Pick one; several times faster than `rng.choice`."""
    return int(options[rng.integers(len(options))])
