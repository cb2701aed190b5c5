"""Cases of the kernels that measure how well points cover a square, and what a hole costs."""

from functools import cache

import numpy as np
from tests.web.cases.case import Case, case

from bigcurves.learners import nested_laplace_ridge, nested_nearest
from bigcurves.measures import covering_radius, sample_gap
from bigcurves.worlds import BarWorld, GaussianField


def probes(side):
    places = np.linspace(0, 1, side)
    return np.array([(x, y) for y in places[::-1] for x in places])


POINTS = np.random.default_rng(0).random((17, 2))


def to_nearest(places):
    return np.linalg.norm(places[:, np.newaxis] - POINTS, axis=2).min(axis=1)


@case("coverage")
def the_gap_and_the_largest_hole():
    asked = probes(31)
    gap, hole = sample_gap(asked, POINTS), covering_radius(POINTS, probes=asked)
    x, y = asked[to_nearest(asked).argmax()]
    answer = {"gap": gap, "hole": hole, "x": x, "y": y}
    return Case(calls=[[POINTS, 31]], answers=[answer])


@case("coverPicture")
def the_shade_of_distances():
    shade = (to_nearest(probes(31)) / 0.3).clip(max=1)
    return Case(calls=[[POINTS, 31, 0.3]], answers=[shade])


@case("probes")
def the_grid_of_places():
    return Case(calls=[[21]], answers=[probes(21)])


@cache
def fields():
    """Draw three fields, and how the page is told of them."""
    rng = np.random.default_rng(1)
    drawn = [GaussianField.draw(rng, d=2, kappa=6, features=100) for _ in range(3)]
    return drawn, [{"frequencies": f.frequencies, "phases": f.phases} for f in drawn]


@case("fieldValues")
def the_values_of_a_field():
    (first, *_), (told, *_) = fields()
    return Case(calls=[[told, probes(21)]], answers=[first(probes(21))])


@case("coverError")
def the_error_of_the_nearest_point():
    drawn, told = fields()
    points, asked = POINTS[:9], probes(21)
    ((_, near),) = nested_nearest(points, asked, (9,))
    errors = [(field(points)[near] - field(asked)) ** 2 for field in drawn]
    return Case(calls=[[points, 21, told]], answers=[np.mean(errors)])


HOLE = [0.45, 0.55, 0.2]
LEARNERS = ("nearest", "ridge")


@cache
def errors(learner):
    """Learn from bars outside of a hole: the kernel's call, the errors, and the bars asked for."""
    rng = np.random.default_rng(2)
    latents, asked = rng.random((120, 2)), rng.random((50, 2))
    field = GaussianField.draw(rng, d=2, kappa=6)
    outside = np.hypot(*(latents - HOLE[:2]).T) >= HOLE[2]
    shown, new = (BarWorld(d=2, side=8).render(z) for z in (latents[outside], asked))
    values = field(latents)
    ((n, near),) = nested_nearest(shown, new, (outside.sum(),))
    ((_, smooth),) = nested_laplace_ridge(shown, values[outside, np.newaxis], new, (n,))
    answers = {"nearest": values[outside][near], "ridge": smooth[:, 0]}[learner]
    call = [learner, latents, values, HOLE, asked, field(asked), 8]
    return call, (answers - field(asked)) ** 2, asked


@case("holeErrors", *LEARNERS)
def the_errors_about_a_hole(learner):
    call, squared, _ = errors(learner)
    return Case(calls=[call], answers=[squared])


@case("errorPicture", *LEARNERS)
def the_shade_of_errors(learner):
    _, squared, _ = errors(learner)
    return Case(calls=[[squared, 0.5]], answers=[np.sqrt(squared).clip(max=0.5) / 0.5])


@case("shareInside", *LEARNERS)
def the_share_of_errors_inside(learner):
    _, squared, asked = errors(learner)
    inside = np.hypot(*(asked - HOLE[:2]).T) < HOLE[2]
    return Case(calls=[[squared, asked, HOLE]], answers=[squared[inside].sum() / squared.sum()])
