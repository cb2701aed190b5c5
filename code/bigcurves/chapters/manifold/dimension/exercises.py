"""Checks of the solutions: each function takes what a solution glues under its exercise's label."""

from math import isclose


def slope(times: float) -> bool:
    """At slope -1/5, half the distance takes 2^5 times the pictures."""
    return isclose(times, 32)


def classes(by_class: dict[int | str, float]) -> bool:
    """Ones are drawn with fewer strokes than eights."""
    some_class_reads_like_all = max(by_class[digit] for digit in range(10)) >= by_class["all"]
    return by_class[1] < by_class[8] and some_class_reads_like_all


def shift(reading: dict[int, float]) -> bool:
    """The same pictures lie on ever more sheets, so neighbours are farther and readings fall."""
    steps = list(reading.values())
    return steps == sorted(steps, reverse=True)
