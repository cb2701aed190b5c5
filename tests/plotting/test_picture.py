"""Sprites, read back by hand after the PNG specification (W3C, 2003)."""

import numpy as np
import numpy.typing as npt
import pytest
from tests.plotting.png import read_png

from bigcurves.plotting.picture import mosaic, sprite


def test_images_stand_side_by_side_with_a_gap_to_see_through() -> None:
    images = np.random.default_rng(0).random((3, 4, 4))
    grey, alpha = read_png(sprite(images, gap=2))
    assert grey.shape == (4, 3 * 4 + 2 * 2)
    for place, image in enumerate(images):
        columns = slice(place * 6, place * 6 + 4)
        np.testing.assert_allclose(grey[:, columns] / 255, image, atol=0.5 / 255)
        assert (alpha[:, columns] == 255).all()
    assert not alpha[:, 4:6].any()


def test_values_beyond_black_and_white_are_cut() -> None:
    grey, _ = read_png(sprite(np.array([[[-1.0, 0.0], [1.0, 7.0]]])))
    assert grey.tolist() == [[0, 0], [255, 255]]


@pytest.mark.parametrize("images", [np.zeros((4, 4)), np.zeros((0, 4, 4))])
def test_a_wrong_shape_is_named(images: npt.NDArray[np.float64]) -> None:
    with pytest.raises(ValueError, match="images must have shape"):
        sprite(images)


def test_nan_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        sprite(np.full((1, 2, 2), np.nan))


def test_without_a_gap_images_of_any_shape_touch() -> None:
    images = np.array([[[0.0, 1.0, 0.2]], [[1.0, 0.0, 0.6]]])
    grey, alpha = read_png(sprite(images, gap=0))
    assert grey.tolist() == [[0, 255, 51, 255, 0, 153]]
    assert (alpha == 255).all()
    assert images[0, 0, 2] == 0.2, "what is given stays as it is"


def test_a_mosaic_is_filled_line_by_line() -> None:
    images = np.random.default_rng(1).random((6, 3, 4))
    grey, alpha = read_png(mosaic(images, across=2))
    assert grey.shape == (3 * 3, 2 * 4)
    for place, image in enumerate(images):
        top, left = 3 * (place // 2), 4 * (place % 2)
        found = grey[top : top + 3, left : left + 4] / 255
        np.testing.assert_allclose(found, image, atol=0.5 / 255)
    assert (alpha == 255).all()


def test_few_greys_keep_black_and_white_and_cut_what_is_beyond() -> None:
    grey, _ = read_png(mosaic(np.array([[[-1.0, 0.2, 0.3, 2.0]]]), across=1, greys=3))
    assert grey.tolist() == [[0, 0, 128, 255]]


@pytest.mark.parametrize(("across", "greys"), [(0, 256), (4, 256), (3, 1), (3, 257)])
def test_a_mosaic_without_full_lines_or_two_greys_is_refused(across: int, greys: int) -> None:
    with pytest.raises(ValueError, match="across must" if greys == 256 else "greys must"):
        mosaic(np.zeros((6, 2, 2)), across=across, greys=greys)


def test_a_mosaic_asks_for_images_as_a_sprite_does() -> None:
    with pytest.raises(ValueError, match="images must have shape"):
        mosaic(np.zeros((4, 4)), across=1)
    with pytest.raises(ValueError, match="finite"):
        mosaic(np.full((1, 2, 2), np.nan), across=1)
