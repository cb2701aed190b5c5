"""What the chapter on morphing draws of its runs and its walks."""

from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.spatial.distance import pdist, squareform
from sklearn.decomposition import PCA
from sklearn.neighbors import NearestNeighbors

from bigcurves.chapters.manifold.morphing import torn_loop, union_of_manifolds
from bigcurves.chapters.manifold.morphing.bar_paths import Way
from bigcurves.chapters.manifold.morphing.charts import (
    digit_paths,
    film,
    paths,
    sagitta,
    shipped_model,
    torn,
    union,
)
from bigcurves.chapters.manifold.morphing.digit_paths import DigitPaths
from bigcurves.chapters.manifold.morphing.numbers import Numbers, numbers_of
from bigcurves.chapters.manifold.morphing.tables import (
    CORNERS,
    OTHER,
    SAME,
    SHIFTED,
    WORLD,
    Tables,
    five_pairs,
)
from bigcurves.learners import Autoencoder, geodesic, minimax_edges, neighbour_graph, resample
from bigcurves.measures.summary import interval_table
from bigcurves.plotting.marks import Figure
from bigcurves.plotting.picture import sprite
from bigcurves.running.catalogue import BOOK_SEEDS
from bigcurves.sample import Floats

UNITS = {"one unit": 1, "two units": 2}
SHARES = {"none": 0.0, "a quarter of all": 0.25}  # of shapes between, in the two worlds


class Page(Tables):
    """What the page shows, drawn from the tables."""

    @cached_property
    def numbers(self) -> Numbers:
        """What the page says in numbers."""
        return numbers_of(self)

    def film(self) -> Figure:
        """Draw five ways from one bar to another, as the run named `typical` knows them."""
        seen = WORLD.sample(400, np.random.default_rng([self.typical, 2]))
        known, latents = seen.inputs, np.asarray(seen.latents)
        network = Autoencoder(bottleneck=2, random_state=self.typical).fit(known)
        model = shipped_model.shipped_model(
            latents=latents,
            neighbours=NearestNeighbors(n_neighbors=8).fit(known).kneighbors(return_distance=False),
            mean=network.pca_.mean_,
            axes=network.pca_.components_,
            scale=network.scale_,
            weights=network.network_.coefs_,
            biases=network.network_.intercepts_,
        )
        dots = pd.DataFrame(latents.round(3), columns=["across", "down"])
        words = film.describe_film(_middles_off(known, network))
        return film.film_chart(dots, model, description=words)

    def paths(self) -> Figure:
        """Draw how far each way's middle is off the world, and its end off the picture."""
        words = paths.describe_paths(self.ways_means)
        return paths.paths_chart(self.ways_runs, self.ways_means, description=words)

    def sagitta(self) -> Figure:
        """Draw how the ghost fades with the distance of its ends."""
        means = interval_table(self.short, ["d", "separation"], "deviation", log=True)
        return sagitta.sagitta_chart(self.short, means, description=sagitta.describe_sagitta(means))

    def torn(self) -> Figure:
        """Draw a bar that goes round, through one unit and through two."""
        trips = {
            name: torn_loop.go_round(torn_loop.Settings(), 0, units=units)
            for name, units in UNITS.items()
        }
        worst_at = int(trips["one unit"].errors.argmax())
        near = worst_at + np.arange(-80, 81, 10)
        stops = np.union1d(np.arange(0, 4000, 80), near[(near >= 0) & (near < 4000)])
        thrice = [trips["one unit"].pictures, *(trip.drawn for trip in trips.values())]
        shown = np.stack([rows[stops] for rows in thrice], axis=1).reshape(-1, 3, 16, 16)
        trip_table = pd.DataFrame(
            {"step": step, "turn": stop / 4000, "units": name, "error": trips[name].errors[stop]}
            | {"picture": sprite(shown[step]) if name == "one unit" else ""}
            for step, stop in enumerate(stops)
            for name in trips
        )
        named = self.round_trips["units"].map({units: name for name, units in UNITS.items()})
        worst = pd.DataFrame({"units": named, "error": self.round_trips["worst"]})
        words = torn.describe_torn(trip_table, worst)
        return torn.torn_chart(trip_table, worst, description=words)

    def union(self) -> Figure:
        """Draw the widest hop from a three to an eight, and chains on which it is met."""
        settings = union_of_manifolds.Settings()
        chains = pd.DataFrame(
            {"world": world, "n": n} | _typical_chain(settings, n, share, [0, place, n])
            for place, (world, share) in enumerate(SHARES.items())
            for n in settings.sizes
        )
        words = union.describe_union(self.hop_means)
        return union.union_chart(chains, self.hops, self.hop_means, description=words)

    def digit_paths(self) -> Figure:
        """Draw ways between real digits, and how unusual their middles are."""
        still, moved = DigitPaths.draw(seed=0), self.moved
        by = {
            "pixel line": still.pixel_line(),
            "autoencoder": still.autoencoder(),
            "neighbour graph": still.graph(),
        }
        by_moved = {"pixel line": moved.pixel_line(), "neighbour graph": moved.graph()}
        strips = [
            *_strips(OTHER, still, by, alike=False),
            *_strips(SAME, still, by, alike=True),
            *_strips(SHIFTED, moved, by_moved, alike=True),
        ]
        words = digit_paths.describe_digit_paths(self.score_means)
        return digit_paths.digit_paths_chart(
            pd.DataFrame(strips), self.scores, self.score_means, description=words
        )


