"""What is asked of fields, labels, tables and numbers, and of the sample that worlds give."""

from tests.hostile.arguments import (
    Argument,
    different,
    generator,
    number,
    numbers,
    rows,
    table,
    whole,
)
from tests.hostile.harness import Recipes

from bigcurves import worlds
from bigcurves.sample import Sample

RECIPES = Recipes()


def _field(rng):
    return {
        "rng": generator(),
        "d": number(2),
        "kappa": number(2.0, 0.1, 1e6),
        "stretch": number(1.0, 3),
        "features": number(100, 200),
    }


@RECIPES(worlds.GaussianField.draw, "__call__")
def _(rng):
    return _field(rng), {"latents": rows(4, 2)}


@RECIPES(worlds.GaussianField, "__call__")
def _(rng):
    return {"frequencies": rows(8, 2), "phases": numbers(8)}, {"latents": rows(4, 2)}


@RECIPES(worlds.VoronoiCells.draw, "__call__")
def _(rng):
    return (
        {"rng": generator(), "d": number(2), "classes": number(2, 5)},
        {"latents": rows(4, 2)},
    )


@RECIPES(worlds.VoronoiCells, "__call__")
def _(rng):
    return {"centres": rows(5, 2)}, {"latents": rows(4, 2)}


for _function in (worlds.flip_symmetric, worlds.flip_systematic):

    @RECIPES(_function)
    def _(rng):
        return {
            "labels": whole(6, 0, 3),
            "share": number(0.2, 0, 1),
            "rng": generator(),
            "classes": number(3, 10),
        }


@RECIPES(worlds.is_prime)
def _(rng):
    return {"numbers": whole(6, 0, 1000)}


@RECIPES(worlds.sieve)
def _(rng):
    return {"limit": number(2, 100, 1000)}


@RECIPES(worlds.permute_pixels)
def _(rng):
    ranks = rows(3, 8) if rng.random() < 0.5 else rows(1, 8)
    return {"rows": rows(3, 8), "ranks": ranks, "places": different(4, 8)}


@RECIPES(worlds.is_group_isotope)
def _(rng):
    kind = ("sum", "renamed", "latin")[rng.integers(3)]
    p = int(rng.choice([7, 9]))
    square = Argument(
        lambda rng: worlds.ModularAddition(p=p, kind=kind).table(rng), table(p, p, p).hostile
    )
    return {"square": square}


@RECIPES(Sample)
def _(rng):
    return {"inputs": rows(4, 2), "latents": rows(4, 1), "targets": whole(4, 0, 3)}


@RECIPES(Sample)
def _(rng):
    return {"inputs": rows(4, 2), "targets": numbers(4)}
