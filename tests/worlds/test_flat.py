"""The flat world against its own formula, distances, and scipy's bounded least squares."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.optimize import lsq_linear
from scipy.spatial.distance import pdist

from bigcurves.worlds import FlatWorld


@pytest.mark.parametrize(("d", "features"), [(1, 1), (2, 30), (5, 64)])
def test_the_flat_world_keeps_every_distance(d: int, features: int) -> None:
    world = FlatWorld(d=d, features=features)
    sample = world.sample(50, np.random.default_rng(0))
    assert sample.latents is not None
    assert_allclose(pdist(sample.inputs), pdist(sample.latents), atol=1e-12)
    assert_allclose(
        np.einsum("nfd,nd->nf", world.jacobian(sample.latents), sample.latents), sample.inputs
    )


def test_the_flat_worlds_axes_are_waves() -> None:
    # The cosine transform's own formula: the first axis is constant, the others go up and down.
    at = (2 * np.arange(6) + 1) * np.pi / 12
    rows = FlatWorld(d=3, features=6).render(np.eye(3))
    assert_allclose(rows[0], 1 / np.sqrt(6))
    assert_allclose(rows[1:], np.sqrt(2 / 6) * np.cos(np.outer([1, 2], at)), atol=1e-12)


def test_no_feature_is_a_latent_by_itself() -> None:
    shares = np.abs(FlatWorld(d=4, features=4).render(np.eye(4)))
    assert shares.max() < 0.7
    assert_allclose((shares**2).sum(axis=0), 1)  # as many features as latents: only turned


def test_the_flat_world_projects_exactly() -> None:
    world, rng = FlatWorld(d=2, features=10), np.random.default_rng(0)
    latents, offset = rng.random((20, 2)), rng.standard_normal((20, 10))
    axes = world.render(np.eye(2))
    offset -= offset @ axes.T @ axes
    found = world.project(world.render(latents) + offset)
    assert_allclose(found.latents, latents, atol=1e-12)
    assert_allclose(found.distances, np.sqrt((offset**2).mean(axis=1)))
    outside = world.project(np.array([[3.0, 0.5]]) @ axes)  # two units past the first face
    assert_allclose(outside.distances * np.sqrt(10), 2)


def test_the_nearest_point_of_the_cube_is_that_of_bounded_least_squares() -> None:
    world = FlatWorld(d=3, features=7)
    rows, axes = 2 * np.random.default_rng(1).standard_normal((15, 7)), world.render(np.eye(3))
    found = world.project(rows)
    for row, latents, distance in zip(rows, found.latents, found.distances, strict=True):
        best = lsq_linear(axes.T, row, bounds=(0, 1), tol=1e-14)
        assert_allclose(latents, best.x, atol=1e-6)
        # Its cost is half the squared distance.
        assert distance == pytest.approx(np.sqrt(2 * best.cost / 7), abs=1e-9)


def test_noise_has_its_size_and_moves_no_latent() -> None:
    clean = FlatWorld().sample(1000, np.random.default_rng(0))
    noisy = FlatWorld(noise=0.4).sample(1000, np.random.default_rng(0))
    assert_array_equal(noisy.latents, clean.latents)
    # 30,000 numbers: the standard error of this spread is 0.4 / sqrt(60,000) = 0.0016.
    assert (noisy.inputs - clean.inputs).std() == pytest.approx(0.4, abs=0.007)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: FlatWorld(d=3, features=2), "features must be between 3 and 4096, got 2"),
        (lambda: FlatWorld(d=0), "d must be between 1 and 16, got 0"),
        (lambda: FlatWorld(d=17), "d must be between 1 and 16, got 17"),
        (lambda: FlatWorld().project(np.zeros((1, 29))), r"rows must have shape \(n, 30\)"),
        (lambda: FlatWorld().render(np.full((1, 2), 2.0)), r"latents must lie in \[0, 1\]"),
    ],
)
def test_bad_settings_are_named(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
