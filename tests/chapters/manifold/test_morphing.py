"""Morphing: ways that stay or leave, by hand; a loop that tears, classes apart; charts' words."""

import json
import re

import altair as alt
import numpy as np
import pandas as pd
import pytest
import vl_convert
from numpy.testing import assert_allclose, assert_array_equal
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree
from scipy.spatial.distance import cdist
from sklearn.neighbors import NearestNeighbors

from bigcurves.chapters.manifold.morphing import (
    digit_morphing,
    digit_paths,
    figures,
    glyph_morphing,
    morphing,
    torn_loop,
    union_of_manifolds,
)
from bigcurves.chapters.manifold.morphing.bar_paths import BarPaths, far_pairs
from bigcurves.chapters.manifold.morphing.charts.digit_paths import (
    describe_digit_paths,
    digit_paths_chart,
)
from bigcurves.chapters.manifold.morphing.charts.film import describe_film, film_chart
from bigcurves.chapters.manifold.morphing.charts.path_strips import WAYS
from bigcurves.chapters.manifold.morphing.charts.paths import describe_paths, paths_chart
from bigcurves.chapters.manifold.morphing.charts.sagitta import describe_sagitta, sagitta_chart
from bigcurves.chapters.manifold.morphing.charts.shipped_model import shipped_model
from bigcurves.chapters.manifold.morphing.charts.torn import UNITS, describe_torn, torn_chart
from bigcurves.chapters.manifold.morphing.charts.union import describe_union, union_chart
from bigcurves.chapters.manifold.morphing.digit_paths import DigitPaths
from bigcurves.plotting.picture import sprite
from bigcurves.worlds import BarWorld, Digits
from bookkit.charts.draw import pictures_of

BARS_SMALL = morphing.Settings(worlds=((2, 60),), pairs=4)
THREES_SMALL = glyph_morphing.Settings(n=60, pairs=2)
LOOP_SMALL = torn_loop.Settings(n=100, asked=200)
UNION_SMALL = union_of_manifolds.Settings(sizes=(20, 40))
DIGITS_SMALL = digit_morphing.Settings(pairs=5, shift=1, places=1)
PICTURE = sprite(np.eye(4)[np.newaxis])
RNG = np.random.default_rng(0)
KNOWN = pd.DataFrame(RNG.random((30, 2)).round(4), columns=["across", "down"])
MIDDLES = pd.DataFrame({"d": 2, "way": ["pixel line", "graph"], "measure": "middle"})
MIDDLES = MIDDLES.assign(share=[0.3, 0.0], control=[False, True])
APART = pd.DataFrame({"d": 2, "separation": [0.02, 0.16], "deviation": [1e-4, 6e-3]})
TRIP = pd.DataFrame({"step": [0, 1], "turn": [0.0, 0.5]}).merge(
    pd.DataFrame({"units": UNITS, "error": [1.8, 0.03], "picture": PICTURE}), how="cross"
)
HOPS = pd.DataFrame({"line": ["apart", "within"], "n": 100, "hop": [0.17, 0.08]})
CHAINS = pd.DataFrame({"world": ["none", "some"], "n": 100, "picture": PICTURE, "frames": 9})
CHAINS = CHAINS.assign(text=["a leap", "small hops"])
DIGITS = pd.DataFrame({"pair": "same class", "way": ["pixel line", "graph"], "unusual": [0.4, 0.3]})
FILMS = pd.DataFrame({"pair": "same class", "number": 1, "way": ["pixel line"], "place": 0})
FILMS = FILMS.assign(picture=PICTURE, side=8, text="from 3 to 3")


@pytest.fixture(scope="module")
def bar_paths():
    return BarPaths.draw(d=2, n=60, pairs=4, seed=3)


