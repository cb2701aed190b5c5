"""Checks of the solutions: each function takes what a solution glues under its exercise's label."""

from math import comb, isclose, log2


def known_keys(bits: float) -> bool:
    """The logarithm of the number of sets, by whole-number arithmetic."""
    return isclose(bits, log2(comb(65536, 1024)) / 1024)


def per_parameter(tried: dict[float, float]) -> bool:
    """Two bits a parameter at (1024 / 2 - 1) / 18 units, and fewer bits with more units."""
    exact = (1024 / 2 - 1) / 18
    return all((bits > 2) == (units < exact) for units, bits in tried.items())


def fingerprint(found: tuple[bool, float]) -> bool:
    """Every key fits; of 4,000 strangers one in 256 does, to 4 standard errors."""
    own, let_in = found
    return own and abs(let_in - 1 / 256) < 4 * (1 / 256 * 255 / 256 / 4000) ** 0.5
