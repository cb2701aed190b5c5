"""Checks of the solutions: each function takes what a solution glues under its exercise's label."""

from math import prod


def better_guess(found: list[float]) -> bool:
    """A guess among the answers left beats a blind one, and is right at most once in the fewest."""
    better, least = found
    return 100 / 31 < better < 100 / least


def rows(bought: dict[int, float]) -> bool:
    """The chance that m random rows of bits span all 20 directions, to 4 standard errors."""
    exact = {m: prod(1 - 2.0 ** -(m - i) for i in range(20)) if m >= 20 else 0.0 for m in bought}
    # A bit that the rows leave free is set to 0, and the secret has none.
    return all(
        abs(share - exact[m]) <= 4 * (exact[m] * (1 - exact[m]) / 200) ** 0.5 + 1e-12
        for m, share in bought.items()
    )


def longer(spans: dict[int, int]) -> bool:
    """Nine directions for each place of either number, and one constant."""
    return spans == {k: 18 * k + 1 for k in (1, 2, 3, 4)}
