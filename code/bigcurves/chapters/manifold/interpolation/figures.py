"""What the chapter on interpolation shows: its runs as tables, as numbers and as charts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
import pandas as pd
from sklearn.decomposition import PCA
from sklearn.neighbors import KNeighborsClassifier

from bigcurves.chapters.manifold.interpolation import hull, hull_digits
from bigcurves.chapters.manifold.interpolation.charts import hull_digits as digit_charts
from bigcurves.chapters.manifold.interpolation.charts import hull_split, hulls, outside, overlays
from bigcurves.chapters.manifold.interpolation.tables import Tables, geometric, times
from bigcurves.claims.claim import mean_where
from bigcurves.claims.results import Results, results
from bigcurves.measures import inside_hull, picture_distance, project_onto_hull, t_interval
from bigcurves.measures.intervals import Interval
from bigcurves.measures.summary import interval_at, interval_table
from bigcurves.plotting.marks import Figure
from bigcurves.plotting.picture import sprite
from bigcurves.running.catalogue import BOOK_SEEDS
from bigcurves.sample import Floats
from bigcurves.worlds import BarWorld


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the page says in numbers; each field is a glue name.

    Shares are in percent.
    """

    results: Results
    seeds: int
    bars_in: float  # new bars inside the hull of images
    latents_in: float  # and inside that of the latents
    half_in: float  # bars inside the hull of images, where half the latents are shown
    graze: Interval  # a clean bar's distance to the hull, of the usual distance
    nearest: Interval  # squared error, 1 for always naming the mean
    kernel: Interval
    times_gap: Interval  # beyond the latents seen, beside among them
    times_read: Interval
    inside_curve: list[list[float]]  # (components kept, share inside from 0 to 1)
    inside_2: float
    inside_8: float
    inside_64: float
    right_2: float
    right_8: float
    right_64: float
    six_outside: Interval  # named right through six components
    six_inside: Interval
    overlay_far: float  # by how much farther from the nearest digit than a new one
    digits_off: float  # a new digit's distance to the hull, of the usual distance
    loudest: float  # the largest pixel noise
    loud_gap: float  # the distance to the hull there, in pixel values


