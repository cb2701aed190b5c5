"""What the chapter on dust shows: its runs as tables, as numbers and as charts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from bigcurves.chapters.manifold.dust import dust, filling
from bigcurves.chapters.manifold.dust.charts import (
    ball_contents,
    filled_volume,
    nearest,
    same_distance,
)
from bigcurves.chapters.manifold.dust.tables import (
    KINDS,
    Tables,
    hump,
    pairs_of,
    reach_of,
    three,
)
from bigcurves.claims.results import Results, results
from bigcurves.measures.intervals import Interval
from bigcurves.measures.neighbours import nearest_distances
from bigcurves.measures.summary import interval_at
from bigcurves.plotting.marks import Figure
from bigcurves.running.catalogue import BOOK_SEEDS
from bigcurves.worlds import BarWorld, Digits

LONG_BAR = BarWorld(d=5, side=16)  # whose strips are drawn
START = np.array([[0.2, 0.25, 0.3, 0.5, 0.5]])  # its latents
IMPOSTORS = ["on the way to its own pixels, shuffled", "on the way to noise"]


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the page says in numbers; each field is a glue name.

    Shares are from 0 to 1, radii in RMS pixel values. A power says that balls fill one part in
    ten to the power of it.
    """

    results: Results
    seeds: int
    digits: int  # samples of real digits
    new: Interval  # the share of new bars in a ball, at 64 pixels
    least_new: float  # in any run of any world
    most_impostors: float
    radius: float
    radius_most: float  # at the most pixels
    radius_digits: float
    radius_blank: float  # of balls about noise
    shuffled_blank: float
    few: int  # samples
    few_share: float
    many: int
    many_share: float
    power: Interval
    power_256: float
    power_4096: float
    power_digits: Interval
    doubled: float  # what twice the samples take off a power
    one_ball: float
    directions: int  # in which one can leave a bar


class Page(Tables):
    """What the page shows, drawn from the tables."""

    @cached_property
    def numbers(self) -> Numbers:
        """What the page says in numbers."""
        radii = self.found.groupby("name")["radius"].mean()
        few, many = self.filling_means.iloc[4], self.filling_means.iloc[-1]
        power = interval_at(self.powers, name="bars of 64 pixels")
        power_digits = interval_at(self.powers, name="real digits")
        return Numbers(
            results=results(dust, filling, seeds=self.seeds),
            seeds=int(self.found["seed"].nunique()),
            digits=dust.Settings().digits,
            new=interval_at(self.share_means, world="bars of 64 pixels", kind=KINDS["new"]),
            least_new=float(self.found["new"].min()),
            most_impostors=float(self.found[["shuffled", "noise"]].max().max()),
            radius=float(radii["bars of 64 pixels"]),
            radius_most=float(radii["bars of 4,096 pixels"]),
            radius_digits=float(radii["real digits"]),
            radius_blank=float(self.blank["radius"].mean()),
            shuffled_blank=float(self.blank["shuffled"].mean()),
            few=int(few["n"]),
            few_share=float(few["mean"]),
            many=int(many["n"]),
            many_share=float(many["mean"]),
            power=power,
            power_256=interval_at(self.powers, name="bars of 256 pixels").mean,
            power_4096=interval_at(self.powers, name="bars of 4,096 pixels").mean,
            power_digits=power_digits,
            doubled=float(np.log10(2)),
            one_ball=power.mean + float(np.log10(1000)),
            directions=LONG_BAR.pixels,
        )

    def ball_contents(self) -> Figure:
        """Draw what balls about the samples hold: new pictures, shuffled ones, noise."""
        means = self.share_means
        shares = zip(means["kind"], means["mean"], strict=True)
        means = means.assign(text=[f"{kind}: {mean:.1%}" for kind, mean in shares])
        examples = means[["world", "kind"]].copy()
        worlds = zip(examples["world"], examples["kind"], strict=True)
        examples["picture"] = [three(world, kind) for world, kind in worlds]
        words = ball_contents.describe_ball_contents(means)
        return ball_contents.ball_contents_chart(examples, self.shares, means, description=words)

    def filled_volume(self) -> Figure:
        """Draw the latent square that fills up, beside the cube that does not."""
        rng, radius = np.random.default_rng(1), filling.Settings().radius
        drawn = pd.DataFrame(rng.random((1024, 2)).round(4), columns=["across", "down"])
        names = {pixels: f"bars of {pixels:,} pixels" for pixels in (64, 256, 4096)}
        powers = {p: -interval_at(self.powers, name=name).mean for p, name in names.items()}
        words = filled_volume.describe_filled_volume(self.filling_means, powers)
        return filled_volume.filled_volume_chart(
            drawn, self.filling_means, reach_of(radius), radius=radius, description=words
        )

    def same_distance(self) -> Figure:
        """Draw pictures equally far from one bar, on three ways."""
        start = LONG_BAR.render(START)
        pool = LONG_BAR.sample(400, np.random.default_rng(3))
        gaps = nearest_distances(pool.inputs, start)
        far = np.asarray(pool.latents)[np.argsort(gaps)[-60::12]]
        mix, home = np.random.default_rng(5), np.repeat(start, len(far), axis=0)
        ends = [mix.permuted(home, axis=1), mix.random(home.shape)]
        ways_out = pd.DataFrame({"name": IMPOSTORS, "ends": ends})
        words = same_distance.describe_same_distance(IMPOSTORS, len(far))
        return same_distance.same_distance_chart(START[0], far, ways_out, description=words)

    def nearest(self) -> Figure:
        """Draw how far pictures lie from the nearest of the real digits, and some pairs."""
        rng = np.random.default_rng(0)
        digits = Digits().sample(1797, rng).inputs
        samples, setters, new = np.split(digits, 3)
        radius = float(np.quantile(nearest_distances(setters, samples), 0.95)) / 8
        lots = {"a new digit": new, "noise": rng.random(new.shape)}
        lots["a shuffled digit"] = rng.permuted(new, axis=1)
        counts = pd.concat(hump(kind, rows, samples) for kind, rows in lots.items())
        pairs = pd.concat(pairs_of(kind, rows, samples) for kind, rows in lots.items())
        words = nearest.describe_nearest(pairs, radius)
        return nearest.nearest_chart(counts, pairs, radius=radius, description=words)


def page(seeds: Iterable[int] = BOOK_SEEDS) -> Page:
    """Read the chapter's runs."""
    return Page(seeds)
