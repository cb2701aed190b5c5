"""Layers: each row against the layer by hand, strangers that are what they are called, a film."""

import re

import numpy as np
import pandas as pd
import pytest
import vl_convert
from numpy.testing import assert_allclose, assert_array_equal
from scipy.linalg import orthogonal_procrustes

from bigcurves.chapters.manifold.layers import convolution, layers, uncrumpling
from bigcurves.chapters.manifold.layers.charts.by_layer import (
    NETWORKS,
    Axis,
    by_layer_chart,
    describe_by_layer,
)
from bigcurves.chapters.manifold.layers.charts.film import film_chart
from bigcurves.chapters.manifold.layers.geometry import MEASURES, Readers, geometry, hidden
from bigcurves.chapters.manifold.layers.learning import drawn, taught, teach
from bigcurves.chapters.manifold.layers.strangers import KINDS, strangers
from bigcurves.chapters.manifold.layers.tables import DEPTHS, NAMES
from bigcurves.learners import NetworkClassifier, representations
from bigcurves.measures import neighbour_agreement, scatter_ratio, two_nn
from bigcurves.sample import Sample
from bigcurves.worlds import MNIST

SMALL = layers.Settings(
    hidden=(40, 30), digits=600, epochs=2, few=300, few_epochs=3, known=300, asked=200, components=2
)
PICTURES = convolution.Settings(channels=(2,), epochs=1, digits=200, known=300, asked=200)


@pytest.fixture(scope="module")
def rows():
    return pd.DataFrame(layers.run(SMALL, 4))


def test_there_is_a_row_for_each_network_and_layer_and_for_each_stranger(rows):
    measured, shown = rows[rows["layer"].notna()], rows[rows["shown"].notna()]
    assert measured.groupby("part", sort=False)["layer"].apply(list).to_dict() == {
        part: [0, 1, 2, 3] for part in layers.PARTS
    }
    assert [*shown["shown"]] == [*KINDS] * 5
    assert measured[MEASURES.split()].notna().all(axis=None)
    assert shown[["sure", "right"]].notna().all(axis=None)


def test_pixels_are_the_same_for_every_network(rows):
    pixels = rows.loc[rows["layer"] == 0, MEASURES.split()]
    assert (pixels == pixels.iloc[0]).all(axis=None)


def test_a_run_repeats_and_the_seed_draws_it(rows):
    pd.testing.assert_frame_equal(pd.DataFrame(layers.run(SMALL, 4)), rows)
    assert pd.DataFrame(layers.run(SMALL, 5))["test"][0] != rows["test"][0]


def test_a_row_is_what_its_layer_reads_by_hand(rows):
    rng = np.random.default_rng([4, 0])
    new, learned = drawn("test", 500, "raw", rng), drawn("train", 600, "raw", rng)
    network = NetworkClassifier(
        hidden=(40, 30), learning_rate=1e-3, schedule="cosine", epochs=2, batch_size=128,
        random_state=4,
    ).fit(learned.inputs, learned.targets)  # fmt: skip
    second = representations(network, new.inputs)[1]
    row = rows[(rows["part"] == "true_all") & (rows["layer"] == 2)].iloc[0]
    known, asked = (second[:300], new.targets[:300]), (second[300:], new.targets[300:])
    assert row["two_nn"] == pytest.approx(two_nn(asked[0]))
    assert row["scatter"] == pytest.approx(scatter_ratio(*asked))
    assert row["agreement"] == pytest.approx(neighbour_agreement(*known, *asked))
    assert row["test"] == pytest.approx(1 - network.score(new.inputs, new.targets))


def test_the_networks_of_few_digits_differ_in_labels_alone():
    learned = drawn("train", 50, "raw", np.random.default_rng(0))
    true, false = (taught(learned, 40, labels, 3) for labels in ("true", "random"))
    assert_array_equal(true.inputs, false.inputs)
    assert_array_equal(true.targets, learned.targets[:40])
    assert 0 < (true.targets == false.targets).mean() < 0.4


def test_where_nothing_is_taught_the_first_weights_stay():
    sample = drawn("train", 60, "raw", np.random.default_rng(1))
    networks = [NetworkClassifier(hidden=(5,), epochs=2, random_state=0) for _ in range(2)]
    for network, labels in zip(networks, ("none", "true"), strict=True):
        teach(network, sample, labels)
    before, after = (network.network_.flat for network in networks)
    assert len(networks[0].loss_curve_) == 0
    assert not np.array_equal(before, after)


def test_known_and_asked_digits_are_apart():
    new = drawn("test", 30, "raw", np.random.default_rng(2))
    readers = Readers(new=new, known=20, components=2)
    assert_array_equal(readers.asked.inputs, new.inputs[20:])
    assert_array_equal(readers.asked.targets, new.targets[20:])


def test_classes_far_apart_are_read_by_every_measure():
    rng = np.random.default_rng(3)
    labels = np.arange(600) % 10
    rows = rng.standard_normal((600, 12)) + 40 * np.eye(12)[labels]
    readers = Readers(new=Sample(inputs=rows, targets=labels), known=400, components=5)
    found = geometry(rows, readers)
    assert found["readable"] == found["agreement"] == 1
    assert found["overlap"] == 0
    assert found["scatter"] > 50
    assert found["within"] == pytest.approx(10, abs=3)  # 12, read with 20 rows of a class


