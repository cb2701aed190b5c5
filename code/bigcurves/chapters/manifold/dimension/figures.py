"""What the chapter on dimension shows: its runs as tables, as numbers and as charts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
import pandas as pd

from bigcurves.chapters.manifold.dimension import crowding, dimension
from bigcurves.chapters.manifold.dimension.charts import estimates, gallery, noise, slope
from bigcurves.chapters.manifold.dimension.tables import CLOUDS, SPOILT, Tables
from bigcurves.claims.claim import mean_where
from bigcurves.claims.results import Results, results
from bigcurves.measures.intervals import Interval
from bigcurves.measures.summary import interval_at, interval_table
from bigcurves.plotting.marks import Figure
from bigcurves.plotting.picture import sprite
from bigcurves.running.catalogue import BOOK_SEEDS
from bigcurves.worlds import BarWorld, Digits

LATENTS = ("across", "up and down", "angle", "length", "thickness")


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the page says in numbers; each field is a glue name.

    Names in `crowd_` are read off the slope from 32 to 1,024 pictures; those in `two_`
    (TwoNN), `mle_` (Levina-Bickel) and `slope_` off a thousand.
    """

    results: Results
    seeds: int
    most: int  # pictures behind a slope
    crowd_bar1: float
    crowd_bar2: float
    crowd_bar3: float
    crowd_bar4: float
    crowd_bar5: float
    crowd_digits: Interval
    shift: float  # by how much TwoNN's mean moves with the pixels of bars, at most
    pixels_low: int
    pixels_high: int
    two_5: float  # with five latents, at 64 pixels
    mle_5: float
    two_digits: Interval
    two_permuted: Interval
    two_scrambled: Interval
    two_gaussian: Interval
    two_uniform: Interval
    mle_digits: float
    mle_permuted: float
    mle_scrambled: float
    mle_gaussian: float
    mle_uniform: float
    slope_digits: float
    slope_permuted: float
    slope_scrambled: float
    slope_gaussian: float
    slope_uniform: float
    linear_gaussian: float  # principal components that hold 95% of the variance
    grain: float  # a pixel noise that the eye hardly sees
    heavy: float  # the largest
    few: float  # what the slope reads at `grain`, up to 128 pictures
    many: float  # the same from 256 pictures on
    two_clean: float
    two_grain: float
    two_heavy: float


