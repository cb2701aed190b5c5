"""Morphing: the ways' ends, middles by hand, and film strips that the world itself measures."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from bigcurves.chapters.manifold.morphing import morphing
from bigcurves.chapters.manifold.morphing.bar_paths import BarPaths, far_pairs

TINY = morphing.Settings(worlds=((2, 60),), pairs=4)


@pytest.fixture(scope="module")
def paths():
    return BarPaths.draw(d=2, n=60, pairs=4, seed=3)


def test_rows_are_tidy_and_repeatable(paths):
    table = pd.DataFrame(morphing.run(TINY, 3))
    assert table["way"].tolist() == list(paths.ways)
    assert (table["seed"] == 3).all()
    pd.testing.assert_frame_equal(table, pd.DataFrame(morphing.run(TINY, 3)))
    truth = table.set_index("way").loc["true latents"]
    # Projecting reads 4.2e-8 on the manifold at worst, beside ends about .3 apart.
    assert truth["middle"] < 1e-6
    assert truth["end"] < 1e-12


def test_far_pairs_are_the_furthest_fifth():
    latents = np.arange(10.0)[:, np.newaxis]
    pairs = far_pairs(latents, 9, np.random.default_rng(0))
    gaps = np.abs(np.diff(latents[pairs, 0], axis=1))
    # Of 45 pairs 1, 2, 3 and 4 are 9, 8, 7 and 6 apart: the fifth, 9, ends among those 6 apart.
    assert gaps.min() >= 6
    assert len({tuple(pair) for pair in pairs}) == 9


def test_the_pixel_line_is_a_cross_fade_and_its_middle_is_measured(paths):
    strips = {strip.way: strip for strip in paths.strips(1, frames=5)}
    start, end = paths.images[paths.pairs[1]]
    line = strips["pixel line"]
    assert_allclose(line.pictures[2], (start + end) / 2)
    assert_allclose(line.pictures[[0, -1]], [start, end])
    assert line.distances[[0, -1]].max() < 1e-6
    # No bar of a fine grid is nearer than the distance that was found, and one is about as near.
    ticks = np.stack(np.meshgrid(*2 * [np.linspace(0, 1, 101)]), axis=-1).reshape(-1, 2)
    gaps = np.sqrt(((paths.world.render(ticks) - line.pictures[2]) ** 2).mean(axis=1))
    assert line.distances[2] <= gaps.min() + 1e-9
    assert line.distances[2] == pytest.approx(gaps.min(), rel=0.01)


def test_bars_that_no_chain_of_neighbours_joins_are_reached_over_a_bridge_and_counted():
    settings = morphing.Settings(worlds=((2, 400),))
    table = pd.DataFrame(morphing.run(settings, 320)).set_index("way")  # a corner apart
    assert table.loc["graph", "bridged"] > 0
    assert table["bridged"].sum() == table.loc["graph", "bridged"]
    assert table.loc["graph", "end"] < 1e-12


def test_the_graph_walks_over_known_pictures(paths):
    strip = {strip.way: strip for strip in paths.strips(0, frames=2)}["graph"]
    assert_allclose(strip.pictures, paths.images[paths.pairs[0]])


def test_the_film_is_of_the_run_s_own_pairs(paths):
    strips = morphing.film(TINY, 3, pair=2, frames=3)
    assert [strip.way for strip in strips] == list(paths.ways)
    assert_allclose(strips[0].pictures[[0, 2]], paths.images[paths.pairs[2]])
    assert all(strip.distances.shape == (3,) for strip in strips)
