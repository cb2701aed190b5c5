"""Checks of the solutions: each function takes what a solution glues under its exercise's label."""


def grid(found: list[float]) -> bool:
    """Cells with a diagonal of 0.3 in four dimensions are 0.15 wide: seven along each side."""
    samples, times = found
    return samples == 7**4 and times > 3


def half_range(gaps: dict[tuple[float, int], float]) -> bool:
    """The even gap falls by the root of 16; with samples on one half only the other stays."""
    even = gaps[1.0, 100] / gaps[1.0, 1600]
    return abs(even / 4 - 1) <= 0.15 and gaps[0.5, 100] / gaps[0.5, 1600] < 1.15


def wish(found: list[float]) -> bool:
    """Right in its order, and above the wish: pixels are another distance than latents."""
    samples, error = found
    return 500 < samples < 1500 and 0.1 < error < 0.3
