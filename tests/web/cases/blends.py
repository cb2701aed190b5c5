"""Cases of the kernels that blend a new bar from its neighbours."""

from functools import cache

import numpy as np
from tests.web.cases.case import Case, case
from tests.web.cases.draws import bars

from bigcurves.learners import blend_neighbours

WORLDS = ((1, 64), (2, 32), (2, 512), (4, 256), (5, 128))


@cache
def blended(d, n):
    """Blend one bar from its neighbours among n others: the call, and the blend."""
    points, (query,) = np.split(bars(3, n + 1, d), [n])
    blend = blend_neighbours(points, query[np.newaxis], neighbours=4 * d + 4)
    return [points, query, 4 * d + 4], blend


@case("blendNeighbours", *WORLDS)
def the_blend_of_a_new_bar(d, n):
    call, blend = blended(d, n)
    answer = {
        "neighbours": blend.neighbours[0],
        "residual": blend.residuals[0],
        "row": blend.rows[0],
        "total": 1,
        "below": 0,
    }
    # The mixture is the nearest point of a convex set, so it is one; both stop when no pull
    # is above rounding of 1e-11, which moves a mixture of rows of size 1 by about its root.
    fields = {"row": 1e-7, "total": 1e-12}
    return Case(calls=[call], answers=[answer], fields=fields, read="weights")


@case("blendGap", *WORLDS)
def the_gaps_that_make_the_residual(d, n):
    (_, query, _), blend = blended(d, n)
    gaps = (blend.rows[0] - query) ** 2
    assert abs(np.sqrt(gaps.mean()) - blend.residuals[0]) < 1e-12
    return Case(calls=[[blend.rows[0], query]], answers=[gaps], within=1e-12)


@case("blendNeighbours")
def a_known_bar_by_itself():
    points = bars(3, 32, 2)
    near = np.argsort(((points - points[5]) ** 2).sum(axis=1))[:12]
    assert near[0] == 5
    answer = {"neighbours": near, "residual": 0}
    return Case(calls=[[points, points[5], 12]], answers=[answer], within=1e-7)
