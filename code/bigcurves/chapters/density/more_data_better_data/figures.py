"""What the chapter on more and better data shows: its runs as numbers and as charts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
import pandas as pd

from bigcurves.chapters.density.more_data_better_data import more_data, noise_map
from bigcurves.chapters.density.more_data_better_data.charts import label_noise, rates, votes
from bigcurves.chapters.density.more_data_better_data.charts import noise_map as map_charts
from bigcurves.claims.results import Results, results
from bigcurves.measures.intervals import Interval
from bigcurves.measures.summary import interval_at, interval_table
from bigcurves.plotting.marks import Figure
from bigcurves.running import runs
from bigcurves.running.catalogue import BOOK_SEEDS
from bigcurves.worlds import FlatWorld, VoronoiCells, flip_symmetric, flip_systematic

SPREAD, AGREED = "spread out", "all to the next class"
KINDS = {"none": "none wrong", "symmetric": SPREAD, "systematic": AGREED}
KEYS = ["flips", "share", "n"]
LEVELS = (0.02, 0.05, 0.1, 0.2, 0.4)  # errors that the map draws lines at


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the page says in numbers; each field is a glue name.

    Where a name ends in a number, it is that of training rows. `spread` and `agreed` are the two
    kinds of wrong labels, at six in ten wrong. Errors are in percent.
    """

    results: Results
    seeds: int
    spread_curve: list[list[float]]  # [n, error as a share], the guess's truth
    spread_100: float
    spread_25600: Interval
    agreed_100: float
    agreed_25600: float
    map_many: float  # error with the most rows on the map, six in ten wrong and spread out
    map_few: float  # error with two hundred rows, none wrong
    half_few: float  # error with two hundred rows, half of the labels wrong, all alike
    half_many: float  # the same with the most rows on the map
    rows_most: str  # on the map, as it is written
    # Noisy rows for one clean row; the first number in a name is tenths of labels that are wrong.
    rate_spread_4_400: Interval
    rate_spread_4_25600: Interval
    rate_spread_6_400: float
    rate_spread_6_25600: float
    rate_agreed_4_25600: Interval
    guide_agreed_4: float


