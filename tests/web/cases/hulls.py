"""Cases of the kernels that ask what lies within a hull, of latents or of images."""

from functools import cache

import numpy as np
from scipy.spatial import ConvexHull
from tests.web.cases.case import Case, case

from bigcurves.measures import hull_distance, inside_latent_hull, project_onto_hull
from bigcurves.worlds import BarWorld


@case("nearestMixture", 4, 60, 400)
def the_mixture_of_bars(n):
    rng = np.random.default_rng(n)
    seen, new = rng.random((n, 2)) * (0.5, 1), rng.random((9, 2))
    world = BarWorld(d=2, side=16)
    points, queries = world.render(seen), world.render(new)
    gaps = ((points - queries[:, np.newaxis]) ** 2).sum(axis=2)
    answers = [
        {
            "gap": gap,
            "mixture": project_onto_hull(points, bar),
            "bar": bar,
            "nearest": nearest,
            "outside": True,  # as every new bar is: the claim hull-new-bars-outside
            "total": 1,
            "below": 0,
        }
        for gap, nearest, bar in zip(
            hull_distance(points, queries), gaps.argmin(axis=1), queries, strict=True
        )
    ]
    calls = [[query, seen, 16] for query in new]
    return Case(calls=calls, answers=answers, fields={"mixture": 1e-7}, read="weights")


@case("nearestMixture")
def a_bar_that_was_seen():
    seen = np.random.default_rng(0).random((30, 2))
    answer = {"gap": 0, "outside": False, "nearest": 7, "weights": np.eye(30)[7]}
    return Case(calls=[[seen[7], seen, 16]], answers=[answer])


@cache
def square():
    """Draw latents seen and new, and the corners of the hull of those seen, leftmost first."""
    rng = np.random.default_rng(1)
    seen, new = rng.random((50, 2)), rng.random((200, 2))
    corners = seen[ConvexHull(seen).vertices]  # anticlockwise
    return seen, new, np.roll(corners, -corners[:, 0].argmin(), axis=0)


@case("hullCorners")
def the_corners_of_the_hull():
    seen, _, corners = square()
    return Case(calls=[[seen]], answers=[corners], within=0)


@case("insideHull")
def whether_latents_are_inside():
    seen, new, corners = square()
    inside = inside_latent_hull(seen, new)
    assert 20 < inside.sum() < 195
    return Case(calls=[[place, corners] for place in new], answers=inside)


@case("shownLatents")
def the_first_few_drawn_together():
    call = [[[0.2, 0.4], [1, 1], [0.5, 0.5]], 2, 0.5]
    return Case(calls=[call], answers=[[[0.1, 0.4], [0.5, 1]]])
