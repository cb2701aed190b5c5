"""Checks of the solutions: each function takes what a solution glues under its exercise's label."""


def blind(share: float) -> bool:
    """The same sums in another order; the solver's rounding may turn a draw."""
    return share < 0.01


def places(found: int) -> bool:
    """Fifteen by fifteen."""
    return found == 15**2


def patch(scores: dict[int, float]) -> bool:
    """Two pixels see no part of a glyph; the book's size is at least as good, to the noise."""
    return scores[2] < scores[6] and all(0 < score <= 1 for score in scores.values())
