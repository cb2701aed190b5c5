"""Keys: random bits that say nothing, and a curve that says everything."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from bigcurves.worlds import Keys


def test_random_keys_differ_and_can_be_read_back():
    sample = Keys().sample(5000, np.random.default_rng(1))
    assert set(np.unique(sample.inputs)) == {-1, 1}
    keys = (sample.inputs > 0) @ 2 ** np.arange(16)
    assert len(set(keys)) == 5000
    assert_array_equal(keys, np.rint(sample.latents[:, 0] * 65_536))
    # fair bits: the standard error of their mean is .5 / sqrt(5000) = .007
    assert sample.targets.mean() == pytest.approx(0.5, abs=0.028)
    assert set(sample.targets) == {0, 1}


def test_the_curves_labels_are_the_sign_of_its_sine_with_a_margin():
    sample = Keys(kind="curve").sample(3000, np.random.default_rng(2))
    wave = np.sin(2 * np.pi * 3 * sample.latents[:, 0])
    assert_array_equal(sample.targets, wave > 0)
    assert np.abs(wave).min() >= 0.2 - 1e-9
    # Nothing but the margin is left out, neither behind a zero of the sine nor before one.
    leaving = wave * np.cos(2 * np.pi * 3 * sample.latents[:, 0]) > 0
    assert np.abs(wave[leaving]).min() < 0.21
    assert np.abs(wave[~leaving]).min() < 0.21
    assert sample.targets.mean() == pytest.approx(0.5, abs=0.04)  # 4 standard errors


def test_the_curve_closes_and_lies_in_a_space_of_four_waves():
    world = Keys(kind="curve")
    ends = world.render(np.array([[0.0], [1.0]]))
    assert_allclose(ends[0], ends[1], atol=1e-12)
    assert np.linalg.matrix_rank(world.render(np.linspace(0, 1, 200)[:, np.newaxis])) == 4


def test_each_coordinate_is_a_wave_of_one_or_two_turns():
    places = np.linspace(0, 1, 60, endpoint=False)
    rows = Keys(kind="curve", bits=5).render(places[:, np.newaxis])
    for column, wave in enumerate(rows.T):
        turns = 1 + column % 2
        assert_allclose(wave, np.cos(2 * np.pi * (turns * places + column / 10)), atol=1e-12)


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="kind must be one of random, curve, got 'line'"):
        Keys(kind="line")
    with pytest.raises(ValueError, match="bits must be between 1 and 30, got 0"):
        Keys(bits=0)
    with pytest.raises(ValueError, match=r"margin must be between 0 and 0\.99, got 1"):
        Keys(margin=1)
    with pytest.raises(ValueError, match="n must be between 1 and 16, got 17"):
        Keys(bits=4).sample(17, np.random.default_rng(0))
    with pytest.raises(ValueError, match="latents must be below 1"):
        Keys().render(np.array([[1.0]]))
