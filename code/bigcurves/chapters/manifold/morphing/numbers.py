"""What the chapter's page says in numbers, read off its tables."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from bigcurves.chapters.manifold.morphing import (
    digit_morphing,
    glyph_morphing,
    morphing,
    sagitta,
    torn_loop,
    union_of_manifolds,
)
from bigcurves.chapters.manifold.morphing.tables import (
    APART,
    BRIDGED,
    CORNERS,
    OTHER,
    SAME,
    SHIFTED,
    WITHIN,
    WORLD,
    Tables,
    five_pairs,
)
from bigcurves.claims.results import Results, results
from bigcurves.learners import geodesic
from bigcurves.measures.intervals import Interval
from bigcurves.measures.summary import interval_at, interval_table


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the page says in numbers; each field is a glue name.

    How far a way's middle is off the world is a share of the distance between its ends. It is
    that of bars of two latents; where a name ends in 7, of threes in seven styles.
    """

    results: Results
    seeds: int
    ghost_share: float  # how far off the ghost of two corner bars is, in percent of the way
    line: Interval
    network: Interval
    worst_network: float  # in the run where it is farthest off
    few_off: int  # runs in which the network is less than a tenth as far off as the line
    graph: float
    shuffled: float  # the control, whose latents are shuffled
    line_7: float
    graph_7: float
    plane_end: float  # how far the end on principal components is off its picture
    power_1: float  # of the separation, with one latent
    power_2: Interval
    power_3: float
    torn_1: float  # the worst error with one unit, in standard deviations of the pictures
    torn_2: float
    usual_1: float  # the typical error with one unit
    share_torn_1: Interval  # of the angles
    # The widest hop, in RMS pixel values; a name ends in the number of pictures.
    hop_apart_between_100: float
    hop_apart_between_1600: float
    hop_bridged_between_100: float
    hop_bridged_between_1600: float
    hop_apart_within_1600: float
    through: str  # the classes that the first walk between shifted digits goes by
    # Shares of real digits that are less unusual than the middle, by the pair of digits.
    other_pixel: Interval
    other_autoencoder: float
    other_graph: float
    same_pixel: float
    shifted_pixel: float
    shifted_graph: float
    pale: float  # the fade's contrast beside its ends', within a class
    pale_other: float  # the same between classes


def numbers_of(tables: Tables) -> Numbers:
    """Work out what the page says."""
    middle = partial(interval_at, tables.ways_means, measure="middle")
    end = partial(interval_at, tables.ways_means, measure="end")
    power = partial(interval_at, tables.powers)
    worst, typical, torn = (
        partial(interval_at, interval_table(tables.round_trips, ["units"], value))
        for value in ("worst", "typical", "torn")
    )
    hop = partial(interval_at, tables.hop_means)
    unusual = partial(interval_at, tables.score_means)
    contrast = partial(interval_at, interval_table(tables.scores, ["pair", "way"], "contrast"))
    line = middle(d=2, way="pixel line")
    modules = (morphing, glyph_morphing, sagitta, torn_loop, union_of_manifolds, digit_morphing)
    return Numbers(
        results=results(*modules, seeds=tables.seeds),
        seeds=int(tables.bars["seed"].nunique()),
        ghost_share=_ghost_share(),
        line=line,
        network=middle(d=2, way="autoencoder"),
        worst_network=float(tables.networks.max()),
        few_off=int((tables.networks < line.mean / 10).sum()),
        graph=middle(d=2, way="neighbour graph").mean,
        shuffled=middle(d=2, way="control: latents shuffled").mean,
        line_7=middle(d=7, way="pixel line").mean,
        graph_7=middle(d=7, way="neighbour graph").mean,
        plane_end=end(d=2, way="principal components").mean,
        power_1=power(d=1).mean,
        power_2=power(d=2),
        power_3=power(d=3).mean,
        torn_1=worst(units=1).mean,
        torn_2=worst(units=2).mean,
        usual_1=typical(units=1).mean,
        share_torn_1=torn(units=1),
        hop_apart_between_100=hop(line=APART, n=100).mean,
        hop_apart_between_1600=hop(line=APART, n=1600).mean,
        hop_bridged_between_100=hop(line=BRIDGED, n=100).mean,
        hop_bridged_between_1600=hop(line=BRIDGED, n=1600).mean,
        hop_apart_within_1600=hop(line=WITHIN, n=1600).mean,
        through=_through(tables),
        other_pixel=unusual(pair=OTHER, way="pixel line"),
        other_autoencoder=unusual(pair=OTHER, way="autoencoder").mean,
        other_graph=unusual(pair=OTHER, way="neighbour graph").mean,
        same_pixel=unusual(pair=SAME, way="pixel line").mean,
        shifted_pixel=unusual(pair=SHIFTED, way="pixel line").mean,
        shifted_graph=unusual(pair=SHIFTED, way="neighbour graph").mean,
        pale=contrast(pair=SAME, way="pixel line").mean,
        pale_other=contrast(pair=OTHER, way="pixel line").mean,
    )


def _ghost_share() -> float:
    """Say how far the mixture of two bars in opposite corners is off, in percent of their way."""
    a, b = WORLD.render(CORNERS)
    ghost = (a + b) / 2
    apart = np.sqrt(np.mean((a - b) ** 2))  # RMS pixel value
    off = WORLD.project(ghost[np.newaxis]).distances[0]
    return float(100 * off / apart)


def _through(tables: Tables) -> str:
    """List the classes on the first walk between shifted digits, each time that it changes."""
    moved = tables.moved
    start, end = five_pairs(moved, alike=True)[0]
    through = moved.labels[geodesic(moved.hops.graph, start, end)]
    turns = np.append(True, np.diff(through) != 0)
    return ", ".join(str(int(digit)) for digit in through[turns])
