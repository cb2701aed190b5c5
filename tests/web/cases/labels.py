"""Cases of the kernels that name pictures and points, and of those that spoil them."""

import numpy as np
from sklearn.neighbors import KNeighborsClassifier
from tests.web.cases.case import Case, case

from bigcurves.worlds import permute_pixels


@case("permutePixels", *[(alike, moved) for alike in (True, False) for moved in (0, 1, 20, 64)])
def the_values_permuted(alike, moved):
    rng = np.random.default_rng(moved)
    rows, ranks = rng.random((5, 64)), rng.random((5, 64))[: 1 if alike else 5]
    places = rng.permutation(64)[:moved]
    return Case(calls=[[rows, ranks, places]], answers=[permute_pixels(rows, ranks, places)])


def named():
    """Draw rows with labels and new rows, and name these by their nearest."""
    rng = np.random.default_rng(0)
    rows, labels, news = rng.random((50, 64)), rng.integers(0, 10, 50), rng.random((20, 64))
    return rows, labels, news, KNeighborsClassifier(1).fit(rows, labels).predict(news)


@case("nearestLabels")
def the_nearest_rows_labels():
    rows, labels, news, names = named()
    return Case(calls=[[news, rows, labels]], answers=[names], within=0)


@case("shareEqual")
def the_share_of_right_names():
    *_, names = named()
    truth = np.random.default_rng(1).integers(0, 10, 20)
    truth[:7] = names[:7]
    right = np.mean(names == truth)
    assert 0 < right < 1
    return Case(calls=[[names, truth]], answers=[right], within=1e-12)


def flipped():
    """Draw points whose labels are flipped by chance: labels, others, chances, and the outcome."""
    rng = np.random.default_rng(2)
    truth, others = rng.integers(0, 5, 120), rng.integers(0, 5, 120)
    chances = rng.random(120)
    return truth, others, chances, np.where(chances < 0.4, others, truth)


@case("flipLabels")
def the_labels_below_the_share():
    truth, others, chances, labels = flipped()
    return Case(calls=[[truth, others, chances, 0.4]], answers=[labels], within=0)


@case("voteAt", 1, 4, 15, 200)
def the_vote_of_neighbours(k):
    rng = np.random.default_rng(3)
    places, grid = rng.random((120, 2)), rng.random((40, 2))
    *_, labels = flipped()
    model = KNeighborsClassifier(min(k, 120)).fit(places, labels)
    calls = [[x, y, places[:, 0], places[:, 1], labels, k] for x, y in grid]
    return Case(calls=calls, answers=model.predict(grid), within=0)
