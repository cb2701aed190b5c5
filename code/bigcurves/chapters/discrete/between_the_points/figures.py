"""What the chapter on what lies between shows: its runs as tables, as numbers and as charts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from bigcurves.chapters.discrete.between_the_points import between_points, left_out
from bigcurves.chapters.discrete.between_the_points.charts import midpoints, spline
from bigcurves.chapters.discrete.between_the_points.tables import (
    CANDIDATES,
    CLASS,
    EVERY,
    HARD,
    NEAREST,
    PRIMES,
    ROW,
    SMOOTH,
    Tables,
)
from bigcurves.chapters.manifold.morphing import digit_morphing
from bigcurves.claims.results import Results, results
from bigcurves.learners import spline_left_out
from bigcurves.measures.intervals import Interval
from bigcurves.measures.summary import interval_at
from bigcurves.plotting.marks import Figure
from bigcurves.running.catalogue import BOOK_SEEDS
from bigcurves.worlds import sieve


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the page says in numbers; each field is a glue name.

    `kept` is how often what lies halfway is of the same kind, `base` how often anything is,
    both in percent; `miss` is a spline's error, where saying the mean scores 1.
    """

    results: Results
    seeds: int
    least_guess: float  # of the splines through the row of candidates that is drawn
    most_guess: float
    miss_wave: float
    miss_primes: Interval
    miss_coins: Interval
    miss_turn: float
    kept_digit: float
    base_digit: float
    kept_class: float
    kept_smooth: float
    kept_primes: Interval
    base_primes: float
    kept_hard: float  # primes, among midpoints that 2, 3, 5 and 7 do not divide
    base_hard: float


class Page(Tables):
    """What the page shows, drawn from the tables."""

    @cached_property
    def numbers(self) -> Numbers:
        """What the page says in numbers."""
        guesses = spline_left_out(ROW, self.heights[CANDIDATES][:, np.newaxis])
        keeps = 100 * self.keeps.set_index(["which", "row"])[["mean", "base"]]
        kept, base = keeps["mean"].to_dict(), keeps["base"].to_dict()
        primes = interval_at(self.keeps, scale=100, which=EVERY, row=PRIMES)
        return Numbers(
            results=results(between_points, left_out, digit_morphing, seeds=self.seeds),
            seeds=int(self.misses["seeds"].min()),
            least_guess=float(guesses.min()),
            most_guess=float(guesses.max()),
            miss_wave=interval_at(self.misses, curve="a wave").mean,
            miss_primes=interval_at(self.misses, curve="primes"),
            miss_coins=interval_at(self.misses, curve="coin flips"),
            miss_turn=interval_at(self.misses, curve="even and odd").mean,
            kept_digit=kept[EVERY, NEAREST],
            base_digit=base[EVERY, NEAREST],
            kept_class=kept[EVERY, CLASS],
            kept_smooth=kept[EVERY, SMOOTH],
            kept_primes=primes,
            base_primes=base[EVERY, PRIMES],
            kept_hard=kept[HARD, PRIMES],
            base_hard=base[HARD, PRIMES],
        )

    def spline(self) -> Figure:
        """Draw a row of points with one deleted, and the spline's guess."""
        points = pd.concat(
            pd.DataFrame({"curve": name, "place": ROW, "height": heights})
            for name, heights in self.heights.items()
        )
        words = spline.describe_spline(points)
        return spline.spline_chart(points, curve=CANDIDATES, description=words)

    def left_out(self) -> Figure:
        """Draw how far splines miss the point left out, curve by curve."""
        words = spline.describe_left_out(self.misses)
        return spline.left_out_chart(self.by_curve, self.misses, description=words)

    def number_midpoint(self) -> Figure:
        """Draw a stretch of the number line, with the number halfway between two primes."""
        numbers = pd.DataFrame({"number": np.arange(2**16, 2**16 + 460)})
        small = np.flatnonzero(sieve(363))  # a composite below 2^17 has a divisor below 363
        divides = numbers["number"].to_numpy()[:, np.newaxis] % small == 0
        numbers["least"] = np.where(divides.any(axis=1), small[divides.argmax(axis=1)], 0)
        many = int((numbers["least"] == 0).sum())
        words = (
            f"A stretch of the number line with {many} primes as ticks. Two diamonds stand on "
            "primes that sliders choose, and halfway between them stands a circle if that number "
            "is prime and a cross if not. Its least divisor is written above, and so is how many "
            "such midpoints are prime."
        )
        return midpoints.number_midpoint_chart(numbers, description=words)

    def digit_midpoint(self) -> Figure:
        """Draw two digits and their average, and what the judge of the open cells says of it."""
        pairs = self.digit_pairs()
        told = " ".join(pairs["words"])
        words = f"Two digits and, in the middle, the average of their pixels. {told}"
        return midpoints.digit_midpoint_chart(pairs, description=words)

    def kept(self) -> Figure:
        """Draw how often what lies halfway is of the same kind."""
        words = midpoints.describe_kept(self.keeps)
        return midpoints.kept_chart(self.halves, self.keeps, description=words)


def page(seeds: Iterable[int] = BOOK_SEEDS) -> Page:
    """Read the chapter's runs."""
    return Page(seeds)
