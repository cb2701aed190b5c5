"""The latent grid: each tile is its code's picture, and what two numbers keep is counted anew."""

import re

import numpy as np
import pandas as pd
import pytest
from sklearn.decomposition import PCA
from sklearn.metrics import confusion_matrix
from tests.plotting.png import read_png

from bigcurves.chapters.manifold.layers.charts.latent_grid import (
    GREYS,
    MAP,
    ZOOM,
    describe_latent_grid,
    latent_grid_chart,
)
from bigcurves.chapters.manifold.layers.latent_grid import (
    NETWORK,
    REACH,
    VOTERS,
    count_tiles,
    latent_grid,
    most_confused,
    tile_codes,
)
from bigcurves.learners import Autoencoder
from bigcurves.worlds import MNIST
from bookkit.charts.compile import compile_layouts, draw

SMALL = {"known": 300, "asked": 120, "shown": 25, "side": 4, "epochs": 4, "seed": 3}
PIXELS = 28
IMAGE = re.compile(r"<image [^>]*>")
PLACE = re.compile(r'translate\(([-\d.]+),([-\d.]+)\)" width="(\d+)" height="(\d+)"')


@pytest.fixture(scope="module")
def grid():
    return latent_grid(**SMALL)


@pytest.fixture(scope="module")
def samples():
    """Draw the digits as the grid does."""
    rng = np.random.default_rng(SMALL["seed"])
    return MNIST(part="train").sample(300, rng), MNIST(part="test").sample(120, rng)


@pytest.fixture(scope="module")
def network(samples):
    learner = Autoencoder(**NETWORK, epochs=SMALL["epochs"], random_state=SMALL["seed"])
    return learner.fit(samples[0].inputs)


def test_the_books_codes_are_round():
    codes = tile_codes(14)
    assert codes.shape == (196, 2)
    assert codes[0].tolist() == [-0.91, 0.91], "from the top left"
    assert np.unique(codes).tolist() == (np.arange(-91, 92, 14) / 100).tolist()


def test_each_tile_is_the_picture_of_its_own_code(grid, network):
    for tile, picture in zip(grid.tiles().itertuples(), grid.pictures, strict=True):
        one = network.inverse_transform([[tile.x, tile.y]]).clip(0, 1)
        np.testing.assert_allclose(picture.ravel(), one[0], atol=1e-6)


def test_codes_are_those_of_the_test_digits_and_carry_their_classes(grid, network, samples):
    np.testing.assert_allclose(grid.codes, network.transform(samples[1].inputs)[:25], atol=1e-6)
    assert grid.labels.tolist() == samples[1].targets[:25].tolist()


def test_training_digits_are_counted_where_they_lie(grid, network, samples):
    codes, labels = network.transform(samples[0].inputs), samples[0].targets
    inner = np.linspace(-REACH, REACH, 5)[1:-1]
    edges = np.concatenate([[-1.0], inner, [1.0]])
    for digit in range(10):
        across, up = codes[labels == digit].T
        table = np.histogram2d(up, across, bins=[edges, edges])[0][::-1]  # from the top
        assert grid.counts[:, digit].tolist() == table.ravel().tolist()
    assert grid.tiles()["digits"].sum() == 300


def test_a_code_on_an_edge_has_one_tile():
    corners = np.array([[-1.0, -1.0], [1.0, 1.0], [0.0, 0.0]])
    counts = count_tiles(corners, np.array([1, 2, 3]), 2)
    assert np.argwhere(counts).tolist() == [[1, 2], [1, 3], [2, 1]]


def vote(rows, labels, news):
    """Name each new row by the commonest label of the nearest; of equal ones the least."""
    gaps = ((news[:, np.newaxis].astype(float) - rows) ** 2).sum(axis=2)
    nearest = labels[np.argsort(gaps, axis=1)[:, :VOTERS]]
    return np.array([np.bincount(one, minlength=10).argmax() for one in nearest])


def test_what_is_kept_agrees_with_a_second_count(grid, network, samples):
    train, test = samples
    plane = PCA(2, svd_solver="full").fit(train.inputs)
    seen, new = plane.transform(train.inputs), plane.transform(test.inputs)
    ways = {
        "two_numbers": [network.transform(s.inputs) for s in samples],
        "two_components": [seen, new],
        "all_pixels": [s.inputs for s in samples],
    }
    for name, (rows, news) in ways.items():
        named = (vote(rows, train.targets, news) == test.targets).mean()
        assert getattr(grid, name).named == pytest.approx(named, abs=1.5 / 120), "a tie at most"
    drawn = plane.inverse_transform(new).clip(0, 1)
    error = np.sqrt(((drawn - test.inputs) ** 2).mean())
    assert grid.two_components.error == pytest.approx(error, rel=1e-4)
    assert grid.all_pixels.error == 0
    far = np.sqrt(((train.inputs.mean(axis=0) - test.inputs) ** 2).mean())
    assert grid.mean_error == pytest.approx(far, rel=1e-4)
    assert 0 < grid.two_numbers.error < grid.mean_error


