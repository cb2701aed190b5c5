"""The kernels of the part on density say what the package says, in the browser itself."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from bigcurves.learners import blend_neighbours, nested_laplace_ridge, nested_nearest
from bigcurves.measures import covering_radius, sample_gap
from bigcurves.worlds import BarWorld, GaussianField

CLOSE = {"rtol": 0, "atol": 1e-9}


@pytest.fixture
def run(small_site, tabs):
    """Call a kernel once, in the page."""
    page = tabs.open(small_site.url("book/live.html"))
    script = """async ([address, name, settings]) => {
        const { kernels } = await import(address);
        const plain = (v) => ArrayBuffer.isView(v) ? Array.from(v)
            : Array.isArray(v) ? v.map(plain) : v;
        const found = kernels[name](...settings);
        return Array.isArray(found) ? plain(found) : found;
    }"""

    def call(name, *settings):
        return page.evaluate(script, [small_site.url("_static/kernels.js"), name, settings])

    return call


def mulberry(seed, count):
    """Tommy Ettinger's 32-bit generator, in whole numbers that cannot overflow."""
    most, state, drawn = 2**32 - 1, seed, []
    for _ in range(count):
        state = (state + 0x6D2B79F5) & most
        t = ((state ^ (state >> 15)) * (state | 1)) & most
        t ^= (t + (((t ^ (t >> 7)) * (t | 61)) & most)) & most
        drawn.append((t ^ (t >> 14)) / 2**32)
    return np.array(drawn).reshape(-1, 5)


def test_latents_come_from_one_stream(run):
    all_five = mulberry(7, 5 * 2000)
    assert_array_equal(run("drawLatents", 7, 2000, 3), all_five[:, :3])
    # 2,000 uniform numbers: standard error .29 / sqrt(2000) = .0065 of each mean; 4.5 of them.
    assert_allclose(all_five.mean(axis=0), 0.5, atol=0.03)


def test_dealing_out_anew_keeps_every_value(run):
    values = list(range(50))
    mixed = run("dealt", values, 3)
    assert sorted(mixed) == values
    # 50 values dealt at random: on average one keeps its place, and ten would be one in 10^7.
    assert sum(a == b for a, b in zip(mixed, values, strict=True)) < 10


@pytest.mark.parametrize("d", [1, 3, 5])
def test_bars_are_drawn_from_them_and_nested(run, d):
    bars = BarWorld(d=d, side=16).render(mulberry(7, 5 * 64)[:, :d])
    assert_allclose(run("drawBars", 7, 32, d, 16), bars[:32], **CLOSE)
    assert_allclose(run("drawBars", 7, 64, d, 16), bars, **CLOSE)


@pytest.mark.parametrize(("d", "n"), [(1, 64), (2, 32), (2, 512), (4, 256), (5, 128)])
def test_the_blend_is_the_packages(run, d, n):
    points, (query,) = np.split(BarWorld(d=d, side=16).render(mulberry(3, 5 * (n + 1))[:, :d]), [n])
    here = run("blendNeighbours", points.tolist(), query.tolist(), 4 * d + 4)
    blend = blend_neighbours(points, query[np.newaxis], neighbours=4 * d + 4)
    assert_array_equal(here["neighbours"], blend.neighbours[0])
    # The mixture is the nearest point of a convex set, so it is one; both stop when no pull
    # is above rounding of 1e-11, which moves a mixture of rows of size 1 by about its root.
    assert_allclose(here["row"], blend.rows[0], rtol=0, atol=1e-7)
    assert here["residual"] == pytest.approx(blend.residuals[0], abs=1e-9)
    gaps = run("blendGap", here["row"], query.tolist())
    assert np.sqrt(np.mean(gaps)) == pytest.approx(here["residual"], abs=1e-12)
    assert min(here["weights"]) >= 0
    assert sum(here["weights"]) == pytest.approx(1, abs=1e-12)


def test_a_known_bar_is_its_own_blend(run):
    points = BarWorld(d=2, side=16).render(mulberry(3, 5 * 32)[:, :2])
    here = run("blendNeighbours", points.tolist(), points[5].tolist(), 12)
    assert here["neighbours"][0] == 5
    assert here["residual"] == pytest.approx(0, abs=1e-7)


def probes(side):
    places = np.linspace(0, 1, side)
    return np.array([(x, y) for y in places[::-1] for x in places])


def test_coverage_is_the_packages(run):
    points = np.random.default_rng(0).random((17, 2))
    here = run("coverage", points.tolist(), 31)
    assert here["gap"] == pytest.approx(sample_gap(probes(31), points), abs=1e-9)
    assert here["hole"] == pytest.approx(covering_radius(probes(31), points), abs=1e-9)
    centre = np.array([[here["x"], here["y"]]])
    assert covering_radius(centre, points) == pytest.approx(here["hole"], abs=1e-9)
    shade = np.linalg.norm(probes(31)[:, np.newaxis] - points, axis=2).min(axis=1) / 0.3
    assert_allclose(run("coverPicture", points.tolist(), 31, 0.3), shade.clip(max=1), **CLOSE)


def test_the_error_of_the_nearest_is_the_packages(run):
    rng = np.random.default_rng(1)
    points, asked = rng.random((9, 2)), probes(21)
    fields = [GaussianField.draw(rng, d=2, kappa=6, features=100) for _ in range(3)]
    ((_, near),) = nested_nearest(points, asked, (9,))
    errors = [(field(points)[near] - field(asked)) ** 2 for field in fields]
    assert_allclose(run("probes", 21), asked, **CLOSE)
    told = [{"frequencies": f.frequencies.tolist(), "phases": f.phases.tolist()} for f in fields]
    assert run("coverError", points.tolist(), 21, told) == pytest.approx(np.mean(errors), abs=1e-9)
    assert_allclose(run("fieldValues", told[0], asked.tolist()), fields[0](asked), **CLOSE)


@pytest.mark.parametrize("learner", ["nearest", "ridge"])
def test_errors_about_a_hole_are_the_packages(run, learner):
    rng = np.random.default_rng(2)
    latents, asked = rng.random((120, 2)), rng.random((50, 2))
    field = GaussianField.draw(rng, d=2, kappa=6)
    hole = [0.45, 0.55, 0.2]
    outside = np.hypot(*(latents - hole[:2]).T) >= hole[2]
    shown, new = (BarWorld(d=2, side=8).render(z) for z in (latents[outside], asked))
    values = field(latents)
    ((n, near),) = nested_nearest(shown, new, (outside.sum(),))
    ((_, smooth),) = nested_laplace_ridge(shown, values[outside, np.newaxis], new, (n,))
    answers = {"nearest": values[outside][near], "ridge": smooth[:, 0]}[learner]
    errors = (answers - field(asked)) ** 2
    settings = [learner, latents.tolist(), values.tolist(), hole, asked.tolist()]
    here = run("holeErrors", *settings, field(asked).tolist(), 8)
    assert_allclose(here, errors, **CLOSE)
    shade = np.sqrt(errors).clip(max=0.5) / 0.5
    # The root of an error of 1e-18 has an error of 1e-9 itself.
    assert_allclose(run("errorPicture", here, 0.5), shade, rtol=0, atol=1e-6)
    inside = np.hypot(*(asked - hole[:2]).T) < hole[2]
    share = errors[inside].sum() / errors.sum()
    assert run("shareInside", here, asked.tolist(), hole) == pytest.approx(share, abs=1e-9)
