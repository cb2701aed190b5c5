"""The styles that any handwriting has, and how they bend a pen's stroke."""

from types import MappingProxyType

import numpy as np

from bigcurves.sample import Floats

# Style -> (the largest reach that makes sense, its unit).
STYLES: MappingProxyType[str, tuple[float, str]] = MappingProxyType(
    {
        "x": (1.0, "frame units"),
        "y": (1.0, "frame units"),
        "turn": (180.0, "degrees"),
        "slant": (1.0, ""),
        "scale": (0.7, ""),
        "aspect": (0.7, ""),
        "thickness": (0.7, ""),
        "dimming": (0.9, ""),
    }
)


def bend(points: Floats, style: dict[str, Floats]) -> Floats:
    """Size, lean, turn and shift strokes, in this order.

    Parameters
    ----------
    points
        Control points, shape (n, points, 2).
    style
        Each style's value for each row, shape (n,).
    """
    column = {name: values[:, np.newaxis] for name, values in style.items()}
    down = points[:, :, 1] * np.exp(column["scale"] + column["aspect"])
    across = points[:, :, 0] * np.exp(column["scale"] - column["aspect"])
    across = across - column["slant"] * down  # y points down, so the top leans right
    turn = np.radians(column["turn"])
    return np.stack(
        [
            np.cos(turn) * across - np.sin(turn) * down + column["x"],
            np.sin(turn) * across + np.cos(turn) * down + column["y"],
        ],
        axis=2,
    )
