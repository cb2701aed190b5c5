"""What the claims of `price` rest on, read off its rows."""

import pandas as pd

FLAT, POINTED = 0, 1  # places of the kernels among those of a run


def prices(
    run: pd.DataFrame, kernel: int, value: str = "price", *, few: bool = False
) -> "pd.Series[float]":
    """Give a kernel's prices by scale, far reaches first, with the most digits or the fewest."""
    n = run["n"].min() if few else run["n"].max()
    mine = run["kernel"] == run["kernel"].unique()[kernel]
    found: pd.Series[float] = run[mine & (run["n"] == n)].groupby("scale")[value].mean()
    return found


def by_reach(run: pd.DataFrame) -> float:
    """Subtract the flat kernel's price at the shortest reach but one from that at the farthest."""
    found = prices(run, FLAT)
    return float(found.iloc[0] - found.iloc[-2])


def apart(run: pd.DataFrame) -> float:
    """Subtract the pointed kernel's prices from the flat one's, and give the least difference."""
    return float((prices(run, FLAT) - prices(run, POINTED)).min())


def falls(run: pd.DataFrame) -> float:
    """Subtract the pointed kernel's price with the most digits from that with the fewest."""
    fewer, more = (prices(run, POINTED, few=few).mean() for few in (True, False))
    return float(fewer - more)


def grows(run: pd.DataFrame) -> float:
    """Subtract squared prices with the fewest digits from those with the most, at far reach."""
    more, fewer = (prices(run, FLAT, "squared", few=few) for few in (False, True))
    return float((more - fewer).iloc[0])


def largest(run: pd.DataFrame) -> float:
    """Give the pointed kernel's largest squared price."""
    pointed = run[run["kernel"] == run["kernel"].unique()[POINTED]]
    return float(pointed.groupby(["scale", "n"])["squared"].mean().max())
