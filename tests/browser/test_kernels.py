"""The live kernels say what the Python package says, to 1e-9, in the browser itself."""

import base64
import struct
import zlib

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from playwright.sync_api import expect
from scipy.interpolate import CubicSpline
from scipy.sparse import csr_array
from scipy.special import gammaln
from sklearn.kernel_ridge import KernelRidge
from sklearn.linear_model import Ridge
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor, NearestNeighbors
from tests.browser.conftest import live_chart
from tests.patience import eventually

from bigcurves.chapters.manifold.dimension.crowding import reading
from bigcurves.chapters.manifold.morphing.charts.film_model import film_model
from bigcurves.learners import (
    Autoencoder,
    geodesic,
    least_norm_curve,
    resample,
    spline_left_out,
    straight_path,
)
from bigcurves.learners.curves import draw_curve
from bigcurves.measures import hull_distance, inside_latent_hull, way_to_hull
from bigcurves.measures.neighbours import nearest_within_parts
from bigcurves.worlds import BarWorld, deal_out

CLOSE = {"rtol": 0, "atol": 1e-9}
RNG = np.random.default_rng(5)
XS = (np.arange(12) + RNG.uniform(0.2, 0.8, 12)) / 12
YS = np.sin(6 * XS) + 0.1 * RNG.standard_normal(12)
GRID = np.linspace(-0.05, 1.05, 57)


@pytest.fixture
def run(small_site, tabs):
    """Call a kernel at each place of a list of arguments, in the page."""
    page = tabs.open(small_site.url("book/live.html"))
    script = """async ([address, name, calls]) => {
        const { kernels } = await import(address);
        return calls.map((call) => Array.from([kernels[name](...call)].flat(), (v) => v.length > 1
            && typeof v !== 'string' ? Array.from(v) : v));
    }"""

    def call(name, calls):
        address = small_site.url("_static/kernels.js")
        return page.evaluate(script, [address, name, calls])

    return call


def values(answers):
    return np.array([answer[0] for answer in answers])


NAMES = ["polynomial", "radial basis", "piecewise linear", "nearest neighbour"]


@pytest.mark.parametrize("name", NAMES)
def test_curves(run, name):
    # Outside its points a polynomial of degree 11 magnifies rounding a million times.
    grid = GRID[(XS[0] <= GRID) & (XS[-1] >= GRID)] if name == "polynomial" else GRID
    here = values(run("curveAt", [[name, x, XS.tolist(), YS.tolist()] for x in grid.tolist()]))
    assert_allclose(here, draw_curve(name, XS, YS, grid, random_state=0), **CLOSE)


@pytest.mark.parametrize("gone", [0, 1, 5, 10, 11])
def test_a_spline_without_one_point(run, gone):
    others = np.arange(12) != gone
    spline = CubicSpline(XS[others], YS[others])
    # Within the points; beyond them the end pieces magnify rounding.
    grid = GRID[(XS[others][0] <= GRID) & (XS[others][-1] >= GRID)]
    here = run("splineWithout", [[gone, x, XS.tolist(), YS.tolist()] for x in grid.tolist()])
    assert_allclose(values(here), spline(grid), **CLOSE)


def test_what_a_spline_says_of_the_point_left_out(run):
    here = run("splineWithout", [[i, XS[i], XS.tolist(), YS.tolist()] for i in range(1, 11)])
    assert_allclose(values(here), spline_left_out(XS, YS[:, np.newaxis])[:, 0], **CLOSE)


def test_kernel_ridge(run):
    width, penalty = 0.15, 1e-3
    model = KernelRidge(kernel="rbf", gamma=0.5 / width**2, alpha=penalty)
    model.fit(XS[:, np.newaxis], YS)
    here = run(
        "kernelRidge", [[x, XS.tolist(), YS.tolist(), width, penalty] for x in GRID.tolist()]
    )
    assert_allclose(values(here), model.predict(GRID[:, np.newaxis]), **CLOSE)


