"""Sprites, read back by hand after the PNG specification (W3C, 2003)."""

import base64
import struct
import zlib

import numpy as np
import pytest

from bigcurves.plotting.picture import sprite


def read_png(address):
    """Undo a grey-and-alpha PNG without filters: values and alpha, shape (height, width) each."""
    head, _, body = address.partition(",")
    assert head == "data:image/png;base64"
    data = base64.b64decode(body)
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, at = {}, 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        name, part = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        (check,) = struct.unpack(">I", data[at + 8 + length : at + 12 + length])
        assert check == zlib.crc32(name + part)
        chunks[name], at = part, at + 12 + length
    width, height, depth, colour = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    assert (depth, colour) == (8, 4)
    lines = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(height, -1)
    assert not lines[:, 0].any()
    pixels = lines[:, 1:].reshape(height, width, 2)
    return pixels[..., 0], pixels[..., 1]


def test_images_stand_side_by_side_with_a_gap_to_see_through():
    images = np.random.default_rng(0).random((3, 4, 4))
    grey, alpha = read_png(sprite(images, gap=2))
    assert grey.shape == (4, 3 * 4 + 2 * 2)
    for place, image in enumerate(images):
        columns = slice(place * 6, place * 6 + 4)
        np.testing.assert_allclose(grey[:, columns] / 255, image, atol=0.5 / 255)
        assert (alpha[:, columns] == 255).all()
    assert not alpha[:, 4:6].any()


def test_values_beyond_black_and_white_are_cut():
    grey, _ = read_png(sprite(np.array([[[-1.0, 0.0], [1.0, 7.0]]])))
    assert grey.tolist() == [[0, 0], [255, 255]]


@pytest.mark.parametrize("images", [np.zeros((4, 4)), np.zeros((0, 4, 4))])
def test_a_wrong_shape_is_named(images):
    with pytest.raises(ValueError, match="images must have shape"):
        sprite(images)


def test_nan_is_refused():
    with pytest.raises(ValueError, match="finite"):
        sprite(np.full((1, 2, 2), np.nan))
