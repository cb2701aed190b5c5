"""What the front page shows: its runs as a table, as numbers and as a chart."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from bigcurves.chapters.opener.intro import curve_and_coins
from bigcurves.chapters.opener.intro.charts import argument
from bigcurves.claims.results import Results, results
from bigcurves.measures.intervals import Interval
from bigcurves.measures.summary import interval_at, interval_table
from bigcurves.plotting.marks import Figure
from bigcurves.running import runs
from bigcurves.running.catalogue import BOOK_SEEDS


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the page says in numbers; each field is a glue name.

    Errors are those with the most points, as shares of the spread of the heights.
    """

    results: Results
    seeds: int
    most: int  # points
    curve: Interval
    coins: Interval


class Page:
    """What the page shows, drawn from the chapter's runs."""

    def __init__(self, seeds: Iterable[int]) -> None:
        self.seeds = list(seeds)
        self.runs = runs.run(curve_and_coins, seeds=self.seeds)

    @cached_property
    def errors(self) -> pd.DataFrame:
        """Mean errors over seeds, for each world and number of points."""
        return interval_table(self.runs, ["world", "n"], "error")

    @cached_property
    def numbers(self) -> Numbers:
        """What the page says in numbers."""
        most = int(self.errors["n"].max())
        curve = interval_at(self.errors, world="curve", n=most)
        coins = interval_at(self.errors, world="coins", n=most)
        return Numbers(
            results=results(curve_and_coins, seeds=self.seeds),
            seeds=int(self.errors["seeds"].min()),
            most=most,
            curve=curve,
            coins=coins,
        )

    def argument(self) -> Figure:
        """Draw the same learner on a curve and on coins, as many points known as one likes."""
        settings = curve_and_coins.Settings(asked=201)
        smooth = curve_and_coins.draw(settings, "curve", 0)
        chance = curve_and_coins.draw(settings, "coins", 0)
        points = pd.DataFrame({"place": smooth[0], "curve": smooth[1], "coins": chance[1]})
        places = pd.DataFrame({"place": smooth[2], "curve": smooth[3], "coins": chance[3]})
        words = argument.describe_argument(self.errors)
        return argument.argument_chart(points, places, description=words)


def page(seeds: Iterable[int] = BOOK_SEEDS) -> Page:
    """Read the chapter's runs."""
    return Page(seeds)
