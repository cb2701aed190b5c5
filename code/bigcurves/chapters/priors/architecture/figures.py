"""What the chapter on architecture shows: its runs as numbers and as charts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
import pandas as pd

from bigcurves.chapters.priors.architecture import architecture
from bigcurves.chapters.priors.architecture.charts import template, what_where
from bigcurves.claims.results import Results, results
from bigcurves.measures.intervals import Interval
from bigcurves.measures.summary import interval_at, interval_table
from bigcurves.plotting.marks import Figure
from bigcurves.running import runs
from bigcurves.running.catalogue import BOOK_SEEDS

DRAWN, SHUFFLED = "as drawn", "shuffled"
ORDERS = {"natural": DRAWN, "shuffled": SHUFFLED}
CONV, NEAR, PLAIN = "convolution", "nearest neighbour", "plain network"
LEARNERS = {"convolution": CONV, "1-NN": NEAR, "network": PLAIN}
WHAT, WHERE = "what is it?", "where is it?"
QUESTIONS = {"what": WHAT, "where": WHERE}
POOLED, LINE = "pooled convolution", "linear map"
CHANCE = {WHAT: 1 / 8, WHERE: 1 / 4}


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the page says in numbers; each field is a glue name.

    Scores are in percent, after twenty pictures of each glyph; `most` is after two hundred.
    """

    results: Results
    seeds: int
    conv: Interval
    plain: Interval
    conv_shuffled: Interval
    plain_shuffled: float
    conv_shuffled_most: Interval
    plain_shuffled_most: Interval
    near_most: float
    conv_most: float
    lead: float  # the convolution's over the plain network, in points
    lead_shuffled: float
    ranking: list[int]  # places in the guess's list, the best first
    catch_up: int  # pictures from which the plain network knows as much
    # After fifty pictures of each glyph, by question and learner.
    what_conv: float
    what_line: float
    where_conv: float
    where_line: float


class Page:
    """What the page shows, drawn from the chapter's runs."""

    def __init__(self, seeds: Iterable[int]) -> None:
        self.seeds = list(seeds)
        self.table = runs.run(architecture, seeds=self.seeds)

    @cached_property
    def sizes(self) -> pd.DataFrame:
        """Runs over the number of pictures, in both orders of pixels."""
        sizes = self.table[self.table["part"] == "sizes"]
        return sizes.assign(
            order=sizes["order"].map(ORDERS), learner=sizes["learner"].map(LEARNERS)
        )

    @cached_property
    def scores(self) -> pd.DataFrame:
        """Mean scores by order, learner and number of pictures, with their intervals."""
        return interval_table(self.sizes, ["order", "learner", "n"], "test")

    @cached_property
    def flips(self) -> pd.DataFrame:
        """Mean scores by question and learner, with their intervals and chance."""
        pooled = self.table[self.table["part"] == "what and where"]
        pooled = pooled.assign(
            asked=pooled["task"].map(QUESTIONS),
            learner=pooled["learner"].map({"convolution": POOLED, "linear": LINE}),
        )
        flips = interval_table(pooled, ["asked", "learner"], "test")
        return flips.assign(chance=flips["asked"].map(CHANCE))

    @cached_property
    def numbers(self) -> Numbers:
        """What the page says in numbers."""
        drawn = partial(interval_at, self.scores, scale=100, order=DRAWN)
        shuffled = partial(interval_at, self.scores, scale=100, order=SHUFFLED)
        told = partial(interval_at, self.flips, scale=100)
        conv, plain = drawn(learner=CONV, n=20), drawn(learner=PLAIN, n=20)
        conv_shuffled, plain_shuffled = shuffled(learner=CONV, n=20), shuffled(learner=PLAIN, n=20)
        near = drawn(learner=NEAR, n=20)
        guess = [each.mean for each in (conv, plain, conv_shuffled, near)]
        sizes = sorted(int(n) for n in self.scores["n"].unique())
        return Numbers(
            results=results(architecture, seeds=self.seeds),
            seeds=int(self.scores["seeds"].min()),
            conv=conv,
            plain=plain,
            conv_shuffled=conv_shuffled,
            plain_shuffled=plain_shuffled.mean,
            conv_shuffled_most=shuffled(learner=CONV, n=200),
            plain_shuffled_most=shuffled(learner=PLAIN, n=200),
            near_most=drawn(learner=NEAR, n=200).mean,
            conv_most=drawn(learner=CONV, n=200).mean,
            lead=conv.mean - plain.mean,
            lead_shuffled=conv_shuffled.mean - plain_shuffled.mean,
            ranking=[int(place) + 1 for place in np.argsort([-score for score in guess])],
            catch_up=next(n for n in sizes if drawn(learner=PLAIN, n=n).mean >= conv.mean),
            what_conv=told(asked=WHAT, learner=POOLED).mean,
            what_line=told(asked=WHAT, learner=LINE).mean,
            where_conv=told(asked=WHERE, learner=POOLED).mean,
            where_line=told(asked=WHERE, learner=LINE).mean,
        )

    def template(self) -> Figure:
        """Draw a template on a line, which finds its shape wherever it stands."""
        shapes = {"peak": (0.5, 1.0, 0.5), "dip": (1.0, 0.0, 1.0)}
        shuffled = np.random.default_rng(3).permutation(16).tolist()
        words = template.describe_template(list(shapes), "peak", len(shuffled))
        return template.template_chart(shapes, "peak", shuffled, description=words)

    def learning(self) -> Figure:
        """Draw how three learners learn glyphs, in either order of the pixels."""
        words = what_where.describe_learning(self.scores)
        return what_where.learning_chart(self.sizes, self.scores, description=words)

    def what_where(self) -> Figure:
        """Draw who tells what a glyph is, and who tells where it stands."""
        words = what_where.describe_what_where(self.flips)
        return what_where.what_where_chart(self.flips, description=words)


def page(seeds: Iterable[int] = BOOK_SEEDS) -> Page:
    """Read the chapter's runs."""
    return Page(seeds)
