"""What the hull of bars is judged by: figures read off its rows."""

from collections.abc import Callable

import pandas as pd

from bigcurves.claims.claim import mean_where


def gap_for_noise(run: pd.DataFrame) -> float:
    """Measure how far the distance to the hull strays from the noise itself, at worst."""
    noisy = run[run["world"] == "noisy bars"]
    return float((noisy["gap"] / noisy["noise"] - 1).abs().max())


def outside_to_inside(what: str) -> Callable[[pd.DataFrame], float]:
    """Compare bars whose latents lie beyond those seen with bars whose latents lie among them."""

    def ratio(run: pd.DataFrame) -> float:
        half = mean_where(run, world="half-seen bars")
        return float(half[f"{what}_outside"] / half[f"{what}_inside"])

    return ratio