def test_kernel_mean(run):
    width = 0.07
    weights = np.exp(-0.5 * ((GRID[:, np.newaxis] - XS) / width) ** 2)
    here = run("kernelMean", [[x, XS.tolist(), YS.tolist(), width] for x in GRID.tolist()])
    assert_allclose(values(here), weights @ YS / weights.sum(axis=1), **CLOSE)


@pytest.mark.parametrize("k", [1, 3, 12])
def test_nearest_mean(run, k):
    model = KNeighborsRegressor(k).fit(XS[:, np.newaxis], YS)
    here = run("nearestMean", [[x, XS.tolist(), YS.tolist(), k] for x in GRID.tolist()])
    assert_allclose(values(here), model.predict(GRID[:, np.newaxis]), **CLOSE)


def test_ridge_on_given_features(run):
    def features(x):
        return np.cos(np.outer(x, np.arange(6)))

    model = Ridge(alpha=0.01, fit_intercept=False).fit(features(XS), YS)
    rows = features(XS).tolist()
    here = run("ridge", [[row, rows, YS.tolist(), 0.01] for row in features(GRID).tolist()])
    assert_allclose(values(here), model.predict(features(GRID)), **CLOSE)


@pytest.mark.parametrize("features", [4, 9, 12, 13, 60, 400])
def test_least_norm(run, features):
    frequencies, phases = 20 * RNG.standard_normal(features), RNG.uniform(0, 2 * np.pi, features)
    points = [XS.tolist(), YS.tolist(), frequencies.tolist(), phases.tolist()]
    here = values(run("leastNorm", [[x, *points] for x in GRID.tolist()]))
    fit = least_norm_curve(XS, YS, GRID, frequencies=frequencies, phases=phases)
    # Where cosines meet points the weights are long, and rounding is magnified as they are.
    assert_allclose(here, fit, rtol=0, atol=1e-9 * max(1, np.abs(fit).max()))


@pytest.mark.parametrize("alike", [True, False])
@pytest.mark.parametrize("moved", [0, 1, 20, 64])
def test_dealing_out(run, alike, moved):
    rows, ranks = RNG.random((5, 64)), RNG.random((5, 64))[: 1 if alike else 5]
    places = RNG.permutation(64)[:moved]
    (here,) = run("dealOut", [[rows.tolist(), ranks.tolist(), places.tolist()]])
    assert_allclose(np.array(here), deal_out(rows, ranks, places), **CLOSE)


def test_nearest_labels(run):
    rows, labels, news = RNG.random((50, 64)), RNG.integers(0, 10, 50), RNG.random((20, 64))
    (here,) = run("nearestLabels", [[news.tolist(), rows.tolist(), labels.tolist()]])
    model = KNeighborsClassifier(1).fit(rows, labels)
    named = model.predict(news)
    assert here == named.tolist()
    truth = RNG.integers(0, 10, 20)
    (share,) = run("shareEqual", [[here, truth.tolist()]])[0]
    assert share == pytest.approx(np.mean(named == truth), abs=1e-12)


@pytest.mark.parametrize("k", [1, 4, 15, 200])
def test_votes(run, k):
    places, truth, others = RNG.random((120, 2)), RNG.integers(0, 5, 120), RNG.integers(0, 5, 120)
    chances, grid = RNG.random(120), RNG.random((40, 2))
    (labels,) = run("flipLabels", [[truth.tolist(), others.tolist(), chances.tolist(), 0.4]])
    assert labels == np.where(chances < 0.4, others, truth).tolist()
    rest = [places[:, 0].tolist(), places[:, 1].tolist(), labels, k]
    here = values(run("voteAt", [[x, y, *rest] for x, y in grid.tolist()]))
    model = KNeighborsClassifier(min(k, 120)).fit(places, labels)
    assert here.tolist() == model.predict(grid).tolist()