def test_rows_of_bars_are_tidy_and_repeatable(bar_paths):
    table = pd.DataFrame(morphing.run(BARS_SMALL, 3))
    assert table["way"].tolist() == list(bar_paths.ways)
    assert (table["seed"] == 3).all()
    pd.testing.assert_frame_equal(table, pd.DataFrame(morphing.run(BARS_SMALL, 3)))
    truth = table.set_index("way").loc["true latents"]
    # Projecting reads 4.2e-8 on the manifold at worst, beside ends about .3 apart.
    assert truth["middle"] < 1e-6
    assert truth["end"] < 1e-12


def test_far_pairs_are_the_furthest_fifth():
    latents = np.arange(10.0)[:, np.newaxis]
    pairs = far_pairs(latents, 9, np.random.default_rng(0))
    gaps = np.abs(np.diff(latents[pairs, 0], axis=1))
    # Of 45 pairs 1, 2, 3 and 4 are 9, 8, 7 and 6 apart: the fifth, 9, ends among those 6 apart.
    assert gaps.min() >= 6
    assert len({tuple(pair) for pair in pairs}) == 9


def test_the_pixel_line_is_a_cross_fade_and_its_middle_is_measured(bar_paths):
    strips = {strip.way: strip for strip in bar_paths.strips(1, frames=5)}
    start, end = bar_paths.images[bar_paths.pairs[1]]
    line = strips["pixel line"]
    assert_allclose(line.pictures[2], (start + end) / 2)
    assert_allclose(line.pictures[[0, -1]], [start, end])
    assert line.distances[[0, -1]].max() < 1e-6
    # No bar of a fine grid is nearer than the distance that was found, and one is about as near.
    ticks = np.stack(np.meshgrid(*2 * [np.linspace(0, 1, 101)]), axis=-1).reshape(-1, 2)
    gaps = np.sqrt(((bar_paths.world.render(ticks) - line.pictures[2]) ** 2).mean(axis=1))
    assert line.distances[2] <= gaps.min() + 1e-9
    assert line.distances[2] == pytest.approx(gaps.min(), rel=0.01)


def test_bars_that_no_chain_of_neighbours_joins_are_reached_over_a_bridge_and_counted():
    settings = morphing.Settings(worlds=((2, 400),))
    table = pd.DataFrame(morphing.run(settings, 320)).set_index("way")  # a corner apart
    assert table.loc["graph", "bridged"] > 0
    assert table["bridged"].sum() == table.loc["graph", "bridged"]
    assert table.loc["graph", "end"] < 1e-12


def test_the_graph_walks_over_known_pictures(bar_paths):
    strip = {strip.way: strip for strip in bar_paths.strips(0, frames=2)}["graph"]
    assert_allclose(strip.pictures, bar_paths.images[bar_paths.pairs[0]])


def test_the_film_of_bars_is_of_the_run_s_own_pairs(bar_paths):
    strips = morphing.film(BARS_SMALL, 3, pair=2, frames=3)
    assert [strip.way for strip in strips] == list(bar_paths.ways)
    assert_allclose(strips[0].pictures[[0, 2]], bar_paths.images[bar_paths.pairs[2]])
    assert all(strip.distances.shape == (3,) for strip in strips)


def test_rows_of_threes_are_tidy_and_repeatable():
    table = pd.DataFrame(glyph_morphing.run(THREES_SMALL, 3))
    assert table["way"].is_unique
    pd.testing.assert_frame_equal(table, pd.DataFrame(glyph_morphing.run(THREES_SMALL, 3)))
    rows = table.set_index("way")
    assert_allclose(rows.loc[["pixel line", "graph", "true latents"], "end"], 0, atol=1e-12)
    assert rows.loc["true latents", "middle"] < 1e-6
    assert rows.loc["pixel line", "middle"] <= 0.5  # either end is half the way off, and a three


def test_the_film_of_threes_is_measured_frame_by_frame():
    strips = {strip.way: strip for strip in glyph_morphing.film(THREES_SMALL, 3, pair=1, frames=3)}
    line = strips["pixel line"]
    assert_allclose(line.pictures[1], (line.pictures[0] + line.pictures[2]) / 2)
    assert_allclose(line.distances, glyph_morphing.WORLD.project(line.pictures).distances)
    assert line.distances[[0, 2]].max() < 1e-6
    assert line.distances[1] == pytest.approx(line.distances.max())


