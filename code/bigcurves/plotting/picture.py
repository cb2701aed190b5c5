"""Images inside charts: many small pictures become one PNG that an image mark can show."""

import base64
import struct
import zlib
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Pixels: TypeAlias = npt.NDArray[np.float64]
GREY, GREY_AND_ALPHA = 0, 4  # PNG's colour types: one byte to a pixel, and two
SEEN = 255


def sprite(images: Pixels, *, gap: int = 1) -> str:
    """Lay images side by side in one picture, as a `data:` address.

    Parameters
    ----------
    images
        Pixel values from 0 (black) to 1 (white), shape (images, side, side); values beyond
        are drawn as the nearer end.
    gap
        See-through pixels between two images.
    """
    images = _checked(images)
    count, height, width = images.shape
    canvas = np.zeros((height, count * (width + gap) - gap, 2), dtype=np.uint8)
    for place, image in enumerate(images):
        columns = slice(place * (width + gap), place * (width + gap) + width)
        canvas[:, columns, 0] = np.round(255 * image.clip(0, 1))
        canvas[:, columns, 1] = SEEN
    return _address(canvas, GREY_AND_ALPHA)


def mosaic(images: Pixels, *, across: int, greys: int = 256) -> str:
    """Lay images out line by line from the top left, without gaps, as one `data:` address.

    Parameters
    ----------
    images
        As in `sprite`.
    across
        Images in a line; the last line must be full.
    greys
        Levels that pixels are rounded to, black and white included, 2 to 256. A dozen of them
        take a third of the bytes that all take.
    """
    images = _checked(images)
    if across < 1 or len(images) % across:
        raise ValueError(f"across must divide the {len(images)} images, got {across}")
    if not 2 <= greys <= 256:
        raise ValueError(f"greys must be from 2 to 256, got {greys}")
    _, height, width = images.shape
    lines = images.reshape(-1, across, height, width).swapaxes(1, 2)
    levels = np.round(lines.clip(0, 1) * (greys - 1)) / (greys - 1)
    canvas = np.round(255 * levels).astype(np.uint8)
    return _address(canvas.reshape(-1, across * width, 1), GREY)


def _checked(images: Pixels) -> Pixels:
    images = np.asarray(images, dtype=float)
    if images.ndim != 3 or images.size == 0:
        raise ValueError(f"images must have shape (images, side, side), got {images.shape}")
    if not np.isfinite(images).all():
        raise ValueError("images must be finite, got NaN or infinity")
    return images


def _address(canvas: npt.NDArray[np.uint8], colour: int) -> str:
    return "data:image/png;base64," + base64.b64encode(_png(canvas, colour)).decode()


def _png(canvas: npt.NDArray[np.uint8], colour: int) -> bytes:
    """Write a PNG: shape (height, width, bytes to a pixel), 8 bits each (W3C, 2003)."""
    height, width, _ = canvas.shape
    header = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    unfiltered = np.zeros((height, 1), dtype=np.uint8)  # each line begins with its filter, none
    lines = np.hstack([unfiltered, canvas.reshape(height, -1)]).tobytes()
    parts: list[tuple[bytes, Any]] = [
        (b"IHDR", header),
        (b"IDAT", zlib.compress(lines, 9)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in parts)


def _chunk(name: bytes, body: bytes) -> bytes:
    """Wrap one part of a PNG: its length, its name, itself, its checksum."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
