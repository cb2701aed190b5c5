"""What the chapter on data and models shows: its runs as tables, as numbers and as charts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from bigcurves.chapters.density.data_not_model import (
    data_not_model,
    mixed_hands,
    partly_scrambled,
    sparse_models,
)
from bigcurves.chapters.density.data_not_model.charts import partly, scrambling, sparse
from bigcurves.chapters.density.data_not_model.sparse_models import PRIOR
from bigcurves.chapters.density.data_not_model.tables import DATA, Tables, spread
from bigcurves.claims.results import Results, results
from bigcurves.measures.intervals import Interval
from bigcurves.measures.summary import interval_at
from bigcurves.plotting.marks import Figure
from bigcurves.plotting.picture import sprite
from bigcurves.running.catalogue import BOOK_SEEDS
from bigcurves.worlds import Digits, permute_pixels

PAGES = range(1, 7)  # of eight digits each


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the page says in numbers; each field is a glue name.

    Accuracies are percentages of digits named rightly, of new ones where nothing else is said;
    the best and the worst are those of the four families' means.
    """

    results: Results
    seeds: int
    real_best: float
    real_worst: float
    permuted_best: float
    permuted_worst: float
    permuted_network: Interval
    train_least: float  # on training digits, the lowest mean of any model and kind of data
    over_models: float  # points between the best model and the worst, on real digits
    over_data: float  # points between one model's best kind of data and its worst
    ink: float  # the best mean with a fresh shuffle for each digit
    ink_model: str  # and whose it is
    apart_quarter: float  # with a quarter of the pixels shuffled digit by digit
    apart_half: float
    apart_all: float
    aligned_50_best: float  # with 50 training digits
    aligned_50_worst: float
    aligned_50_conv: float
    aligned_50_spread: float  # points between the best of the four families and the worst
    aligned_200_spread: float
    aligned_800_spread: float
    shifted_50_lead: float  # points of the convolution over the best of the four
    shifted_800_lead: float
    shifted_50_best: float
    shifted_50_worst: float
    shifted_50_conv: Interval
    hands_mixed: float  # errors of the nearest neighbour with the same people on both sides
    hands_other: Interval  # and on other people's digits


class Page(Tables):
    """What the page shows, drawn from the tables."""

    @cached_property
    def numbers(self) -> Numbers:
        """What the page says in numbers."""
        new, training = (self.means[self.means["digits"] == name] for name in ("new", "training"))
        percent = {
            data: 100 * rows.set_index("model")["mean"] for data, rows in new.groupby("data")
        }
        real, permuted = percent[DATA["real"]], percent[DATA["permuted"]]
        scrambled = percent[DATA["scrambled"]]
        network = interval_at(new, scale=100, data=DATA["permuted"], model="network")
        at_50 = self.few_means[self.few_means["n"] == 50]
        of_50 = {
            digits: 100 * rows.set_index("model")["mean"]
            for digits, rows in at_50[at_50["model"] != PRIOR].groupby("digits")
        }
        conv_aligned = interval_at(at_50, scale=100, digits="aligned", model=PRIOR)
        conv_shifted = interval_at(at_50, scale=100, digits="shifted", model=PRIOR)
        return Numbers(
            results=results(
                data_not_model, mixed_hands, partly_scrambled, sparse_models, seeds=self.seeds
            ),
            seeds=int(self.means["seeds"].min()),
            real_best=float(real.max()),
            real_worst=float(real.min()),
            permuted_best=float(permuted.max()),
            permuted_worst=float(permuted.min()),
            permuted_network=network,
            train_least=100 * float(training["mean"].min()),
            over_models=spread(self.table[self.table["data"] == DATA["real"]], ["seed"]),
            over_data=spread(self.table, ["seed", "model"]),
            ink=float(scrambled.max()),
            ink_model=str(scrambled.idxmax()),
            apart_quarter=self.apart(16),
            apart_half=self.apart(32),
            apart_all=self.apart(64),
            aligned_50_best=float(of_50["aligned"].max()),
            aligned_50_worst=float(of_50["aligned"].min()),
            aligned_50_conv=conv_aligned.mean,
            aligned_50_spread=self.spread_of_aligned(50),
            aligned_200_spread=self.spread_of_aligned(200),
            aligned_800_spread=self.spread_of_aligned(800),
            shifted_50_lead=self.lead_on_shifted(50),
            shifted_800_lead=self.lead_on_shifted(800),
            shifted_50_best=float(of_50["shifted"].max()),
            shifted_50_worst=float(of_50["shifted"].min()),
            shifted_50_conv=conv_shifted,
            hands_mixed=self.by_hands("mixed").mean,
            hands_other=self.by_hands("other"),
        )

    def scramblings(self) -> Figure:
        """Draw the same digits in four ways, each with its label."""
        rng = np.random.default_rng(0)  # as the page draws them in an open cell
        digits = Digits().sample(48, rng)
        X, y = digits.inputs, np.asarray(digits.targets)
        ranks, every_pixel = rng.random(X.shape), np.arange(64)
        alike, apart = (permute_pixels(X, used, every_pixel) for used in (ranks[:1], ranks))
        rows = ((X, y), (alike, y), (apart, y), (X, rng.permutation(y)))
        spoilt = dict(zip(DATA.values(), rows, strict=True))
        strips = pd.DataFrame(
            {
                "name": name,
                "page": page,
                "picture": sprite(pictures[8 * page - 8 : 8 * page].reshape(8, 8, 8)),
            }
            for name, (pictures, _) in spoilt.items()
            for page in PAGES
        )
        taught = pd.DataFrame(
            {"name": name, "page": page, "place": place, "label": int(labels[8 * page - 8 + place])}
            for name, (_, labels) in spoilt.items()
            for page in PAGES
            for place in range(8)
        )
        words = scrambling.describe_scramblings(strips)
        return scrambling.scramblings_chart(strips, taught, description=words)

    def scramble_table(self) -> Figure:
        """Draw what each model names rightly on each kind of data."""
        data, words = list(DATA.values()), scrambling.describe_table(self.means)
        return scrambling.scramble_table(self.shares, self.means, data=data, description=words)

    def partly(self) -> Figure:
        """Draw digits of which more and more pixels are shuffled, live, above the accuracy."""
        rng = np.random.default_rng(0)
        learned, new = Digits().split(rng)
        digits = np.concatenate([learned.inputs[:200], new.inputs[:100]])
        levels = np.round(16 * digits).astype(int).tolist()
        ranks = rng.permuted(np.tile(np.arange(64), (300, 1)), axis=1).tolist()
        live = partly.LiveDigits(
            known=levels[:200],
            asked=levels[200:],
            known_ranks=ranks[:200],
            asked_ranks=ranks[200:],
            taught=np.asarray(learned.targets)[:200].tolist(),
            truth=np.asarray(new.targets)[:100].tolist(),
            order=rng.permutation(64).tolist(),
        )
        words = partly.describe_partly(self.by_degrees)
        return partly.partly_chart(live, self.by_degrees, description=words)

    def sparse(self) -> Figure:
        """Draw each model's accuracy against the number of digits, aligned or shifted."""
        words = sparse.describe_sparse(self.few_means)
        return sparse.sparse_chart(self.few, self.few_means, description=words)


def page(seeds: Iterable[int] = BOOK_SEEDS) -> Page:
    """Read the chapter's runs."""
    return Page(seeds)
