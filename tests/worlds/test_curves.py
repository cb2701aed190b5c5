"""The opener's curves: their heights by hand, and points that keep to their cells."""

from typing import Any, get_args

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from bigcurves.sample import Floats, Sample
from bigcurves.worlds import CurveWorld
from bigcurves.worlds.curves import Shape

SHAPES: tuple[Shape, ...] = get_args(Shape)


def test_the_three_shapes_share_zeros_and_peaks() -> None:
    zeros, peaks = np.array([1 / 3, 2 / 3, 1]), np.array([1 / 6, 1 / 2, 5 / 6])
    for shape in ("smooth", "triangle"):
        assert_allclose(CurveWorld(shape=shape).height(zeros), 0, atol=1e-12)
    for shape in SHAPES:
        assert_allclose(CurveWorld(shape=shape).height(peaks), [1, -1, 1], atol=1e-12)


def test_the_smooth_curve_is_a_sine_of_one_and_a_half_turns() -> None:
    # Thirty degrees are a twelfth of a turn, which is two thirds of that far along.
    assert_allclose(CurveWorld().height(np.array([0, 1 / 18, 5 / 18, 7 / 18])), [0, 0.5, 0.5, -0.5])


def test_the_triangle_is_straight_between_its_corners() -> None:
    places = np.linspace(1 / 6, 1 / 2, 50)
    assert_allclose(CurveWorld(shape="triangle").height(places), 2 - 6 * places, atol=1e-12)


def test_the_step_is_the_sign_of_the_sine() -> None:
    places = np.linspace(0.001, 0.999, 500)
    sine = CurveWorld(shape="smooth").height(places)
    assert_array_equal(CurveWorld(shape="step").height(places), np.sign(sine))


@pytest.mark.parametrize("jitter", [0, 0.25, 0.5])
def test_points_keep_to_their_cells_from_left_to_right(jitter: float) -> None:
    x = places_of(CurveWorld(jitter=jitter).sample(40, np.random.default_rng(0)))
    assert np.all(np.abs(x * 40 - np.arange(40) - 0.5) <= jitter + 1e-12)
    assert np.all(np.diff(x) > 0)


def test_points_fill_what_the_jitter_leaves_them_evenly() -> None:
    x = places_of(CurveWorld(jitter=0.3).sample(5000, np.random.default_rng(3)))
    moved = x * 5000 - np.arange(5000) - 0.5
    # Uniform from -.3 to .3, the spread is .3 / sqrt(3); 4 standard errors of 5,000 draws.
    assert moved.mean() == pytest.approx(0, abs=0.01)
    assert moved.std() == pytest.approx(0.3 / np.sqrt(3), abs=0.005)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_target_is_the_height_of_the_curve_at_its_input(shape: Shape) -> None:
    world = CurveWorld(shape=shape)
    sample = world.sample(30, np.random.default_rng(1))
    assert_array_equal(sample.inputs, sample.latents)
    assert_array_equal(sample.targets, world.height(sample.inputs[:, 0]))


def test_noise_has_its_size_and_moves_no_place() -> None:
    clean = CurveWorld().sample(5000, np.random.default_rng(0))
    noisy = CurveWorld(noise=0.2).sample(5000, np.random.default_rng(0))
    assert_array_equal(noisy.inputs, clean.inputs)
    assert noisy.targets is not None
    # The standard error of this spread is 0.2 / sqrt(10,000) = 0.002.
    assert (noisy.targets - clean.targets).std() == pytest.approx(0.2, abs=0.008)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"shape": "saw"}, "shape must be one of smooth, triangle, step, got 'saw'"),
        ({"jitter": 0.6}, r"jitter must be between 0 and 0.5 grid steps, got 0.6"),
        ({"noise": np.nan}, "noise must be 0 or more and finite, got nan"),
    ],
)
def test_bad_settings_are_named(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        CurveWorld(**fields)


def test_a_place_beside_the_curve_is_named() -> None:
    with pytest.raises(ValueError, match=r"must lie in \[0, 1\], got values from 0.2 to 1.5"):
        CurveWorld().height(np.array([0.2, 1.5]))


def places_of(sample: Sample) -> Floats:
    assert sample.latents is not None
    return sample.latents[:, 0]


def test_places_that_are_no_vector_are_named() -> None:
    with pytest.raises(ValueError, match=r"^places must have shape \(n,\)"):
        CurveWorld().height(np.zeros((2, 2)))
    with pytest.raises(ValueError, match=r"^places must lie in \[0, 1\], got"):
        CurveWorld().height([2.0])  # type: ignore[arg-type]
