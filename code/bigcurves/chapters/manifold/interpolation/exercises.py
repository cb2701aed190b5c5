"""Checks of the solutions: each function takes what a solution glues under its exercise's label."""

from itertools import pairwise


def two_ghosts(found: list[float]) -> bool:
    """Outside, and off by a good part of the distance between the two."""
    share, length = found
    return share == 0 and 0.2 < length < 1


def any_glass(by_count: dict[int, float]) -> bool:
    """Fewer inside as directions are added: from nearly all to none."""
    shares = list(by_count.values())
    falls = all(now <= before for before, now in pairwise(shares))
    return falls and shares[0] > 0.9 and shares[-1] < 0.05


def ball(tried: dict[int, float]) -> bool:
    """In a plane nearly all are inside, at 16 dimensions none of them."""
    return tried[2] > 0.9 and tried[16] == 0
