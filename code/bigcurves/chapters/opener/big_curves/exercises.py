"""Checks of the solutions: each function takes what a solution glues under its exercise's label."""

Medians = dict[str, dict[str, float]]  # by target, or noise, and curve


def reach(inside: list[bool]) -> bool:
    """A point moves straight lines between its neighbours and nowhere else: by construction."""
    return inside == [True, True]


def more_points(medians: Medians) -> bool:
    """Steps between points shrink as 1/n, lines as 1/n^2: 4 and 16 times, generously halved."""
    few, many = medians["smooth, 12 points"], medians["smooth, 48 points"]
    gains = {name: few[name] / many[name] for name in few}
    worse = medians["jump, 48 points"]["polynomial"] > medians["jump, 12 points"]["polynomial"]
    return gains["nearest neighbour"] > 2 and gains["piecewise linear"] > 8 and worse


def noise(medians: Medians) -> bool:
    """The polynomial is first without noise and last with it."""
    clean, grainy = medians["noise 0.0"], medians["noise 0.1"]
    return min(clean, key=clean.__getitem__) == max(grainy, key=grainy.__getitem__) == "polynomial"
