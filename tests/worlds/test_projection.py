"""Projection on worlds so small that the nearest point is known by hand, or by trying all."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.optimize import lsq_linear

from bigcurves.sample import Floats
from bigcurves.worlds import BarWorld
from bigcurves.worlds.projection import ImageWorld, Projection, project


@dataclass(frozen=True)
class Segment:
    """From (0, 0, 0) to (length, 0, 0); a second latent, if there is one, draws nothing."""

    length: float
    d: int = 1

    def render(self, latents: Floats) -> Floats:
        return np.outer(latents[:, 0], [self.length, 0.0, 0.0])

    def jacobian(self, latents: Floats) -> Floats:
        slopes = np.zeros((len(latents), 3, self.d))
        slopes[:, 0, 0] = self.length
        return slopes


@dataclass(frozen=True)
class Circle:
    """The unit circle, once round."""

    d: int = 1

    def render(self, latents: Floats) -> Floats:
        angle = 2 * np.pi * latents
        return np.hstack([np.cos(angle), np.sin(angle)])

    def jacobian(self, latents: Floats) -> Floats:
        angle = 2 * np.pi * latents
        return 2 * np.pi * np.stack([-np.sin(angle), np.cos(angle)], axis=1)


@dataclass(frozen=True)
class Wave:
    """Turns of a sine above a line: each row has many points that are nearest nearby."""

    turns: int = 6
    d: int = 1

    def render(self, latents: Floats) -> Floats:
        return np.hstack([latents, np.sin(2 * np.pi * self.turns * latents) / 2])

    def jacobian(self, latents: Floats) -> Floats:
        rise = np.pi * self.turns * np.cos(2 * np.pi * self.turns * latents)
        return np.stack([np.ones_like(latents), rise], axis=1)


@dataclass(frozen=True)
class Slab:
    """A leaning parallelogram in space: neither side's slope is at right angles to the other's."""

    sides: tuple[tuple[float, ...], ...] = ((3.0, 0.0, 0.0), (2.0, 2.0, 1.0))
    d: int = 2

    def render(self, latents: Floats) -> Floats:
        return np.asarray(latents @ np.array(self.sides))

    def jacobian(self, latents: Floats) -> Floats:
        return np.tile(np.array(self.sides).T, (len(latents), 1, 1))


def test_a_row_beside_a_segment_drops_its_foot_and_one_beyond_finds_the_end() -> None:
    rows = np.array([[1.5, 0.3, 0.4], [-1, 0, 0], [5, 0, 0]])
    found = project(Segment(2.0), rows, references=8)
    assert_allclose(found.latents[:, 0], [0.75, 0, 1], atol=1e-9)
    assert_allclose(found.distances, np.array([0.5, 1, 3]) / np.sqrt(3), atol=1e-9)


def test_a_latent_that_draws_nothing_does_no_harm() -> None:
    found = project(Segment(2.0, d=2), np.array([[0.5, 1.0, 0.0], [9.0, 0.0, 0.0]]), references=8)
    assert_allclose(found.latents[:, 0], [0.25, 1], atol=1e-9)
    assert_allclose(found.distances, np.array([1, 7]) / np.sqrt(3), atol=1e-9)


def test_a_row_beside_a_face_slides_along_it_as_bounded_least_squares_does() -> None:
    world, sides = Slab(), np.array(Slab().sides)
    rows = 4 * np.random.default_rng(4).standard_normal((40, 3))
    found = project(world, rows, references=8)
    best = [lsq_linear(sides.T, row, bounds=(0, 1), tol=1e-14) for row in rows]
    held = [((fit.x < 1e-6) | (fit.x > 1 - 1e-6)).sum() for fit in best]
    assert set(held) == {0, 1, 2}  # inside, on an edge and in a corner
    # A walk may end with a distance too great by 1e-8 of it; a cost is half the squared distance.
    expected = np.sqrt([2 * fit.cost / 3 for fit in best])
    assert_allclose(found.distances, expected, rtol=1e-7, atol=1e-9)
    assert_allclose(found.latents, [fit.x for fit in best], atol=1e-3)


def test_a_latent_that_goes_round_is_followed_across_its_seam() -> None:
    row = Circle().render(np.array([[0.9]]))
    # Of the two references, 0 and a half, the first is nearer: the seam lies on the way.
    across = project(Circle(), row, references=2, starts=1, closed=(0,))
    held = project(Circle(), row, references=2, starts=1)
    assert_allclose(across.latents, [[0.9]], atol=1e-8)
    assert_allclose(across.distances, 0, atol=1e-8)
    assert_allclose(held.latents, [[0]])
    chord = 2 * np.sin(0.1 * np.pi)
    assert_allclose(held.distances, chord / np.sqrt(2), atol=1e-12)


def test_many_rows_come_back_in_their_order() -> None:
    rng = np.random.default_rng(0)
    angles, radii = rng.random((300, 1)), rng.uniform(0.6, 1.6, (300, 1))  # more than two blocks
    found = project(Circle(), radii * Circle().render(angles), references=16, closed=(0,))
    # A walk ends when it gains less than 1e-8 of the squared distance, so that a distance errs by
    # as little and a place by the root of it.
    assert_allclose(found.latents, angles, atol=2e-5)
    assert_allclose(found.distances, np.abs(radii - 1)[:, 0] / np.sqrt(2), atol=1e-8)


@pytest.mark.parametrize("starts", [3, 8])  # as many as are kept, and more of them
def test_the_nearest_of_many_hollows_is_found(starts: int) -> None:
    rows = np.random.default_rng(1).uniform([0, -1], [1, 1], (60, 2))
    for world in (Wave(turns=6), Wave(turns=5), Wave(turns=6)):  # none may take another's drawings
        found = project(world, rows, references=64, starts=starts)
        every = world.render(np.linspace(0, 1, 20_001)[:, np.newaxis])
        nearest = np.sqrt(((rows[:, np.newaxis] - every) ** 2).mean(axis=2).min(axis=1))
        # Points walked are at most .001 apart, so the best of them is too far by below .0005.
        assert np.all(found.distances <= nearest + 1e-7)
        assert_allclose(found.distances, nearest, atol=5e-4)


@pytest.mark.parametrize("world", [Segment(2.0), Circle(), Wave()], ids=repr)
def test_the_distance_is_that_of_the_point_returned(world: ImageWorld) -> None:
    start = world.render(np.random.default_rng(2).random((20, 1)))
    rows = start + 0.3 * np.random.default_rng(3).standard_normal(start.shape)
    found = project(world, rows, references=32)
    gaps = np.sqrt(((world.render(found.latents) - rows) ** 2).mean(axis=1))
    assert_allclose(found.distances, gaps, atol=1e-12)
    assert np.all(found.distances <= np.sqrt(((start - rows) ** 2).mean(axis=1)) + 1e-9)


def test_an_image_brighter_than_single_precision_holds_finds_the_like() -> None:
    """Such an image is nearest to the drawn one with which its product is greatest."""
    world = BarWorld(d=2, side=8)
    latents = np.array([[0.2, 0.3], [0.9, 0.5]])
    images = np.array([[1e50], [1]]) * world.render(latents)
    found = project(world, images, references=2**12)
    assert_allclose(found.distances[0], np.sqrt((images[0] ** 2).mean()), rtol=1e-12)
    assert_allclose(found.latents[1], latents[1], atol=1e-6)  # and no other image minds
    products = world.render(np.random.default_rng(0).random((2000, 2))) @ images[0]
    assert world.render(found.latents[:1]) @ images[0] > 0.99 * products.max()


@pytest.mark.parametrize(
    ("latents", "distances", "message"),
    [
        (np.zeros(3), np.zeros(3), r"latents must have shape \(n, d\), got \(3,\)"),
        (np.full((3, 2), 2.0), np.zeros(3), r"latents must lie in \[0, 1\]"),
        (np.zeros((3, 2)), np.zeros(2), r"distances must have shape \(3,\), got \(2,\)"),
        (np.zeros((1, 2)), -np.ones(1), "distances must be 0 or more and finite, got -1"),
        (np.zeros((1, 2)), np.full(1, np.nan), "distances must be 0 or more and finite, got nan"),
    ],
)
def test_a_projection_that_cannot_be_is_named(
    latents: Floats, distances: Floats, message: str
) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        Projection(latents=latents, distances=distances)


@pytest.mark.parametrize(("wrong", "told"), [([[0.5]], "list"), (np.array([["a"]]), "<U1")])
def test_a_projection_of_no_numbers_is_a_type_error(wrong: Any, told: str) -> None:
    with pytest.raises(TypeError, match=f"^latents must be an array of numbers, got {told}$"):
        Projection(latents=wrong, distances=np.zeros(1))
