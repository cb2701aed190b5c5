"""Checks of the solutions: each function takes what a solution glues under its exercise's label."""


def ink(share: float) -> bool:
    """Above a blind guess, by five standard errors of 0.0133 (510 digits) over a hundred draws."""
    return 0.1 + 5 * 0.00133 < share < 0.15


def shuffle_twice(share: float) -> bool:
    """Neighbours of other pictures are no neighbours; classes fall together, so it scatters."""
    return abs(share - 0.1) <= 0.03


def labels_by_degrees(named: dict[float, float]) -> bool:
    """Of the labels shuffled one in ten is right again: a line from all of them to one in ten."""
    real = named[0.0]
    line = {share: (1 - share) * real + share * 0.1 for share in named}
    return real > 0.9 and all(abs(named[share] - line[share]) <= 0.025 for share in named)
