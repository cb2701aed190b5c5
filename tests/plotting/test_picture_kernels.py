"""Live kernels that make pictures: the calls that Python writes draw what Python draws."""

import re
from typing import Any
from xml.etree import ElementTree

import numpy as np
import numpy.typing as npt
import pytest
from tests.plotting.png import read_png

from bigcurves.plotting import picture_kernels
from bigcurves.plotting.picture import Pixels, sprite
from bigcurves.worlds import BarWorld
from bookkit.charts.draw import pictures_of

SIDE = 8
BARS = np.array([[0.2, 0.9, 0.4], [0.7, 0.1, 0.6]])


def test_a_call_stands_where_an_argument_may() -> None:
    inner = picture_kernels.bar_image(["ax", "ay"], 16)
    assert picture_kernels.bar_strip([[inner]], 16) == "barStrip([[barImage([ax, ay], 16)]], 16)"


def test_a_white_that_is_not_given_is_not_written() -> None:
    assert picture_kernels.bar_strip("rows", 16) == "barStrip(rows, 16)"
    assert picture_kernels.bar_strip("rows", 16, "top") == "barStrip(rows, 16, top)"
    assert picture_kernels.bar_strip("rows", 16, 0) == "barStrip(rows, 16, 0)"


def test_the_strips_that_are_written_are_those_of_the_world() -> None:
    """The page's own engine draws them, from the calls, in one process of Node."""
    start, end = BARS.tolist()
    first, last = BarWorld(d=3, side=SIDE).render(BARS)
    one, other = (picture_kernels.bar_image(latents, SIDE) for latents in (start, end))
    shares = (0.0, 0.25, 1.0)
    mixtures = [picture_kernels.mixed(one, other, share) for share in shares]
    gaps = picture_kernels.blend_gap(one, other)
    asked: dict[str, list[Pixels]] = {
        strip([start, end]): [first, last],
        strip([one], 0.5): [first / 0.5],
        strip(mixtures): [first + share * (last - first) for share in shares],
        strip([picture_kernels.mix_away(one, other, 1e9)]): [last],
        strip([picture_kernels.bar_image(picture_kernels.bar_away(start, end, 0, SIDE), SIDE)]): [
            first
        ],
        strip([picture_kernels.error_picture(gaps, 0.5)]): [np.abs(first - last) / 0.5],
    }
    for drawn, frames in zip(drawn_on_the_page(list(asked)), asked.values(), strict=True):
        wanted, _ = read_png(sprite(np.reshape(frames, (-1, SIDE, SIDE))))
        assert drawn.shape == wanted.shape
        assert np.abs(drawn.astype(int) - wanted).max() <= 1, "rounded alike"


@pytest.mark.parametrize("given", [("a",), ("a", "b", 1, 2)])
def test_a_picture_that_is_asked_for_wrongly_is_an_error_at_once(given: tuple[object, ...]) -> None:
    with pytest.raises(TypeError, match=r"mixed\(\)"):
        picture_kernels.mixed(*given)  # type: ignore[arg-type]


def strip(frames: list[Any], white: float | None = None) -> str:
    """Write the call for one row of bars or pictures."""
    return picture_kernels.bar_strip([frames], SIDE, white)


def drawn_on_the_page(written: list[str]) -> list[npt.NDArray[np.uint8]]:
    """Draw the strips that expressions give, and read their grey values."""
    marks = [
        {"type": "image", "encode": {"update": {"url": {"signal": each}, "width": {"value": 8}}}}
        for each in written
    ]
    (picture,) = pictures_of([{"marks": marks}])
    images = [part for part in ElementTree.fromstring(picture).iter() if part.tag.endswith("image")]
    addresses = [
        value
        for part in images
        for name, value in part.attrib.items()
        if re.search(r"\bhref$", name)
    ]
    return [read_png(address)[0] for address in addresses]
