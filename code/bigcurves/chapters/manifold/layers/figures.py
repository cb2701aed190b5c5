"""What the chapter on layers shows, as charts; its numbers stand in `numbers`."""

from collections.abc import Iterable

import pandas as pd

from bigcurves.chapters.manifold.layers.charts import by_layer, film, latent_grid, strangers
from bigcurves.chapters.manifold.layers.charts.by_layer import Axis
from bigcurves.chapters.manifold.layers.latent_grid import latent_grid as decoded
from bigcurves.chapters.manifold.layers.numbers import Counted
from bigcurves.chapters.manifold.layers.numbers import Numbers as Numbers
from bigcurves.chapters.manifold.layers.tables import (
    APART,
    DIMENSIONS,
    NAMED_DEPTHS,
    NARROW,
    READ,
    SCATTERS,
    SHARES,
    of,
)
from bigcurves.chapters.manifold.layers.uncrumpling import film as taken
from bigcurves.plotting.marks import Figure
from bigcurves.running.catalogue import BOOK_SEEDS


class Page(Counted):
    """What the page shows, drawn from the tables."""

    def latent_grid(self) -> Figure:
        """Draw a square of codes, each decoded, for the reader to move over."""
        grid = decoded()
        tiles, codes = grid.tiles(), grid.shown()
        words = latent_grid.describe_latent_grid(tiles, codes)
        return latent_grid.latent_grid_chart(grid.pictures, tiles, codes, description=words)

    def film(self) -> Figure:
        """Draw three classes of digits in the plane, by layer and epoch."""
        shot = taken()
        digits = pd.DataFrame({"name": shot.labels.astype(str)})
        depths = pd.DataFrame({"name": NAMED_DEPTHS})
        words = film.describe_film(digits, depths, shot.epochs, shot.apart)
        return film.film_chart(shot.frames, digits, depths, shot.epochs, description=words)

    def narrowing(self) -> Figure:
        """Draw the dimension of new digits, layer by layer."""
        return self._measures(DIMENSIONS, NARROW)

    def apart(self) -> Figure:
        """Draw how far classes lie apart, layer by layer."""
        return self._measures(SCATTERS, APART)

    def read(self) -> Figure:
        """Draw what hulls, probes and neighbours find, layer by layer."""
        return self._measures(SHARES, READ)

    def _measures(self, names: dict[str, str], axis: Axis) -> Figure:
        runs, means = of(self.by_layer, names), of(self.means, names)
        words = by_layer.describe_by_layer(means, axis)
        first = next(iter(names.values()))
        return by_layer.by_layer_chart(runs, means, axis=axis, first=first, description=words)

    def strangers(self) -> Figure:
        """Draw how sure networks are of pictures that are no digits."""
        words = strangers.describe_strangers(self.sure_means)
        return strangers.strangers_chart(self.shown, self.sure, self.sure_means, description=words)


def page(seeds: Iterable[int] = BOOK_SEEDS) -> Page:
    """Read the chapter's runs."""
    return Page(seeds)