class Page(Tables):
    """What the page shows, drawn from the tables."""

    @cached_property
    def numbers(self) -> Numbers:
        """What the page says in numbers."""
        bar = partial(interval_at, self.slopes, world="bar")
        known = partial(interval_at, self.bar_means, pixels=64)
        two, mle, by_slope = (
            partial(interval_at, self.spoilt_means, estimator=name)
            for name in ("TwoNN", "Levina-Bickel", "slope")
        )
        sizes = self.readings[self.readings["world"] == "bar"].groupby(["d", "pixels"])["two_nn"]
        by_size = sizes.mean().groupby("d")
        grain, heavy = self.noises[2], self.noises[-1]
        noisy = partial(mean_where, self.readings, world="noisy bar")
        return Numbers(
            results=results(crowding, dimension, seeds=self.seeds),
            seeds=int(self.slopes["seeds"].min()),
            most=int(self.still["n"].max()),
            crowd_bar1=bar(d=1).mean,
            crowd_bar2=bar(d=2).mean,
            crowd_bar3=bar(d=3).mean,
            crowd_bar4=bar(d=4).mean,
            crowd_bar5=bar(d=5).mean,
            crowd_digits=interval_at(self.slopes, world="digits"),
            shift=float((by_size.max() - by_size.min()).max()),
            pixels_low=int(self.bars["pixels"].min()),
            pixels_high=int(self.bars["pixels"].max()),
            two_5=known(d=5, estimator="TwoNN").mean,
            mle_5=known(d=5, estimator="Levina-Bickel").mean,
            two_digits=two(world="digits"),
            two_permuted=two(world="permuted"),
            two_scrambled=two(world="scrambled"),
            two_gaussian=two(world="gaussian"),
            two_uniform=two(world="uniform"),
            mle_digits=mle(world="digits").mean,
            mle_permuted=mle(world="permuted").mean,
            mle_scrambled=mle(world="scrambled").mean,
            mle_gaussian=mle(world="gaussian").mean,
            mle_uniform=mle(world="uniform").mean,
            slope_digits=by_slope(world="digits").mean,
            slope_permuted=by_slope(world="permuted").mean,
            slope_scrambled=by_slope(world="scrambled").mean,
            slope_gaussian=by_slope(world="gaussian").mean,
            slope_uniform=by_slope(world="uniform").mean,
            linear_gaussian=float(mean_where(self.readings, world="gaussian")["linear"]),
            grain=grain,
            heavy=heavy,
            few=self.few[2],
            many=self.many[2],
            two_clean=float(noisy(noise=0.0)["two_nn"]),
            two_grain=float(noisy(noise=grain)["two_nn"]),
            two_heavy=float(noisy(noise=heavy)["two_nn"]),
        )

    def worlds(self) -> Figure:
        """Draw what each latent does, beside bars in which the first d of them vary."""
        strips = pd.DataFrame(
            {"latent": latent, "number": number, "picture": _strip(number)}
            for number, latent in enumerate(LATENTS, start=1)
        )
        rng = np.random.default_rng(0)
        drawn = {d: BarWorld(d=d, side=16).sample(25, rng).inputs for d in range(1, 6)}
        draws = pd.DataFrame(
            {"d": d, "line": line + 1, "picture": sprite(bars.reshape(5, 5, 16, 16)[line])}
            for d, bars in drawn.items()
            for line in range(5)
        )
        return gallery.worlds_chart(strips, draws, description=gallery.describe_worlds(strips))

    def slope(self) -> Figure:
        """Draw the meter: the nearest distance against the number of pictures."""
        falling = interval_table(self.still, ["rows", "d", "n"], "distance", log=True)
        read = self.slopes.copy()
        read["text"] = [
            f"slope \N{MINUS SIGN}{1 / mean:.2f}: reads {mean:.1f} dimensions"
            for mean in read["mean"]
        ]
        read["name"] = [
            f"d = {d}" if d else CLOUDS[world][1]
            for world, d in zip(read["world"], read["d"], strict=True)
        ]
        latents = np.random.default_rng([0, 8]).random((512, 5))
        scans = Digits().sample(512, np.random.default_rng([0, 7])).inputs
        words = slope.describe_slopes(read)
        return slope.slope_chart(
            self.still, falling, read, latents=latents, digits=scans, description=words
        )

    def estimates(self) -> Figure:
        """Draw what three estimators read where the truth is known."""
        words = estimates.describe_estimates(self.bar_means)
        return estimates.estimate_chart(self.bars, self.bar_means, description=words)

    def scrambled(self) -> Figure:
        """Draw the digits and four ways to spoil them, each with what is read of it."""
        six = {
            name: Digits(form=form).sample(6, np.random.default_rng(0)).inputs
            for form, name in SPOILT.values()
        }
        clouds = pd.DataFrame(
            {"name": name, "picture": sprite(images.reshape(6, 8, 8))}
            for name, images in six.items()
        )
        words = estimates.describe_scrambled(self.spoilt_means)
        return estimates.scrambled_chart(clouds, self.spoilt, self.spoilt_means, description=words)

    def noise(self) -> Figure:
        """Draw neighbours that stop coming closer at the scale of the noise."""
        levels = pd.DataFrame({"level": range(len(self.noises)), "noise": self.noises})
        levels["picture"] = [_grainy(sigma) for sigma in self.noises]
        levels["floor"] = np.maximum(np.sqrt(2) * levels["noise"], 1e-9)
        levels["text"] = [
            f"noise {sigma:g}: reads {few:.1f}, then {many:.1f}"
            for sigma, few, many in zip(self.noises, self.few, self.many, strict=True)
        ]
        means = interval_table(self.noisy, ["level", "n"], "distance", log=True)
        return noise.noise_chart(
            levels, self.noisy, means, description=noise.describe_noise(levels)
        )


def _strip(number: int) -> str:
    """Show a bar with one latent going from end to end, the others at half their range."""
    latents = np.full((5, 5), 0.5)
    latents[:, number - 1] = np.linspace(0, 1, 5)
    return sprite(BarWorld(d=5, side=16).render(latents).reshape(-1, 16, 16))


def _grainy(sigma: float) -> str:
    """Show six bars with pixel noise."""
    bars = BarWorld(d=2, side=8, noise=sigma).sample(6, np.random.default_rng(0)).inputs
    return sprite(bars.reshape(6, 8, 8))


def page(seeds: Iterable[int] = BOOK_SEEDS) -> Page:
    """Read the chapter's runs."""
    return Page(seeds)
