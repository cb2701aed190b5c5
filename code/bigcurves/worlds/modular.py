"""Modular addition: a discrete world with a circle hidden in it, and its twins without.

Both numbers are one-hot, so nothing in a row says that 3 lies beside 4. A learner that
adds pairs it has never seen must have found the circle by itself (Power et al. 2022).
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray

from bigcurves.sample import Floats, Sample
from bigcurves.validation import (
    require_choice,
    require_number,
    require_rng,
    require_whole,
    settle,
)
from bigcurves.worlds.settings import require_draws, symbols_at
from bigcurves.worlds.tables import (
    Table,
    latin_table,
    random_table,
    renamed_table,
    sum_table,
)

Kind: TypeAlias = Literal["sum", "renamed", "latin", "random"]


@dataclass(frozen=True, kw_only=True)
class ModularAddition:
    """Pairs of symbols (a, b) with the answer that a symmetric table gives them.

    Inputs are one-hot, shape (n, 2 p); latents are (a, b) / p; targets the answers.

    Attributes
    ----------
    p
        How many symbols, 3 to 199.
    kind
        "sum": a + b mod p; "renamed": the same with every symbol renamed; "latin": each
        answer once in every row and column, but no group behind it (p odd, at least 7);
        "random": independent answers.

    Raises
    ------
    ValueError
        If a setting is out of range. The message gives the range and the value.
    """

    p: int = 31
    kind: Kind = "sum"

    def __post_init__(self) -> None:
        settle(
            self,
            p=require_whole("p", self.p, 3, 199),
            kind=require_choice("kind", self.kind, get_args(Kind)),
        )
        if self.kind == "latin" and (self.p < 7 or self.p % 2 == 0):
            raise ValueError(f"p must be odd and at least 7 for a Latin square, got {self.p}")

    def table(self, rng: np.random.Generator) -> Table:
        """Draw the answers, shape (p, p); the sum's table needs no draw."""
        require_rng(rng)
        if self.kind == "sum":
            return sum_table(self.p)
        draw = {"renamed": renamed_table, "latin": latin_table, "random": random_table}
        return draw[self.kind](self.p, rng)

    def sample(self, n: int, rng: np.random.Generator) -> Sample:
        """Draw a table, then `n` of its p^2 pairs, each at most once."""
        n = require_draws(n, rng, features=2 * self.p, most=self.p**2)
        table = self.table(rng)
        cells = rng.permutation(self.p**2)[:n]
        return self._rows(np.stack(np.divmod(cells, self.p), axis=1), table)

    def split(self, share: float, rng: np.random.Generator) -> tuple[Sample, Sample]:
        """Draw a table and deal its unordered pairs into two samples.

        (a, b) and (b, a) always go together, so the second sample's answers were never
        seen from the other side.

        Parameters
        ----------
        share
            The part of the unordered pairs that goes into the first sample, 0 to 1; each
            sample gets at least one pair.
        rng
            Draws the table, then the pairs.
        """
        share = require_number("share", share, 0, 1)
        table = self.table(rng)
        pairs = np.stack(np.triu_indices(self.p), axis=1)
        pairs = pairs[rng.permutation(len(pairs))]
        first = min(max(1, round(share * len(pairs))), len(pairs) - 1)
        return tuple(  # type: ignore[return-value]
            self._rows(_both_orders(part), table) for part in (pairs[:first], pairs[first:])
        )

    def render(self, latents: npt.ArrayLike) -> Floats:
        """Write the symbols at latents of shape (n, 2), (a, b) / p, as one-hot rows (n, 2 p)."""
        symbols = symbols_at(latents, 2, self.p)
        return np.asarray(np.eye(self.p)[symbols].reshape(len(symbols), -1))

    def _rows(self, pairs: NDArray[np.intp], table: Table) -> Sample:
        latents = pairs / self.p
        answers = table[pairs[:, 0], pairs[:, 1]]
        return Sample(inputs=self.render(latents), latents=latents, targets=answers)


def _both_orders(pairs: NDArray[np.intp]) -> NDArray[np.intp]:
    """List (a, b) and (b, a) of each unordered pair; a double only once."""
    return np.concatenate([pairs, pairs[pairs[:, 0] != pairs[:, 1]][:, ::-1]])