@pytest.mark.parametrize("d", [1, 2, 3, 4, 5])
def test_bars(run, d):
    latents = RNG.random((4, d))
    here = [answer[0] for answer in run("barImage", [[row, 28] for row in latents.tolist()])]
    assert_allclose(np.array(here), BarWorld(d=d, side=28).render(latents), **CLOSE)


def test_a_strip_is_those_bars_side_by_side(run):
    latents = RNG.random((2, 3))
    (address,) = run("barStrip", [[[latents.tolist()], 16]])[0]
    picture = decoded(address)
    assert picture.shape == (16, 33)
    drawn = np.round(255 * BarWorld(d=3, side=16).render(latents)).reshape(2, 16, 16)
    # A value that rounds at .5 may go either way.
    assert np.abs(picture[:, :16] - drawn[0]).max() <= 1
    assert np.abs(picture[:, 17:] - drawn[1]).max() <= 1


@pytest.mark.parametrize(("n", "pixels"), [(1, 2), (1, 3), (1000, 64), (599, 225), (7, 4096)])
def test_the_share_that_balls_fill(run, n, pixels):
    volume = pixels / 2 * np.log(np.pi) - gammaln(pixels / 2 + 1)
    volume += pixels * np.log(0.0135 * np.sqrt(pixels))
    (here,) = values(run("ballShare", [[n, pixels, 0.0135]]))
    assert_allclose(here, (np.log(n) + volume) / np.log(10), rtol=1e-12)


def test_a_bar_at_a_distance(run):
    world, start = BarWorld(d=3, side=16), np.array([0.1, 0.2, 0.3])
    ends = RNG.uniform(0.6, 1, (4, 3))
    here = run("barAway", [[start.tolist(), end.tolist(), 0.2, 16] for end in ends])
    moved = np.array(here)
    gaps = np.sqrt(np.mean((world.render(moved) - world.render(start[np.newaxis])) ** 2, axis=1))
    assert_allclose(gaps, 0.2, **CLOSE)
    shares = (moved - start) / (ends - start)
    assert_allclose(shares, shares[:, :1] * np.ones(3), **CLOSE)  # still on the straight way
    far = run("barAway", [[start.tolist(), ends[0].tolist(), 9, 16]])
    assert_allclose(far[0], ends[0], **CLOSE)


def test_a_mixture_at_a_distance(run):
    first, second = RNG.random((2, 64))
    here = np.array(run("mixAway", [[first.tolist(), second.tolist(), 0.1]])[0])
    assert_allclose(np.sqrt(np.mean((here - first) ** 2)), 0.1, **CLOSE)
    shares = (here - first) / (second - first)
    assert_allclose(shares, np.full(64, shares[0]), rtol=1e-6)
    far = run("mixAway", [[first.tolist(), second.tolist(), 9]])
    assert_allclose(far[0], second, **CLOSE)


@pytest.mark.parametrize("n", [4, 60, 400])
def test_the_nearest_mixture_of_bars(run, n):
    seen, new = RNG.random((n, 2)) * (0.5, 1), RNG.random((9, 2))
    world = BarWorld(d=2, side=16)
    points, queries = world.render(seen), world.render(new)
    found = [
        answer[0]
        for answer in run("nearestMixture", [[q, seen.tolist(), 16] for q in new.tolist()])
    ]
    assert_allclose([mix["gap"] for mix in found], hull_distance(points, queries), **CLOSE)
    nearest = np.array([query + way_to_hull(points, query) for query in queries])
    assert_allclose([unpacked(mix["mixture"]) for mix in found], nearest, rtol=0, atol=1e-7)
    weights = np.array([mix["weights"] for mix in found])
    assert_allclose(weights.sum(axis=1), 1, **CLOSE)
    assert weights.min() >= 0
    assert all(mix["outside"] for mix in found)  # as no new bar is: hull-new-bars-outside
    gaps = ((points - queries[:, np.newaxis]) ** 2).sum(axis=2)
    assert [mix["nearest"] for mix in found] == gaps.argmin(axis=1).tolist()


