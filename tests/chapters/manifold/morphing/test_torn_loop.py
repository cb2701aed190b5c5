"""The torn loop: rows, and a tear that is where the codes jump."""

import numpy as np
import pandas as pd
import pytest

from bigcurves.chapters.manifold.morphing import torn_loop

TINY = torn_loop.Settings(n=100, asked=200)


def test_rows_are_tidy_and_repeatable():
    table = pd.DataFrame(torn_loop.run(TINY, 3))
    assert table["units"].tolist() == [1, 2]
    assert (table["worst"] >= table["typical"]).all()
    assert table["torn"].between(0, 1).all()
    pd.testing.assert_frame_equal(table, pd.DataFrame(torn_loop.run(TINY, 3)))
    assert not table.equals(pd.DataFrame(torn_loop.run(TINY, 4)).assign(seed=3))


@pytest.fixture(scope="module")
def trip():
    return torn_loop.go_round(torn_loop.Settings(asked=500), 0, units=1)


def test_errors_are_in_standard_deviations_of_the_pictures(trip):
    gaps = trip.drawn - trip.pictures
    spread = np.sqrt(((trip.pictures - trip.pictures.mean(axis=0)) ** 2).mean())
    again = [np.linalg.norm(gap) / np.sqrt(gap.size) / spread for gap in gaps]
    np.testing.assert_allclose(trip.errors, again, rtol=1e-9)


def test_the_tear_is_where_neighbours_get_codes_far_apart(trip):
    jumps = np.abs(trip.codes - np.roll(trip.codes, -1, axis=0))[:, 0]
    torn, jump = trip.errors.argmax(), jumps.argmax()
    apart = abs(torn - jump)
    assert min(apart, 500 - apart) < 25  # within a twentieth of the loop
    assert jumps.max() > 0.5 * np.ptp(trip.codes) / 5


def test_a_torus_has_two_latents_and_an_arc_stays_open():
    assert torn_loop.SHAPES["torus"].d == 2
    assert torn_loop.SHAPES["arc"].arc < 1
    trip = torn_loop.go_round(torn_loop.Settings(shape="torus", n=50, asked=30), 0, units=2)
    assert trip.latents.shape == (30, 2)
    assert trip.codes.shape == (30, 2)
