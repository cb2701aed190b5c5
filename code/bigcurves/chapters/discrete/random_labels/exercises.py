"""Checks of the solutions: each function takes what a solution glues under its exercise's label."""


def honest(mark: float) -> bool:
    """0.46 of the labels are true, give or take three standard errors of 1,200 draws."""
    return abs(mark - 0.46) < 0.045


def stop(found: dict[str, float]) -> bool:
    """The epoch chosen on false labels is far better than the last, and next to the best."""
    return found["chosen"] > found["last"] + 0.15 and found["oracle"] - found["chosen"] < 0.05


def system(by_rule: dict[float, float]) -> bool:
    """A systematic lie is corrected while it is in the minority, and believed once it is not."""
    return by_rule[0.2] > 0.75 > 0.5 > by_rule[0.6]
