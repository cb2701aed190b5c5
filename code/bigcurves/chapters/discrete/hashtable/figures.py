"""What the chapter on the hashtable shows: its runs as tables, as numbers and as charts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
import pandas as pd

from bigcurves.chapters.discrete.hashtable import hashtable
from bigcurves.chapters.discrete.hashtable.charts import (
    ask_key,
    slope_changes,
    store_costs,
    store_width,
)
from bigcurves.chapters.discrete.hashtable.costs import MEASURED_ON
from bigcurves.chapters.discrete.hashtable.tables import STORED, TASK, Tables
from bigcurves.claims.results import Results, results
from bigcurves.measures.intervals import Interval
from bigcurves.measures.summary import interval_at, interval_table
from bigcurves.plotting.marks import Figure
from bigcurves.running.catalogue import BOOK_SEEDS
from bigcurves.worlds import Keys

ABLE, BOUND = ("Python dict", "bitmap of known keys"), "entropy of the labels"
FIRST = 12345  # the key that is asked for at first


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the page says in numbers; each field is a glue name.

    `width_` are hidden units of the smallest network, `bits_` bits for each label, `build_`
    milliseconds, `one_` and `many_` microseconds per key, asked one by one and all at once.
    """

    results: Results
    seeds: int
    width_random_128: float  # by the number of keys
    width_random_1024: Interval
    width_curve_128: float
    width_curve_1024: float
    growth_random: float  # by what factor the width grows from 128 keys to 1,024
    per_parameter: Interval  # random bits that a parameter holds
    random_confidence: float  # percent, on keys never seen
    random_strangers: float  # percent of keys never seen that are answered right
    curve_strangers: float
    sure_stored: float  # percent, the one network that the reader asks
    sure_strangers: float
    bits_entropy_of_the_labels: float
    bits_xor_table: float
    bits_rounded_network: float
    bits_smallest_network: float
    bits_reliable_network: float
    bits_bitmap: float
    bits_bitmap_of_known_keys: float
    bits_python_dict: float
    build_xor_table: float
    build_smallest_network: float
    build_reliable_network: float
    build_bitmap: float
    build_python_dict: float
    one_xor_table: float
    one_smallest_network: float
    one_reliable_network: float
    one_bitmap: float
    one_python_dict: float
    many_xor_table: float
    many_smallest_network: float
    many_reliable_network: float
    many_bitmap: float
    many_python_dict: float
    measured_date: str
    measured_processor: str
    measured_python: str
    slower_build: float  # by what factor the reliable network is slower than the dict
    slower_one: float
    smaller: float  # by what factor the smallest network needs fewer bits than the dict
    larger: float  # by what factor it needs more than the xor table
    search: float  # seconds for the smallest network


