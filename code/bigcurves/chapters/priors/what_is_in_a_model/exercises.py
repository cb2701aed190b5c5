"""Checks of the solutions: each function takes what a solution glues under its exercise's label."""


def worlds(few: int) -> bool:
    """Two constant worlds, and eleven places for a change with either label first."""
    return few == 2 + 11 * 2


def worth(enough: int) -> bool:
    """The network needs more than the twenty pictures that the convolution had."""
    return 20 < enough <= 200


def case(skill: float) -> bool:
    """Above the network's skill, below the convolution's, by their claims' margins."""
    return 0.5 < skill < 0.9
