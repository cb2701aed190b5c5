"""Checks of the solutions: each function takes what a solution glues under its exercise's label."""


def ghost(found: list[float]) -> bool:
    """The deviation is even in the distance, so the square is wrong by its square: under 4 %."""
    apart, levels = found
    return apart < 0.2 and abs(levels - 1) <= 0.04


def hop(off: list[float]) -> bool:
    """Plain costs never pay for a stop on the way, so hops are longer and sink deeper."""
    squared, plain = off
    return squared < plain


def codes(looked: dict[str, list[float]]) -> bool:
    """Both redraw alike; where the middles go wrong it is where no known code is near."""
    best, worst = looked["best"], looked["worst"]
    return worst[0] < 2 * best[0] and worst[1] > 10 * best[1] and worst[2] > 0.8
