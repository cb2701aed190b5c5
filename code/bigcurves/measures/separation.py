"""How well classes lie apart among rows: four measures to follow through the layers of a network.

Layers differ in width, in size and in where their rows lie. So no measure depends on a shift, a
rotation, the unit that all features share, or, but for ties, the order of the rows.
"""

import numpy as np
import numpy.typing as npt
from scipy.linalg import eigh, solve

from bigcurves.distances import Array, nearest, root_mean_square, unit_of
from bigcurves.measures.hull import inside_hull
from bigcurves.sample import Floats, WholeNumbers
from bigcurves.validation import (
    require_integers,
    require_kept_rows,
    require_rows,
    require_whole,
)

RIDGE = 1e-3  # of the scatter's trace: of the powers of ten, MNIST's pixels are read best with it
NO_SPREAD = 1e-150  # of the spread between classes: the square of its inverse overflows
FLAT = 1e-12  # of the largest component's variance: less may be rounding
FAR = 1e50  # times the size of points: products with rows further out might overflow


def scatter_ratio(points: npt.ArrayLike, labels: npt.ArrayLike) -> float:
    """Measure the scatter between classes over that within, trace(S_b) / trace(S_w).

    trace(S_b) sums ``n_c |m_c - m|^2`` over the classes, of n_c rows with mean m_c, and trace(S_w)
    sums ``|x - m_c|^2`` over the rows. Fisher (1936) compares the difference of two means with the
    spread within, along the best direction; here all directions count. Labels at random give about
    (classes - 1) / (n - classes), not 0.

    Parameters
    ----------
    points
        Rows, shape (n, features).
    labels
        The class of each, whole numbers of shape (n,), of at least 2 classes.

    Raises
    ------
    ValueError
        If no class varies within: nothing bounds the ratio.
    """
    points, labels = _known(require_rows("points", points), labels)
    _, first, numbers = np.unique(labels, return_index=True, return_inverse=True)
    # Seen from a row of the same class, small differences are not lost beside large distances.
    deviations = points - points[first][numbers]
    means = _class_means(deviations, numbers)
    within = root_mean_square(deviations - means[numbers])
    centres = (points[first] - points[0] + means)[numbers]
    between = root_mean_square(centres - centres.mean(axis=0))
    if within <= NO_SPREAD * between:
        raise ValueError("points must vary within a class, got the same row for each of a class")
    return float((between / within) ** 2)


def linear_readability(
    points: npt.ArrayLike, labels: npt.ArrayLike, asked: npt.ArrayLike, asked_labels: npt.ArrayLike
) -> float:
    """Measure the accuracy, on asked rows, of a linear probe that is fitted to points.

    A probe is a linear classifier that is trained on one layer, independently of the network
    (Alain and Bengio 2016). This one is a ridge regression on one-hot labels, and names the class
    of the highest output. Features are centred but share one scale: a scale for each would make a
    feature that hardly varies as loud as any other, and would depend on a rotation. The penalty is
    1e-3 of the trace of the points' scatter, so that it changes with the unit as the scatter does.
    In few features a class may be masked by others, as the middle one of three on a line is.

    Parameters
    ----------
    points, labels
        What the probe learns, as in `scatter_ratio`.
    asked, asked_labels
        What it is asked: shapes (m, features) and (m,). A class without points is never named.
    """
    points, labels = _known(require_rows("points", points), labels)
    asked = require_rows("asked", asked, features=points.shape[1])
    asked_labels = _asked(asked, asked_labels)
    known, new = _framed(points, asked)
    classes, numbers = np.unique(labels, return_inverse=True)
    shares = np.bincount(numbers) / len(numbers)
    scores = shares + new @ _ridge_weights(known, np.eye(len(classes))[numbers] - shares)
    return float((classes[scores.argmax(axis=1)] == asked_labels).mean())


def hull_overlap(
    points: npt.ArrayLike,
    labels: npt.ArrayLike,
    asked: npt.ArrayLike,
    asked_labels: npt.ArrayLike,
    *,
    components: int,
) -> float:
    """Measure the share of asked rows that lie in the convex hull of another class's points.

    All rows are projected onto the first principal components of points: in many dimensions no
    row lies in any hull, and an equal number lets layers of different width be compared. A hull
    grows with its points, so compare only equal numbers of them.

    Parameters
    ----------
    points, labels
        What spans the hulls, as in `scatter_ratio`.
    asked, asked_labels
        What is asked: shapes (m, features) and (m,).
    components
        How many, from 1 to the smaller of n - 1 and features. Where the last one varies as much
        as the next, which of them is taken is left open.

    Raises
    ------
    ValueError
        If the last component's standard deviation is below a millionth of the first's.
    """
    points, labels = _known(require_rows("points", points), labels)
    asked = require_rows("asked", asked, features=points.shape[1])
    asked_labels = _asked(asked, asked_labels)
    most = min(len(points) - 1, points.shape[1])
    known, new = _framed(points, asked)
    axes = _principal_axes(known, require_whole("components", components, 1, most))
    known, new = known @ axes, new @ axes
    found = np.zeros(len(new), dtype=bool)
    for each in np.unique(labels):
        places = np.flatnonzero(~found & (asked_labels != each))
        if len(places):
            found[places] = inside_hull(known[labels == each], new[places])
    return float(found.mean())


