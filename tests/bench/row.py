"""One measured figure, and how long a call takes."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Row:
    """A figure beside its goal, and beside a plain implementation measured in the same run."""

    figure: str
    measured: float
    unit: str
    goal: str = ""
    baseline: float | None = None

    def cells(self) -> tuple[str, str, str, str, str]:
        baseline = "" if self.baseline is None else f"{self.baseline:,.4g} {self.unit}"
        ratio = "" if self.baseline is None else f"{self.measured / self.baseline:.2f}"
        return self.figure, f"{self.measured:,.4g} {self.unit}", self.goal, baseline, ratio


def seconds(
    call: Callable[[], object], *, runs: int = 5, clock: Callable[[], float] = time.perf_counter
) -> float:
    """Time `call` after one warm-up: the median of `runs`, by the wall's clock or another."""
    call()
    times = []
    for _ in range(runs):
        start = clock()
        call()
        times.append(clock() - start)
    return statistics.median(times)
