"""What the page on checks sets beside published figures: runs on MNIST, as numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, partial
from types import ModuleType
from typing import Any

from bigcurves.chapters.back.checks import (
    descent_by_width,
    dimension_of_all,
    hull_of_all,
    nearest_of_all,
    random_labels_fitted,
    two_networks,
)
from bigcurves.claims.claim import mean_where
from bigcurves.claims.results import Results, results
from bigcurves.measures.intervals import Interval, t_interval
from bigcurves.measures.summary import interval_at, interval_table
from bigcurves.running import runs
from bigcurves.running.catalogue import BOOK_SEEDS

PUBLISHED = (
    nearest_of_all,
    two_networks,
    dimension_of_all,
    hull_of_all,
    random_labels_fitted,
    descent_by_width,
)


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the page says in numbers; each field is a glue name.

    Errors and shares are in percent.
    """

    results: Results
    seeds: int
    nearest: Interval
    nearest_three: float  # three neighbours vote
    plain: Interval
    plain_loss: float  # in the last pass of its training
    plain_weights: int
    convolutional: Interval
    convolutional_loss: float
    convolutional_weights: int
    dimension: Interval  # Levina and Bickel
    dimension_two: Interval  # of two neighbours
    inside_pixels: float
    inside_ten: Interval  # through ten principal components
    random_missed: float  # in training
    random_wrong: Interval  # in test
    random_passes: Interval
    true_passes: Interval
    peak_width: int  # hidden units of the network that errs most
    peak_weights: float  # for each training digit
    peak_missed: float  # in training
    peak: Interval
    narrowest: Interval
    widest: Interval


class Found:
    """The runs of all experiments, and what the page says of them."""

    def __init__(self, seeds: Iterable[int]) -> None:
        self.seeds = list(seeds)
        self.runs = {module: runs.run(module, seeds=self.seeds) for module in PUBLISHED}

    def _at(self, module: ModuleType, value: str, *, scale: float = 1, **where: Any) -> Interval:
        """Average a column over seeds where another has a value."""
        return interval_at(
            interval_table(self.runs[module], list(where), value), scale=scale, **where
        )

    @cached_property
    def numbers(self) -> Numbers:
        """What the page says in numbers."""
        nearest = partial(self._at, nearest_of_all, "error", scale=100)
        network = partial(self._at, two_networks, "error", scale=100)
        inside = partial(self._at, hull_of_all, "inside", scale=100)
        random = partial(self._at, random_labels_fitted)
        error = partial(self._at, descent_by_width, "test", scale=100)
        dimension, width = self.runs[dimension_of_all], self.peak_width
        widths = self.runs[descent_by_width]["width"]
        at_peak = mean_where(self.runs[descent_by_width], width=width)
        fixed = self.runs[two_networks].groupby("network").first()
        weights, losses = fixed["weights"], fixed["loss"]
        return Numbers(
            results=results(*PUBLISHED, seeds=self.seeds),
            seeds=len(self.seeds),
            nearest=nearest(voters=1),
            nearest_three=nearest(voters=3).mean,
            plain=network(network="plain"),
            plain_loss=float(losses["plain"]),
            plain_weights=int(weights["plain"]),
            convolutional=network(network="convolutional"),
            convolutional_loss=float(losses["convolutional"]),
            convolutional_weights=int(weights["convolutional"]),
            dimension=t_interval(dimension["levina_bickel"]),
            dimension_two=t_interval(dimension["two_nn"]),
            inside_pixels=inside(dimensions=hull_of_all.PIXELS).mean,
            inside_ten=inside(dimensions=10),
            random_missed=random("train", scale=100, labels="random").mean,
            random_wrong=random("test", scale=100, labels="random"),
            random_passes=random("passes", labels="random"),
            true_passes=random("passes", labels="true"),
            peak_width=width,
            peak_weights=float(at_peak["weights"]) / descent_by_width.Settings().n,
            peak_missed=100 * float(at_peak["train"]),
            peak=error(width=width),
            narrowest=error(width=widths.min()),
            widest=error(width=widths.max()),
        )

    @cached_property
    def peak_width(self) -> int:
        """Hidden units of the network that errs most on test digits, over all seeds."""
        errors = interval_table(self.runs[descent_by_width], ["width"], "test")
        return int(errors.sort_values("mean")["width"].iloc[-1])


def numbers(seeds: Iterable[int] = BOOK_SEEDS) -> Numbers:
    """Read the runs, and give what the page says of them in numbers."""
    return Found(seeds).numbers