def page(seeds: Iterable[int] = BOOK_SEEDS) -> Page:
    """Read the chapter's runs."""
    return Page(seeds)


def _middles_off(known: Floats, network: Autoencoder) -> dict[str, float]:
    """Measure how far the middle of each of the film's ways is off the world."""
    ends = WORLD.render(CORNERS)
    plane = PCA(2, svd_solver="full").fit(known)
    bars = np.vstack([known, ends])
    hops = geodesic(neighbour_graph(bars), len(known), len(known) + 1)
    middles = {
        "pixel line": ends.mean(axis=0),
        "principal components": plane.inverse_transform(
            plane.transform(ends).mean(axis=0, keepdims=True)
        )[0],
        "autoencoder": network.inverse_transform(
            network.transform(ends).mean(axis=0, keepdims=True)
        )[0],
        "neighbour graph": resample(bars[hops], 3)[1],
        "true latents": WORLD.render(CORNERS.mean(axis=0, keepdims=True))[0],
    }
    distances = WORLD.project(np.stack(list(middles.values()))).distances
    return dict(zip(middles, map(float, distances), strict=True))


def _typical_chain(
    settings: union_of_manifolds.Settings, n: int, share: float, seed: list[int]
) -> dict[str, object]:
    """Find the chain of fewest pictures whose widest hop is as narrow as can be.

    It joins a three and an eight whose hop is the median's.
    """
    pictures, shape = union_of_manifolds.draw(settings, n, share, np.random.default_rng(seed))
    edges, gaps = minimax_edges(pictures), squareform(pdist(pictures)) / 16
    threes, eights = np.flatnonzero(shape == 0), np.flatnonzero(shape == 1)
    hops = edges[np.ix_(threes, eights)]
    row, column = np.unravel_index(np.abs(hops - np.median(hops)).argmin(), hops.shape)
    start, end, hop = threes[row], eights[column], hops[row, column]
    allowed = np.where(gaps <= hop * (1 + 1e-9), 1.0, 0.0)
    path = pictures[geodesic(csr_array(allowed), start, end)]
    wide = int(((path[1:] - path[:-1]) ** 2).sum(axis=1).argmax()) + 1
    text = f"widest hop {hop:.3f}, after picture {wide} of {len(path)}"
    return {"frames": len(path), "text": text, "picture": sprite(path.reshape(-1, 16, 16))}


def _strips(
    kind: str, paths: DigitPaths, by: Mapping[str, Way], *, alike: bool
) -> list[dict[str, object]]:
    """Draw the film strips of five pairs of digits, way by way."""
    strips: list[dict[str, object]] = []
    for number, (start, end) in enumerate(five_pairs(paths, alike=alike)):
        for place, (way, walk) in enumerate(by.items()):
            frames = walk(start, end, 11)
            side = round(frames.shape[1] ** 0.5)
            text = f"{way}, its middle at {float(paths.unusual(frames[5:6])[0]):.0%}"
            strip: dict[str, object] = {"pair": kind, "number": number + 1, "way": way}
            strip |= {"place": place, "text": text, "side": side}
            strips.append(strip | {"picture": sprite(frames.reshape(-1, side, side))})
    return strips
