"""Live kernels that fit and measure: each function here writes a call into a chart's expression.

A kernel is JavaScript (`code/web/kernels`), and runs where the chart is drawn, each time that the
reader moves something. Arguments are expressions, plain values, or lists of them. Kernels that
make pictures stand in `picture_kernels`.
"""

from bigcurves.plotting.expressions import Term, call


def curve_at(name: Term, x: Term, xs: Term, ys: Term) -> str:
    """Read the curve called `name` through the points, at `x`: `learners.draw_curve`."""
    return call("curveAt", name, x, xs, ys)


def spline_without(i: Term, x: Term, xs: Term, ys: Term) -> str:
    """Read the cubic spline through all points but number i: `learners.spline_left_out`."""
    return call("splineWithout", i, x, xs, ys)


def kernel_mean(x: Term, xs: Term, ys: Term, width: Term) -> str:
    """Average `ys`, weighted by a Gaussian of the distance to `x` (Nadaraya and Watson, 1964)."""
    return call("kernelMean", x, xs, ys, width)


def kernel_ridge(x: Term, xs: Term, ys: Term, width: Term, penalty: Term) -> str:
    """Predict at `x` by a Gaussian kernel, with a ridge: `sklearn.kernel_ridge.KernelRidge`."""
    return call("kernelRidge", x, xs, ys, width, penalty)


def ridge(row: Term, rows: Term, ys: Term, penalty: Term) -> str:
    """Predict from the features `row`, with a ridge: `sklearn.linear_model.Ridge`."""
    return call("ridge", row, rows, ys, penalty)


def least_norm(x: Term, xs: Term, ys: Term, frequencies: Term, phases: Term) -> str:
    """Read the least sum of cosines that meets the points: `learners.least_norm_curve`."""
    return call("leastNorm", x, xs, ys, frequencies, phases)


def ball_share(n: Term, pixels: Term, radius: Term) -> str:
    """Bound the share of all images in n balls, log base 10: `chapters.manifold.dust.dust`."""
    return call("ballShare", n, pixels, radius)


def gap_on_circle(place: Term, angles: Term, shares: Term, most: Term) -> str:
    """Measure how far `place` is from the nearest angle, each turned by its share of `most`."""
    return call("gapOnCircle", place, angles, shares, most)


def shown_latents(latents: Term, n: Term, reach: Term) -> str:
    """Draw the first n latents together into the left `reach` of the square."""
    return call("shownLatents", latents, n, reach)


def hull_corners(points: Term) -> str:
    """Find the corners of the hull of points, for `inside_hull`."""
    return call("hullCorners", points)


def inside_hull(point: Term, corners: Term) -> str:
    """Tell whether a point lies in the hull with these corners: `measures.inside_latent_hull`."""
    return call("insideHull", point, corners)


def nearest_mixture(latent: Term, seen: Term, side: Term) -> str:
    """Mix the bars seen to come nearest to a new one: `measures.project_onto_hull`."""
    return call("nearestMixture", latent, seen, side)


def permute_pixels(rows: Term, ranks: Term, places: Term) -> str:
    """Permute each row's values among some of its places: `worlds.permute_pixels`."""
    return call("permutePixels", rows, ranks, places)


def shuffle(values: Term, seed: Term) -> str:
    """Shuffle values among their places, at random (Fisher and Yates)."""
    return call("shuffle", values, seed)


def nearest_labels(news: Term, rows: Term, labels: Term) -> str:
    """Name each new row by its nearest: `sklearn.neighbors.KNeighborsClassifier`."""
    return call("nearestLabels", news, rows, labels)


def share_equal(a: Term, b: Term) -> str:
    """Measure at what share of places two lists agree."""
    return call("shareEqual", a, b)


def flip_labels(labels: Term, others: Term, chances: Term, share: Term) -> str:
    """Exchange labels whose chance is below the share, as `worlds.flip_symmetric` does."""
    return call("flipLabels", labels, others, chances, share)


def vote_at(x: Term, y: Term, xs: Term, ys: Term, labels: Term, k: Term) -> str:
    """Let the k points nearest to (x, y) vote: `sklearn.neighbors.KNeighborsClassifier`."""
    return call("voteAt", x, y, xs, ys, labels, k)


def crowding(pictures: Term) -> str:
    """Measure how near pictures lie among ever more: `chapters.manifold.dimension.crowding`."""
    return call("crowding", pictures)


def blend_neighbours(points: Term, query: Term, k: Term) -> str:
    """Mix a new image from the k nearest ones: `learners.blend_neighbours`."""
    return call("blendNeighbours", points, query, k)


def probes(side: Term) -> str:
    """Lay a grid of side x side places over the unit square, row by row from the top."""
    return call("probes", side)


def coverage(points: Term, side: Term) -> str:
    """Find gap and largest hole: `measures.sample_gap` and `measures.covering_radius`."""
    return call("coverage", points, side)


def cover_error(points: Term, side: Term, fields: Term) -> str:
    """Average the squared error of the nearest point's values: `learners.nested_nearest`."""
    return call("coverError", points, side, fields)


def field_values(field: Term, places: Term) -> str:
    """Read a field at places: `worlds.GaussianField`."""
    return call("fieldValues", field, places)


def hole_errors(
    learner: Term, latents: Term, values: Term, hole: Term, asked: Term, truth: Term, side: Term
) -> str:
    """Square the errors of one who never saw a hole: `chapters.density.imperfect_model.patchy`."""
    return call("holeErrors", learner, latents, values, hole, asked, truth, side)


def share_inside(errors: Term, asked: Term, hole: Term) -> str:
    """Measure which share of the errors lies inside the hole."""
    return call("shareInside", errors, asked, hole)