class Page(Tables):
    """What the page shows, drawn from the tables."""

    @cached_property
    def numbers(self) -> Numbers:
        """What the page says in numbers."""
        clean = mean_where(self.hull, world="bars")
        nearest, kernel = geometric(self.clean, "nearest"), geometric(self.clean, "kernel")
        times_gap, times_read = times(self.half, "gap"), times(self.half, "read")
        share = partial(interval_at, self.curve_means, scale=100)
        six = partial(interval_at, self.split_means, scale=100, pixels=6)
        six_outside, six_inside = six(part="outside"), six(part="inside")
        within = self.curve_means[self.curve_means["curve"] == "inside"]
        laid = mean_where(self.hull_digits, world="overlays")
        loudest = float(self.hull["noise"].max())
        return Numbers(
            results=results(hull, hull_digits, seeds=self.seeds),
            seeds=int(self.hull["seed"].nunique()),
            bars_in=100 * float(clean["inside"]),
            latents_in=100 * float(clean["inside_latents"]),
            half_in=100 * float(self.half["inside"].mean()),
            graze=t_interval(100 * self.clean["off_hull"].to_numpy()),
            nearest=nearest,
            kernel=kernel,
            times_gap=times_gap,
            times_read=times_read,
            inside_curve=[
                [int(k), float(mean)]
                for k, mean in zip(within["pixels"], within["mean"], strict=True)
            ],
            inside_2=share(curve="inside", pixels=2).mean,
            inside_8=share(curve="inside", pixels=8).mean,
            inside_64=share(curve="inside", pixels=64).mean,
            right_2=share(curve="correct", pixels=2).mean,
            right_8=share(curve="correct", pixels=8).mean,
            right_64=share(curve="correct", pixels=64).mean,
            six_outside=six_outside,
            six_inside=six_inside,
            overlay_far=100 * float(laid["overlay_to_nearest"] / laid["new_to_nearest"] - 1),
            digits_off=100 * float(laid["off_hull"]),
            loudest=loudest,
            loud_gap=float(mean_where(self.hull, world="noisy bars", noise=loudest)["gap"]),
        )

    def two_hulls(self) -> Figure:
        """Draw a bar that is inside the hull of latents and outside that of images."""
        rng = np.random.default_rng([0, 0])
        latents = rng.random((1000, 2))
        seen = BarWorld(d=2, side=16).render(latents)
        usual = picture_distance(seen, rng.permutation(seen))
        square = pd.DataFrame({"number": range(1000), "x": latents[:, 0], "y": latents[:, 1]})
        words = hulls.describe_hull(square, usual)
        return hulls.hull_chart(square, usual=usual, description=words)

    def crossing(self) -> Figure:
        """Draw the shares inside and named right, over the components kept."""
        kept = sorted(self.shares["pixels"].unique())
        views = pd.concat(self._six_through(components) for components in kept)
        words = digit_charts.describe_crossing(self.curve_means)
        return digit_charts.crossing_chart(self.curves, self.curve_means, views, description=words)

    def hull_split(self) -> Figure:
        """Draw the digits outside beside those inside, through as many components."""
        words = hull_split.describe_hull_split(self.split_means)
        return hull_split.hull_split_chart(self.split, self.split_means, description=words)

    def overlays(self) -> Figure:
        """Draw new digits above overlays of digits seen."""
        laid = pd.DataFrame({"laid": m, "picture": self._six_overlays(m)} for m in range(1, 9))
        laid["new"] = sprite(self.new[:6].reshape(6, 8, 8))
        return overlays.overlay_chart(laid, description=overlays.describe_overlays(laid))

    def how_far(self) -> Figure:
        """Draw how far outside each kind of picture is."""
        levels = sorted(self.hull["noise"].dropna().unique())
        kinds = [_triple("bars, clean", "bars", *_noisy(0.0))]
        kinds += [_triple(f"bars, noise {x:g}", "bars", *_noisy(x)) for x in levels]
        kinds += [_triple("real digits", "digits", self.seen, self.new[1])]
        off = pd.concat([self.hull, self.hull_digits])[["seed", "world", "noise", "off_hull"]]
        off = off.dropna(subset="off_hull")
        off["name"] = [
            {"bars": "bars, clean", "overlays": "real digits"}.get(world, f"bars, noise {x:g}")
            for world, x in zip(off["world"], off["noise"], strict=True)
        ]
        off["family"] = np.where(off["world"] == "overlays", "digits", "bars")
        means = interval_table(off, ["name", "family"], "off_hull", log=True)
        words = outside.describe_outside(means)
        return outside.outside_chart(pd.DataFrame(kinds), off, means, description=words)

    def _six_through(self, components: int) -> pd.DataFrame:
        """Show six new digits through some components, their side of the hull and their name."""
        known, truth = (np.asarray(part.targets) for part in self.digits)
        glass = PCA(components, svd_solver="full").fit(self.seen)
        here, there = glass.transform(self.seen), glass.transform(self.new[:6])
        names = KNeighborsClassifier(1).fit(here, known).predict(there)
        strip = sprite(glass.inverse_transform(there).reshape(6, 8, 8))
        rows = pd.DataFrame({"pixels": components, "place": range(6), "picture": strip})
        rows["hull"] = np.where(inside_hull(here, there), "inside", "outside")
        right = names == truth[:6]
        named = [f"“{n}”" + ("" if ok else ", no") for n, ok in zip(names, right, strict=True)]
        return rows.assign(named=named)

    def _six_overlays(self, laid: int) -> str:
        """Show six overlays of some digits seen, in equal parts."""
        chosen = np.random.default_rng([laid, 5]).integers(len(self.seen), size=(6, laid))
        return sprite(self.seen[chosen].mean(axis=1).reshape(6, 8, 8))


def _noisy(noise: float) -> tuple[Floats, Floats]:
    """Draw a thousand bars seen and a new one."""
    world = BarWorld(d=2, side=16, noise=noise)
    drawn = world.sample(1001, np.random.default_rng([0, 3])).inputs
    return drawn[1:], drawn[0]


def _triple(name: str, family: str, images: Floats, one: Floats) -> dict[str, str | int]:
    """Show a new picture, its nearest mixture of those seen, and the gap made brighter."""
    side = int(np.sqrt(len(one)))
    mixture = project_onto_hull(images, one)
    way = mixture - one
    room = 0.5 / np.abs(way).max()
    step = 10.0 ** np.floor(np.log10(room))
    brighter = int(max(1, room // step * step))  # to one digit
    looks = {"new": one, "mixture": mixture, "gap": 0.5 - brighter * way}
    pictures = {key: sprite(look.reshape(1, side, side)) for key, look in looks.items()}
    return {"name": name, "family": family, "brighter": brighter, **pictures}


def page(seeds: Iterable[int] = BOOK_SEEDS) -> Page:
    """Read the chapter's runs."""
    return Page(seeds)