def test_the_control_of_threes_walks_the_true_path():
    settings = glyph_morphing.Settings(n=60, pairs=2, pixel_line="latent")
    rows = pd.DataFrame(glyph_morphing.run(settings, 3)).set_index("way")
    assert_allclose(rows.loc["pixel line"], rows.loc["true latents"])


def test_rows_of_the_loop_are_tidy_and_repeatable():
    table = pd.DataFrame(torn_loop.run(LOOP_SMALL, 3))
    assert table["units"].tolist() == [1, 2]
    assert (table["worst"] >= table["typical"]).all()
    assert table["torn"].between(0, 1).all()
    pd.testing.assert_frame_equal(table, pd.DataFrame(torn_loop.run(LOOP_SMALL, 3)))
    assert not table.equals(pd.DataFrame(torn_loop.run(LOOP_SMALL, 4)).assign(seed=3))


@pytest.fixture(scope="module")
def trip():
    return torn_loop.go_round(torn_loop.Settings(asked=500), 0, units=1)


def test_errors_are_in_standard_deviations_of_the_pictures(trip):
    gaps = trip.drawn - trip.pictures
    spread = np.sqrt(((trip.pictures - trip.pictures.mean(axis=0)) ** 2).mean())
    again = [np.linalg.norm(gap) / np.sqrt(gap.size) / spread for gap in gaps]
    np.testing.assert_allclose(trip.errors, again, rtol=1e-9)


def test_the_tear_is_where_neighbours_get_codes_far_apart(trip):
    jumps = np.abs(trip.codes - np.roll(trip.codes, -1, axis=0))[:, 0]
    torn, jump = trip.errors.argmax(), jumps.argmax()
    apart = abs(torn - jump)
    assert min(apart, 500 - apart) < 25  # within a twentieth of the loop
    assert jumps.max() > 0.5 * np.ptp(trip.codes) / 5


def test_a_torus_has_two_latents_and_an_arc_stays_open():
    assert torn_loop.SHAPES["torus"].d == 2
    assert torn_loop.SHAPES["arc"].arc < 1
    trip = torn_loop.go_round(torn_loop.Settings(shape="torus", n=50, asked=30), 0, units=2)
    assert trip.latents.shape == (30, 2)
    assert trip.codes.shape == (30, 2)


def test_rows_of_the_union_are_tidy_and_repeatable():
    table = pd.DataFrame(union_of_manifolds.run(UNION_SMALL, 3))
    assert not table.duplicated(["world", "classes", "n"]).any()
    assert len(table) == 8
    assert (table["hop"] > 0).all()
    pd.testing.assert_frame_equal(table, pd.DataFrame(union_of_manifolds.run(UNION_SMALL, 3)))
    assert not table.equals(pd.DataFrame(union_of_manifolds.run(UNION_SMALL, 4)).assign(seed=3))


def test_shapes_between_are_as_many_as_asked():
    _, none = union_of_manifolds.draw(UNION_SMALL, 400, 0.0, np.random.default_rng(0))
    assert set(none) == {0.0, 1.0}
    _, some = union_of_manifolds.draw(UNION_SMALL, 400, 0.25, np.random.default_rng(0))
    # 4 standard errors of a share of .25 among 400
    assert np.mean((some > 0) & (some < 1)) == pytest.approx(0.25, abs=4 * 0.0217)


