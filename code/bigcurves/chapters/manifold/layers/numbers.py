"""What the chapter on layers says in numbers."""

from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import pandas as pd

from bigcurves.chapters.manifold.layers import convolution, layers
from bigcurves.chapters.manifold.layers.latent_grid import latent_grid as decoded
from bigcurves.chapters.manifold.layers.tables import (
    DEPTHS,
    DIMENSIONS,
    NAMES,
    SCATTERS,
    SHARES,
    STRANGE,
    Tables,
)
from bigcurves.claims.claim import mean_where
from bigcurves.claims.results import Results, results
from bigcurves.measures.intervals import Interval
from bigcurves.measures.summary import interval_at

HIDDEN = DEPTHS[-2]  # the last hidden layer
LAST_PICTURES = len(convolution.Settings().channels)  # the layer before the outputs


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the page says in numbers; each field is a glue name.

    A name begins with the measure and ends with the network, or with `pixels`, which all share.
    Where no layer is named it is the last hidden one. Shares and errors are in percent.
    """

    results: Results
    seeds: int
    curve: list[tuple[int, float]]  # (layer, dimension) in the trained network, the guess's truth
    dimension_pixels: Interval
    dimension_first: Interval  # in the first layer of the network that learned all digits
    dimension_untrained: Interval
    dimension_true_all: Interval
    dimension_true_few: float
    dimension_random_few: float
    dimension_random_all: Interval
    dimension_first_random: float  # in the first layer, all digits
    dimension_untrained_convolution: float
    dimension_trained_convolution: float
    dimension_random_convolution: float
    seeds_random_convolution: int
    linear_pixels: float  # principal components that hold 95 % of the variance
    linear_untrained: float
    class_pixels: float
    class_true_all: float
    scatter_pixels: float
    scatter_untrained: float
    scatter_true_all: float
    scatter_random_few: float
    scatter_random_all: float
    scatter_untrained_convolution: float
    scatter_trained_convolution: float
    scatter_own_pixels: float  # by random labels, in the pixels: chance
    scatter_own_random: float
    scatter_own_outputs: float
    scatter_own_true: float
    overlap_pixels: float
    overlap_untrained: float
    overlap_true_all: float
    readable_pixels: float
    readable_untrained: float
    readable_untrained_convolution: float
    readable_true_all: float
    agreement_pixels: float
    agreement_untrained: float
    agreement_true_all: float
    wrong_true_all: float  # of new digits
    wrong_true_few: float
    missed_random_few: float  # of those that it was taught
    missed_random_all: float
    wrong_convolution: float
    sure_digits: float
    sure_mixed: Interval
    sure_turned: float
    sure_shuffled: float
    sure_shuffled_random: float
    code_drawn: float  # RMS pixel value of drawing new digits from two numbers of the code
    components_drawn: float  # from two principal components
    mean_drawn: float  # from none: the mean digit for each
    components_named: float
    code_named: float  # by a vote of digits whose codes are near
    pixels_named: float  # by the same vote in the pixels


class Counted(Tables):
    """The tables, and what the page says of them."""

    @cached_property
    def numbers(self) -> Numbers:
        """What the page says in numbers."""
        last = partial(interval_at, self.means, layer=HIDDEN)
        pixels = partial(interval_at, self.means, layer=DEPTHS[0], network=NAMES["true_all"])
        dimension, inside = DIMENSIONS["two_nn"], DIMENSIONS["within"]
        overlap, readable, agreement = SHARES.values()
        scatter, own = SCATTERS.values()
        untrained, trained, few, random, noise = NAMES.values()
        sure = partial(interval_at, self.sure_means, scale=100)
        mean = partial(_mean, self.runs)
        pictures = partial(_mean, self.pictures, layer=LAST_PICTURES)
        grid = decoded()
        plain, turned, both, shuffled = STRANGE.values()
        return Numbers(
            results=results(layers, convolution, seeds=self.seeds),
            seeds=int(self.means["seeds"].min()),
            curve=self._curve(),
            dimension_pixels=pixels(measure=dimension),
            dimension_first=interval_at(self.means, measure=dimension, network=trained, layer="1"),
            dimension_untrained=last(measure=dimension, network=untrained),
            dimension_true_all=last(measure=dimension, network=trained),
            dimension_true_few=last(measure=dimension, network=few).mean,
            dimension_random_few=last(measure=dimension, network=random).mean,
            dimension_random_all=last(measure=dimension, network=noise),
            dimension_first_random=interval_at(
                self.means, measure=dimension, network=noise, layer="1"
            ).mean,
            dimension_untrained_convolution=pictures("two_nn", part="untrained"),
            dimension_trained_convolution=pictures("two_nn", part="trained"),
            dimension_random_convolution=_mean(
                self.random_pictures, "two_nn", part="trained", layer=LAST_PICTURES
            ),
            seeds_random_convolution=int(self.random_pictures["seed"].nunique()),
            linear_pixels=mean("linear", part="untrained", layer=0),
            linear_untrained=mean("linear", part="untrained", layer=len(DEPTHS) - 2),
            class_pixels=pixels(measure=inside).mean,
            class_true_all=last(measure=inside, network=trained).mean,
            scatter_pixels=pixels(measure=scatter).mean,
            scatter_untrained=last(measure=scatter, network=untrained).mean,
            scatter_true_all=last(measure=scatter, network=trained).mean,
            scatter_random_few=last(measure=scatter, network=random).mean,
            scatter_random_all=last(measure=scatter, network=noise).mean,
            scatter_untrained_convolution=pictures("scatter", part="untrained"),
            scatter_trained_convolution=pictures("scatter", part="trained"),
            scatter_own_pixels=interval_at(
                self.means, measure=own, network=random, layer=DEPTHS[0]
            ).mean,
            scatter_own_outputs=interval_at(
                self.means, measure=own, network=random, layer=DEPTHS[-1]
            ).mean,
            scatter_own_random=last(measure=own, network=random).mean,
            scatter_own_true=last(measure=own, network=few).mean,
            overlap_pixels=pixels(measure=overlap, scale=100).mean,
            overlap_untrained=last(measure=overlap, network=untrained, scale=100).mean,
            overlap_true_all=last(measure=overlap, network=trained, scale=100).mean,
            readable_pixels=pixels(measure=readable, scale=100).mean,
            readable_untrained=last(measure=readable, network=untrained, scale=100).mean,
            readable_untrained_convolution=100 * pictures("readable", part="untrained"),
            readable_true_all=last(measure=readable, network=trained, scale=100).mean,
            agreement_pixels=pixels(measure=agreement, scale=100).mean,
            agreement_untrained=last(measure=agreement, network=untrained, scale=100).mean,
            agreement_true_all=last(measure=agreement, network=trained, scale=100).mean,
            wrong_true_all=100 * mean("test", part="true_all", layer=0),
            wrong_true_few=100 * mean("test", part="true_few", layer=0),
            missed_random_few=100 * mean("train", part="random_few", layer=0),
            missed_random_all=100 * mean("train", part="random_all", layer=0),
            wrong_convolution=100 * pictures("test", part="trained"),
            sure_digits=sure(name=plain, network=trained).mean,
            sure_mixed=sure(name=both, network=trained),
            sure_turned=sure(name=turned, network=trained).mean,
            sure_shuffled=sure(name=shuffled, network=trained).mean,
            sure_shuffled_random=sure(name=shuffled, network=random).mean,
            code_drawn=grid.two_numbers.error,
            components_drawn=grid.two_components.error,
            mean_drawn=grid.mean_error,
            components_named=100 * grid.two_components.named,
            code_named=100 * grid.two_numbers.named,
            pixels_named=100 * grid.all_pixels.named,
        )

    def _curve(self) -> list[tuple[int, float]]:
        """Read the dimension in the pixels and the hidden layers of the trained network."""
        means = self.means[
            (self.means["measure"] == DIMENSIONS["two_nn"])
            & (self.means["network"] == NAMES["true_all"])
            & (self.means["layer"] != DEPTHS[-1])
        ]
        return [(depth, float(mean)) for depth, mean in enumerate(means["mean"])]


def _mean(runs: pd.DataFrame, column: str, **where: Any) -> float:
    """Average a column over the rows that have some values."""
    return float(mean_where(runs, **where)[column])
