"""Checks of the solutions: each function takes what a solution glues under its exercise's label."""


def thirds(shares: list[float]) -> bool:
    """A midpoint is divisible by p for one in p - 1, up to what nearness does to pairs."""
    return all(abs(share - 1 / (p - 1)) < 0.015 for share, p in zip(shares, (3, 5, 7), strict=True))


def turns(tried: dict[float, float]) -> bool:
    """The miss grows with the turns, and passes that of the mean between 99 and 132."""
    misses = list(tried.values())
    return misses == sorted(misses) and tried[99] < 1 < tried[132]


def remainder(found: list[float]) -> bool:
    """There are 48 remainders, the totient of 210, at rates no farther apart than by chance."""
    places, spread, by_chance = found
    return places == 48 and spread < 1.2 * by_chance
