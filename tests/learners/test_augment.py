"""Turning pictures: against scipy, against the world, and round the whole circle."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.ndimage import rotate

from bigcurves.learners import turn_pictures
from bigcurves.worlds import GlyphWorld


@pytest.mark.parametrize("degrees", [0, 17, 90, -133])
def test_it_agrees_with_scipy(degrees):
    X = np.random.default_rng(1).random((3, 81))
    X.reshape(3, 9, 9)[:, [0, 1, -2, -1]] = 0  # scipy treats half-outside pixels otherwise
    X.reshape(3, 9, 9)[:, :, [0, 1, -2, -1]] = 0
    turned = turn_pictures(X, np.full(3, float(degrees)))
    for before, after in zip(X, turned, strict=True):
        other = rotate(before.reshape(9, 9), -degrees, reshape=False, order=1)
        assert_allclose(after.reshape(9, 9), other, atol=1e-9)


def test_a_full_turn_and_four_quarters_change_nothing():
    X = np.random.default_rng(2).random((5, 36))
    assert_allclose(turn_pictures(X, np.full(5, 360.0)), X, atol=1e-9)
    quarter = turn_pictures(X, np.full(5, 90.0))
    assert_allclose(np.sort(quarter, axis=1), np.sort(X, axis=1), atol=1e-9)


def test_turning_pixels_turns_the_latent():
    world = GlyphWorld(glyph="L", x=0, y=0, turn=180, slant=0, scale=0, aspect=0, thickness=0)
    start, tenth = np.array([[0.5]]), np.array([[0.5 + 0.1]])
    drawn = world.render(tenth)
    turned = {way: turn_pictures(world.render(start), np.array([way * 36.0])) for way in (1, -1)}
    gap = {way: float(np.sqrt(np.mean((turned[way] - drawn) ** 2))) for way in (1, -1)}
    # bilinear reading blurs by a few hundredths; the wrong way round misses by far more
    assert min(gap.values()) < 0.05 < 0.15 < max(gap.values())


def test_bad_shapes_are_named():
    with pytest.raises(ValueError, match=r"got \(2, 10\) and \(2,\)"):
        turn_pictures(np.zeros((2, 10)), np.zeros(2))
    with pytest.raises(ValueError, match=r"got \(2, 9\) and \(3,\)"):
        turn_pictures(np.zeros((2, 9)), np.zeros(3))


def test_whole_turns_change_nothing_however_many():
    X = np.random.default_rng(0).random((3, 16))
    turned = turn_pictures(X, [30.0, -200.0, 90.0])
    assert_allclose(
        turn_pictures(X, [30.0 + 360e6, -200.0 - 360e6, 90.0 + 360e6]), turned, atol=1e-9
    )
    assert np.isfinite(turn_pictures(X, [1e100, -1e100, 3e99])).all()


def test_what_turns_nothing_is_refused():
    with pytest.raises(ValueError, match="degrees must be finite, got NaN or infinity"):
        turn_pictures(np.ones((1, 9)), [np.nan])
