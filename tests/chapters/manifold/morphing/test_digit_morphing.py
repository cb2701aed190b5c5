"""Morphing real digits: rows, places, a score with known answers, and film strips."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from bigcurves.chapters.manifold.morphing import digit_morphing, digit_paths
from bigcurves.chapters.manifold.morphing.digit_paths import DigitPaths
from bigcurves.worlds import Digits

TINY = digit_morphing.Settings(pairs=5, shift=1, places=1)


@pytest.fixture(scope="module")
def paths():
    return DigitPaths.draw(seed=3)


def test_rows_are_tidy_and_repeatable():
    table = pd.DataFrame(digit_morphing.run(TINY, 3))
    assert not table.duplicated(["shift", "pair", "way"]).any()
    assert table["unusual"].between(0, 1).all()
    real = table[table["way"] == "real"]
    # five pictures beside all ends of their pairs: within a fifth, and equal on average
    assert_allclose(real["contrast"], 1, atol=0.2)
    pd.testing.assert_frame_equal(table, pd.DataFrame(digit_morphing.run(TINY, 3)))
    assert not table.equals(pd.DataFrame(digit_morphing.run(TINY, 4)).assign(seed=3))


def test_digits_that_no_hops_join_are_reached_over_a_bridge_and_counted():
    settings = digit_morphing.Settings(shift=1, places=1)
    seed = 4000  # a few of its digits have none but each other for neighbours
    table = pd.DataFrame(digit_morphing.run(settings, seed))
    bridged = table.loc[table["bridged"] > 0]
    assert set(bridged["way"]) == {"graph"}
    assert set(bridged["pair"]) == {digit_morphing.SAME, digit_morphing.OTHER}
    assert table["unusual"].between(0, 1).all()


def test_a_tie_of_the_line_and_the_graph_is_a_figure_too():
    ways = ("pixel line", "autoencoder", "graph")
    head = {"shift": 0, "pair": digit_morphing.OTHER}
    table = pd.DataFrame([{**head, "way": way, "unusual": 0.5} for way in ways])
    assert digit_morphing._gain(table) == 0


def test_known_digits_judges_and_those_held_out_share_no_picture(paths):
    parts = paths.known, paths.judges, paths.held_out
    assert sum(map(len, parts)) == 1797
    assert len(np.unique(np.concatenate(parts), axis=0)) == 1797  # no two digits are the same


def test_every_place_holds_the_digit_and_nothing_else():
    image = Digits().sample(2, np.random.default_rng(0)).inputs
    canvas = digit_paths._everywhere(image, 1).reshape(9, 2, 10, 10)
    for place, pictures in enumerate(canvas):
        down, across = divmod(place, 3)
        window = pictures[:, down : down + 8, across : across + 8]
        assert_array_equal(window.reshape(2, 64), image)
        assert pictures.sum() == pytest.approx(image.sum())
    moved = digit_paths._moved(image, 1, np.random.default_rng(1))
    every = canvas.transpose(1, 0, 2, 3).reshape(2, 9, 100)
    assert all((place == row).all(axis=1).any() for place, row in zip(every, moved, strict=True))


def test_a_judge_is_the_most_usual_and_noise_the_least(paths):
    assert paths.unusual(paths.held_out).mean() == pytest.approx(0.5, abs=0.01)
    noise = np.random.default_rng(0).random((3, 64))
    assert_array_equal(paths.unusual(noise), 1)
    one = paths.held_out[:1]
    nearest = np.sort(np.linalg.norm(paths.judges - one, axis=1))[:3].mean()
    assert_allclose(paths._distances(one), nearest)


def test_pairs_are_of_one_class_or_of_two_and_never_one_digit_twice():
    paths = DigitPaths.draw(seed=0, shift=1, places=3)
    for alike in (True, False):
        first, second = paths.pairs(200, alike=alike, rng=np.random.default_rng(0)).T
        assert len(first) == 200
        assert ((paths.labels[first] == paths.labels[second]) == alike).all()
        assert (paths.origins[first] != paths.origins[second]).all()


def test_the_film_is_of_the_run_s_own_pairs(paths):
    strips = digit_morphing.film(TINY, 3, pair=1, frames=3)
    assert [strip.way for strip in strips] == ["pixel line", "graph", "autoencoder"]
    line, graph, _ = (strip.pictures for strip in strips)
    assert_allclose(line[1], (line[0] + line[2]) / 2)
    assert_allclose(line[[0, 2]], graph[[0, 2]])
    assert (paths.known == line[0]).all(axis=1).any()
    with pytest.raises(ValueError, match="shift must be at least 1 pixel, got 0"):
        digit_morphing.Settings(shift=0)
