"""What the chapter on augmentation shows: its runs as numbers and as charts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bigcurves.chapters.priors.augmentation import (
    augmentation,
    augmentation_worth,
    digit_augmentation,
    digit_worth,
    wrong_augmentation,
)
from bigcurves.chapters.priors.augmentation.charts import augmented, dial, harm
from bigcurves.chapters.priors.augmentation.tables import TURNED, Tables
from bigcurves.claims.results import Results, results
from bigcurves.measures.intervals import Interval
from bigcurves.measures.summary import interval_at, interval_table
from bigcurves.plotting.marks import Figure
from bigcurves.running.catalogue import BOOK_SEEDS


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the page says in numbers; each field is a glue name.

    Errors are in percent; what is worth something is worth so many fresh pictures.
    """

    results: Results
    seeds: int
    copies: Interval
    darker: Interval
    both: Interval  # turned all the way round and darkened
    fresh: Interval  # as many pictures, all drawn
    explained: float  # share of the variance between augmented sets and runs, read off the gap
    under: float  # percentage points by which a set lies below the line of fresh ones, at most
    under_set: str
    worth_turns: Interval
    mixed: float  # 6 and 9, turned all the way round
    spared: float  # T and O
    upright: float  # 6 and 9, not turned
    before: float  # at 120 degrees
    after: float  # at 150 degrees
    copied: Interval  # eight digits of each class
    light: Interval
    modest: Interval
    round: Interval
    askew: float  # copies, where turned digits are asked for
    askew_turned: float
    worth_light: Interval
    worth_modest: Interval
    worth_round: Interval


class Page(Tables):
    """What the page shows, drawn from the tables."""

    @cached_property
    def numbers(self) -> Numbers:
        """What the page says in numbers."""
        both = self.set_error("turned 180, darker")
        made = self.sets_run[self.sets_run["kind"] == "augmented"]
        foretold = augmentation.predicted_errors(self.sets_run)
        missed = ((made["error"] - foretold) ** 2).mean()
        under = (100 * (foretold - made["error"])).groupby(made["set"]).mean()
        glyphs = self.glyphs_worth[self.glyphs_worth["world"] == "turns only"]
        glyph_modules = (augmentation, augmentation_worth, wrong_augmentation)
        return Numbers(
            results=results(*glyph_modules, digit_augmentation, digit_worth, seeds=self.seeds),
            seeds=int(self.sets["seeds"].min()),
            copies=self.set_error("copies"),
            darker=self.set_error("darker"),
            both=both,
            fresh=self.set_error("64 fresh"),
            explained=float(1 - missed / made["error"].var(ddof=0)),
            under=float(under.max()),
            under_set=f"{under.idxmax()} degrees",
            worth_turns=interval_at(
                interval_table(glyphs[glyphs["k"] == 16], ["k"], "worth"), k=16
            ),
            mixed=self.pair_error(180, "6 and 9"),
            spared=self.pair_error(180, "T and O"),
            upright=self.pair_error(0, "6 and 9"),
            before=self.pair_error(120, "6 and 9"),
            after=self.pair_error(150, "6 and 9"),
            copied=self.digit_error("copies"),
            light=self.digit_error("brighter or darker"),
            modest=self.digit_error("turned 10, shifted"),
            round=self.digit_error("turned 180"),
            askew=self.digit_error("copies", TURNED).mean,
            askew_turned=self.digit_error("turned 45", TURNED).mean,
            worth_light=interval_at(self.worths, how="brighter or darker"),
            worth_modest=interval_at(self.worths, how="turned 10, shifted"),
            worth_round=interval_at(self.worths, how="turned 180"),
        )

    def dial(self) -> Figure:
        """Draw copies on a dial, which turn and close the gaps."""
        rng = np.random.default_rng(7)
        drawn = np.repeat(rng.uniform(0, 360, 4), 16)
        shares = rng.uniform(-1, 1, 64)
        sets = self.sets.rename(columns={"mean": "error"})
        fresh = sets[sets["kind"] == "fresh"]
        turned = sets[sets["set"].str.fullmatch(r"copies|turned \d+")]
        turns = turned["set"].str.extract(r"(\d+)", expand=False).fillna("0").astype(int)
        turned = turned.assign(turn=turns)
        words = dial.describe_dial(turned)
        return dial.dial_chart(drawn.tolist(), shares.tolist(), fresh, turned, description=words)

    def equal_counts(self) -> Figure:
        """Draw the errors of training sets by their count and by their gap."""
        words = augmented.describe_sets(self.sets)
        return augmented.equal_counts_chart(self.sets, description=words)

    def harm(self) -> Figure:
        """Draw whom turns harm that go too far."""
        return harm.harm_chart(self.doses, description=harm.describe_harm(self.doses))

    def digit_gains(self) -> Figure:
        """Draw what each augmentation does for real digits, upright and turned."""
        words = augmented.describe_digit_gains(self.gains)
        return augmented.digit_gains_chart(self.digits, self.gains, description=words)


def page(seeds: Iterable[int] = BOOK_SEEDS) -> Page:
    """Read the chapter's runs."""
    return Page(seeds)