class Page(Tables):
    """What the page shows, drawn from the tables."""

    @cached_property
    def numbers(self) -> Numbers:
        """What the page says in numbers."""
        width = partial(interval_at, self.means, search="smallest")
        few, many = (width(task=TASK["random"], m=m) for m in (128, STORED))
        random, curve = self.full("random"), self.full("curve")
        held = interval_table(random.assign(held=STORED / random["parameters"]), ["task"], "held")
        spent = self.spent
        build, one, bulk = (self.timed[cost] for cost in ("build", "one", "many"))
        return Numbers(
            results=results(hashtable, seeds=self.seeds),
            seeds=int(random["seed"].nunique()),
            width_random_128=few.mean,
            width_random_1024=many,
            width_curve_128=width(task=TASK["curve"], m=128).mean,
            width_curve_1024=width(task=TASK["curve"], m=STORED).mean,
            growth_random=many.mean / few.mean,
            per_parameter=interval_at(held),
            random_confidence=float(100 * random["confidence"].mean()),
            random_strangers=float(100 * random["strangers"].mean()),
            curve_strangers=float(100 * curve["strangers"].mean()),
            sure_stored=float(100 * self.sure[:STORED].mean()),
            sure_strangers=float(100 * self.sure[STORED:].mean()),
            bits_entropy_of_the_labels=spent["entropy of the labels"],
            bits_xor_table=spent["xor table"],
            bits_rounded_network=spent["rounded network"],
            bits_smallest_network=spent["smallest network"],
            bits_reliable_network=spent["reliable network"],
            bits_bitmap=spent["bitmap"],
            bits_bitmap_of_known_keys=spent["bitmap of known keys"],
            bits_python_dict=spent["Python dict"],
            build_xor_table=float(build["xor table"]),
            build_smallest_network=float(build["smallest network"]),
            build_reliable_network=float(build["reliable network"]),
            build_bitmap=float(build["bitmap"]),
            build_python_dict=float(build["Python dict"]),
            one_xor_table=float(one["xor table"]),
            one_smallest_network=float(one["smallest network"]),
            one_reliable_network=float(one["reliable network"]),
            one_bitmap=float(one["bitmap"]),
            one_python_dict=float(one["Python dict"]),
            many_xor_table=float(bulk["xor table"]),
            many_smallest_network=float(bulk["smallest network"]),
            many_reliable_network=float(bulk["reliable network"]),
            many_bitmap=float(bulk["bitmap"]),
            many_python_dict=float(bulk["Python dict"]),
            measured_date=str(MEASURED_ON["date"]),
            measured_processor=str(MEASURED_ON["processor"]),
            measured_python=str(MEASURED_ON["Python"]),
            slower_build=float(build["reliable network"] / build["Python dict"]),
            slower_one=float(one["reliable network"] / one["Python dict"]),
            smaller=spent["Python dict"] / spent["smallest network"],
            larger=spent["smallest network"] / spent["xor table"],
            search=float(build["smallest network"] / 1000),
        )

    def store_width(self) -> Figure:
        """Draw the width of a network that holds so many bits."""
        words = store_width.describe_store_width(self.means)
        return store_width.store_width_chart(self.searched, self.means, description=words)

    def slope_changes(self) -> Figure:
        """Draw the bends that answers on a line need."""
        rng = np.random.default_rng(2)
        places = rng.random(120)
        points = pd.DataFrame({"place": places, "random": rng.choice([-1, 1], 120)})
        points["smooth"] = np.where(np.sin(2 * np.pi * 3 * places) > 0, 1, -1)
        return slope_changes.slope_changes_chart(
            points, description=slope_changes.describe_slope_changes(points)
        )

    def ask_key(self) -> Figure:
        """Draw a dict and a network that the reader may ask for any key."""
        sample = self.sample
        assert sample.latents is not None
        assert sample.targets is not None
        keys = np.rint(sample.latents[:STORED, 0] * Keys().universe).astype(int)
        memory = dict(zip(keys.tolist(), sample.targets[:STORED].tolist(), strict=True))
        hidden, out, offset = self.network.arrays
        weights = hidden[:-1].T.round(5).tolist()
        units = pd.DataFrame({"weights": weights, "bias": hidden[-1], "out": out})
        stored = ask_key.confidence_bins(self.sure[:STORED], "keys stored")
        strangers = ask_key.confidence_bins(self.sure[STORED:], "keys never seen")
        binned = pd.concat([stored, strangers])
        words = ask_key.describe_ask_key(binned, memory, FIRST)
        return ask_key.ask_key_chart(
            units, memory, binned, offset=float(offset[0]), first=FIRST, description=words
        )

    def store_costs(self) -> Figure:
        """Draw the bill: what each memory costs in bits and in time."""
        costs = pd.DataFrame(
            {"cost": "bits", "memory": list(self.spent), "value": list(self.spent.values())}
        )
        timed = self.timed.reset_index()
        timed = timed.melt(["memory"], ["build", "one", "many"], "cost", "value")
        costs = pd.concat([costs, timed])
        costs = costs.assign(kind=costs["memory"].map(kind), note=costs["value"].map(note))
        words = store_costs.describe_store_costs(costs)
        return store_costs.store_costs_chart(costs, description=words)


def kind(memory: str) -> str:
    """Say whether a memory can tell that it does not know a key."""
    able = "can say not found" if memory in ABLE else "answers anything"
    return "a bound" if memory == BOUND else able


def note(value: float) -> str:
    """Write a cost to three figures, or as a whole number."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def page(seeds: Iterable[int] = BOOK_SEEDS) -> Page:
    """Read the chapter's runs."""
    return Page(seeds)