def test_hops_between_classes_are_the_widest_on_the_spanning_tree():
    """Walk the minimum spanning tree from each three, keeping the widest edge so far."""
    rng = np.random.default_rng([3, 0, 20])
    pictures, shape = union_of_manifolds.draw(UNION_SMALL, 20, 0.0, rng)
    apart = cdist(pictures, pictures) / 16
    tree = minimum_spanning_tree(apart).toarray()
    tree += tree.T
    widest = []
    for start in np.flatnonzero(shape == 0):
        hop, todo = {start: 0.0}, [start]
        while todo:
            here = todo.pop()
            for there in np.flatnonzero(tree[here]):
                if there not in hop:
                    hop[there] = max(hop[here], tree[here, there])
                    todo.append(there)
        widest += [hop[end] for end in np.flatnonzero(shape == 1)]
    rows = pd.DataFrame(
        union_of_manifolds.run(union_of_manifolds.Settings(sizes=(20,)), 3)
    ).set_index(["world", "classes"])
    assert rows.loc[("apart", "between"), "hop"] == pytest.approx(np.median(widest))


def test_halves_of_a_class_leave_the_middle_of_the_turn_empty():
    settings = union_of_manifolds.Settings(classes="split")
    pictures, _ = union_of_manifolds.draw(settings, 60, 0.0, np.random.default_rng(0))
    turn = union_of_manifolds.WORLD.project(pictures[:12]).latents[
        :, union_of_manifolds.WORLD.latent_names.index("turn")
    ]
    assert not ((turn > 0.21) & (turn < 0.79)).any()


def test_shrinkage_is_the_share_that_is_gone():
    rows = [
        {"world": "apart", "classes": "within", "n": n, "hop": hop}
        for n, hop in [(10, 0.4), (20, 0.2), (40, 0.1)]
    ]
    table = pd.DataFrame(rows)
    assert union_of_manifolds.shrinkage(table, world="apart", classes="within") == pytest.approx(
        0.75
    )


@pytest.fixture(scope="module")
def paths():
    return DigitPaths.draw(seed=3)


def test_rows_of_digits_are_tidy_and_repeatable():
    table = pd.DataFrame(digit_morphing.run(DIGITS_SMALL, 3))
    assert not table.duplicated(["shift", "pair", "way"]).any()
    assert table["unusual"].between(0, 1).all()
    real = table[table["way"] == "real"]
    # five pictures beside all ends of their pairs: within a fifth, and equal on average
    assert_allclose(real["contrast"], 1, atol=0.2)
    pd.testing.assert_frame_equal(table, pd.DataFrame(digit_morphing.run(DIGITS_SMALL, 3)))
    assert not table.equals(pd.DataFrame(digit_morphing.run(DIGITS_SMALL, 4)).assign(seed=3))


def test_digits_that_no_hops_join_are_reached_over_a_bridge_and_counted():
    settings = digit_morphing.Settings(shift=1, places=1)
    seed = 59  # a few of its digits have none but each other for neighbours
    table = pd.DataFrame(digit_morphing.run(settings, seed))
    bridged = table.loc[table["bridged"] > 0]
    assert set(bridged["way"]) == {"graph"}
    assert set(bridged["pair"]) == {digit_morphing.SAME, digit_morphing.OTHER}
    assert table["unusual"].between(0, 1).all()


def test_known_digits_judges_and_those_held_out_share_no_picture(paths):
    parts = paths.known, paths.judges, paths.held_out
    assert sum(map(len, parts)) == 1797
    assert len(np.unique(np.concatenate(parts), axis=0)) == 1797  # no two digits are the same


def test_every_place_holds_the_digit_and_nothing_else():
    image = Digits().sample(2, np.random.default_rng(0)).inputs
    canvas = digit_paths._everywhere(image, 1).reshape(9, 2, 10, 10)
    for place, pictures in enumerate(canvas):
        down, across = divmod(place, 3)
        window = pictures[:, down : down + 8, across : across + 8]
        assert_array_equal(window.reshape(2, 64), image)
        assert pictures.sum() == pytest.approx(image.sum())
    moved = digit_paths._moved(image, 1, np.random.default_rng(1))
    every = canvas.transpose(1, 0, 2, 3).reshape(2, 9, 100)
    assert all((place == row).all(axis=1).any() for place, row in zip(every, moved, strict=True))


