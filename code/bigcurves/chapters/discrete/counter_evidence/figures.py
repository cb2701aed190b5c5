"""What the chapter on counter-evidence shows: its runs as tables, as numbers and as charts."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
import pandas as pd

from bigcurves.chapters.discrete.counter_evidence.charts import (
    answer_table,
    circle_worth,
    live_sums,
    parity_scores,
)
from bigcurves.chapters.discrete.counter_evidence.charts import grokking as grokking_charts
from bigcurves.chapters.discrete.counter_evidence.numbers import Numbers, numbers_of
from bigcurves.chapters.discrete.counter_evidence.tables import PARTS, Tables
from bigcurves.measures.summary import interval_table
from bigcurves.plotting.marks import Figure
from bigcurves.running.catalogue import BOOK_SEEDS
from bigcurves.worlds import DigitAddition, ModularAddition
from bigcurves.worlds.modular import Kind

RULES = {
    "sparse": "three bits count",
    "full": "every bit counts",
    "shuffled": "labels shuffled",
}
COLUMNS = {  # the words below a parity's column
    "sparse": "3 of 20|{rows:,}|rows",
    "full": "all {bits}|{rows:,}|rows",
    "shuffled": "none|{rows:,}|rows",
}
SMALL = 11  # numbers in the table that the reader asks
STEPS = [10, 20, 30, 40, 60, 80, 100, 120, 140, 160, 180, 200, 240, 300, 400, 500, 700, 1000]


class Page(Tables):
    """What the page shows, drawn from the tables."""

    @cached_property
    def numbers(self) -> Numbers:
        """What the page says in numbers."""
        return numbers_of(self)

    def grokking(self) -> Figure:
        """Draw how tables are learned, step by step, and where the weights place the numbers."""
        drawn = self.course[self.course["part"] != PARTS["renamed"]]
        means = self.course_means[self.course_means["part"] != PARTS["renamed"]]
        others = drawn["on"] == grokking_charts.OTHERS
        single = drawn[others & drawn["step"].isin(STEPS)].drop(columns="on")
        words = grokking_charts.describe_grokking(means, PARTS["sums"])
        return grokking_charts.grokking_chart(
            single, means, self.films, chance=1 / 31, description=words
        )

    def below_chance(self) -> Figure:
        """Draw a table half of which is taught, for the reader to ask for a pair."""
        rng = np.random.default_rng(1)
        known, _ = ModularAddition(p=SMALL).split(0.5, np.random.default_rng(1))
        assert known.latents is not None
        shown = set(map(tuple, np.rint(known.latents * SMALL).astype(int).tolist()))
        kinds: dict[str, Kind] = {
            PARTS["sums"]: "sum",
            PARTS["latin"]: "latin",
            PARTS["random"]: "random",
        }
        cells = pd.DataFrame(
            {"table": name, "a": a, "b": b, "answer": int(square[a, b]), "taught": (a, b) in shown}
            for name, kind in kinds.items()
            for square in [ModularAddition(p=SMALL, kind=kind).table(rng)]
            for a in range(SMALL)
            for b in range(SMALL)
        )
        words = answer_table.describe_answer_table(cells)
        return answer_table.answer_table_chart(cells, description=words)

    def circle_worth(self) -> Figure:
        """Draw what finding the circle costs in pairs, beside having it."""
        words = circle_worth.describe_circle_worth(self.worth_means)
        return circle_worth.circle_worth_chart(
            self.worth, self.worth_means, chance=1 / 31, description=words
        )

    def live_sums(self) -> Figure:
        """Draw sums that are learned by least squares where the reader watches."""
        pool = DigitAddition().sample(320, np.random.default_rng(0))
        assert pool.targets is not None
        X, y = pool.inputs, pool.targets
        rows, targets = [row.astype(int).tolist() for row in X], y.tolist()
        shuffled = np.random.default_rng(1).permutation(targets[:200]).tolist()
        lessons = pd.DataFrame({"row": rows[:200], "sums": targets[:200], "random": shuffled})
        new = pd.DataFrame({"row": rows[200:], "sums": targets[200:]})
        fits = {m: np.linalg.lstsq(X[:m], y[:m])[0] for m in (30, 50, 60, 200)}
        added = {m: int((np.rint(X[200:] @ fit) == y[200:]).sum()) for m, fit in fits.items()}
        words = live_sums.describe_live_sums(lessons, new, added)
        return live_sums.live_sums_chart(lessons, new, description=words)

    def parity(self) -> Figure:
        """Draw parities, learned by a network and by elimination."""
        bits = self.bits
        both = bits.assign(rule=bits["task"].map(RULES), share=bits["test"])
        most = bits[bits["learner"] == "network"].groupby(["task", "bits", "rows"])["m"].first()
        both["task"] = [
            COLUMNS[task].format(bits=n, rows=most[task, n, rows])
            for task, n, rows in zip(bits["task"], bits["bits"], bits["rows"], strict=True)
        ]
        means = interval_table(both, ["learner", "rule", "task"], "share")
        drawn = both[["seed", "learner", "rule", "task", "share"]]
        words = parity_scores.describe_parity(means)
        return parity_scores.parity_chart(drawn, means, description=words)


def page(seeds: Iterable[int] = BOOK_SEEDS) -> Page:
    """Read the chapter's runs."""
    return Page(seeds)
