"""Seconds per seed of every experiment, at the book's sizes: ONLY=experiments, some minutes.

Processor time, on one thread, so that other work on the machine counts for little. A whole
experiment has no plain twin to stand beside it; `learning` and `science` have those of the parts.
"""

import statistics
import time
from collections.abc import Iterator

from row import Row

from bigcurves.running import catalogue
from bigcurves.running.task import Task

SEEDS = range(3)


def measure() -> Iterator[Row]:
    """Run each experiment on three seeds, then name the median and the slowest of all."""
    medians, worst = {}, {}
    for name in catalogue.titles():
        times = times_of(name)
        medians[name], worst[name] = statistics.median(times), max(times)
        figure = f"{name} (slowest seed: {worst[name]:.2f} s)"
        yield Row(figure=figure, measured=medians[name], unit="s/seed", goal="<= 10")
    middle = statistics.median(medians.values())
    yield Row(figure="median experiment", measured=middle, unit="s/seed", goal="<= 1.5")
    slowest = max(worst, key=lambda name: worst[name])
    figure = f"slowest seed of all: {slowest}"
    yield Row(figure=figure, measured=worst[slowest], unit="s/seed", goal="<= 10")
    yield Row(figure="all experiments, one seed", measured=sum(medians.values()), unit="s")


def times_of(name: str) -> list[float]:
    """Take the processor time of each seed, the import apart."""
    experiment = catalogue.load(name)
    task, times = Task(experiment=experiment.__name__, settings=experiment.Settings()), []
    for seed in SEEDS:
        begun = time.process_time()
        task(seed)
        times.append(time.process_time() - begun)
    return times
