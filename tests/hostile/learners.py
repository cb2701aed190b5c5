"""What is asked of the learners that mix, draw and walk: blends, curves, decoders and paths."""

from functools import wraps

import numpy as np
import scipy.sparse
from tests.hostile.arguments import (
    Argument,
    function,
    number,
    numbers,
    rising,
    rows,
    seed,
    several,
    table,
    text,
    thing,
    whole,
)
from tests.hostile.harness import Recipes

from bigcurves import learners

RECIPES = Recipes()


@RECIPES(learners.blend_neighbours)
def _(rng):
    f = int(rng.choice([1, 3, 8]))
    return {"points": rows(12, f), "queries": rows(3, f), "neighbours": number(1, 3, 12)}


@RECIPES(learners.blend_neighbours, "values")
def _(rng):
    return (
        {"points": rows(12, 3), "queries": rows(3, 3), "neighbours": number(2, 4)},
        {"known": numbers(12)},
    )


@RECIPES(learners.Blend, "values")
def _(rng):
    return (
        {
            "weights": rows(3, 2),
            "neighbours": table(3, 2, 12),
            "rows": rows(3, 4),
            "residuals": numbers(3),
        },
        {"known": numbers(12)},
    )


@RECIPES(learners.draw_curve)
def _(rng):
    names = [name for name in learners.CURVES if name != "small MLP" or rng.random() < 0.2]
    n = int(rng.choice([2, 4, 7]))
    return {
        "name": text(*names),
        "x": rising(n),
        "y": numbers(n),
        "grid": numbers(5),
        "random_state": seed(),
    }


@RECIPES(learners.kernel_decoder, "__call__")
def _(rng):
    return (
        {"latents": rows(8, 2), "pictures": rows(8, 5), "alpha": number(1e-8, 0.1)},
        {"codes": rows(3, 2)},
    )


@wraps(learners.isomap_coder)
def isomap_coder(**arguments):
    """Lay pictures out, and decode the codes that were found."""
    codes, decode = learners.isomap_coder(**arguments)
    return codes, decode(codes)


@RECIPES(isomap_coder)
def _(rng):
    return {"pictures": rows(20, 4), "d": number(1, 2), "neighbours": number(5, 8)}


@RECIPES(learners.straight_path)
def _(rng):
    decode = function(lambda codes: codes, lambda codes: codes * np.nan, lambda _: None)
    return {"start": numbers(2), "end": numbers(2), "frames": number(2, 5), "decode": decode}


@RECIPES(learners.solve_parities)
def _(rng):
    return {"rows": table(5, int(rng.choice([3, 8, 20]))), "parities": whole(5)}


@RECIPES(learners.neighbour_graph)
def _(rng):
    return {"points": rows(12, 3), "neighbours": number(1, 3, 8)}


def _graph(points):
    """Give a graph whose pieces are joined, or a matrix that is none."""

    def plausible(rng):
        graph = learners.neighbour_graph(points, neighbours=int(rng.choice([1, 2, 4])))
        return learners.connect_pieces(graph, points)

    n = len(points)
    strange = (
        learners.neighbour_graph(points, neighbours=1),
        _ring(n),
        np.eye(n),
        scipy.sparse.csr_matrix((n, n)),
        scipy.sparse.csr_matrix((n, n + 1)),
        scipy.sparse.csr_matrix((0, 0)),
        -scipy.sparse.csr_matrix(_ring(n)),
        scipy.sparse.csr_matrix(np.nan * np.eye(n)),
        scipy.sparse.csr_matrix(np.full((n, n), np.inf)),
        scipy.sparse.csr_matrix(1e300 * _ring(n)),
        scipy.sparse.csr_matrix(_ring(n)).astype(complex),
        scipy.sparse.coo_array(_ring(n)),
        _ring(n).tolist(),
    )
    return thing(plausible, *strange)


def _ring(n):
    """Give a ring of n places as a dense matrix."""
    return np.roll(np.eye(n), 1, axis=1) + np.roll(np.eye(n), -1, axis=1)


@RECIPES(learners.connect_pieces)
def _(rng):
    points = rng.random((12, 3)) + 9 * (np.arange(12)[:, np.newaxis] % 3)
    known = Argument(lambda _: points, rows(12, 3).hostile)
    apart = learners.neighbour_graph(points, neighbours=1)
    return {"graph": Argument(lambda _: apart, _graph(points).hostile), "points": known}


@RECIPES(learners.geodesic)
def _(rng):
    return {"graph": _graph(rng.random((12, 3))), "start": number(0, 3), "end": number(11, 0)}


@RECIPES(learners.resample)
def _(rng):
    return {"path": rows(int(rng.choice([1, 2, 6])), 3), "frames": number(2, 7)}


@RECIPES(learners.minimax_edges)
def _(rng):
    return {"points": rows(int(rng.choice([2, 12])), 3)}


@RECIPES(learners.least_norm_curve)
def _(rng):
    f = int(rng.choice([1, 6, 20]))
    return {
        "x": numbers(5),
        "y": numbers(5),
        "grid": numbers(3),
        "frequencies": numbers(f),
        "phases": numbers(f),
    }


@RECIPES(learners.nested_nearest)
def _(rng):
    f = int(rng.choice([1, 3, 8]))
    return {
        "points": rows(12, f),
        "queries": rows(3, f),
        "sizes": several((1, 4, 12), (12,), (2, 3)),
    }


@RECIPES(learners.nested_laplace_ridge)
def _(rng):
    f = int(rng.choice([1, 3, 8]))
    return {
        "points": rows(12, f),
        "targets": rows(12, 2),
        "queries": rows(3, f),
        "sizes": several((1, 4, 12), (12,), (2, 3)),
    }


@RECIPES(learners.spline_left_out)
def _(rng):
    n = int(rng.choice([6, 9]))
    return {"x": rising(n), "Y": rows(n, 2)}
