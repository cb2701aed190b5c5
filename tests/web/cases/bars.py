"""Cases of the kernels that draw bars, move them, and find the nearest one."""

import numpy as np
from scipy.optimize import brentq
from scipy.special import gammaln
from tests.web.cases.case import Case, case

from bigcurves.learners import straight_path
from bigcurves.worlds import BarWorld


@case("barImage", 1, 2, 3, 4, 5)
def the_bar_with_so_many_latents(d):
    latents = np.random.default_rng(d).random((4, d))
    drawn = BarWorld(d=d, side=28).render(latents)
    return Case(calls=[[row, 28] for row in latents], answers=drawn)


def beside(*frames):
    """Lay frames side by side, a black line of pixels between them, as levels from 0 to 255."""
    line = np.zeros((len(frames[0]), 1))
    parts = [part for frame in frames for part in (line, frame)]
    return np.round(255 * np.hstack(parts[1:]))


@case("barStrip")
def the_bars_side_by_side():
    latents = np.random.default_rng(0).random((2, 3))
    drawn = BarWorld(d=3, side=16).render(latents).reshape(2, 16, 16)
    # A value that rounds at .5 may go either way.
    return Case(calls=[[[latents], 16]], answers=[beside(*drawn)], within=1, read="picture")


@case("barStrip")
def the_pixels_that_are_given():
    levels = np.random.default_rng(1).integers(0, 17, (3, 64))
    drawn = beside(*levels.reshape(3, 8, 8) / 16)
    return Case(calls=[[[levels], 8, 16]], answers=[drawn], within=1, read="picture")


@case("ballShare", (1, 2), (1, 3), (1000, 64), (599, 225), (7, 4096))
def the_share_that_balls_fill(n, pixels):
    volume = pixels / 2 * np.log(np.pi) - gammaln(pixels / 2 + 1)
    volume += pixels * np.log(0.0135 * np.sqrt(pixels))
    share = (np.log(n) + volume) / np.log(10)
    return Case(calls=[[n, pixels, 0.0135]], answers=[share], within=1e-12 * abs(share))


def rms(a, b):
    return np.sqrt(np.mean((a - b) ** 2))


@case("barAway")
def the_bar_at_a_distance():
    world, start = BarWorld(d=3, side=16), np.array([0.1, 0.2, 0.3])
    ends = np.random.default_rng(2).uniform(0.6, 1, (4, 3))
    (home,) = world.render(start[np.newaxis])

    def beyond(share, end):
        (there,) = world.render((start + share * (end - start))[np.newaxis])
        return rms(there, home) - 0.2

    shares = [brentq(beyond, 0, 1, args=(end,), xtol=1e-14) for end in ends]
    moved = [start + share * (end - start) for share, end in zip(shares, ends, strict=True)]
    calls = [[start, end, 0.2, 16] for end in ends]
    return Case(calls=[*calls, [start, ends[0], 9, 16]], answers=[*moved, ends[0]])


@case("mixAway")
def the_mixture_at_a_distance():
    first, second = np.random.default_rng(3).random((2, 64))
    moved = first + 0.1 / rms(first, second) * (second - first)
    assert abs(rms(moved, first) - 0.1) < 1e-12
    return Case(calls=[[first, second, 0.1], [first, second, 9]], answers=[moved, second])


@case("mixed")
def the_frames_of_a_cross_fade():
    ends = BarWorld(d=2, side=16).render(np.random.default_rng(4).random((2, 2)))
    faded = straight_path(*ends, frames=6, decode=lambda rows: rows)
    return Case(calls=[[*ends, share] for share in np.linspace(0, 1, 6)], answers=faded)


@case("barProject")
def the_nearest_bar_and_its_distance():
    world, rng = BarWorld(d=2, side=16), np.random.default_rng(5)
    bars = world.render(rng.random((8, 2)))
    far = world.render(np.array([[0.05, 0.9], [0.9, 0.1]]))
    ghosts = [share * far[0] + (1 - share) * far[1] for share in (0.5, 0.3)]
    grainy = bars[:3] + 0.05 * rng.standard_normal((3, 256))
    pictures = np.concatenate([bars, ghosts, grainy])
    there = world.project(pictures)
    answers = [
        {"distance": distance, "latents": latents}
        for distance, latents in zip(there.distances, there.latents, strict=True)
    ]
    # The middle ghost is as far from either bar: which one is found is a matter of rounding.
    del answers[len(bars)]["latents"]
    # Both walks end when a step gains less than 1e-8 of the squared distance, or 1e-9 of it.
    calls = [[row, 16] for row in pictures]
    return Case(calls=calls, answers=answers, within=1e-8, fields={"latents": 1e-4})
