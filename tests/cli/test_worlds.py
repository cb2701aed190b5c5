"""`worlds`: the contact sheet, pixel by pixel, and its pictures in characters."""

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from tests.cli.asking import complaint, said
from tests.plotting.png import planes_of

from bigcurves import worlds
from bigcurves.cli.worlds import ACROSS, SHADES, as_png, as_text, picture_worlds

CELL = 58  # pixels from one picture of the sheet to the next, two of which are a gap


def test_worlds_draws_each_and_writes_a_png(tmp_path: Path) -> None:
    out = tmp_path / "sheet.png"
    output = said("worlds", "--out", out)
    names = list(picture_worlds())
    assert {"BarWorld", "Digits"} <= set(names)
    assert [line.split(":")[0] for line in output.splitlines() if " pixels" in line] == names
    png = out.read_bytes()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">2I", png[16:24])
    assert (width, height) == (12 * 58, 58 * len(names))


def test_a_png_holds_its_pixels() -> None:
    pixels = np.array([[0.0, 0.5, 1.0], [2.0, -1.0, 0.2]])
    png = as_png(pixels)
    start = png.index(b"IDAT") + 4
    (length,) = struct.unpack(">I", png[start - 8 : start - 4])
    lines = zlib.decompress(png[start : start + length])
    assert list(lines) == [0, 0, 128, 255, 0, 255, 0, 51]


def test_text_pictures_fit_the_terminal() -> None:
    images = np.zeros((5, 8, 8))
    images[:, 2, 3] = 1.0
    drawn = as_text(images, 40).splitlines()
    assert len(drawn) == 8
    assert max(map(len, drawn)) == 34
    assert drawn[2] == "  ".join([" " * 6 + "@@" + " " * 8] * 2)


def test_the_sheet_shows_what_the_worlds_draw_for_the_seed(tmp_path: Path) -> None:
    out = tmp_path / "sheet.png"
    said("worlds", "--seed", "3", "--out", out)
    sheet = planes_of(out.read_bytes())[0]
    for row, world in enumerate(picture_worlds().values()):
        images = world.sample(ACROSS, np.random.default_rng([3, 0])).inputs
        factor = 56 // world.side
        wide = factor * world.side
        for column, image in enumerate(images):
            cell = sheet[CELL * row : CELL * (row + 1), CELL * column : CELL * (column + 1)]
            pixels = np.clip(image.reshape(world.side, world.side), 0, 1)
            expected = np.kron(np.round(255 * pixels), np.ones((factor, factor)))
            np.testing.assert_array_equal(cell[:wide, :wide], expected)
            assert set(cell[wide:].flat) == set(cell[:, wide:].flat) == {128}  # the gap's grey


def test_the_worlds_that_are_shown_are_those_that_can_be_looked_at() -> None:
    shown = picture_worlds()
    for name, world in shown.items():
        assert type(world) is getattr(worlds, name)
        assert world.sample(2, np.random.default_rng(0)).inputs.shape == (2, world.side**2)
    assert {"GlyphWorld", "GlyphClasses", "TurningBar"} <= set(shown)
    assert not {"Integers", "Keys", "Parity", "FlatWorld"} & set(shown)


def test_a_brighter_pixel_has_a_darker_sign_and_beyond_white_there_is_none() -> None:
    ramp = np.array([[[-3.0, 0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95, 7.0]]])
    signs = SHADES[0] + SHADES + SHADES[-1]
    assert as_text(ramp.repeat(12, axis=1), 24).splitlines()[0][::2] == signs


@pytest.mark.parametrize(("side", "lines"), [(8, 8), (16, 16), (28, 14)])
def test_one_picture_is_shown_however_narrow_the_terminal(side: int, lines: int) -> None:
    stripes = np.tile(np.arange(side) % 4 == 0, (3, side, 1)).astype(float)
    drawn = as_text(stripes, 1).splitlines()
    every = side // lines  # of a picture with more than twice 14 lines, one in so many is shown
    expected = "".join("@@" if column % 4 == 0 else "  " for column in range(0, side, every))
    assert drawn == [expected] * lines


def test_what_cannot_be_drawn_is_one_line() -> None:
    assert "-1 is not in the range" in complaint("worlds", "--seed", "-1", code=2)
    assert "cannot write /proc/none/sheet.png" in said(
        "worlds", "--out", "/proc/none/sheet.png", code=1
    )
