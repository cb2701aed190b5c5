"""Sums of two whole numbers, digit by digit: discrete, and yet a straight line away.

Each digit is one-hot, so a row is a string of symbols without order or size. The sum is a
linear function of those symbols: what each is worth has to be found, and then every sum is.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from bigcurves.sample import Floats, Sample
from bigcurves.validation import require_choice, require_whole, settle
from bigcurves.worlds.settings import require_draws, symbols_at

Table: TypeAlias = Literal["sums", "random"]


@dataclass(frozen=True, kw_only=True)
class DigitAddition:
    """Pairs of numbers as one-hot digits, with their sum as target.

    Inputs have shape (n, 20 digits): the first number's digits, the greatest place first, then
    the second's. Latents are the two numbers over 10^digits.

    Attributes
    ----------
    digits
        Decimal places of each number, 1 to 6.
    table
        "sums": the target is a + b; "random": the targets of the drawn pairs change hands, so
        that the numbers are the same and what they say is gone.

    Raises
    ------
    ValueError
        If a setting is out of range. The message gives the range and the value.
    """

    digits: int = 3
    table: Table = "sums"

    def __post_init__(self) -> None:
        settle(
            self,
            digits=require_whole("digits", self.digits, 1, 6),
            table=require_choice("table", self.table, get_args(Table)),
        )

    @property
    def size(self) -> int:
        """How many numbers have so many digits, leading zeros allowed."""
        return int(10**self.digits)

    def sample(self, n: int, rng: np.random.Generator) -> Sample:
        """Draw `n` different ordered pairs."""
        n = require_draws(n, rng, features=20 * self.digits, most=self.size**2)
        pairs = rng.choice(self.size**2, n, replace=False)
        numbers = np.stack([pairs // self.size, pairs % self.size], axis=1)
        sums = numbers.sum(axis=1)
        targets = rng.permutation(sums) if self.table == "random" else sums
        latents = numbers / self.size
        return Sample(inputs=self.render(latents), latents=latents, targets=targets)

    def render(self, latents: npt.ArrayLike) -> Floats:
        """Write the numbers at latents of shape (n, 2) as one-hot digits."""
        numbers = symbols_at(latents, 2, self.size)
        powers = 10 ** np.arange(self.digits)[::-1]
        digits = numbers[:, :, np.newaxis] // powers % 10
        return np.asarray(np.eye(10)[digits].reshape(len(numbers), -1))
