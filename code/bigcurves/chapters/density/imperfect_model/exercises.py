"""Checks of the solutions: each function takes what a solution glues under its exercise's label."""

from math import isclose


def behind(factor: float) -> bool:
    """Nine to one in the sums, 15 to 85 in the areas."""
    return isclose(factor, 9 * 85 / 15)


def three_holes(shares: dict[float, float]) -> bool:
    """More than the area, and more the larger the hole."""
    found = list(shares.values())
    return found == sorted(found) and all(share > 1.5 * area for area, share in shares.items())


def warn(caught: float) -> bool:
    """Far above the 15% that a warning at random would catch."""
    return 0.6 < caught < 1
