"""What the chapter on double descent shows: its runs as numbers and as charts."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
import pandas as pd

from bigcurves.chapters.density.double_descent.charts import (
    calming,
    descent,
    interpolation,
    noise,
    widths,
)
from bigcurves.chapters.density.double_descent.numbers import Numbers, numbers_of
from bigcurves.chapters.density.double_descent.tables import LEARNED, Tables, name_ten
from bigcurves.plotting.marks import Figure
from bigcurves.running.catalogue import BOOK_SEEDS
from bigcurves.worlds import CurveWorld


class Page(Tables):
    """What the page shows, drawn from the tables."""

    @cached_property
    def numbers(self) -> Numbers:
        """What the page says in numbers."""
        return numbers_of(self)

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
        """Draw how four kinds of curve err when labels are wrong."""
        words = noise.describe_tempered(self.noisy_means)
        return noise.tempered_chart(self.noisy, self.noisy_means, self.wrong, description=words)

    def price(self) -> Figure:
        """Draw what a wrong label costs, by a kernel's reach."""
        words = noise.describe_price(self.prices)
        return noise.price_chart(self.priced, self.prices, description=words)

    def widths(self) -> Figure:
        """Draw the errors of networks by their width."""
        words = widths.describe_widths(self.width_means)
        return widths.widths_chart(self.widened, self.width_means, description=words)


def page(seeds: Iterable[int] = BOOK_SEEDS) -> Page:
    """Read the chapter's runs."""
    return Page(seeds)
