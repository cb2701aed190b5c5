"""Grey PNGs read back by hand after their specification (W3C, 2003)."""

import base64
import struct
import zlib
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Plane: TypeAlias = npt.NDArray[np.uint8]
PLANES = {0: 1, 4: 2}  # by the type of colour: grey, and grey with alpha


def read_png(address: str) -> tuple[Plane, Plane]:
    """Undo a grey PNG without filters: values and alpha, shape (height, width) each."""
    head, _, body = address.partition(",")
    assert head == "data:image/png;base64"
    return planes_of(base64.b64decode(body))


def planes_of(data: bytes) -> tuple[Plane, Plane]:
    """Undo the bytes of one."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    chunks: dict[bytes, bytes] = {}
    at = 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        name, part = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        (check,) = struct.unpack(">I", data[at + 8 + length : at + 12 + length])
        assert check == zlib.crc32(name + part)
        chunks[name], at = part, at + 12 + length
    assert list(chunks) == [b"IHDR", b"IDAT", b"IEND"]
    width, height, depth, colour, *how = struct.unpack(">II5B", chunks[b"IHDR"])
    assert depth == 8
    assert how == [0, 0, 0]  # the only methods that there are, and lines in their order
    lines = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(height, -1)
    assert not lines[:, 0].any()
    pixels = lines[:, 1:].reshape(height, width, PLANES[colour])
    grey = pixels[..., 0]
    return grey, pixels[..., 1] if PLANES[colour] == 2 else np.full_like(grey, 255)
