"""Checks of the solutions: each function takes what a solution glues under its exercise's label."""


def peak(errors: dict[int, float]) -> bool:
    """The peak stands where features meet the hundred digits, and nowhere else."""
    others = [error for features, error in errors.items() if features != 100]
    return errors[100] > 2 * max(others)


def length(lengths: dict[int, float]) -> bool:
    """More to choose from: the least of the lengths can only fall."""
    found = list(lengths.values())
    return found == sorted(found, reverse=True) and found[0] > 10 * found[-1]


def junk(errors: dict[float, float]) -> bool:
    """Noise with room to hide halves the error, at either strength."""
    return max(errors[0.3], errors[1]) < 0.6 * errors[0]