def test_strangers_are_what_they_are_called():
    sample = MNIST(part="test").sample(40, np.random.default_rng(5))
    shown = strangers(sample, np.random.default_rng(6))
    assert_array_equal(shown["as they are"], sample.inputs)
    again = np.rot90(shown["turned"].reshape(-1, 28, 28), -1, axes=(1, 2)).reshape(40, -1)
    assert_array_equal(again, sample.inputs)
    other = 2 * shown["two in one"] - sample.inputs
    for row, label in zip(other, sample.targets, strict=True):
        partner = np.abs(sample.inputs - row).sum(axis=1).argmin()
        assert_allclose(sample.inputs[partner], row, atol=1e-6)
        assert sample.targets[partner] != label
    assert_array_equal(np.sort(shown["shuffled"], axis=1), np.sort(sample.inputs, axis=1))
    assert len({tuple(np.argsort(row)) for row in shown["shuffled"]}) > 30


def test_scrambled_digits_keep_their_ink():
    raw, scrambled = (drawn("test", 20, form, np.random.default_rng(7)) for form in
                      ("raw", "scrambled"))  # fmt: skip
    assert_array_equal(np.sort(raw.inputs, axis=1), np.sort(scrambled.inputs, axis=1))
    assert not np.array_equal(raw.inputs, scrambled.inputs)


def test_hidden_layers_are_counted_from_the_pixels():
    run = pd.DataFrame({"part": "trained", "layer": [2, 0, 1, 3], "two_nn": [7.0, 12.0, 9.0, 5.0]})
    assert hidden(run, "trained").tolist() == [-3, -5]


def test_a_convolutional_run_has_its_layers():
    found = pd.DataFrame(convolution.run(PICTURES, 0))
    assert found.groupby("part", sort=False)["layer"].apply(list).to_dict() == {
        part: [0, 1, 2] for part in convolution.PARTS
    }
    assert found[MEASURES.split()].notna().all(axis=None)


def test_a_frame_is_turned_to_the_one_before():
    rng = np.random.default_rng(8)
    rows, onto = rng.standard_normal((2, 30, 2))
    assert_allclose(uncrumpling.turn(rows, onto), orthogonal_procrustes(rows, onto)[0], atol=1e-12)
    angle = np.array([[0.6, 0.8], [-0.8, 0.6]])
    assert_allclose(rows @ angle @ uncrumpling.turn(rows @ angle, rows), rows, atol=1e-12)


@pytest.fixture(scope="module")
def film():
    return uncrumpling.film(n=800, known=1200, seed=1)


def test_a_film_has_a_frame_for_each_layer_and_stop(film):
    assert film.frames.shape == (6, 6, 150, 2)
    assert np.bincount(film.labels).tolist() == [0, 0, 0, 50, 0, 50, 0, 0, 50]
    for frame in film.frames[:, 0]:  # no training changes the pixels
        assert_allclose(frame, film.frames[0, 0], atol=1e-8)
    assert film.apart[-1, -2] > film.apart[0, -2]
    assert film.apart[2, 3] == pytest.approx(scatter_ratio(film.frames[2, 3], film.labels))
    assert film.epochs["wrong"].iloc[-1] < film.epochs["wrong"].iloc[0]


def test_the_film_says_which_frame_it_shows(film):
    tables = [pd.DataFrame({"name": names}) for names in (film.labels.astype(str), DEPTHS)]
    chart = film_chart(film.frames, *tables, film.epochs, description="a film").to_dict()
    given = {each["name"]: each.get("value") for each in chart["params"]}
    assert given["words"][0][0].startswith("pixels, untrained: test error")
    assert "outputs, 16 epochs" in given["words"][-1][-1]
    assert_allclose(given["film"], film.frames, atol=0.006)


@pytest.mark.parametrize(("when", "layer"), [(0, 0), (2, 3), (5, 4)])
def test_each_frame_is_where_both_sliders_point(film, when, layer):
    tables = [pd.DataFrame({"name": names}) for names in (film.labels.astype(str), DEPTHS)]
    chart = film_chart(film.frames, *tables, film.epochs, description="a film").to_dict()
    moved = {"when": when, "layer": layer}
    for given in chart["params"]:
        given["value"] = moved.get(given["name"], given.get("value"))
    svg = vl_convert.vegalite_to_svg(chart)
    found = re.findall(r"<text [^>]*translate\(([-\d.]+),([-\d.]+)\)[^>]*>[358]</text>", svg)
    drawn = np.array(found, float)
    for axis, sign in ((0, 1), (1, -1)):  # pixels count downwards
        apart = np.corrcoef(drawn[:, axis], film.frames[when, layer][:, axis])[0, 1]
        assert apart == pytest.approx(sign, abs=1e-4)


def test_every_network_has_its_colour_dash_and_mark():
    assert list(NAMES) == list(layers.PARTS)
    assert list(NAMES.values()) == list(NETWORKS)
    for look in range(3):
        assert len({str(each[look]) for each in NETWORKS.values()}) == len(NETWORKS)


def test_readings_are_said_layer_by_layer():
    means = pd.DataFrame(
        {"measure": "TwoNN", "network": "untrained", "layer": ["pixels", "1"], "mean": [12.0, 9.5],
         "low": [11.0, 9.0], "high": [13.0, 10.0]}
    )  # fmt: skip
    axis = Axis(title="Estimated dimension", low=0, high=16, menu="Estimated by")
    said = describe_by_layer(means, axis)
    assert "TwoNN: untrained: 12.0, 9.5" in said
    runs = means.rename(columns={"mean": "value"})
    chart = by_layer_chart(runs, means, axis=axis, first="TwoNN", description=said)
    assert chart.to_dict()["params"][0]["value"] == "TwoNN"