def test_a_judge_is_the_most_usual_and_noise_the_least(paths):
    assert paths.unusual(paths.held_out).mean() == pytest.approx(0.5, abs=0.01)
    noise = np.random.default_rng(0).random((3, 64))
    assert_array_equal(paths.unusual(noise), 1)
    one = paths.held_out[:1]
    nearest = np.sort(np.linalg.norm(paths.judges - one, axis=1))[:3].mean()
    assert_allclose(paths._distances(one), nearest)


def test_pairs_are_of_one_class_or_of_two_and_never_one_digit_twice():
    paths = DigitPaths.draw(seed=0, shift=1, places=3)
    for alike in (True, False):
        first, second = paths.pairs(200, alike=alike, rng=np.random.default_rng(0)).T
        assert len(first) == 200
        assert ((paths.labels[first] == paths.labels[second]) == alike).all()
        assert (paths.origins[first] != paths.origins[second]).all()


def test_the_film_of_digits_is_of_the_run_s_own_pairs(paths):
    strips = digit_morphing.film(DIGITS_SMALL, 3, pair=1, frames=3)
    assert [strip.way for strip in strips] == ["pixel line", "graph", "autoencoder"]
    line, graph, _ = (strip.pictures for strip in strips)
    assert_allclose(line[1], (line[0] + line[2]) / 2)
    assert_allclose(line[[0, 2]], graph[[0, 2]])
    assert (paths.known == line[0]).all(axis=1).any()
    with pytest.raises(ValueError, match="shift must be at least 1 pixel, got 0"):
        digit_morphing.Settings(shift=0)


@pytest.fixture(scope="module")
def page():
    return figures.page(range(3))


def test_the_interval_of_the_fade_is_student_s(page):
    """By hand: Student's quantile of 97.5% with two degrees of freedom is 4.3027."""
    middles = page.bars.query("d == 2 and way == 'pixel line'")["middle"].tolist()
    mean = sum(middles) / 3
    spread = (sum((middle - mean) ** 2 for middle in middles) / 2) ** 0.5
    line = page.numbers.line
    assert line.mean == pytest.approx(mean)
    assert line.high - line.mean == pytest.approx(4.302653 * spread / 3**0.5)


def test_networks_are_told_by_their_seeds(page):
    rows = page.bars.query("d == 2 and way == 'autoencoder'")
    by_seed = dict(zip(rows["seed"], rows["middle"], strict=True))
    assert page.networks.to_dict() == by_seed
    assert by_seed[page.typical] == sorted(by_seed.values())[1]  # of three runs, the middle one
    assert page.numbers.worst_network == max(by_seed.values())
    few = [off for off in by_seed.values() if off < page.numbers.line.mean / 10]
    assert page.numbers.few_off == len(few)


def test_hops_are_those_of_their_world_classes_and_size(page):
    means = page.unions.groupby(["world", "classes", "n"])["hop"].mean()
    assert page.numbers.hop_apart_between_100 == pytest.approx(means["apart", "between", 100])
    assert page.numbers.hop_apart_between_1600 == pytest.approx(means["apart", "between", 1600])
    assert page.numbers.hop_bridged_between_100 == pytest.approx(means["bridged", "between", 100])
    assert page.numbers.hop_bridged_between_1600 == pytest.approx(means["bridged", "between", 1600])
    assert page.numbers.hop_apart_within_1600 == pytest.approx(means["apart", "within", 1600])


def test_the_ghost_is_measured_against_a_fine_grid_of_bars(page):
    ticks = np.stack(np.meshgrid(*2 * [np.linspace(0, 1, 101).round(2)]), axis=-1).reshape(-1, 2)
    bars = BarWorld(d=2, side=16).render(ticks)
    first, second = (
        bars[(ticks == corner).all(axis=1)][0] for corner in ([0.05, 0.95], [0.95, 0.05])
    )
    gaps = np.sqrt(((bars - (first + second) / 2) ** 2).mean(axis=1))
    nearest = 100 * gaps.min() / np.sqrt(((first - second) ** 2).mean())
    assert page.numbers.ghost_share <= nearest + 1e-9
    assert page.numbers.ghost_share == pytest.approx(nearest, rel=1e-5)


