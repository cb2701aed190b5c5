"""BarWorld against its formula written anew, differences, symmetries and planted offsets."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.optimize import minimize

from bigcurves.worlds import BarWorld
from bigcurves.worlds.bar import HIGHEST, LOWEST, OFF

every_d = pytest.mark.parametrize("d", range(1, 6))


def draw_slowly(world, latents):
    """Evaluate the design's formula for one image, pixel by pixel."""
    x, y, angle, length, thickness = np.concatenate(
        [LOWEST[: world.d] + latents * (HIGHEST - LOWEST)[: world.d], OFF[world.d :]]
    )
    image = np.empty((world.side, world.side))
    for row in range(world.side):
        for column in range(world.side):
            right = (column + 0.5) * 2 / world.side - 1 - x
            down = (row + 0.5) * 2 / world.side - 1 - y
            u = np.cos(angle) * right + np.sin(angle) * down
            v = -np.sin(angle) * right + np.cos(angle) * down
            q = (u / length) ** 2 + (v / thickness) ** 2
            image[row, column] = (1 + np.exp(-1)) / (1 + np.exp(min(q - 1, 30)))
    return image.ravel()


@settings(max_examples=25)
@given(
    d=st.integers(1, 5),
    side=st.sampled_from([8, 11, 20]),
    n=st.integers(1, 300),
    seed=st.integers(0, 2**31),
)
def test_images_follow_the_formula(d, side, n, seed):
    world, rng = BarWorld(d=d, side=side), np.random.default_rng(seed)
    latents = rng.random((n, d))
    images = world.render(latents)
    assert images.shape == (n, side * side)
    which = int(rng.integers(n))
    # q reaches 250 and is multiplied out, which loses at most some 1e-13 of the value 1.
    assert_allclose(images[which], draw_slowly(world, latents[which]), atol=1e-12)


def test_images_do_not_depend_on_how_many_are_drawn_at_once():
    latents = np.random.default_rng(0).random((700, 5))
    world = BarWorld(d=5)
    one_by_one = np.concatenate([world.render(row[np.newaxis]) for row in latents])
    # A matrix product may add in another order for another shape: rounding only.
    assert_allclose(world.render(latents), one_by_one, atol=1e-13)


def test_the_centre_of_a_bar_is_one_and_its_corner_far_away_is_dark():
    image = BarWorld(d=1, side=9).render(np.array([[0.5]]))[0]  # x = 0: the middle pixel
    assert image[40] == pytest.approx(1, abs=1e-15)
    assert image[8] < 1e-6


def test_half_a_turn_of_the_whole_picture_mirrors_the_place():
    world, latents = BarWorld(d=5), np.random.default_rng(3).random((20, 5))
    mirrored = latents.copy()
    mirrored[:, :2] = 1 - latents[:, :2]
    assert_allclose(world.render(latents)[:, ::-1], world.render(mirrored), atol=1e-13)


@every_d
def test_jacobian_matches_central_differences(d):
    world, step = BarWorld(d=d), 1e-5
    latents = np.random.default_rng(d).uniform(step, 1 - step, (30, d))
    ahead = [world.render(latents + step * axis) for axis in np.eye(d)]
    behind = [world.render(latents - step * axis) for axis in np.eye(d)]
    differences = np.stack([(a - b) / (2 * step) for a, b in zip(ahead, behind, strict=True)], 2)
    # Error step^2 / 6 x third derivative (up to some 200) and rounding 1e-13 / step: below 1e-7.
    assert_allclose(world.jacobian(latents), differences, atol=1e-7)


def test_the_factors_move_the_image_by_comparable_amounts():
    world = BarWorld(d=5, side=32)
    slopes = world.jacobian(np.random.default_rng(0).random((4000, 5)))
    arcs = np.sqrt((slopes**2).mean(axis=1)).mean(axis=0)  # RMS pixel values per unit
    # The figures in the module's comment; 4,000 draws give standard errors below .003.
    assert_allclose(arcs, [0.49, 0.67, 0.51, 0.31, 0.36], atol=0.01)
    assert arcs.max() / arcs.min() < 2.3


def test_every_bar_is_longer_than_thick():
    assert LOWEST[3] > HIGHEST[4]
    assert np.all((OFF > LOWEST) & (OFF < HIGHEST))


@every_d
def test_images_of_the_world_are_on_its_manifold(d):
    world = BarWorld(d=d)
    sample = world.sample(60, np.random.default_rng(d))
    found = world.project(sample.inputs)
    assert found.distances.max() < 1e-7
    assert_allclose(found.latents, sample.latents, atol=1e-6)  # so the world never folds


