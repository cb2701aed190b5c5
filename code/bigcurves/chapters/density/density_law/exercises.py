"""Checks of the solutions: each function takes what a solution glues under its exercise's label."""

from math import isclose, log2


def half_price(factors: dict[int, float]) -> bool:
    """Double the images in two dimensions and 32 times as many in ten: the law read backwards."""
    return all(isclose(2 / d * log2(factor), 1) for d, factor in factors.items())


def foretell(found: list[float]) -> bool:
    """Pixels are another distance than latents, so the law is an estimate: within twice."""
    foretold, measured = found
    return foretold < measured < 2 * foretold


def crowded(found: dict[str, list[float]]) -> bool:
    """The law holds in both worlds, and asking everywhere costs several times the error."""
    inside, everywhere = found["all crowded"], found["new ones from everywhere"]
    holds = all(0.5 < told / error < 2 for told, error in (inside, everywhere))
    return holds and everywhere[1] > 4 * inside[1]
