"""What MNIST costs: to read, search and learn it, and the memory that this takes at its peak.

`learning` shows what takes seconds. ONLY=mnist adds the dimension with all 60,000 digits asked for
their neighbours, which takes minutes. Each figure is that of a fresh process on all cores, since a
process keeps the peak of all that it ever did.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from row import Row
from sklearn.neural_network import MLPClassifier

from bigcurves.distances import nearest
from bigcurves.learners import ConvolutionalClassifier, NetworkClassifier
from bigcurves.measures import nearest_neighbour_slope, two_nn_and_levina_bickel
from bigcurves.worlds import MNIST

ASKED = 3000  # digits of which the neighbours are sought among all
STATUS = Path("/proc/self/status")  # of Linux
WRONG = 0.0309  # share of the test digits that their nearest training digit gets wrong
NETWORKS = {  # seconds an epoch, and errors in percent, that are the goals
    "784-256-10 network": (1, 2.2),
    "convolutional network of 8 and 16 channels": (20, 1.5),
}


@dataclass(frozen=True)
class Cost:
    """Seconds of a piece of work, the peak memory of its process in MB, and what it found."""

    seconds: float
    megabytes: float
    found: dict[str, float] = field(default_factory=dict)


def measure() -> Iterator[Row]:
    """Measure everything."""
    yield from quick()
    yield from dimensions("all", "")


def quick() -> Iterator[Row]:
    """Measure what takes seconds."""
    read = cost_of("read")
    yield Row(figure="MNIST read and checked", measured=read.seconds, unit="s", goal="<= 1")
    yield from rows("1-NN of 10,000 test digits against 60,000", cost_of("nearest"), goal="<= 10")
    yield from dimensions("some", f", {ASKED:,} asked")
    yield from networks()


def dimensions(which: str, told: str) -> Iterator[Row]:
    """Measure the estimates of the dimension of 60,000 digits."""
    yield from rows(f"two_nn_and_levina_bickel of 60,000 digits{told}", cost_of(f"ratios {which}"))
    yield from rows(f"nearest_neighbour_slope of 60,000 digits{told}", cost_of(f"slope {which}"))


def networks() -> Iterator[Row]:
    """Train both kinds of network on all 60,000 digits, with a falling rate."""
    plain = cost_of("scikit-learn").found["epoch"]
    for name, (goal, error) in NETWORKS.items():
        cost = cost_of(name)
        yield Row(
            figure=f"{name}, an epoch of 60,000 digits (baseline: MLPClassifier 784-256-10)",
            measured=cost.found["epoch"],
            unit="s",
            goal=f"<= {goal}",
            baseline=plain,
        )
        yield Row(
            figure=f"{name}: error on 10,000 test digits after {cost.found['epochs']:.0f} epochs, "
            f"at a training loss of {cost.found['loss']:.4f} in the last",
            measured=100 * cost.found["error"],
            unit="%",
            goal=f"<= {error}",
        )
        yield Row(figure=f"{name}: memory", measured=cost.megabytes, unit="MB", goal="< 1000")


def rows(figure: str, cost: Cost, *, goal: str = "") -> Iterator[Row]:
    yield Row(figure=figure, measured=cost.seconds, unit="s", goal=goal)
    yield Row(figure=f"{figure}: memory", measured=cost.megabytes, unit="MB", goal="< 1000")


def cost_of(work: str) -> Cost:
    """Do a piece of work in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, work], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{work}: {done.stderr}")
    return Cost(*json.loads(done.stdout))


def peak() -> float:
    """Give this process's largest memory so far, in MB."""
    if STATUS.exists():  # of `getrusage` a child has, at its start, what its parent ever used
        fields = dict(line.split(":", 1) for line in STATUS.read_text("utf-8").splitlines())
        return int(fields["VmHWM"].split()[0]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6  # bytes on macOS


def read() -> None:
    for part in ("train", "test"):
        MNIST(part=part).images  # noqa: B018 (reading is all that is asked)


def search() -> None:
    known, asked = MNIST(), MNIST(part="test")
    near = nearest(known.images, asked.images, 1)[0][:, 0]
    wrong = float(np.mean(known.labels[near] != asked.labels))
    if abs(wrong - WRONG) > 1e-4:
        raise ValueError(f"the share of errors must be {WRONG}, got {wrong}")


def learn(name: str) -> dict[str, float]:
    """Train a network, and time its epochs alone."""
    known = MNIST().sample(60_000, np.random.default_rng(0))
    asked = MNIST(part="test").sample(10_000, np.random.default_rng(0))
    if name == "scikit-learn":
        machine = MLPClassifier((256,), batch_size=128, random_state=0)
        times = epochs_of(
            lambda: machine.partial_fit(known.inputs, known.targets, classes=range(10))
            for _ in range(3)
        )
        return {"epoch": float(np.median(times))}
    if name.startswith("784"):
        network = NetworkClassifier(
            hidden=(256,),
            learning_rate=1e-3,
            schedule="cosine",
            epochs=12,
            batch_size=128,
            random_state=0,
        )
    else:
        network = ConvolutionalClassifier(random_state=0)
    training = network.training(known.inputs, known.targets)
    times = epochs_of((lambda: next(training)) for _ in range(network.epochs))
    return {
        "epoch": float(np.median(times)),
        "epochs": network.epochs,
        "loss": network.loss_curve_[-1],
        "error": 1 - float(network.score(asked.inputs, asked.targets)),
    }


def epochs_of(calls: Iterator[Callable[[], object]]) -> list[float]:
    """Take the seconds of each call."""
    times = []
    for call in calls:
        begun = time.perf_counter()
        call()
        times.append(time.perf_counter() - begun)
    return times


def dimension(name: str, which: str) -> Callable[[], object]:
    digits = MNIST().images
    asked = np.arange(ASKED) if which == "some" else None
    if name == "ratios":
        return lambda: two_nn_and_levina_bickel(digits, asked=asked)
    return lambda: nearest_neighbour_slope(digits, np.random.default_rng(1), asked=asked)


def work_of(name: str) -> Callable[[], object]:
    """Prepare a piece of work."""
    if name in (*NETWORKS, "scikit-learn"):
        return lambda: learn(name)
    if name.split()[0] in ("ratios", "slope"):
        return dimension(*name.split())
    return {"read": read, "nearest": search}[name]


if __name__ == "__main__":
    work = work_of(sys.argv[1])
    begun = time.perf_counter()
    found = work()
    told = [time.perf_counter() - begun, peak(), found if isinstance(found, dict) else {}]
    sys.stdout.write(json.dumps(told))
