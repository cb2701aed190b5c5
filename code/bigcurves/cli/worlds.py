"""`worlds` draws a contact sheet of the worlds that make pictures."""

import shutil
from pathlib import Path
from typing import Any

import click

from bigcurves.cli.commands import write

ACROSS, GAP, SIDE = 12, 2, 28  # images in a row, pixels between them, pixels along one
SHADES = " .:-=+*#%@"


@click.command(name="worlds")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="A PNG file to write.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
def show_worlds(out: Path | None, seed: int) -> None:
    """Show a few pictures of every world that makes pictures, a row for each.

    \b
    Example:
      python -m bigcurves worlds --out worlds.png
    """
    import numpy as np

    rows = {}
    for name, world in picture_worlds().items():
        images = world.sample(ACROSS, np.random.default_rng([seed, 0])).inputs
        rows[name] = images.reshape(ACROSS, world.side, world.side)
    for name, images in rows.items():
        click.echo(f"{name}: {images.shape[1]} x {images.shape[1]} pixels")
        click.echo(as_text(images, shutil.get_terminal_size().columns))
    if out:
        write(out, as_png(np.vstack([_strip(images) for images in rows.values()])))
        click.echo(f"contact sheet: {out}")


def picture_worlds() -> dict[str, Any]:
    """Find the worlds whose rows are square pictures, each with its default settings."""
    from bigcurves import worlds

    found = {}
    for name, kind in sorted(vars(worlds).items()):
        if isinstance(kind, type) and hasattr(kind, "sample"):
            try:
                world = kind()
            except TypeError:  # it has settings without a default
                continue
            if hasattr(world, "side"):
                found[name] = world
    return found


def as_text(images: Any, columns: int) -> str:
    """Draw as many images, shape (n, side, side), in characters as fit side by side."""
    import numpy as np

    step = max(1, images.shape[1] // 14)
    small = images[:, ::step, ::step]
    small = small[: max(1, (columns + 2) // (2 * small.shape[2] + 2))]  # two characters a pixel
    levels = np.clip(small * len(SHADES), 0, len(SHADES) - 1).astype(int)
    lines = levels.swapaxes(0, 1).tolist()  # shape (lines, images, columns)
    text = (["".join(2 * SHADES[level] for level in row) for row in line] for line in lines)
    return "\n".join("  ".join(line) for line in text)


def as_png(pixels: Any) -> bytes:
    """Write grey values in [0, 1], shape (height, width), as a PNG (W3C, third edition)."""
    import struct
    import zlib

    import numpy as np

    grey = np.round(255 * np.clip(pixels, 0, 1)).astype(np.uint8)
    lines = b"".join(b"\0" + line.tobytes() for line in grey)  # 0: no filter
    head = struct.pack(">2I5B", grey.shape[1], grey.shape[0], 8, 0, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n"
    for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b"")):
        checksum = zlib.crc32(kind + data)
        png += struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)
    return png


def _strip(images: Any) -> Any:
    """Put images side by side at about one size, by whole pixels, with gaps of middle grey."""
    import numpy as np

    factor = max(1, 2 * SIDE // images.shape[1])
    large = images.repeat(factor, axis=1).repeat(factor, axis=2)
    cell = 2 * SIDE + GAP
    strip = np.full((cell, ACROSS * cell), 0.5)
    for place, image in enumerate(large[:, :cell, :cell]):
        left = place * cell
        strip[: image.shape[0], left : left + image.shape[1]] = image
    return strip
