"""Cases of the meter for dimension: clouds of pictures, and how near they lie."""

import numpy as np
import pandas as pd
from tests.web.cases.case import Case, case

from bigcurves.chapters.manifold.dimension.crowding import reading
from bigcurves.measures.neighbours import nearest_within_parts
from bigcurves.worlds import BarWorld

LATENTS = np.random.default_rng(7).random((80, 5))
SIZES = (16, 64)


def cloud(n):
    return BarWorld(d=3, side=8).render(LATENTS[:n, :3])


@case("spoiltPictures", *SIZES)
def the_bars_that_nothing_spoils(n):
    return Case(calls=[[LATENTS, n, 3, 0, 0]], answers=[cloud(n)])


@case("spoiltPictures")
def the_digits_behind_their_letters():
    levels = np.random.default_rng(8).integers(0, 17, (24, 64))
    rows = ["".join("0123456789abcdefg"[level] for level in row) for row in levels]
    return Case(calls=[[rows, 24, 1, 0, 0]], answers=[levels / 16])


@case("crowding", *SIZES)
def the_distances_to_nearest_pictures(n):
    sizes = [n // 8, n // 4, n // 2, n]
    parts = nearest_within_parts(cloud(n), sizes)
    distances = np.exp([np.mean([np.log(gaps / 8).mean() for gaps in same]) for same in parts])
    slope = -1 / reading(pd.DataFrame({"n": sizes, "distance": distances}))
    answer = {"sizes": sizes, "distances": distances, "slope": slope}
    return Case(calls=[[cloud(n)]], answers=[answer])
