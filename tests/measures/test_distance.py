"""Distances to a manifold whose projection is a closed form: the unit circle."""

from types import SimpleNamespace

import numpy as np
import pytest

from bigcurves.measures import manifold_distance, picture_distance


def to_circle(rows):
    return SimpleNamespace(distances=np.abs(np.linalg.norm(rows, axis=1) - 1) / np.sqrt(2))


def test_root_mean_square_over_images():
    rows = np.array([[0.0, 4.0], [1.0, 0.0]])  # 3 and 0 from the circle
    assert manifold_distance(rows, project=to_circle) == pytest.approx(np.sqrt(9 / 2 / 2))


def test_pictures_compare_pixel_by_pixel():
    assert picture_distance(np.zeros((2, 4)), np.full((2, 4), 0.5)) == pytest.approx(0.5)
    assert picture_distance(np.full((2, 4), 0.5), np.full((2, 4), 0.5)) == 0


def test_bad_projections_and_pictures_are_named():
    with pytest.raises(ValueError, match="project must give 2 distances, got 1"):
        manifold_distance(np.eye(2), project=lambda rows: to_circle(rows[:1]))
    with pytest.raises(ValueError, match=r"^the distances that project gives must be finite"):
        manifold_distance(np.eye(2), project=lambda _: SimpleNamespace(distances=[np.nan] * 2))
    with pytest.raises(ValueError, match=r"^the distances that project gives must have shape"):
        manifold_distance(np.eye(2), project=len)
    with pytest.raises(TypeError, match=r"^project must be a function, got None$"):
        manifold_distance(np.eye(2), project=None)
    with pytest.raises(ValueError, match="second must have 2 rows as first has, got 3"):
        picture_distance(np.eye(2), np.zeros((3, 2)))
    with pytest.raises(ValueError, match=r"images must have shape .* got \(0, 2\)"):
        manifold_distance(np.zeros((0, 2)), project=to_circle)
    with pytest.raises(ValueError, match=r"^first must have shape \(n, features\)"):
        picture_distance(np.zeros(4), np.zeros(4))
    with pytest.raises(ValueError, match=r"^second must have shape \(n, 4\).* got \(2, 3\)"):
        picture_distance(np.zeros((2, 4)), np.zeros((2, 3)))