def test_the_pair_that_is_confused_most_is_counted_both_ways():
    rng = np.random.default_rng(0)
    labels, names = rng.integers(0, 10, (2, 500))
    table = confusion_matrix(labels, names, labels=range(10))
    less, more, share = most_confused(names, labels)
    assert less < more
    both = table + table.T - np.diag(np.diag(table + table.T))
    assert both[less, more] == both.max()
    of_the_pair = np.isin(labels, [less, more])
    swapped = np.isin(names[of_the_pair], [less, more]) & (names != labels)[of_the_pair]
    assert share == pytest.approx(swapped.mean(), rel=1e-12)


def chart(grid, **changed):
    given = {"pictures": grid.pictures, "tiles": grid.tiles(), "codes": grid.shown()} | changed
    return latent_grid_chart(**given, description="Words.").to_dict()


def images_at(spec, **values):
    """Draw with parameters set: address, place and size of each image."""
    for param in spec["params"]:
        param["value"] = values.get(param["name"], param.get("value"))
    picture = draw(compile_layouts(spec)["wide"]).picture
    for image in IMAGE.findall(picture):
        address = re.search(r'href="([^"]+)"', image)[1]
        yield address, [float(number) for number in PLACE.search(image).groups()]


@pytest.mark.parametrize("place", [0, 3, 6, 13])
def test_the_window_shows_the_tile_that_the_sliders_name(grid, place):
    tile = grid.tiles().iloc[place]
    (_, whole), (address, (left, top, width, height)) = images_at(
        chart(grid), first=tile["x"], second=tile["y"]
    )
    assert whole == [0, 0, MAP, MAP]
    assert (width, height) == (4 * ZOOM * PIXELS,) * 2
    down, across = int(-top) // ZOOM, int(-left) // ZOOM  # the window opens at its corner
    shown = read_png(address)[0][down : down + PIXELS, across : across + PIXELS] / 255
    np.testing.assert_allclose(shown, grid.pictures[place], atol=0.5 / (GREYS - 1) + 0.5 / 255)


def test_a_drag_ends_on_the_tile_whose_middle_it_is_over(grid):
    """Read the drag as `charts/drag.js` does: by the scales of the named plot, on a step."""
    spec = chart(grid)
    vega = compile_layouts(spec)["wide"]
    (handle,) = vega["usermeta"]["drag"]
    (part,) = vega["usermeta"]["plots"]
    binds = {s["name"]: s["bind"] for s in vega["signals"] if "bind" in s}
    for axis, lines in (("x", grid.tiles()["x"]), ("y", grid.tiles()["y"])):
        (scale,) = (each for each in vega["scales"] if each["name"] == f"{part}_{axis}")
        low, high = scale["domain"]
        middles = low + (np.arange(4) + 0.5) / 4 * (high - low)  # codes at the tiles' middles
        bind = binds[handle[axis]]
        steps = bind["min"] + bind["step"] * np.arange(4)
        np.testing.assert_allclose(steps, middles, atol=1e-6)
        np.testing.assert_allclose(steps, sorted(set(lines)), atol=1e-6)
        assert bind["max"] == pytest.approx(steps[-1])


def test_words_below_the_window_tell_who_is_there(grid):
    tiles = grid.tiles().assign(digits=7, commonest=9, agreeing=5)
    picture = draw(compile_layouts(chart(grid, tiles=tiles))["narrow"]).picture
    assert "commonest: 9, 5 of 7" in picture
    assert "7 of 112 training digits" in picture
    nobody = tiles.assign(digits=0, agreeing=0)
    picture = draw(compile_layouts(chart(grid, tiles=nobody))["narrow"]).picture
    assert "no training digit lies here" in picture
    assert "commonest" not in picture


def test_test_digits_are_written_once_they_are_asked_for(grid):
    spec = chart(grid, codes=pd.DataFrame({"across": [0.1], "up": [0.2], "digit": [8]}))
    for param in spec["params"]:
        if param["name"] == "lying":
            assert ">8</text>" not in draw(compile_layouts(spec)["wide"]).picture
            param["value"] = True
    assert ">8</text>" in draw(compile_layouts(spec)["wide"]).picture


def test_pictures_and_tiles_must_be_as_many(grid):
    with pytest.raises(ValueError, match="pictures and tiles must be a square"):
        chart(grid, pictures=grid.pictures[:-1])
    with pytest.raises(ValueError, match="pictures and tiles must be a square"):
        chart(grid, tiles=grid.tiles().iloc[:-1])


def test_the_description_reads_the_corners_off_the_tiles(grid):
    tiles = grid.tiles().assign(digits=4, agreeing=3, commonest=5)
    tiles.loc[0, "commonest"] = 2
    words = describe_latent_grid(tiles, grid.shown())
    assert "top left 2, top right 5" in words
    assert "of 4 training digits there, 3 are a 5" in words
    tiles.loc[0, "digits"] = 0
    assert "top left 5" in describe_latent_grid(tiles, grid.shown()), "nobody is in that tile"
