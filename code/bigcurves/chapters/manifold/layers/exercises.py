"""Checks of the solutions: each function takes what a solution glues under its exercise's label."""

from math import isclose


def scatter(ratio: float) -> bool:
    """The means are 3 from their mean, four points each 1 from theirs: 36 over 4."""
    return isclose(ratio, 9)


def inside(readings: dict[str, list[float]]) -> bool:
    """Trained, both hidden layers are below the pixels and below themselves untrained."""
    before, after = readings["untrained"], readings["trained"]
    return all(after[layer] < min(before[layer], after[0]) for layer in (1, 2))


def truth(last: dict[float, list[float]]) -> bool:
    """All labels are learned; the fewer of them are true, the more dimensions are left."""
    errors, left = zip(*(last[share] for share in (0.0, 0.5, 1.0)), strict=True)
    return bool(max(errors) < 0.01 and left[0] < left[1] < left[2])
