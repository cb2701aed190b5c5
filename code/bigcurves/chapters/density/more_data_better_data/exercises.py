"""Checks of the solutions: each function takes what a solution glues under its exercise's label."""

from math import isclose

from scipy.stats import binom


def lead(limits: dict[int, float]) -> bool:
    """All labels but those of one class may be wrong, if they are spread over all the others."""
    spread = {classes: (classes - 1) / classes for classes in (2, 5, 10, 1000)}
    return limits.keys() == spread.keys() and all(isclose(limits[k], spread[k]) for k in spread)


def vote(won: dict[str, list[float]]) -> bool:
    """Against one rival the count is binomial; 10,000 draws are known to 0.005 and 4 times that."""
    rival = {f"{k} voters": float(binom.sf(k // 2, k, 0.4)) for k in (1, 7, 31, 121)}
    apart, _ = zip(*won.values(), strict=True)
    near = all(abs(won[voters][1] - share) <= 0.02 for voters, share in rival.items())
    return won.keys() == rival.keys() and near and min(apart) == apart[0]


def borders(found: dict[str, list[float]]) -> bool:
    """Mistakes anywhere fade with more rows; at the borders they do not."""
    anywhere, gathered = found["anywhere"], found["at the borders"]
    return anywhere[1] < anywhere[0] / 2 and gathered[1] > gathered[0]
