"""What is asked of the measures that fit a law, or average: circles, holes, seeds and sizes."""

import numpy as np
from tests.hostile.arguments import (
    Argument,
    flag,
    number,
    numbers,
    one_of,
    rising,
    rows,
    thing,
)
from tests.hostile.harness import Recipes

from bigcurves import measures

RECIPES = Recipes()
# Circles and holes


@RECIPES(measures.frequency_power)
def _(rng):
    return {"embedding": rows(int(rng.choice([3, 8, 11])), 4)}


@RECIPES(measures.fourier_concentration)
def _(rng):
    return {"embedding": rows(int(rng.choice([3, 8, 11])), 4)}


@RECIPES(measures.concentration_by_chance)
def _(rng):
    return {"p": number(3, 31, 101)}


def _hole_law(rng):
    return {"sizes": rising(4, above=3), "holes": numbers(4)}


@RECIPES(measures.HoleLaw.fit)
def _(rng):
    return _hole_law(rng)


@RECIPES(measures.HoleLaw.fit, "radius")
def _(rng):
    return _hole_law(rng), {"n": number(3, 100, 1e6)}


@RECIPES(measures.HoleLaw.fit, "samples")
def _(rng):
    return _hole_law(rng), {"radius": number(0.1, 1, 1e-3)}


def _power(rng):
    return measures.PowerLaw(slope=-0.5, standard_error=0.0, prefactor=1.0, r_squared=1.0)


@RECIPES(measures.HoleLaw, "radius")
def _(rng):
    return {"power": thing(_power)}, {"n": number(3, 100)}


@RECIPES(measures.HoleLaw, "samples")
def _(rng):
    return {"power": thing(_power)}, {"radius": number(0.1, 1)}


# Over seeds, over sizes


@RECIPES(measures.t_interval)
def _(rng):
    return {"values": numbers(int(rng.choice([2, 5, 20]))), "level": number(0.95, 0.5)}


@RECIPES(measures.Interval)
def _(rng):
    return {
        "mean": number(1.0),
        "low": number(0.5, 0),
        "high": number(2.0, 1),
        "seeds": number(20, 2),
    }


@RECIPES(measures.effective_sample_size)
def _(rng):
    n = int(rng.choice([2, 4, 6]))
    falling = Argument(
        lambda rng: np.sort([1.0, 0.1, *rng.uniform(0.1, 1, n - 2)])[::-1], numbers(n).hostile
    )
    return {
        "error": number(0.3, 0.5, 0.9),
        "sizes": rising(n),
        "errors": falling,
        "extend": flag(),
    }


@RECIPES(measures.symmetric_flip_rate)
def _(rng):
    return {"share": number(0.1, 0, 0.4), "classes": number(2, 10)}


@RECIPES(measures.systematic_flip_rate)
def _(rng):
    return {"share": number(0.1, 0, 0.4)}


def _law(rng):
    n = int(rng.choice([2, 3, 5]))
    return {"sizes": rising(n), "errors": numbers(n)}


@RECIPES(measures.power_law)
def _(rng):
    return _law(rng)


@RECIPES(measures.power_law, "at")
def _(rng):
    return _law(rng), {"size": number(3, 0.1, 1e6)}


@RECIPES(measures.power_law, "size_for")
def _(rng):
    return _law(rng), {"error": number(3, 0.1, 1e-6)}


def _settings(rng):
    return {
        "slope": number(-0.5, 2, 0),
        "standard_error": number(0.0, 0.1),
        "prefactor": number(1.0, 3),
        "r_squared": number(1.0, 0.5),
    }


@RECIPES(measures.PowerLaw, "at")
def _(rng):
    return _settings(rng), {"size": number(3, 0.1, 0)}


@RECIPES(measures.PowerLaw, "size_for")
def _(rng):
    return _settings(rng), {"error": number(3, 0.1)}


@RECIPES(measures.collapse_r_squared)
def _(rng):
    n = int(rng.choice([20, 60]))
    variables = one_of(rng, (numbers(n), rows(n, 2)))
    return {"variables": variables, "errors": numbers(n), "degree": number(1, 2, 3)}
