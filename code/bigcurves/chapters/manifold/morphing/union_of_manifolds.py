"""Can any two samples be morphed into each other? Within a piece of the manifold, yes.

Threes and eights in many hands, and the widest hop that no chain of pictures from one to another
can avoid. Within a class it shrinks as more pictures are seen: the class hangs together. Between
the classes it stays, however many are seen, because nobody writes what lies between a three and an
eight. Where a quarter of the pictures are such shapes the gap closes like any other. So "any two"
means any two of one connected piece; image classes are such pieces (Brown et al. 2023).

At 100, 400 and 1,600 pictures the hop between the classes is .179, .172 and .170 RMS pixel values;
with shapes between .147, .103 and .070; within a class .084, .051 and .031 (each to .006 or better,
20 seeds). An earlier trial, with another three styles, read .138 .132 .130, .125 .089 .061 and
.087 .054 .033: a higher plateau, the same three shapes.

What could fool us: the widest hop depends on the distance, here the pixels', and in a better
encoding two pieces may touch. And a gap that does not close at 1,600 pictures might at a million,
if shapes between were rare but not absent; what the world holds we know here, of digits we do not.
"""

from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from bigcurves.claims.claim import Claim, at_least, at_most, mean_where
from bigcurves.learners import minimax_edges
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.sample import Floats
from bigcurves.worlds import GlyphWorld

PAGE = "manifold/morphing"
# Three styles besides the morph; 16 x 16 pixels, so that 1,600 pictures are soon compared.
WORLD = replace(GlyphWorld(glyph="3", morph="8", side=16), x=0, y=0, scale=0, aspect=0)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many pictures are seen, and how many of them are neither three nor eight.

    Attributes
    ----------
    sizes
        Pictures seen.
    bridges
        The share of shapes between in the bridged world; 0 is a control.
    apart
        That share in the world of two pieces; above 0 it is a control.
    classes
        What each class is: "whole", one piece; or "split", a control, turned well to the left or
        well to the right, so that nothing stands upright.
    """

    sizes: tuple[int, ...] = (100, 400, 1600)
    bridges: float = 0.25
    apart: float = 0.0
    classes: Literal["whole", "split"] = "whole"


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each world, pair of classes and n.

    `world` is "apart" or "bridged", `classes` "between" or "within", and `hop` the median over
    pairs of pictures of the widest hop on the best chain, in RMS pixel values.
    """
    rows: Rows = []
    shares = {"apart": settings.apart, "bridged": settings.bridges}
    for place, (world, share) in enumerate(shares.items()):
        for n in settings.sizes:
            rng = np.random.default_rng([seed, place, n])
            pictures, shape = draw(settings, n, share, rng)
            edges = minimax_edges(pictures)
            first, second = np.flatnonzero(shape == 0), np.flatnonzero(shape == 1)
            hops = {"between": edges[np.ix_(first, second)], "within": _pairs(edges, first)}
            for classes, found in hops.items():
                row = {"world": world, "classes": classes, "n": n, "hop": np.median(found)}
                rows.append({"seed": seed, **row})
    return rows


def draw(
    settings: Settings, n: int, share: float, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Draw n pictures and their shapes, from 0 (a three) to 1 (an eight); `share` are between."""
    latents = rng.random((n, WORLD.d))
    between = rng.random(n) < share
    latents[:, -1] = np.where(between, rng.random(n), rng.integers(0, 2, n))
    if settings.classes == "split":  # leave out the middle three fifths of the turn
        turn = WORLD.latent_names.index("turn")
        latents[:, turn] = latents[:, turn] * 0.4 + 0.6 * (latents[:, turn] > 0.5)
    return WORLD.render(latents), latents[:, -1]


def _pairs(edges: Floats, rows: npt.NDArray[np.intp]) -> Floats:
    """Pick the hops between different rows of one class."""
    return np.asarray(edges[np.ix_(rows, rows)][np.triu_indices(len(rows), k=1)])


def shrinkage(run: pd.DataFrame, **which: str) -> float:
    """Give the share of the hop that is gone from the smallest n to the largest."""
    few, many = (mean_where(run, n=n, **which)["hop"] for n in (run["n"].min(), run["n"].max()))
    return float(1 - many / few)


def bridge_the_pieces(settings: Settings) -> Settings:
    """Draw shapes between in the world of two pieces."""
    return replace(settings, apart=0.25)


def remove_the_bridges(settings: Settings) -> Settings:
    """Draw no shapes between in the bridged world."""
    return replace(settings, bridges=0)


def split_each_class(settings: Settings) -> Settings:
    """Turn each class well to the left or the right, so that it falls in two."""
    return replace(settings, classes="split")


OF_WORLD = "apart bridges classes"
REPEATS = exact("world classes n") | close("hop")

CLAIMS = (
    Claim(
        id="union-classes-stay-apart",
        sentence="From a three to an eight the widest hop hardly shrinks as more of both are seen.",
        thread=1,
        chapter=PAGE,
        figure=partial(shrinkage, world="apart", classes="between"),
        threshold=at_most(0.15),
        mutation=bridge_the_pieces,
        by_construction="the world is drawn without shapes between the two",
    ),
    Claim(
        id="union-bridges-close-the-gap",
        sentence="Where the world draws shapes between them, it shrinks by two fifths at least.",
        thread=1,
        chapter=PAGE,
        figure=partial(shrinkage, world="bridged", classes="between"),
        threshold=at_least(0.4),
        mutation=remove_the_bridges,
    ),
    Claim(
        id="union-a-class-hangs-together",
        sentence="From a three to a three it shrinks by half at least.",
        thread=1,
        chapter=PAGE,
        figure=partial(shrinkage, world="apart", classes="within"),
        threshold=at_least(0.5),
        mutation=split_each_class,
    ),
)