@every_d
@pytest.mark.parametrize("side", [8, 16, 28])
def test_a_planted_normal_offset_is_read_back(d, side):
    world, rng = BarWorld(d=d, side=side), np.random.default_rng(10 * d)
    latents = rng.uniform(0.1, 0.9, (20, d))
    offset = rng.standard_normal((20, world.pixels))
    tangents = np.linalg.qr(world.jacobian(latents))[0]
    offset -= (tangents @ (tangents.transpose(0, 2, 1) @ offset[:, :, np.newaxis]))[:, :, 0]
    offset *= 0.02 / np.sqrt((offset**2).mean(axis=1, keepdims=True))
    found = world.project(world.render(latents) + offset)
    # A random normal direction hardly bends the distance, so the foot is the planted point.
    assert_allclose(found.distances, 0.02, atol=1e-4)
    assert_allclose(found.latents, latents, atol=1e-3)


@pytest.mark.parametrize("d", [2, 3])
def test_projection_agrees_with_scipy_from_many_starts(d):
    world, rng = BarWorld(d=d, side=12), np.random.default_rng(5)
    ends = world.sample(12, rng).inputs
    images = np.concatenate([(ends[:6] + ends[6:]) / 2, rng.random((2, 144))])
    found = world.project(images)

    def best(image):
        def cost(z):
            return float(((world.render(z[np.newaxis].clip(0, 1))[0] - image) ** 2).mean())

        runs = [
            minimize(cost, z, method="L-BFGS-B", bounds=[(0, 1)] * d) for z in rng.random((25, d))
        ]
        return np.sqrt(min(run.fun for run in runs))

    # Refinement stops at steps of 1e-8 and may leave 1e-7 on white noise, where the valley is
    # flat; L-BFGS-B with difference gradients stops some 1e-5 above the floor.
    expected = np.array([best(image) for image in images])
    assert np.all(found.distances <= expected + 1e-6)
    assert_allclose(found.distances, expected, atol=1e-4)


def test_the_distance_belongs_to_the_latents_returned():
    world = BarWorld(d=3)
    images = np.random.default_rng(2).random((300, world.pixels))  # more than one block
    found = world.project(images)
    gaps = np.sqrt(((world.render(found.latents) - images) ** 2).mean(axis=1))
    assert_allclose(found.distances, gaps, atol=1e-12)


def test_noise_has_its_size_and_moves_no_latent():
    clean = BarWorld(d=3).sample(400, np.random.default_rng(1))
    noisy = BarWorld(d=3, noise=0.3).sample(400, np.random.default_rng(1))
    assert_array_equal(noisy.latents, clean.latents)
    # 102,400 pixels: the standard error of this spread is 0.3 / sqrt(204,800) = 0.0007.
    assert (noisy.inputs - clean.inputs).std() == pytest.approx(0.3, abs=0.003)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"d": 0}, "d must be between 1 and 5, got 0"),
        ({"d": 6}, "d must be between 1 and 5, got 6"),
        ({"d": 2.0}, "d must be a whole number, got 2.0"),
        ({"side": 7}, "side must be between 8 and 64, got 7"),
        ({"side": 65}, "side must be between 8 and 64, got 65"),
        ({"noise": -0.1}, "noise must be 0 or more and finite, got -0.1"),
        ({"noise": np.nan}, "noise must be 0 or more and finite, got nan"),
    ],
)
def test_bad_settings_are_named(fields, message):
    with pytest.raises(ValueError, match=message):
        BarWorld(**fields)


@pytest.mark.parametrize("method", ["render", "jacobian"])
@pytest.mark.parametrize(
    ("latents", "message"),
    [
        (np.zeros((3, 1)), r"latents must have shape \(n, 2\) with n at least 1, got \(3, 1\)"),
        (np.zeros((0, 2)), r"got \(0, 2\)"),
        (np.zeros(2), r"got \(2,\)"),
        (np.array([[0.5, 1.5]]), r"latents must lie in \[0, 1\], got values from 0.5 to 1.5"),
        (np.array([[0.5, np.nan]]), r"latents must lie in \[0, 1\]"),
    ],
)
def test_bad_latents_are_named(method, latents, message):
    with pytest.raises(ValueError, match=message):
        getattr(BarWorld(), method)(latents)


@pytest.mark.parametrize(
    ("images", "message"),
    [
        (
            np.zeros((2, 255)),
            r"images must have shape \(n, 256\) with n at least 1, got \(2, 255\)",
        ),
        (np.zeros((0, 256)), r"got \(0, 256\)"),
        (np.full((1, 256), np.nan), "images must be finite"),
    ],
)
def test_bad_images_are_named(images, message):
    with pytest.raises(ValueError, match=message):
        BarWorld().project(images)


def test_a_sample_of_none_is_refused():
    with pytest.raises(ValueError, match="n must be at least 1, got 0"):
        BarWorld().sample(0, np.random.default_rng(0))
