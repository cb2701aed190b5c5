"""The glyphs' strokes: each one line of a pen, as 18 points.

Strokes are written in a consistent order: of the pairs 3-8, 1-7, 4-9 and 0-6 both start at
matching places and turn the same way, so that a straight blend of their points
is a shape on the way and not a knot. The frame is [-1, 1] x [-1, 1], y pointing down.
"""

from itertools import pairwise
from types import MappingProxyType

import numpy as np

from bigcurves.sample import Floats

POINTS = 18
MORPHS = (("3", "8"), ("1", "7"), ("4", "9"), ("0", "6"))


def _arc(
    centre: tuple[float, float], radii: tuple[float, float], start: float, stop: float
) -> Floats:
    """Follow an ellipse from one angle to another, in degrees; 0 is right, 90 is down."""
    angles = np.radians(np.linspace(start, stop, 200))
    circle: Floats = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return np.array(centre) + np.array(radii) * circle


def _line(*corners: tuple[float, float]) -> list[Floats]:
    """Join corners by straight pieces."""
    return [np.array(ends) for ends in pairwise(corners)]


def _stroke(*pieces: Floats) -> Floats:
    """Spread 18 points over the pieces, in proportion to length, each piece's ends kept."""
    lengths = [np.linalg.norm(np.diff(piece, axis=0), axis=1) for piece in pieces]
    totals = np.array([length.sum() for length in lengths])
    shares = (POINTS - 1) * totals / totals.sum()
    counts = np.maximum(1, np.floor(shares)).astype(int)
    while counts.sum() < POINTS - 1:
        counts[np.argmax(shares - counts)] += 1
    points = [pieces[0][:1]]
    for piece, length, count in zip(pieces, lengths, counts, strict=True):
        walked = np.concatenate([[0.0], np.cumsum(length)])
        stops = np.linspace(0, walked[-1], count + 1)[1:]
        points.append(np.stack([np.interp(stops, walked, axis) for axis in piece.T], axis=1))
    return np.concatenate(points)


_SIX = _stroke(
    _arc((0.32, 0.25), (0.72, 0.9), -100, -180),
    _arc((0.0, 0.25), (0.4, 0.4), -180, -540),
)

TEMPLATES: MappingProxyType[str, Floats] = MappingProxyType(
    {
        "0": _stroke(_arc((0.0, 0.0), (0.42, 0.65), -90, -450)),
        "1": _stroke(*_line((-0.28, -0.38), (0.05, -0.65), (0.05, 0.65))),
        "2": _stroke(
            _arc((0.0, -0.27), (0.4, 0.38), -165, 35),
            *_line((0.33, -0.05), (-0.42, 0.62), (0.45, 0.62)),
        ),
        "3": _stroke(
            _arc((0.0, -0.33), (0.36, 0.32), -150, 90),
            _arc((0.0, 0.32), (0.42, 0.33), -90, 150),
        ),
        "4": _stroke(*_line((0.2, 0.65), (0.2, -0.65), (-0.45, 0.2), (0.5, 0.2))),
        "5": _stroke(
            *_line((0.38, -0.62), (-0.28, -0.62), (-0.34, -0.05)),
            _arc((-0.02, 0.22), (0.42, 0.42), -140, 140),
        ),
        "6": _SIX,
        "7": _stroke(*_line((-0.42, -0.6), (0.42, -0.6), (-0.1, 0.65))),
        "8": _stroke(
            _arc((0.0, -0.33), (0.34, 0.32), 90, 450),
            _arc((0.0, 0.32), (0.42, 0.33), -90, 270),
        ),
        "9": -_SIX,  # half a turn, exactly: what a half turn does to a 6 is the point
        "A": _stroke(
            *_line((-0.45, 0.65), (0.0, -0.65), (0.45, 0.65), (0.28, 0.15), (-0.28, 0.15))
        ),
        "L": _stroke(*_line((-0.35, -0.65), (-0.35, 0.62), (0.42, 0.62))),
        "O": _stroke(_arc((0.0, 0.0), (0.52, 0.52), -90, -450)),
        "T": _stroke(*_line((-0.48, -0.6), (0.48, -0.6), (0.0, -0.6), (0.0, 0.65))),
    }
)