def test_a_chain_s_widest_hop_is_told_and_cannot_be_avoided(monkeypatch):
    monkeypatch.setattr(figures, "sprite", lambda images: images)
    chain = figures._typical_chain(UNION_SMALL, 40, 0.25, [0, 1, 40])
    path = chain["picture"].reshape(-1, 256)
    hops = np.sqrt(((path[1:] - path[:-1]) ** 2).mean(axis=1))
    place = hops.argmax() + 1
    told = f"widest hop {hops.max():.3f}, after picture {place} of {len(path)}"
    assert (chain["text"], chain["frames"]) == (told, len(path))
    seen, shape = union_of_manifolds.draw(UNION_SMALL, 40, 0.25, np.random.default_rng([0, 1, 40]))
    start, end = (int(np.flatnonzero((seen == row).all(axis=1))[0]) for row in (path[0], path[-1]))
    assert (shape[start], shape[end]) == (0, 1)
    narrower = cdist(seen, seen) / 16 < hops.max() * (1 - 1e-9)
    _, pieces = connected_components(narrower, directed=False)
    assert pieces[start] != pieces[end]


def mean_of(table, value):
    table = table.rename(columns={value: "mean"})
    return table.assign(low=table["mean"] * 0.9, high=table["mean"] * 1.1)


def model():
    """An autoencoder of random weights: it need not be good to be drawn."""
    latents = KNOWN.to_numpy()
    pictures = BarWorld(d=2, side=16).render(latents)
    near = NearestNeighbors(n_neighbors=4).fit(pictures).kneighbors(return_distance=False)
    sizes = [(5, 4), (4, 2), (2, 4), (4, 5)]
    return shipped_model(
        latents=latents,
        neighbours=near,
        mean=pictures.mean(axis=0),
        axes=np.linalg.svd(pictures - pictures.mean(axis=0))[2][:5],
        scale=1.0,
        weights=[RNG.standard_normal(size) for size in sizes],
        biases=[np.zeros(size[1]) for size in sizes],
    )


def film():
    return film_chart(KNOWN, model(), description="Words.")


def sagitta():
    return sagitta_chart(APART, mean_of(APART, "deviation"), description="Words.")


def torn(trip=TRIP):
    return torn_chart(trip, TRIP[["units", "error"]], description="Words.")


def union():
    return union_chart(CHAINS, HOPS, mean_of(HOPS, "hop"), description="Words.")


def digit_ways(films=FILMS):
    means = mean_of(DIGITS, "unusual")
    return digit_paths_chart(films, DIGITS, means, description="Words.")


def picture(chart, **values):
    """Draw a chart as the book does, its parameters set."""
    spec = chart.to_dict()
    for param in spec["params"]:
        if param["name"] in values:
            param["value"] = values[param["name"]]
    return pictures_of([vl_convert.vegalite_to_vega(json.dumps(spec), vl_version="6.4")])[0]


def test_the_lab_measures_the_frame_that_is_chosen():
    """Frame 6 of 12 is half-way: its distance is the exact projection's, to three digits."""
    world = BarWorld(d=2, side=16)
    middle = world.render(np.array([[0.05, 0.95], [0.95, 0.05]])).mean(axis=0, keepdims=True)
    off = float(world.project(middle).distances[0])
    drawn = picture(film())
    assert f"{off:.3f} pixel line" in drawn
    assert "0.000 pixel line" in picture(film(), step=0)
    assert drawn.count("<image") == 2 * len(WAYS)


def test_a_guess_is_drawn_only_when_there_is_one():
    assert "your guess" not in picture(film())
    assert "your guess" in picture(film(), guess=30)


