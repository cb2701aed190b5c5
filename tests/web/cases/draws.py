"""Cases of the kernels that draw at random: the package draws otherwise, so the stream is here."""

import numpy as np
from tests.web.cases.case import Case, case

from bigcurves.worlds import BarWorld


def mulberry(seed, count):
    """Tommy Ettinger's 32-bit generator, in whole numbers that cannot overflow."""
    most, state, drawn = 2**32 - 1, seed, []
    for _ in range(count):
        state = (state + 0x6D2B79F5) & most
        t = ((state ^ (state >> 15)) * (state | 1)) & most
        t ^= (t + (((t ^ (t >> 7)) * (t | 61)) & most)) & most
        drawn.append((t ^ (t >> 14)) / 2**32)
    return np.array(drawn)


def shuffled(count, draws):
    """Exchange places from the last on, each with one up to it (Fisher and Yates)."""
    places = list(range(count))
    for i, drawn in zip(range(count - 1, 0, -1), draws, strict=True):
        j = int(drawn * (i + 1))
        places[i], places[j] = places[j], places[i]
    return places


def bars(seed, n, d):
    return BarWorld(d=d, side=16).render(mulberry(seed, 5 * n).reshape(n, 5)[:, :d])


@case("drawLatents")
def the_stream_that_all_share():
    all_five = mulberry(7, 5 * 2000).reshape(2000, 5)
    # 2,000 uniform numbers: standard error .29 / sqrt(2000) = .0065 of each mean; 4.5 of them.
    assert np.abs(all_five.mean(axis=0) - 0.5).max() < 0.03
    return Case(calls=[[7, 2000, 3]], answers=[all_five[:, :3]], within=0)


@case("shuffle")
def the_values_in_another_order():
    places = shuffled(50, mulberry(3, 49))
    assert sorted(places) == list(range(50))
    # 50 values shuffled: on average one keeps its place, and ten would be one in 10^7.
    assert sum(place == i for i, place in enumerate(places)) < 10
    return Case(calls=[[list(range(50)), 3]], answers=[places], within=0)


@case("drawBars", 1, 3, 5)
def the_bars_that_only_grow_in_number(d):
    drawn = bars(7, 64, d)
    return Case(calls=[[7, 32, d, 16], [7, 64, d, 16]], answers=[drawn[:32], drawn])


@case("spoiltPictures", 5, 64)
def the_grain_and_the_order_of_pixels(moved):
    latents = np.random.default_rng(9).random((8, 5))
    pictures = BarWorld(d=2, side=8).render(latents[:, :2])
    shown = pictures.copy()
    draws = mulberry(8, 8 * (63 + 2 * 64)).reshape(8, -1) + 0.5 / 2**32
    for new, old, drawn in zip(shown, pictures, draws, strict=True):
        order = shuffled(64, drawn[:63])[:moved]
        new[order] = old[np.roll(order, -1)]
        size, turn = drawn[63:].reshape(64, 2).T
        new += 0.3 * np.sqrt(-2 * np.log(size)) * np.cos(2 * np.pi * turn)  # Box and Muller
    return Case(calls=[[latents, 8, 2, 0.3, moved]], answers=[shown])