def test_a_bar_that_was_seen_is_its_own_nearest_mixture(run):
    seen = RNG.random((30, 2)).tolist()
    (found,) = run("nearestMixture", [[seen[7], seen, 16]])[0]
    assert found["gap"] == pytest.approx(0, abs=1e-9)
    assert found["weights"][7] == pytest.approx(1)
    assert not found["outside"]


def test_the_hull_of_latents(run):
    seen, new = RNG.random((50, 2)), RNG.random((200, 2))
    corners = np.array(run("hullCorners", [[seen.tolist()]])[0]).tolist()
    inside = values(run("insideHull", [[place, corners] for place in new.tolist()]))
    assert 20 < inside.sum() < 195
    assert inside.tolist() == inside_latent_hull(seen, new).tolist()


def test_the_latents_that_are_shown(run):
    shown = np.array(run("shownLatents", [[[[0.2, 0.4], [1, 1], [0.5, 0.5]], 2, 0.5]])[0])
    assert_allclose(shown, [[0.1, 0.4], [0.5, 1]])


def clouds(run, rows, *settings):
    """Spoil rows in the page, and read its meter there: the pictures, and what it says."""
    (pictures,) = run("spoiltPictures", [[rows, *settings]])
    pictures = np.array([unpacked(row) for row in pictures])
    return pictures, run("crowding", [[pictures.tolist()]])[0][0]


