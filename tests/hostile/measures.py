"""What is asked of the measures of bits, distances, dimensions and hulls."""

import numpy as np
from tests.hostile.arguments import (
    Argument,
    different,
    flag,
    function,
    generator,
    number,
    numbers,
    rows,
    several,
    text,
    thing,
    whole,
)
from tests.hostile.harness import Recipes

from bigcurves import measures

RECIPES = Recipes()
WIDTHS = (1, 2, 3, 5, 10)


def _pair(rng, first, second, most=40):
    """Give rows and queries of one width."""
    f = int(rng.choice(WIDTHS))
    return {first: rows(int(rng.choice([1, 2, 5, 12, most])), f), second: rows(3, f)}


# How many bits


@RECIPES(measures.bits_per_label)
def _(rng):
    return {
        "parameters": number(10, 100),
        "labels": number(1, 5),
        "bits_per_parameter": number(32, 0.5),
    }


@RECIPES(measures.label_entropy)
def _(rng):
    return {"labels": whole(12, 0, 3)}


@RECIPES(measures.set_limit)
def _(rng):
    return {"keys": number(1, 5, 50), "universe": number(50, 2**16)}


@RECIPES(measures.bitmap_bits)
def _(rng):
    return {"keys": number(1, 5, 50), "universe": number(50, 2**16), "known": flag()}


@RECIPES(measures.dict_bits)
def _(rng):
    return {"memory": thing(lambda rng: dict.fromkeys(range(int(rng.integers(1, 9))), 0), {})}


@RECIPES(measures.quantise)
def _(rng):
    return {"weights": numbers(8) if rng.random() < 0.5 else rows(4, 3), "bits": number(1, 3, 16)}


@RECIPES(measures.fewest_bits)
def _(rng):
    arrays = several((np.arange(4.0),), (rng.random(3), rng.random((2, 2))))
    nested = Argument(lambda rng: [rng.random(3)], lambda rng: [rows(3, 2).hostile(rng)])
    return {
        "arrays": arrays if rng.random() < 0.5 else nested,
        "answers_all": function(
            lambda _: True,
            lambda _: False,
            lambda arrays: len(np.unique(arrays[0])) > 2,
            lambda _: None,
            lambda _: np.nan,
        ),
        "most": number(24, 3),
    }


# How near, how wide


@RECIPES(measures.sample_gap)
def _(rng):
    return _pair(rng, "points", "probes")


@RECIPES(measures.covering_radius)
def _(rng):
    return _pair(rng, "points", "probes")


@RECIPES(measures.covering_radius)
def _(rng):
    return {
        "points": rows(12, int(rng.choice([1, 2, 3, 4]))),
        "method": text("climb"),
        "rng": generator(),
        "tried": number(200, 256),
    }


def _some(n):
    """Give None, which asks all of n rows, or the places of ten of them."""
    places = different(10, n)
    return Argument(
        lambda rng: None if rng.random() < 0.5 else places.plausible(rng), places.hostile
    )


@RECIPES(measures.two_nn)
def _(rng):
    n = int(rng.choice([10, 20, 40]))
    return {"rows": rows(n, 3), "discard": number(0.1, 0, 0.5), "asked": _some(n)}


@RECIPES(measures.levina_bickel)
def _(rng):
    n = int(rng.choice([10, 20, 40]))
    return {"rows": rows(n, 3), "k": number(2, 5), "asked": _some(n)}


@RECIPES(measures.two_nn_and_levina_bickel)
def _(rng):
    return {"rows": rows(20, 3), "discard": number(0.1), "k": number(2, 5), "asked": _some(20)}


@RECIPES(measures.nearest_neighbour_slope)
def _(rng):
    n = int(rng.choice([64, 80, 100]))
    return {"rows": rows(n, 2), "rng": generator(), "asked": _some(n)}


@RECIPES(measures.manifold_distance)
def _(rng):
    found = {"distances": np.ones(4)}
    project = function(
        lambda images: type("Found", (), {"distances": images[:, 0]}),
        lambda _: type("Found", (), found),
        lambda images: type("Found", (), {"distances": np.full(len(images), np.nan)}),
        lambda images: type("Found", (), {"distances": ["abc"] * len(images)}),
        lambda images: type("Found", (), {"distances": np.full(len(images), 1e200)}),
        lambda _: None,
        lambda images: images,
    )
    return {"images": rows(4, 9), "project": project}


@RECIPES(measures.picture_distance)
def _(rng):
    return {"first": rows(4, 9), "second": rows(4, 9)}


# Hulls


for _function in (measures.hull_distance, measures.inside_hull, measures.share_inside_hull):

    @RECIPES(_function)
    def _(rng):
        return _pair(rng, "points", "queries")


for _function in (measures.in_hull_lp, measures.project_onto_hull, measures.separating_direction):

    @RECIPES(_function)
    def _(rng, steps=_function is measures.separating_direction):
        f = int(rng.choice(WIDTHS))
        more = {"steps": number(60, 5)} if steps else {}
        return {"points": rows(int(rng.choice([1, 2, 12])), f), "query": numbers(f)} | more


@RECIPES(measures.inside_latent_hull)
def _(rng):
    f = int(rng.choice([1, 2, 3, 4]))
    return {"latents": rows(int(rng.choice([6, 12, 30])), f), "queries": rows(3, f)}


# How far classes lie apart


def _classes(n):
    """Give labels of three classes, each of which some row is of."""
    return Argument(lambda _: np.arange(n) % 3, whole(n, 0, 3).hostile)


@RECIPES(measures.scatter_ratio)
def _(rng):
    n = int(rng.choice([4, 5, 12, 40]))
    return {"points": rows(n, int(rng.choice(WIDTHS))), "labels": _classes(n)}


for _function in (
    measures.linear_readability,
    measures.neighbour_agreement,
    measures.hull_overlap,
):

    @RECIPES(_function)
    def _(rng, more=_function is measures.hull_overlap):
        n, f = int(rng.choice([4, 5, 12, 40])), int(rng.choice(WIDTHS))
        components = {"components": number(1, min(f, 2), min(f, n - 1))} if more else {}
        known = {"points": rows(n, f), "labels": _classes(n)}
        return known | {"asked": rows(4, f), "asked_labels": whole(4, 0, 4)} | components
