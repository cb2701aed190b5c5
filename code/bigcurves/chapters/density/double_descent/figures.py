"""What the chapter on double descent shows: its runs as numbers and as charts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
import pandas as pd

from bigcurves.chapters.density.double_descent import (
    calming_curves,
    double_descent,
    interpolation_threshold,
    tempered,
)
from bigcurves.chapters.density.double_descent.charts import calming, descent, interpolation
from bigcurves.chapters.density.double_descent.tables import (
    EVERY,
    LEARNED,
    NEAREST,
    RIDGE,
    Tables,
    name_ten,
)
from bigcurves.claims.results import Results, results
from bigcurves.measures.intervals import Interval
from bigcurves.measures.summary import interval_at, interval_table
from bigcurves.plotting.marks import Figure
from bigcurves.running.catalogue import BOOK_SEEDS
from bigcurves.worlds import CurveWorld


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the page says in numbers; each field is a glue name.

    Errors are in percent, unless a comment says otherwise.
    """

    results: Results
    seeds: int
    # By training labels (`noisy`: a fifth random) and number of features.
    real_100: Interval
    real_200: float
    real_3000: Interval
    noisy_50: Interval
    noisy_3000: Interval
    norm_peak: float  # the weights' length with 200 features
    norm_most: float  # and with 3,000
    descent_curve: list[list[float]]  # [features, error as a share], the guess's truth
    calm_peak: float  # the curve's root mean square error with 10 cosines
    calm_last: float  # and with 400
    swing_peak: float  # the curve's greatest height with 10 cosines
    swing_last: float
    # Without and with a ridge, by number of digits.
    plain_100: float
    plain_200: float
    damped_100: float
    damped_200: float
    damped_1200: float
    wrong_fifth: float  # percent of labels that are wrong where a fifth is random
    digits_most: str  # as it is written
    # With the most digits, by machine and by how many labels are random.
    every_none: float
    every_fifth: float
    nearest_fifth: float
    ridge_none: float
    ridge_fifth: float


class Page(Tables):
    """What the page shows, drawn from the tables."""

    @cached_property
    def numbers(self) -> Numbers:
        """What the page says in numbers."""
        real = partial(interval_at, self.errors, scale=100, labels="as they are")
        noisy = partial(interval_at, self.errors, scale=100, labels="a fifth random")
        norm = partial(interval_at, self.norms, labels="as they are")
        calm = partial(interval_at, interval_table(self.calmed, ["features"], "error", log=True))
        swing = partial(interval_at, interval_table(self.calmed, ["features"], "swing", log=True))
        plain = partial(interval_at, self.grown_means, scale=100, fit="no ridge")
        damped = partial(interval_at, self.grown_means, scale=100, fit="a small ridge")
        most = int(self.noisy["n"].max())
        last = partial(interval_at, self.noisy_means, scale=100, n=most)
        curve = self.errors[self.errors["labels"] == "as they are"]
        return Numbers(
            results=results(
                double_descent, calming_curves, interpolation_threshold, tempered, seeds=self.seeds
            ),
            seeds=int(self.errors["seeds"].min()),
            real_100=real(features=100),
            real_200=real(features=200).mean,
            real_3000=real(features=3000),
            noisy_50=noisy(features=50),
            noisy_3000=noisy(features=3000),
            norm_peak=norm(features=200).mean,
            norm_most=norm(features=3000).mean,
            descent_curve=[
                [int(features), float(error)]
                for features, error in zip(curve["features"], curve["mean"], strict=True)
            ],
            calm_peak=calm(features=10).mean,
            calm_last=calm(features=400).mean,
            swing_peak=swing(features=10).mean,
            swing_last=swing(features=400).mean,
            plain_100=plain(n=100).mean,
            plain_200=plain(n=200).mean,
            damped_100=damped(n=100).mean,
            damped_200=damped(n=200).mean,
            damped_1200=damped(n=1200).mean,
            wrong_fifth=100 * float(self.wrong.set_index("labels")["share"]["a fifth"]),
            digits_most=f"{most:,}",
            every_none=last(labels="none", machine=EVERY).mean,
            every_fifth=last(labels="a fifth", machine=EVERY).mean,
            nearest_fifth=last(labels="a fifth", machine=NEAREST).mean,
            ridge_none=last(labels="none", machine=RIDGE).mean,
            ridge_fifth=last(labels="a fifth", machine=RIDGE).mean,
        )

    def descent(self) -> Figure:
        """Draw error and length of the weights down, up, and down again."""
        means = self.sizes
        names, picture = name_ten(list(map(int, means["features"].unique())))
        words = descent.describe_descent(means)
        return descent.descent_chart(
            self.descended, means, names, picture=picture, rows=LEARNED, description=words
        )

    def calming(self) -> Figure:
        """Draw a curve through ten points that calms down as cosines are added."""
        world = CurveWorld(noise=0.15)
        points = world.sample(10, np.random.default_rng([3, 0]))
        rng = np.random.default_rng([3, 21])
        live = calming.LiveCosines(
            xs=points.inputs[:, 0].round(4).tolist(),
            ys=np.asarray(points.targets).round(4).tolist(),
            frequencies=(20 * rng.standard_normal(200)).round(4).tolist(),
            phases=rng.uniform(0, 2 * np.pi, 200).round(4).tolist(),
            dragged=4,
        )
        line = np.linspace(live.xs[0], live.xs[-1], 101)
        truth = pd.DataFrame({"x": line, "y": world.height(line)})
        return calming.calming_chart(live, truth, description=calming.describe_calming(live))

    def threshold(self) -> Figure:
        """Draw how more digits make a model with as many features worse."""
        words = interpolation.describe_threshold(self.grown_means)
        return interpolation.threshold_chart(
            self.grown, self.grown_means, features=200, description=words
        )

    def tempered(self) -> Figure:
        """Draw where three machines come to rest when labels are wrong."""
        words = interpolation.describe_tempered(self.noisy_means)
        return interpolation.tempered_chart(
            self.noisy, self.noisy_means, self.wrong, description=words
        )


def page(seeds: Iterable[int] = BOOK_SEEDS) -> Page:
    """Read the chapter's runs."""
    return Page(seeds)