@pytest.mark.parametrize("n", [16, 64])
def test_the_meter_measures_nearest_pictures(run, n):
    latents = RNG.random((80, 5))
    pictures, met = clouds(run, latents.tolist(), n, 3, 0, 0)
    assert_allclose(pictures, BarWorld(d=3, side=8).render(latents[:n, :3]), **CLOSE)
    sizes = [n // 8, n // 4, n // 2, n]
    parts = nearest_within_parts(pictures, sizes)
    logs = [np.mean([np.log(gaps / 8).mean() for gaps in same]) for same in parts]
    assert met["sizes"] == sizes
    assert_allclose(met["distances"], np.exp(logs), **CLOSE)
    table = pd.DataFrame({"n": sizes, "distance": np.exp(logs)})
    assert -1 / met["slope"] == pytest.approx(reading(table), rel=1e-9)


def test_digits_come_through_their_letters_unchanged(run):
    levels = RNG.integers(0, 17, (24, 64))
    rows = ["".join("0123456789abcdefg"[level] for level in row) for row in levels]
    pictures, _ = clouds(run, rows, 24, 1, 0, 0)
    assert_allclose(pictures, levels / 16, **CLOSE)


@pytest.mark.parametrize("moved", [5, 64])
def test_scrambled_pixels_change_places_and_no_value(run, moved):
    latents = RNG.random((40, 5)).tolist()
    clean, _ = clouds(run, latents, 40, 5, 0, 0)
    pictures, _ = clouds(run, latents, 40, 5, 0, moved)
    assert_allclose(np.sort(pictures), np.sort(clean), **CLOSE)
    changed = (pictures != clean).sum(axis=1)
    assert changed.max() == moved
    if moved < 64:  # not the same pixels in every picture
        assert len({tuple(row) for row in pictures != clean}) > 1


def test_grain_has_the_size_asked_for(run):
    latents = RNG.random((80, 5)).tolist()
    clean, _ = clouds(run, latents, 80, 2, 0, 0)
    noisy, _ = clouds(run, latents, 80, 2, 0.3, 0)
    grain = noisy - clean
    # 5,120 pixels: standard errors are 0.3 / sqrt(10,240) = 0.003 and 0.3 / sqrt(5,120) = 0.0042.
    assert grain.std() == pytest.approx(0.3, abs=0.013)
    assert grain.mean() == pytest.approx(0, abs=0.017)


def unpacked(values):
    """Read what the page sent for an array of numbers: a list, or a mapping by place."""
    return [values[key] for key in sorted(values, key=int)] if isinstance(values, dict) else values


def test_a_strip_of_given_pixels(run):
    levels = RNG.integers(0, 17, (3, 64))
    (address,) = run("barStrip", [[[levels.tolist()], 8, 16]])[0]
    drawn = np.round(255 * levels / 16).reshape(3, 8, 8)
    assert np.abs(decoded(address)[:, 9:17] - drawn[1]).max() <= 1


def test_the_distance_to_the_world(run):
    world = BarWorld(d=2, side=16)
    bars = world.render(RNG.random((8, 2)))
    far = world.render(np.array([[0.05, 0.9], [0.9, 0.1]]))
    ghosts = [share * far[0] + (1 - share) * far[1] for share in (0.5, 0.3)]
    grainy = bars[:3] + 0.05 * RNG.standard_normal((3, 256))
    pictures = np.concatenate([bars, ghosts, grainy])
    here = [answer[0] for answer in run("barProject", [[row, 16] for row in pictures.tolist()])]
    there = world.project(pictures)
    # Both walks end when a step gains less than 1e-8 of the squared distance, or 1e-9 of it.
    assert_allclose([found["distance"] for found in here], there.distances, rtol=1e-7, atol=1e-8)
    # The middle ghost is as far from either bar: which one is found is a matter of rounding.
    kept = np.delete(np.arange(len(pictures)), len(bars))
    latents = np.array([found["latents"] for found in here])
    assert_allclose(latents[kept], there.latents[kept], atol=1e-4)


def test_a_film_walks_as_the_package_does(run):
    """Each way by the package's own learners, from the very numbers that the page is given."""
    world, latents = BarWorld(d=2, side=16), RNG.random((120, 2)).round(4)
    known = world.render(latents)
    network = Autoencoder(bottleneck=2, hidden=(8,), components=6, epochs=5, random_state=0)
    network.fit(known)
    near = NearestNeighbors(n_neighbors=6).fit(known).kneighbors(return_distance=False)
    given = film_model(
        latents=latents,
        neighbours=near,
        mean=network.pca_.mean_,
        axes=network.pca_.components_,
        scale=network.scale_,
        weights=network.network_.coefs_,
        biases=network.network_.intercepts_,
    )
    network.pca_.mean_, network.pca_.components_ = np.array(given["mean"]), np.array(given["axes"])
    network.scale_ = given["scale"]
    network.network_.coefs_ = [np.array(layer["weights"]) for layer in given["layers"]]
    network.network_.intercepts_ = [np.array(layer["biases"]) for layer in given["layers"]]
    a, b = [0.1, 0.8], [0.9, 0.2]
    ends = world.render(np.array([a, b]))
    codes = network.transform(ends)
    plane = given["axes"][:2]
    flat = (ends - network.pca_.mean_) @ np.array(plane).T
    graph = kneighbors_graph_of(np.concatenate([known, ends]), near)
    expected = [
        straight_path(*ends, frames=5, decode=lambda rows: rows),
        straight_path(*flat, frames=5, decode=lambda rows: network.pca_.mean_ + rows @ plane),
        straight_path(*codes, frames=5, decode=network.inverse_transform),
        resample(np.concatenate([known, ends])[geodesic(graph, 120, 121)], 5),
        straight_path(np.array(a), np.array(b), frames=5, decode=world.render),
    ]
    (film,) = run("barFilm", [[a, b, 5, 16, given]])[0]
    for mine, theirs in zip(film["pictures"], expected, strict=True):
        assert_allclose(np.array(mine), theirs, **CLOSE)
    assert film["apart"] == pytest.approx(np.sqrt(np.mean((ends[0] - ends[1]) ** 2)), rel=1e-12)
    distances = [world.project(row).distances for row in expected]
    assert_allclose(np.array(film["distances"]), distances, rtol=1e-7, atol=1e-8)


def kneighbors_graph_of(pictures, near):
    """Join known pictures to their neighbours, and the last two to as many known ones."""
    edges = [(row, other) for row, others in enumerate(near) for other in others]
    for end in (len(near), len(near) + 1):
        gaps = ((pictures[: len(near)] - pictures[end]) ** 2).sum(axis=1)
        edges += [(end, other) for other in np.argsort(gaps)[: near.shape[1]]]
    costs = [((pictures[i] - pictures[j]) ** 2).sum() for i, j in edges]
    graph = csr_array((costs, np.transpose(edges)), shape=2 * (len(pictures),))
    return graph.maximum(graph.T)


def decoded(address):
    """Read an 8-bit grey PNG with unfiltered lines, by the PNG specification."""
    raw = base64.b64decode(address.removeprefix("data:image/png;base64,"))
    assert raw[:8] == b"\x89PNG\r\n\x1a\n"
    parts, at = {}, 8
    while at < len(raw):
        (length,) = struct.unpack(">I", raw[at : at + 4])
        name, body = raw[at + 4 : at + 8], raw[at + 8 : at + 8 + length]
        assert struct.unpack(">I", raw[at + 8 + length :][:4])[0] == zlib.crc32(name + body)
        parts[name], at = body, at + 12 + length
    width, height = struct.unpack(">II", parts[b"IHDR"][:8])
    lines = np.frombuffer(zlib.decompress(parts[b"IDAT"]), np.uint8).reshape(height, width + 1)
    return lines[:, 1:].astype(int)


def test_a_drag_recomputes_the_curves(small_site, tabs):
    page = tabs.open(small_site.url("book/live.html"))
    live_chart(page, "fig-through")
    query = "all => all.map(e => e.getAttribute('d')).join()"
    before = page.eval_on_selector_all("#fig-through-chart .mark-line path", query)
    page.get_by_role("slider", name="Height of the point").fill("0.9")
    lines = "#fig-through-chart .mark-line path"
    assert eventually(lambda: page.eval_on_selector_all(lines, query) != before)


def test_a_strip_is_drawn_again(small_site, tabs):
    page = tabs.open(small_site.url("book/live.html"))
    live_chart(page, "fig-strip")
    image = page.locator("#fig-strip-chart .chart-live image")
    before = image.get_attribute("xlink:href") or image.get_attribute("href")
    assert before.startswith("data:image/png")
    page.get_by_role("slider", name="Angle of the bar").fill("0.9")
    expect(image).not_to_have_attribute("href", before)


def test_kernels_are_fetched_only_where_they_are_used(small_site, tabs):
    page = tabs.open()
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(small_site.url("book/start.html"))
    live_chart(page, "fig-curve")
    assert not any("kernels.js" in url for url in fetched)


def test_the_picture_is_drawn_with_the_same_kernels(small_site):
    html = (small_site.root / "book" / "live.html").read_text("utf-8")
    keys = [part.split('"')[0].rstrip("/") for part in html.split('data-chart="')[1:]]
    pictures = [(small_site.root / "book" / key / "wide.svg").read_text("utf-8") for key in keys]
    assert pictures[0].count('class="mark-line role-mark') == 4
    assert "data:image/png;base64," in pictures[1]


def test_gaps_on_a_circle(run):
    angles, shares = RNG.uniform(0, 360, 9).tolist(), RNG.uniform(-1, 1, 9).tolist()
    calls = [
        [float(place), angles, shares, float(most)]
        for place in range(0, 360, 7)
        for most in (0, 40, 180)
    ]
    turned = [
        np.exp(1j * np.deg2rad(np.add(angles, np.multiply(most, shares)))) for *_, most in calls
    ]
    # The angle between two directions, from the argument of their quotient.
    there = [
        np.abs(np.rad2deg(np.angle(ways / np.exp(1j * np.deg2rad(place))))).min()
        for ways, (place, *_) in zip(turned, calls, strict=True)
    ]
    assert_allclose(values(run("gapOnCircle", calls)), there, **CLOSE)