def test_larger_canvases_are_drawn_with_smaller_pixels():
    """Eleven frames and their gaps: 98 pixels at 4, or 164 at 2.4; they fit the plot's 430."""
    assert 'width="392"' in picture(digit_ways())
    assert 'width="393.' in picture(digit_ways(FILMS.assign(side=14)))


def test_the_model_says_what_does_not_fit():
    parts = {"latents": np.zeros((3, 2)), "mean": np.zeros(4), "axes": np.eye(4), "scale": 1.0}
    with pytest.raises(ValueError, match="neighbours must have 3 rows, got 2"):
        shipped_model(**parts, neighbours=np.zeros((2, 1), int), weights=[], biases=[])
    with pytest.raises(ValueError, match="even"):
        shipped_model(
            **parts, neighbours=np.zeros((3, 1), int), weights=[np.eye(2)], biases=[np.zeros(2)]
        )


def test_nothing_is_written_as_none():
    drawn = picture(paths_chart(MIDDLES, mean_of(MIDDLES, "share"), description="Words."))
    assert ">0.3<" in drawn
    assert ">none<" in drawn


def test_the_diamond_is_measured_as_it_moves():
    reads = [re.search(r"B: ([\d.]+) off", picture(sagitta(), apart=a))[1] for a in (0.1, 0.2)]
    # Twice as far apart, four times as far off, to the two digits that are written.
    assert float(reads[1]) / float(reads[0]) == pytest.approx(4, rel=0.1)


def test_the_guide_is_the_square_through_a_near_pair():
    """Where the pair is near the diamond lies on the guide; far away it has fallen below it."""
    spec = sagitta().to_dict()
    bend = next(p["expr"] for p in spec["params"] if p["name"] == "bend")
    world = BarWorld(d=2, side=16)
    way = np.array([0.565, -0.825])
    middle = world.render(0.5 + 0.04 * np.array([[-1], [1]]) * way).mean(axis=0, keepdims=True)
    height = float(world.project(middle).distances[0]) / 0.08**2
    assert bend.endswith("/ 0.0064")
    guide = alt.Chart(pd.DataFrame({"x": [0]})).mark_text().encode(text="t:N")
    guide = guide.transform_calculate(t="format(bend, '.3f')")
    guide = guide.add_params(alt.param(name="bend", expr=bend)).properties(description="Words.")
    assert f">{height:.3f}<" in picture(guide)


def test_a_quarter_of_a_half_turn_is_written_as_such():
    assert ">0.25<" in picture(torn())


def test_a_chain_keeps_its_pictures_square():
    """Nine pictures of 16 and their gaps are 152 wide; twice as large, 304 by 32."""
    drawn = picture(union())
    assert 'width="304"' in drawn
    assert 'height="32"' in drawn


def test_the_worst_angle_is_shown_first():
    worst_last = TRIP.assign(error=[0.1, 0.03, 1.8, 0.03])
    params = {param["name"]: param for param in torn(worst_last).to_dict()["params"]}
    assert params["step"]["value"] == 1
    assert "[0.1, 1.8][step]" in params["announce"]["expr"]


def test_the_words_come_from_the_tables():
    assert "pixel line 0.25" in describe_film({"pixel line": 0.25})
    assert "graph 0" in describe_paths(mean_of(MIDDLES, "share"))
    assert "d = 2: 0.006 at 0.16 apart, 0.0001 at 0.02" in describe_sagitta(
        mean_of(APART, "deviation")
    )
    assert "one unit: at worst 1.80" in describe_torn(TRIP, TRIP[["units", "error"]])
    assert "apart: 0.170 at 100" in describe_union(mean_of(HOPS, "hop"))
    assert "same class: pixel line 0.40" in describe_digit_paths(mean_of(DIGITS, "unusual"))
    assert "from 3 to 3" in picture(digit_ways())
    assert "a leap" in picture(union())
