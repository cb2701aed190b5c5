"""Checks of the solutions: each function takes what a solution glues under its exercise's label."""

from math import isclose


def million(lead: float) -> bool:
    """There are 78,498 primes below a million, so always "composite" is right on 92.1502 %."""
    return isclose(lead, 93 - 92.1502)


def one_divisor(bought: dict[int, float]) -> bool:
    """A divisor p catches about one candidate in p, fewer than 15 % of the composites for 11."""
    worth = list(bought.values())
    falls = worth == sorted(worth, reverse=True)
    return falls and all(50 < w < 50 + 90 / p for p, w in bought.items())


def neighbour(tried: dict[str, dict[str, float]]) -> bool:
    """On the line itself only the numbers beside the label's seven changes can go wrong."""
    primes = [scores["prime"] for scores in tried.values()]
    return tried["scalar"]["smooth"] > 0.97 > 0.9 > tried["bits"]["smooth"] and max(primes) < 0.53