class Page:
    """What the page shows, drawn from the chapter's runs."""

    def __init__(self, seeds: Iterable[int]) -> None:
        self.seeds = list(seeds)
        self.learned = _named(runs.run(more_data, seeds=self.seeds))
        self.mapped = _named(runs.run(noise_map, seeds=self.seeds))

    @cached_property
    def noisy(self) -> pd.DataFrame:
        """Runs of a hundred rows or more with wrong labels among them."""
        learned = self.learned
        return learned[(learned["n"] >= 100) & (learned["flips"] != "none wrong")]

    @cached_property
    def shared(self) -> pd.DataFrame:
        """The same, with the clean runs beside each share of wrong labels."""
        learned = self.learned
        clean = learned[(learned["n"] >= 100) & (learned["flips"] == "none wrong")]
        return pd.concat([self.noisy, *(clean.assign(share=share) for share in (0.2, 0.4, 0.6))])

    @cached_property
    def means(self) -> pd.DataFrame:
        """Mean errors with their intervals, for each kind and share of flips and each n."""
        return interval_table(self.shared, KEYS, "error")

    @cached_property
    def rated(self) -> pd.DataFrame:
        """Noisy runs that have a rate of exchange."""
        return self.noisy.dropna(subset="rate")

    @cached_property
    def rate_means(self) -> pd.DataFrame:
        """Geometric means of the rates, with their intervals."""
        return interval_table(self.rated, KEYS, "rate", log=True)

    @cached_property
    def guides(self) -> pd.DataFrame:
        """The rule of thumb for each rate, and what the chart calls it."""
        kinds = self.rated.groupby(["flips", "share"], sort=False)
        guides = kinds["guide"].first().reset_index()
        return guides.assign(name=[f"guide {guide:.1f}" for guide in guides["guide"]])

    @cached_property
    def tiles(self) -> pd.DataFrame:
        """Mean errors on the map, with their intervals."""
        tiles = interval_table(self.mapped, KEYS, "error")
        return tiles.assign(share=tiles["share"].round(2))

    @cached_property
    def numbers(self) -> Numbers:
        """What the page says in numbers."""
        means = self.means
        spread = partial(interval_at, means, scale=100, flips=SPREAD, share=0.6)
        agreed = partial(interval_at, means, scale=100, flips=AGREED, share=0.6)
        tile = partial(interval_at, self.tiles, scale=100)
        rate = partial(interval_at, self.rate_means)
        guides = self.guides.set_index(["flips", "share"])["guide"]
        curve = means[(means["flips"] == SPREAD) & (means["share"] == 0.6)].sort_values("n")
        return Numbers(
            results=results(more_data, noise_map, seeds=self.seeds),
            seeds=int(means["seeds"].min()),
            spread_curve=[
                [int(n), float(e)] for n, e in zip(curve["n"], curve["mean"], strict=True)
            ],
            spread_100=spread(n=100).mean,
            spread_25600=spread(n=25_600),
            agreed_100=agreed(n=100).mean,
            agreed_25600=agreed(n=25_600).mean,
            map_many=tile(flips=SPREAD, share=0.6, n=12_800).mean,
            map_few=tile(flips=SPREAD, share=0.0, n=200).mean,
            half_few=tile(flips=AGREED, share=0.5, n=200).mean,
            half_many=tile(flips=AGREED, share=0.5, n=12_800).mean,
            rows_most=f"{int(self.tiles['n'].max()):,}",
            rate_spread_4_400=rate(flips=SPREAD, share=0.4, n=400),
            rate_spread_4_25600=rate(flips=SPREAD, share=0.4, n=25_600),
            rate_spread_6_400=rate(flips=SPREAD, share=0.6, n=400).mean,
            rate_spread_6_25600=rate(flips=SPREAD, share=0.6, n=25_600).mean,
            rate_agreed_4_25600=rate(flips=AGREED, share=0.4, n=25_600),
            guide_agreed_4=float(guides[AGREED, 0.4]),
        )

    def votes(self) -> Figure:
        """Draw an election in every neighbourhood of a square, held anew at every move."""
        rng = np.random.default_rng(8)
        cells = VoronoiCells.draw(rng, d=2, classes=5)
        latents = np.asarray(FlatWorld(d=2, features=2).sample(400, rng).latents)
        truth = cells(latents)
        # The page flips these labels twice before the chart's own chances are drawn.
        flip_symmetric(truth, 0.4, rng, classes=5)
        flip_systematic(truth, 0.4, rng, classes=5)
        points = votes.LivePoints(
            xs=latents[:, 0].round(4).tolist(),
            ys=latents[:, 1].round(4).tolist(),
            truth=truth.tolist(),
            spread=((truth + rng.integers(1, 5, 400)) % 5).tolist(),
            next_one=((truth + 1) % 5).tolist(),
            chances=rng.random(400).round(4).tolist(),
        )
        middle = (np.arange(votes.GRID) + 0.5) / votes.GRID
        across, up = (axis.ravel() for axis in np.meshgrid(middle, middle))
        cell = cells(np.column_stack([across, up])).astype(int)
        half = 0.5 / votes.GRID
        places = pd.DataFrame({"x": across - half, "y": up + half, "cell": cell})
        return votes.votes_chart(points, places, description=votes.describe_votes(points))

    def noise_curves(self) -> Figure:
        """Draw the error of two kinds of wrong labels, one mended by data and one made worse."""
        words = label_noise.describe_noise_curves(self.means)
        return label_noise.noise_curves(self.shared, self.means, description=words)

    def noise_map(self) -> Figure:
        """Draw the map of rows against wrong labels, with its lines of equal error."""
        lines = map_charts.equal_error_lines(self.tiles, LEVELS)
        words = map_charts.describe_map(self.tiles)
        return map_charts.noise_map(self.tiles, lines, description=words)

    def rates(self) -> Figure:
        """Draw how many noisy rows are worth one clean row."""
        words = rates.describe_rates(self.rate_means)
        return rates.rates_chart(self.rated, self.rate_means, self.guides, description=words)


def page(seeds: Iterable[int] = BOOK_SEEDS) -> Page:
    """Read the chapter's runs."""
    return Page(seeds)


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """Call the kinds of flips as the page does."""
    return table.assign(flips=table["flips"].map(KINDS))
