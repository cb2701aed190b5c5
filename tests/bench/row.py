"""One measured figure, and what a call costs."""

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
        share = self.measured / (self.baseline or self.measured)
        ratio = "" if self.baseline is None else f"{share:,.0f}" if share >= 100 else f"{share:.3g}"
        return self.figure, f"{self.measured:,.4g} {self.unit}", self.goal, baseline, ratio


def seconds(call: Callable[[], object], *, runs: int = 5) -> float:
    """Take the processor time of `call`, the median of `runs` after one warm-up.

    Other work on the machine counts for little in it. A caller keeps to one thread: processor
    time is added up over threads.
    """
    call()
    times = []
    for _ in range(runs):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return statistics.median(times)
