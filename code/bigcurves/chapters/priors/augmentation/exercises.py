"""Checks of the solutions: each function takes what a solution glues under its exercise's label."""


def copied(differ: int) -> bool:
    """A copy is never nearer than its original, so no answer can change: by construction."""
    return differ == 0


def wide(found: tuple[int, int]) -> bool:
    """Copies of a 9 stand within 46 degrees of a 6 from turns of 134 on; 150 is the next range."""
    reach, first = found
    return reach == 134 and first == 150


def lean(found: dict[str, float]) -> bool:
    """All the way round beats 45 degrees by far, and even steps lose nothing against chance."""
    return found["180"] < found["45"] / 2 and found["even"] <= found["180"]
