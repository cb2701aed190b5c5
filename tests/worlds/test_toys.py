"""Toy surfaces against scikit-learn, their equations and exact distances; the flat world too."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.spatial.distance import pdist
from sklearn.datasets import make_swiss_roll

from bigcurves.worlds import FlatWorld, ToyWorld
from bigcurves.worlds.toys import TUBE

SHAPES = ("swiss roll", "torus", "sphere", "helix")


def test_the_roll_is_scikit_learns():
    rows, angles = make_swiss_roll(100, random_state=0)
    latents = np.stack([(angles / (1.5 * np.pi) - 1) / 2, rows[:, 1] / 21], axis=1)
    assert_allclose(ToyWorld().render(latents), rows, atol=1e-10)


def test_each_surface_keeps_its_equation():
    def draw(shape):
        return ToyWorld(shape=shape).sample(500, np.random.default_rng(0)).inputs.T

    x, y, z = draw("sphere")
    assert_allclose(x**2 + y**2 + z**2, 1, atol=1e-12)
    x, y, z = draw("torus")
    assert_allclose((np.hypot(x, y) - 1) ** 2 + z**2, TUBE**2, atol=1e-12)
    x, y, z = draw("helix")
    assert_allclose(np.exp(3j * np.pi * (z + 1)), x + 1j * y, atol=1e-12)


def test_the_sphere_is_even_by_area():
    heights = ToyWorld(shape="sphere").sample(20_000, np.random.default_rng(0)).inputs[:, 2]
    # Archimedes: heights are uniform in [-1, 1]; the mean's standard error is .58 / 141 = .004.
    assert heights.mean() == pytest.approx(0, abs=0.016)
    assert (heights**2).mean() == pytest.approx(1 / 3, abs=0.01)


def test_distances_to_sphere_and_torus_have_closed_forms():
    rows = np.random.default_rng(0).uniform(-1.2, 1.2, (60, 3))
    radius = np.linalg.norm(rows, axis=1)
    found = ToyWorld(shape="sphere").project(rows)
    assert_allclose(found.distances * np.sqrt(3), np.abs(radius - 1), atol=1e-6)
    ring = np.hypot(np.hypot(rows[:, 0], rows[:, 1]) - 1, rows[:, 2])
    found = ToyWorld(shape="torus").project(rows)
    # Beyond the tube's radius of curvature the walk is slow and stops a little early.
    near = np.abs(ring - TUBE) < 0.8 * TUBE
    assert near.sum() > 20
    distances = found.distances * np.sqrt(3)
    assert_allclose(distances[near], np.abs(ring - TUBE)[near], atol=1e-6)
    assert_allclose(distances, np.abs(ring - TUBE), rtol=5e-4)


def test_a_closed_latent_has_no_seam():
    """The nearest point lies just across the seam from where most starts are."""
    latents = np.array([[0.9995, 0.4], [0.0002, 0.9998], [0.9999, 0.0001]])
    world = ToyWorld(shape="torus")
    assert world.project(world.render(latents)).distances.max() < 1e-9


@pytest.mark.parametrize("shape", SHAPES)
def test_points_of_a_toy_lie_on_it_and_its_slopes_are_right(shape):
    world = ToyWorld(shape=shape)
    sample = world.sample(40, np.random.default_rng(3))
    assert world.project(sample.inputs).distances.max() < 1e-7
    latents = np.random.default_rng(4).uniform(0.01, 0.99, (20, world.d))
    h = 1e-3  # a five-point difference: errs by h^4 / 30 times the fifth derivative, up to 1e6
    for place, axis in enumerate(np.eye(world.d)):
        far = world.render(latents - 2 * h * axis) - world.render(latents + 2 * h * axis)
        near = world.render(latents + h * axis) - world.render(latents - h * axis)
        slope = (far + 8 * near) / (12 * h)
        assert_allclose(world.jacobian(latents)[:, :, place], slope, atol=1e-4)


def test_toy_noise_moves_no_latent():
    clean = ToyWorld().sample(3000, np.random.default_rng(0))
    noisy = ToyWorld(noise=0.5).sample(3000, np.random.default_rng(0))
    assert_allclose(noisy.latents, clean.latents)
    # 9,000 numbers: the standard error of the spread is 0.5 / sqrt(18,000) = .004.
    assert (noisy.inputs - clean.inputs).std() == pytest.approx(0.5, abs=0.016)


@pytest.mark.parametrize(("d", "features"), [(1, 1), (2, 30), (5, 64)])
def test_the_flat_world_keeps_every_distance(d, features):
    world = FlatWorld(d=d, features=features)
    sample = world.sample(50, np.random.default_rng(0))
    assert_allclose(pdist(sample.inputs), pdist(sample.latents), atol=1e-12)
    assert_allclose(
        np.einsum("nfd,nd->nf", world.jacobian(sample.latents), sample.latents), sample.inputs
    )


def test_the_flat_worlds_axes_are_waves():
    # The cosine transform's own formula: the first axis is constant, the others go up and down.
    at = (2 * np.arange(6) + 1) * np.pi / 12
    rows = FlatWorld(d=3, features=6).render(np.eye(3))
    assert_allclose(rows[0], 1 / np.sqrt(6))
    assert_allclose(rows[1:], np.sqrt(2 / 6) * np.cos(np.outer([1, 2], at)), atol=1e-12)


def test_the_flat_world_projects_exactly():
    world, rng = FlatWorld(d=2, features=10), np.random.default_rng(0)
    latents, offset = rng.random((20, 2)), rng.standard_normal((20, 10))
    axes = world.render(np.eye(2))
    offset -= offset @ axes.T @ axes
    found = world.project(world.render(latents) + offset)
    assert_allclose(found.latents, latents, atol=1e-12)
    assert_allclose(found.distances, np.sqrt((offset**2).mean(axis=1)))
    outside = world.project(np.array([[3.0, 0.5]]) @ axes)  # two units past the first face
    assert_allclose(outside.distances * np.sqrt(10), 2)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ToyWorld(shape="cube"), "shape must be one of swiss roll, torus, .* got 'cube'"),
        (lambda: ToyWorld(noise=-1), "noise must be 0 or more and finite, got -1"),
        (lambda: ToyWorld().project(np.zeros((3, 2))), r"rows must have shape \(n, 3\)"),
        (lambda: FlatWorld(d=3, features=2), "features must be between 3 and 4096, got 2"),
        (lambda: FlatWorld(d=0), "d must be between 1 and 16, got 0"),
    ],
)
def test_bad_settings_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
