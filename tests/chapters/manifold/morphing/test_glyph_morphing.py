"""Morphing threes: rows, ends, and film strips with the world's own distances."""

import pandas as pd
import pytest
from numpy.testing import assert_allclose

from bigcurves.chapters.manifold.morphing import glyph_morphing

TINY = glyph_morphing.Settings(n=60, pairs=2)


def test_rows_are_tidy_and_repeatable():
    table = pd.DataFrame(glyph_morphing.run(TINY, 3))
    assert table["way"].is_unique
    pd.testing.assert_frame_equal(table, pd.DataFrame(glyph_morphing.run(TINY, 3)))
    rows = table.set_index("way")
    assert_allclose(rows.loc[["pixel line", "graph", "true latents"], "end"], 0, atol=1e-12)
    assert rows.loc["true latents", "middle"] < 1e-6
    assert rows.loc["pixel line", "middle"] <= 0.5  # either end is half the way off, and a three


def test_the_film_is_measured_frame_by_frame():
    strips = {strip.way: strip for strip in glyph_morphing.film(TINY, 3, pair=1, frames=3)}
    line = strips["pixel line"]
    assert_allclose(line.pictures[1], (line.pictures[0] + line.pictures[2]) / 2)
    assert_allclose(line.distances, glyph_morphing.WORLD.project(line.pictures).distances)
    assert line.distances[[0, 2]].max() < 1e-6
    assert line.distances[1] == pytest.approx(line.distances.max())


def test_the_control_walks_the_true_path():
    settings = glyph_morphing.Settings(n=60, pairs=2, pixel_line="latent")
    rows = pd.DataFrame(glyph_morphing.run(settings, 3)).set_index("way")
    assert_allclose(rows.loc["pixel line"], rows.loc["true latents"])
