"""What the chapter on random labels shows: its runs as numbers and as charts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from bigcurves.chapters.discrete.random_labels import random_labels
from bigcurves.chapters.discrete.random_labels.charts import (
    digit_grid,
    early_stopping,
    label_noise_memorisation,
    one_false_label,
)
from bigcurves.chapters.discrete.random_labels.tables import NAMES, STEPS, Tables, lesson
from bigcurves.claims.results import Results, results
from bigcurves.measures.intervals import Interval
from bigcurves.measures.summary import interval_table
from bigcurves.plotting.marks import Figure
from bigcurves.running.catalogue import BOOK_SEEDS

SHOWN = NAMES["three_fifths"]


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the page says in numbers; each field is a glue name.

    `epochs` are those until no label is missed. All others are in percent: `end` and `best` of
    new digits, known then and at the best epoch; `corrected` and `left` of the lies, answered
    with the truth at the best epoch and in the end.
    """

    results: Results
    seeds: int
    truth_curve: list[tuple[int, float]]  # (epoch, lies answered with the truth), the guess's truth
    overtaken: int  # the first epoch at which more lies are repeated than corrected
    epochs_none: float
    epochs_fifth: float
    epochs_two_fifths: float
    epochs_three_fifths: Interval
    epochs_four_fifths: float
    epochs_every: float
    epochs_control: Interval
    end_none: Interval
    end_fifth: Interval
    end_two_fifths: Interval
    end_three_fifths: Interval
    end_four_fifths: Interval
    end_every: Interval
    best_none: float
    best_fifth: float
    best_two_fifths: float
    best_three_fifths: float
    best_four_fifths: float
    best_every: float
    corrected_three_fifths: Interval
    corrected_control: Interval
    left_three_fifths: float


class Page(Tables):
    """What the page shows, drawn from the tables."""

    @cached_property
    def numbers(self) -> Numbers:
        """What the page says in numbers."""
        means = self.course_means[self.course_means["part"] == SHOWN]
        lines = means.pivot_table(index="epoch", columns="line", values="mean")
        epochs, truth = lines.index.to_numpy(), lines["knows the truth"].to_numpy()
        passed = epochs[lines["fits the lie"].to_numpy() > truth]
        return Numbers(
            results=results(random_labels, seeds=self.seeds),
            seeds=int(self.runs["seed"].nunique()),
            truth_curve=[
                (int(e), float(v)) for e, v in zip(epochs, 100 * truth, strict=True) if e <= 256
            ],
            overtaken=int(passed[0]),
            epochs_none=self.over_networks("epochs", "none").mean,
            epochs_fifth=self.over_networks("epochs", "fifth").mean,
            epochs_two_fifths=self.over_networks("epochs", "two_fifths").mean,
            epochs_three_fifths=self.over_networks("epochs", "three_fifths"),
            epochs_four_fifths=self.over_networks("epochs", "four_fifths").mean,
            epochs_every=self.over_networks("epochs", "every").mean,
            epochs_control=self.over_networks("epochs", "control"),
            end_none=self.percent("end", "none"),
            end_fifth=self.percent("end", "fifth"),
            end_two_fifths=self.percent("end", "two_fifths"),
            end_three_fifths=self.percent("end", "three_fifths"),
            end_four_fifths=self.percent("end", "four_fifths"),
            end_every=self.percent("end", "every"),
            best_none=self.percent("best", "none").mean,
            best_fifth=self.percent("best", "fifth").mean,
            best_two_fifths=self.percent("best", "two_fifths").mean,
            best_three_fifths=self.percent("best", "three_fifths").mean,
            best_four_fifths=self.percent("best", "four_fifths").mean,
            best_every=self.percent("best", "every").mean,
            corrected_three_fifths=self.percent("corrected", "three_fifths"),
            corrected_control=self.percent("corrected", "control"),
            left_three_fifths=self.percent("left", "three_fifths").mean,
        )

    def label_noise_memorisation(self) -> Figure:
        """Draw how much of the lies and of the truth is said, epoch by epoch."""
        means = self.course_means
        words = label_noise_memorisation.describe_memorisation(means, SHOWN)
        dots = self.course[self.course["epoch"].isin(STEPS[::3])]
        return label_noise_memorisation.memorisation_chart(
            dots, means, part=SHOWN, when=7, description=words
        )

    def digit_grid(self) -> Figure:
        """Draw what one network says of digits that it was lied to about."""
        digits, answers = lesson()
        words = digit_grid.describe_digit_grid(digits, answers, 7)
        return digit_grid.digit_grid_chart(digits, answers, when=7, description=words)

    def one_false_label(self) -> Figure:
        """Draw a curve among liars, which bends to obey them."""
        draw = np.random.default_rng(3)
        points = pd.DataFrame({"place": (np.arange(72) + draw.uniform(0.1, 0.9, 72)) / 72})
        new = pd.DataFrame({"place": np.linspace(0, 1, 201)})
        for rows in (points, new):
            rows["truth"] = np.where(np.sin(2 * np.pi * 1.2 * rows["place"] + 0.9) > 0, 1, -1)
        points["turn"] = np.argsort(draw.permutation(72))
        return one_false_label.one_false_label_chart(
            points, new, most=24, description=one_false_label.describe_one_false_label(points, new)
        )

    def early_stopping(self) -> Figure:
        """Draw what is known of new digits when training ends, and at its best epoch."""
        means = interval_table(self.ends, ["random", "stop"], "share")
        return early_stopping.early_stopping_chart(
            self.ends, means, description=early_stopping.describe_early_stopping(means)
        )


def page(seeds: Iterable[int] = BOOK_SEEDS) -> Page:
    """Read the chapter's runs."""
    return Page(seeds)
