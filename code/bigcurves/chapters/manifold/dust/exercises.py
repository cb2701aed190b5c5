"""Checks of the solutions: each function takes what a solution glues under its exercise's label."""

from math import isclose, log10, pi


def fill(power: float) -> bool:
    """The volume of a ball again, by its recursion: V(D) = 2 pi r^2 V(D - 2) / D."""
    log_volume = sum(log10(2 * pi * (0.0135 * 8) ** 2 / dimension) for dimension in range(2, 65, 2))
    return isclose(power, -log_volume)


def half(shares: list[float]) -> bool:
    """Four times the samples at half the radius: the same share, to 3 standard errors of each."""
    before, after = shares
    error = float((before * (1 - before) / 1000) ** 0.5)  # of a share of 1,000 new bars
    return abs(after - before) <= 3 * 2**0.5 * error


def camera(found: list[float]) -> bool:
    """The same share at four times the pixels, and a bound that falls by powers of ten."""
    coarse, fine, bound, finer_bound = found
    return coarse == fine > 0.9 and finer_bound < bound - 10
