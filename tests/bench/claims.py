"""All claims on the book's 20 seeds, from an empty store and from a full one: ONLY=claims.

The first takes minutes. The wall's clock sees other work on the machine and processor time does
not, so both stand here. Memory is that of all processes together, pages that they share counted
once. Both are looked at twice a second. The plain way is the empty store.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from row import Row

LOOK = 0.5  # seconds


@dataclass(kw_only=True)
class Used:
    """What a command and all that it started have used so far.

    Attributes
    ----------
    wall
        Seconds by the wall's clock.
    times
        Processor seconds of each process, by its id and its start.
    peak
        The most memory that they held at once, in GB.
    """

    wall: float = 0.0
    times: dict[tuple[int, float], float] = field(default_factory=dict)
    peak: float = 0.0

    @property
    def processor(self) -> float:
        """Processor seconds of all processes."""
        return sum(self.times.values())

    def look(self, pid: int) -> None:
        """Take note of a process and its descendants."""
        held = 0
        try:
            parent = psutil.Process(pid)
            for process in (parent, *parent.children(recursive=True)):
                spent, memory = process.cpu_times(), process.memory_full_info()
                self.times[process.pid, process.create_time()] = spent.user + spent.system
                held += getattr(memory, "pss", memory.rss)
        except psutil.NoSuchProcess:
            pass  # it ended while we looked
        self.peak = max(self.peak, held / 1e9)


def measure() -> Iterator[Row]:
    """Judge every claim twice in the same store."""
    cores = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder:
        cold, warm = judge(Path(folder)), judge(Path(folder))
    figure = "all claims on 20 seeds, empty store"
    goal = "<= 600 on 2 cores"
    yield Row(figure=f"{figure}, {cores} cores", measured=cold.wall, unit="s", goal=goal)
    goal = "<= 1,200"
    yield Row(figure=f"{figure}, processor time", measured=cold.processor, unit="s", goal=goal)
    yield Row(figure="peak memory of all processes", measured=cold.peak, unit="GB", goal="< 2")
    figure = "all claims, store full (baseline: empty)"
    yield Row(figure=figure, measured=warm.wall, unit="s", goal="<= 3", baseline=cold.wall)
    figure = "the same, processor time"
    yield Row(figure=figure, measured=warm.processor, unit="s", baseline=cold.processor)


def judge(store: Path) -> Used:
    """Measure the command that judges all claims, as the reader would call it."""
    command = [sys.executable, "-m", "bigcurves", "claims", "--store", str(store)]
    environment = os.environ | {"BIGCURVES_RECORD": str(store / "no record")}
    begun, used = time.perf_counter(), Used()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        while True:
            try:
                told, _ = process.communicate(timeout=LOOK)
                break
            except subprocess.TimeoutExpired:
                used.look(process.pid)
        used.wall = time.perf_counter() - begun
    if process.returncode not in (0, 1):  # 1: a claim has fallen, which is no matter of time
        raise RuntimeError(f"claims ended with status {process.returncode}: {told[-500:]}")
    return used
