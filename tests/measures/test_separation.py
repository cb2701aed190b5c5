"""How far classes lie apart: shapes whose answer is known, and libraries that answer likewise."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
import scipy.sparse
from numpy.testing import assert_allclose
from scipy.optimize import linprog
from scipy.spatial.distance import cdist
from scipy.stats import ortho_group
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.linear_model import RidgeClassifier
from sklearn.metrics import calinski_harabasz_score
from sklearn.neighbors import KNeighborsClassifier

from bigcurves.measures import (
    hull_overlap,
    linear_readability,
    neighbour_agreement,
    scatter_ratio,
)

PENALTY = 1e-3
MEASURES = {
    "scatter_ratio": lambda points, labels, *_: scatter_ratio(points, labels),
    "linear_readability": linear_readability,
    "hull_overlap": lambda *given: hull_overlap(*given, components=2),
    "neighbour_agreement": neighbour_agreement,
}
ASKING = [name for name in MEASURES if name != "scatter_ratio"]


def clouds(seed, n=40, features=6, classes=4, apart=1.2, asked=60):
    """Draw points and asked rows in overlapping clouds, each with its labels."""
    rng = np.random.default_rng(seed)
    centres = apart * rng.standard_normal((classes, features))
    widths = np.linspace(1.5, 0.5, features)  # so that the components are well apart
    labels, new = np.arange(n * classes) % classes, rng.integers(0, classes, asked)
    points = centres[labels] + widths * rng.standard_normal((len(labels), features))
    return points, labels, centres[new] + widths * rng.standard_normal((asked, features)), new


def digits(asked):
    X, y = load_digits(return_X_y=True)
    order = np.random.default_rng(0).permutation(len(X))
    known, new = order[:500], order[500 : 500 + asked]
    return X[known], y[known], X[new], y[new]


# Scatter


def test_two_pairs_on_a_line():
    assert scatter_ratio([[-1], [1], [9], [11]], [0, 0, 1, 1]) == 100 / 4  # 4 x 5^2 over 4 x 1^2


def test_classes_of_unlike_size_count_by_their_rows():
    # Means 0 and 4, of all 1: between 3 x 1^2 + 1 x 3^2, within 1 + 0 + 1 + 0.
    assert scatter_ratio([[-1], [0], [1], [4]], [5, 5, 5, -2]) == pytest.approx(12 / 2, rel=1e-14)


def test_classes_about_one_mean_do_not_scatter():
    assert scatter_ratio([[-1.0, 0], [1, 0], [0, -3], [0, 3]], [0, 0, 1, 1]) == 0


@pytest.mark.parametrize("seed", range(3))
def test_the_scatter_ratio_is_calinski_and_harabaszs_without_their_degrees_of_freedom(seed):
    points, labels, *_ = clouds(seed)
    n, classes = len(labels), len(set(labels))
    theirs = calinski_harabasz_score(points, labels) * (classes - 1) / (n - classes)
    assert scatter_ratio(points, labels) == pytest.approx(theirs, rel=1e-12)


def test_labels_at_random_scatter_as_chance_says():
    rng = np.random.default_rng(0)
    ratios = [
        scatter_ratio(rng.standard_normal((60, 20)), rng.permutation(np.arange(60) % 5))
        for _ in range(50)
    ]
    assert np.mean(ratios) == pytest.approx(4 / 55, rel=0.05)


def test_small_differences_are_not_lost_between_classes_far_apart():
    """Beside 2^30 and less, a double still holds 2^-20; squared, one is lost beside the other."""
    points = np.array([[0.0], [2.0**-20], [2.0**30], [2.0**30 + 2.0**-20]])
    assert scatter_ratio(points, [0, 0, 1, 1]) == pytest.approx(2.0**100, rel=1e-9)
    assert scatter_ratio(points + 2.0**31, [0, 0, 1, 1]) == pytest.approx(2.0**100, rel=1e-9)


def test_far_from_zero_means_keep_their_digits():
    points, labels, *_ = clouds(0, apart=0.1)
    points = np.round(points * 2.0**20) / 2.0**20  # which a shift by 2^30 does not round
    expected = scatter_ratio(points, labels)
    assert scatter_ratio(points + 2.0**30, labels) == pytest.approx(expected, rel=1e-11)


@pytest.mark.parametrize("rows", [[[0.1, 0.7]] * 3 + [[0.3, 1.1]] * 3, np.full((6, 2), 0.1)])
def test_classes_of_one_row_each_are_refused(rows):
    with pytest.raises(ValueError, match="points must vary within a class"):
        scatter_ratio(rows, [0, 0, 0, 1, 1, 1])


# A linear probe


def test_between_two_points_the_middle_divides():
    asked = [[-7.0], [0.49], [0.51], [30]]
    assert linear_readability([[0.0], [1.0]], [3, 8], asked, [3, 3, 8, 8]) == 1
    assert linear_readability([[0.0], [1.0]], [3, 8], asked, [3, 8, 3, 8]) == 0.5


def test_a_line_reads_no_ring_and_no_exclusive_or():
    rng = np.random.default_rng(0)
    rows = rng.uniform(-1, 1, (4000, 2))
    crossed = (rows[:, 0] > 0) ^ (rows[:, 1] > 0)
    split = (rows[:2000], crossed[:2000], rows[2000:], crossed[2000:])
    assert linear_readability(*split) == pytest.approx(0.5, abs=0.05)
    assert neighbour_agreement(*split) > 0.95
    lifted = np.column_stack([rows, rows[:, 0] * rows[:, 1]])
    assert linear_readability(lifted[:2000], crossed[:2000], lifted[2000:], crossed[2000:]) > 0.95


def test_the_middle_of_three_classes_on_a_line_is_masked():
    rows = np.arange(300.0)[:, np.newaxis]
    thirds = np.repeat([0, 1, 2], 100)
    assert linear_readability(rows, thirds, rows, thirds) == pytest.approx(2 / 3, abs=0.02)
    bent = np.hstack([rows, (rows - 150) ** 2 / 150])
    assert linear_readability(bent, thirds, bent, thirds) > 0.9


@pytest.mark.parametrize("features", [5, 400])
@pytest.mark.parametrize("seed", range(3))
def test_the_probe_is_scikit_learns_ridge_classifier(seed, features):
    points, labels, asked, truth = clouds(seed, features=features, apart=0.6 / features**0.25)
    ridge = PENALTY * ((points - points.mean(axis=0)) ** 2).sum()
    theirs = RidgeClassifier(alpha=ridge).fit(points, labels).score(asked, truth)
    assert 0.3 < theirs < 1
    assert linear_readability(points, labels, asked, truth) == theirs


def test_the_probe_is_least_squares_with_a_row_for_each_penalty():
    points, labels, asked, truth = digits(asked=300)
    centre = points.mean(axis=0)
    known = points - centre
    pull = np.sqrt(PENALTY * (known**2).sum()) * np.eye(known.shape[1])
    Y = (labels[:, np.newaxis] == np.arange(10)).astype(float)
    targets = np.vstack([Y - Y.mean(axis=0), np.zeros((len(pull), 10))])
    weights = np.linalg.lstsq(np.vstack([known, pull]), targets, rcond=None)[0]
    named = ((asked - centre) @ weights + Y.mean(axis=0)).argmax(axis=1)
    assert linear_readability(points, labels, asked, truth) == (named == truth).mean()


def test_a_class_without_points_is_never_named():
    points, labels, asked, _ = clouds(0)
    for measure in (linear_readability, neighbour_agreement):
        assert measure(points, labels, asked, np.full(len(asked), 99)) == 0


# Hulls


def test_two_intervals_overlap_where_both_are():
    points, labels = np.array([[0.0], [2], [1], [3]]), [0, 0, 1, 1]
    asked, truth = np.array([[0.5], [1.5], [2.5], [0.5], [1.5], [2.5]]), [0, 0, 0, 1, 1, 1]
    assert hull_overlap(points, labels, asked, truth, components=1) == 4 / 6
    along = np.array([[1.0, -2.0, 3.0]])
    assert hull_overlap(points @ along, labels, asked @ along, truth, components=1) == 4 / 6
    assert hull_overlap(points, labels, asked, [7] * 6, components=1) == 1  # all are another's


def test_cubes_overlap_in_a_smaller_cube():
    cube = np.array(list(product([0.0, 1.0], repeat=3)))
    points, labels = np.vstack([cube, cube + 0.5]), np.repeat([0, 1], 8)
    asked = np.random.default_rng(0).random((200, 3))
    inside = (asked > 0.5).all(axis=1)
    assert 0.05 < inside.mean() < 0.2
    found = hull_overlap(points, labels, asked, np.zeros(200, int), components=3)
    assert found == inside.mean()
    own = hull_overlap(points, labels, asked, np.ones(200, int), components=3)
    assert own == 1  # of the second class, each lies in the first cube


@pytest.mark.parametrize("d", [2, 4, 6])
def test_simplices_are_known(d):
    simplex = np.vstack([np.zeros(d), np.eye(d)])
    points, labels = np.vstack([simplex, 3 + simplex]), np.repeat([0, 1], d + 1)
    asked = np.random.default_rng(d).random((200, d)) * 1.5 / d - 0.2 / d
    inside = (asked >= 0).all(axis=1) & (asked.sum(axis=1) <= 1)
    assert 0.05 < inside.mean() < 0.9
    assert hull_overlap(points, labels, asked, np.ones(200, int), components=d) == inside.mean()


def mixes(points, query):
    """Ask HiGHS for weights that mix points to a query."""
    rows = np.vstack([points.T, np.ones(len(points))])
    found = linprog(np.zeros(len(points)), A_eq=rows, b_eq=np.append(query, 1.0))
    return found.status == 0


@pytest.mark.parametrize("components", [1, 2, 4, 8])
def test_a_programme_and_another_pca_agree_on_real_digits(components):
    points, labels, asked, truth = digits(asked=40)
    pca = PCA(components, svd_solver="full", whiten=True).fit(points)
    known, new = pca.transform(points), pca.transform(asked)
    inside = [
        any(mixes(known[labels == each], query) for each in set(labels) - {own})
        for query, own in zip(new, truth, strict=True)
    ]
    assert hull_overlap(points, labels, asked, truth, components=components) == np.mean(inside)


def test_rows_with_more_features_than_there_are_rows_are_measured_likewise():
    points, labels, asked, truth = clouds(3, n=20, features=8, apart=0.5)
    axes = ortho_group.rvs(200, random_state=0)[:8]
    for components in (1, 2, 3):
        narrow = hull_overlap(points, labels, asked, truth, components=components)
        wide = hull_overlap(points @ axes, labels, asked @ axes, truth, components=components)
        assert wide == narrow > 0


def test_a_class_may_be_one_point_or_a_line():
    points, labels = [[0.0, 0], [4, 0], [1, 3], [2, 1]], [0, 0, 1, 2]
    asked, truth = [[1.0, 0], [1, 0.01], [1, 3], [2, 1], [2, 1]], [1, 1, 0, 0, 2]
    assert hull_overlap(points, labels, asked, truth, components=2) == 3 / 5


def test_a_long_side_does_not_blur_a_short_one():
    """A hull takes in what is nearer than a billionth of its longest side: here 1e-4."""
    side = np.array([[-1.0, -1], [-1, 1], [1, -1], [1, 1]])
    points, labels = np.vstack([[1e5, 1] * side, [1e5, 1] * side / 2]), np.repeat([0, 1], 4)
    asked = [[0, 1 - 1e-6], [0, 1 + 1e-6], [0, -1 - 1e-6], [0, 0.5]]
    assert hull_overlap(points, labels, asked, [1] * 4, components=2) == 2 / 4


@pytest.mark.parametrize("features", [6, 300])
@pytest.mark.parametrize("seed", range(3))
def test_a_flat_is_told_from_rounding(seed, features):
    points, labels, asked, truth = clouds(seed, features=3)
    axes = np.random.default_rng(seed).standard_normal((3, features))
    flat = (points @ axes, labels, asked @ axes, truth)
    assert 0 < hull_overlap(*flat, components=3) < 1
    for components in (4, 5, 6):
        with pytest.raises(ValueError, match=f"points must span {components} dimensions"):
            hull_overlap(*flat, components=components)


def test_no_more_components_than_the_points_span():
    points, labels, asked, truth = clouds(0, features=3)
    flat = (points @ np.ones((3, 2)) @ np.ones((2, 3)), labels, asked, truth)
    assert hull_overlap(*flat, components=1) > 0
    with pytest.raises(ValueError, match="points must span 2 dimensions"):
        hull_overlap(*flat, components=2)
    for components in (0, 4):
        with pytest.raises(ValueError, match="components must be between 1 and 3"):
            hull_overlap(points, labels, asked, truth, components=components)
    with pytest.raises(ValueError, match="components must be between 1 and 1"):
        hull_overlap(points[:2], labels[:2], asked, truth, components=2)


# The nearest neighbour


@pytest.mark.parametrize("features", [2, 40])
def test_the_nearest_point_names_the_class(features):
    points, labels, asked, truth = clouds(5, features=features, apart=0.5)
    found = neighbour_agreement(points, labels, asked, truth)
    assert found == (labels[cdist(asked, points).argmin(axis=1)] == truth).mean()
    assert found == KNeighborsClassifier(1).fit(points, labels).score(asked, truth)
    assert 0.2 < found < 1


def test_of_equally_near_points_the_first_counts():
    assert neighbour_agreement([[0.0], [2], [2]], [0, 1, 2], [[1.0], [2]], [0, 1]) == 1


# All four


def turned(rows):
    return rows @ ortho_group.rvs(rows.shape[1], random_state=1)


CHANGES = {
    "shift": lambda rows: rows + 1e6 * np.arange(1, rows.shape[1] + 1),
    "small unit": lambda rows: 1e-12 * rows,
    "large unit": lambda rows: 1e12 * rows,
    "rotation": turned,
    "order of columns": lambda rows: rows[:, ::-1],
    "more columns that are constant": lambda rows: np.pad(rows, ((0, 0), (0, 2))),
    "all at once": lambda rows: 1e-12 * (turned(rows) + 1e3),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", MEASURES)
def test_no_shift_unit_or_rotation_changes_what_is_measured(name, change):
    points, labels, asked, truth = clouds(1)
    expected = MEASURES[name](points, labels, asked, truth)
    assert expected > 0.1
    moved = CHANGES[change]
    found = MEASURES[name](moved(points), labels, moved(asked), truth)
    assert type(found) is float
    assert found == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize("name", MEASURES)
def test_neither_the_order_of_rows_nor_the_names_of_classes_count(name):
    points, labels, asked, truth = clouds(2)
    expected = MEASURES[name](points, labels, asked, truth)
    rng = np.random.default_rng(0)
    order, other = rng.permutation(len(points)), rng.permutation(len(asked))
    named = np.array([40, -3, 7, 2**60])
    found = MEASURES[name](points[order], named[labels[order]], asked[other], named[truth[other]])
    assert_allclose(found, expected, rtol=1e-12)


@pytest.mark.parametrize("name", MEASURES)
def test_lists_frames_and_narrow_kinds_are_measured_alike(name):
    points, labels, asked, truth = clouds(4)
    points, asked = np.round(8 * points + 64), np.round(8 * asked + 64)
    expected = MEASURES[name](points, labels, asked, truth)
    frames = pd.DataFrame(points), pd.Series(labels), pd.DataFrame(asked), pd.Series(truth)
    assert MEASURES[name](*frames) == expected
    lists = [each.tolist() for each in (points, labels, asked, truth)]
    assert MEASURES[name](*lists) == expected
    for kind in ("uint8", "float16", "float32", "int64", "object"):
        given = points.astype(kind), labels.astype(float), asked.astype(kind), truth.astype("uint8")
        assert MEASURES[name](*given) == expected


SPOILT = {
    "none": lambda _: None,
    "not finite": lambda rows: np.where(rows == rows.flat[0], np.nan, rows),
    "sparse": lambda rows: scipy.sparse.csr_matrix(rows),
    "complex": lambda rows: rows + 1j,
    "masked": lambda rows: np.ma.masked_equal(rows, rows.flat[0]),
    "words": lambda rows: rows.astype(str).astype(object) + "a",
    "too deep": lambda rows: rows[..., np.newaxis],
    "empty": lambda rows: rows[:0],
}


@pytest.mark.parametrize("fault", SPOILT)
@pytest.mark.parametrize("name", MEASURES)
def test_what_is_wrong_is_named(name, fault):
    given = dict(zip(("points", "labels", "asked", "asked_labels"), clouds(6), strict=True))
    for argument in list(given)[: 2 if name == "scatter_ratio" else 4]:
        wrong = given | {argument: SPOILT[fault](given[argument])}
        with pytest.raises((ValueError, TypeError), match=f"^{argument} must"):
            MEASURES[name](*wrong.values())


@pytest.mark.parametrize("name", MEASURES)
def test_labels_are_one_for_each_row_and_of_two_classes(name):
    points, labels, asked, truth = clouds(6)
    measure = MEASURES[name]
    with pytest.raises(ValueError, match="labels must have 160 numbers as points rows, got 159"):
        measure(points, labels[1:], asked, truth)
    with pytest.raises(ValueError, match="labels must be whole numbers"):
        measure(points, labels + 0.5, asked, truth)
    with pytest.raises(ValueError, match="labels must be of at least 2 classes, got only 7"):
        measure(points, np.full(160, 7), asked, truth)


@pytest.mark.parametrize("name", ASKING)
def test_asked_rows_fit_the_points(name):
    points, labels, asked, truth = clouds(6)
    measure = MEASURES[name]
    with pytest.raises(ValueError, match=r"asked must have shape \(n, 6\)"):
        measure(points, labels, asked[:, 1:], truth)
    with pytest.raises(ValueError, match="asked_labels must have 60 numbers as asked rows, got 61"):
        measure(points, labels, asked, np.append(truth, 0))


@pytest.mark.parametrize("name", ["linear_readability", "hull_overlap"])
def test_where_nothing_differs_or_all_is_too_far_is_said(name):
    points, labels, asked, truth = clouds(6)
    with pytest.raises(ValueError, match="points must differ, got one of them 160 times"):
        MEASURES[name](np.full_like(points, 0.1), labels, asked, truth)
    with pytest.raises(ValueError, match="asked must lie within 1e"):
        MEASURES[name](1e-90 * points, labels, asked, truth)