def neighbour_agreement(
    points: npt.ArrayLike, labels: npt.ArrayLike, asked: npt.ArrayLike, asked_labels: npt.ArrayLike
) -> float:
    """Measure the share of asked rows whose nearest point is of their own class.

    This is the accuracy of the nearest neighbour rule (Cover and Hart 1967). Of equally near
    points the first counts.

    Parameters
    ----------
    points, labels
        What is known, as in `scatter_ratio`.
    asked, asked_labels
        What is asked: shapes (m, features) and (m,).
    """
    points, labels = _known(require_kept_rows("points", points), labels)
    asked = require_kept_rows("asked", asked, features=points.shape[1])
    asked_labels = _asked(asked, asked_labels)
    places = nearest(points, asked, 1)[0][:, 0]
    return float((labels[places] == asked_labels).mean())


def _known(points: Array, labels: npt.ArrayLike) -> tuple[Array, WholeNumbers]:
    """Return checked points, and their labels of two classes or more."""
    labels = _of_each("labels", labels, "points", points)
    if (labels == labels[0]).all():
        raise ValueError(f"labels must be of at least 2 classes, got only {labels[0]}")
    return points, labels


def _asked(asked: Array, asked_labels: npt.ArrayLike) -> WholeNumbers:
    return _of_each("asked_labels", asked_labels, "asked", asked)


def _of_each(name: str, labels: npt.ArrayLike, whose: str, rows: Array) -> WholeNumbers:
    """Return one whole number for each of the rows."""
    found = require_integers(name, labels)
    if len(found) != len(rows):
        raise ValueError(f"{name} must have {len(rows)} numbers as {whose} rows, got {len(found)}")
    return found


def _class_means(rows: Floats, numbers: npt.NDArray[np.intp]) -> Floats:
    """Average rows (n, features) of each class, shape (classes, features)."""
    order, counts = np.argsort(numbers, kind="stable"), np.bincount(numbers)
    starts = np.cumsum(counts) - counts
    return np.asarray(np.add.reduceat(rows[order], starts, axis=0) / counts[:, np.newaxis])


def _framed(points: Floats, asked: Floats) -> tuple[Floats, Floats]:
    """Give both seen from the points' mean, in a unit in which no point is beyond 1."""
    known, new = points - points[0], asked - points[0]  # exact where all lie far from zero
    centre = known.mean(axis=0)
    known, new = known - centre, new - centre
    unit = unit_of(known)
    if not known.any():
        raise ValueError(f"points must differ, got one of them {len(points)} times")
    with np.errstate(over="ignore"):
        known, new = known / unit, new / unit
    if not np.abs(new).max() <= FAR:
        raise ValueError(f"asked must lie within {FAR:g} times the size of points")
    return known, new


def _ridge_weights(known: Floats, targets: Floats) -> Floats:
    """Solve the ridge regression of centred rows (n, features) by the smaller of two systems."""
    n, features = known.shape
    ridge = RIDGE * float(np.square(known).sum())
    if features <= n:
        scatter = known.T @ known + ridge * np.eye(features)
        return np.asarray(solve(scatter, known.T @ targets, assume_a="pos"))
    return np.asarray(known.T @ solve(known @ known.T + ridge * np.eye(n), targets, assume_a="pos"))


def _principal_axes(known: Floats, count: int) -> Floats:
    """Return axes (features, count) along which centred rows (n, features) vary equally.

    A hull's side is no shorter than rounding then, which is judged by its widest side.
    """
    n, features = known.shape
    size = min(n, features)
    gram = known.T @ known if features <= n else known @ known.T
    scatter, axes = eigh(gram, subset_by_index=[size - count, size - 1])
    if scatter[0] <= FLAT * scatter[-1]:
        raise ValueError(f"points must span {count} dimensions, got rows in a flat of fewer")
    if features > n:
        axes = np.linalg.qr(known.T @ axes)[0]
    return np.asarray(axes / np.linalg.norm(known @ axes, axis=0))
