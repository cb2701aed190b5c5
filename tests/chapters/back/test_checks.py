"""Beside what is published: each figure of MNIST against a second way to it, or a known truth."""

from dataclasses import fields

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_array_equal
from scipy import stats
from scipy.spatial import Delaunay
from scipy.spatial.distance import cdist
from sklearn.neighbors import KNeighborsClassifier
from tests.conftest import ROOT
from tests.contracts.test_figures import asked_of, given_by, plain

from bigcurves.chapters.back.checks import (
    descent_by_width,
    dimension_of_all,
    hull_of_all,
    nearest_of_all,
    random_labels_fitted,
    two_networks,
)
from bigcurves.chapters.back.checks.numbers import Numbers
from bigcurves.chapters.back.checks.numbers import numbers as numbers_of
from bigcurves.claims.mutations import mutated
from bigcurves.running import runs
from bigcurves.worlds import MNIST


def table_of(experiment, seed=7, **settings):
    return pd.DataFrame(experiment.run(experiment.Settings(**settings), seed))


def drawn(stream, count, part="test", seed=7):
    """Give the places that a run draws first."""
    return np.random.default_rng([seed, stream]).permutation(MNIST(part=part).count)[:count]


# The nearest of all


def test_the_nearest_are_those_that_scikit_learn_finds():
    rows = table_of(nearest_of_all, asked=60).set_index("voters")["error"]
    known, new, chosen = MNIST(), MNIST(part="test"), drawn(0, 60)
    asked, truth = new.images[chosen].astype(float), new.labels[chosen]
    found = KNeighborsClassifier(1, algorithm="brute").fit(known.images.astype(float), known.labels)
    assert rows[1] == pytest.approx(1 - found.score(asked, truth))
    near = known.labels[found.kneighbors(asked, 3)[1]]
    told = [first if second != third else second for first, second, third in near]
    assert rows[3] == pytest.approx(np.mean(told != truth))


def test_the_most_votes_win_and_a_tie_goes_to_the_nearest():
    votes = np.array([[4, 2, 2], [4, 2, 9], [4, 4, 2], [0, 9, 9]])
    assert_array_equal(nearest_of_all.elected(votes), [2, 4, 4, 9])
    assert_array_equal(nearest_of_all.elected(votes[:, :1]), votes[:, 0])


def test_without_labels_a_neighbour_guesses():
    error = table_of(nearest_of_all, asked=300, labels="shuffled")["error"]
    assert error.between(0.85, 0.95).all()


# The dimension of all


def test_the_dimension_is_that_of_distances_measured_one_by_one():
    (row,) = table_of(dimension_of_all, asked=12, neighbours=5).to_dict("records")
    images = MNIST().images
    asked = drawn(1, 12, "train")
    gaps = np.array([np.sort(cdist(images[[at]], images)[0])[1:6] for at in asked])
    assert row["levina_bickel"] == pytest.approx(1 / np.log(gaps[:, -1:] / gaps[:, :-1]).mean())
    ratios = np.sort(np.log(gaps[:, 1] / gaps[:, 0]))[:10]  # less a tenth
    heights = -np.log(1 - np.arange(1, 11) / 12)
    slope = np.linalg.lstsq(ratios[:, np.newaxis], heights, rcond=None)[0][0]
    assert row["two_nn"] == pytest.approx(slope)


# The hull of all


def test_in_two_components_the_hull_is_that_of_a_triangulation():
    rows = table_of(hull_of_all, seed=3, in_pixels=1, in_components=200, components=(2,))
    images = MNIST().images
    centre = images.mean(axis=0)
    spread = np.cov(images.T.astype(np.float32), dtype=np.float64)
    axes = np.linalg.eigh(spread)[1][:, -2:]
    corners = Delaunay((images - centre) @ axes)
    tried = MNIST(part="test").images[drawn(2, 200, seed=3)]
    inside = corners.find_simplex((tried - centre) @ axes) >= 0
    assert rows["inside"][0] == pytest.approx(inside.mean(), abs=0.006)  # one at the border
    assert rows["dimensions"].tolist() == [2, 784]


def test_the_hull_holds_the_digits_that_span_it():
    settings = mutated(hull_of_all.CLAIMS[0], hull_of_all.Settings(in_pixels=2, in_components=2))
    rows = pd.DataFrame(hull_of_all.run(settings, 1))
    assert rows["inside"].iloc[-1] == 1


# Two networks


def test_networks_have_the_weights_of_their_layers():
    rows = table_of(two_networks, n=300, asked=200).set_index("network")["weights"]
    assert rows["plain"] == 784 * 256 + 256 + 256 * 10 + 10
    assert rows["convolutional"] == 25 * 8 + 8 + 25 * 8 * 16 + 16 + 4 * 4 * 16 * 10 + 10


def test_networks_learn_and_a_permutation_costs_the_convolution_alone():
    size = {"n": 2000, "asked": 1000, "convolution_passes": 4}
    seen = table_of(two_networks, **size).set_index("network")["of_all"]
    lost = table_of(two_networks, pixels="permuted", **size).set_index("network")["of_all"]
    assert seen["plain"] < 0.2
    assert lost["plain"] == pytest.approx(seen["plain"], abs=0.04)
    assert lost["convolutional"] > 1.5 * seen["convolutional"]


def test_a_seed_draws_digits_and_trains_nothing_anew():
    size = {"n": 300, "asked": 100, "passes": 1, "convolution_passes": 1}
    one, two = (table_of(two_networks, seed=seed, **size) for seed in (1, 2))
    fixed = ["network", "of_all", "loss", "weights"]
    assert one[fixed].equals(two[fixed])
    assert not one["error"].equals(two["error"])
    many = table_of(two_networks, seed=1, **(size | {"asked": 200_000}))
    assert many["error"].tolist() == pytest.approx(many["of_all"].tolist(), abs=0.005)


def test_the_share_left_is_the_convolutions_error_over_the_plain_ones():
    rows = pd.DataFrame({"network": ["plain", "convolutional"], "of_all": [0.02, 0.015]})
    assert two_networks.CLAIMS[0].figure(rows) == pytest.approx(0.75)


# Random labels


def test_random_labels_are_learned_and_say_nothing_of_new_digits():
    rows = table_of(random_labels_fitted, n=200).set_index("labels")
    assert (rows["train"] == 0).all()
    assert rows["passes"]["random"] > rows["passes"]["true"]
    assert rows["test"]["random"] == pytest.approx(0.9, abs=0.06)
    assert rows["test"]["true"] < 0.35


def test_training_ends_where_it_should_though_labels_are_missed():
    rows = table_of(random_labels_fitted, n=200, most_passes=2)
    assert (rows["passes"] == 2).all()
    assert (rows["train"] > 0).all()


# Double descent


def test_a_row_for_each_width_with_its_weights():
    rows = table_of(descent_by_width, n=100, widths=(2, 5), passes=3)
    assert rows["weights"].tolist() == [width * (784 + 1 + 10) + 10 for width in (2, 5)]


def test_labels_drawn_anew_are_learned_where_there_is_room_for_them():
    wide = {"n": 200, "widths": (64,), "passes": 150}
    (noisy,) = table_of(descent_by_width, share=1.0, **wide).to_dict("records")
    (clean,) = table_of(descent_by_width, share=0.0, **wide).to_dict("records")
    assert noisy["train"] == clean["train"] == 0
    assert noisy["test"] == pytest.approx(0.9, abs=0.06)
    assert clean["test"] < 0.35


def test_the_peak_is_set_beside_the_widest():
    rows = pd.DataFrame({"width": [64, 8, 16], "test": [0.2, 0.25, 0.3]})
    assert descent_by_width.CLAIMS[0].figure(rows) == pytest.approx(1.5)


# The page


@pytest.fixture(scope="module")
def numbers():
    return numbers_of(range(3))


def test_the_page_names_each_number_and_no_other(numbers):
    asked, given = set(asked_of(ROOT / "book" / "back" / "checks.md")), set(given_by(Numbers))
    assert asked <= given
    assert {field.name for field in fields(Numbers)} - {"results"} <= asked
    for field in fields(Numbers):
        value = getattr(numbers, field.name)
        assert plain(value) or value.low <= value.mean <= value.high, field.name


def test_the_page_says_what_the_runs_hold(numbers):
    rows = runs.run(nearest_of_all, seeds=range(3))
    errors = 100 * rows[rows["voters"] == 1]["error"]
    reach = stats.t.ppf(0.975, df=2) * stats.sem(errors)
    assert numbers.nearest.mean == pytest.approx(errors.mean())
    assert numbers.nearest.high == pytest.approx(errors.mean() + reach)
    rows = runs.run(dimension_of_all, seeds=range(3))
    assert numbers.dimension.mean == pytest.approx(rows["levina_bickel"].mean())
    rows = runs.run(two_networks, seeds=range(3)).groupby("network")["error"].mean()
    assert numbers.plain.mean == pytest.approx(100 * rows["plain"])
    assert numbers.convolutional.mean == pytest.approx(100 * rows["convolutional"])


def test_the_peak_is_where_the_mean_error_is_largest(numbers):
    rows = runs.run(descent_by_width, seeds=range(3)).groupby("width").mean()
    assert numbers.peak_width == rows["test"].idxmax()
    assert numbers.peak.mean == pytest.approx(100 * rows["test"].max())
    assert numbers.peak_weights == pytest.approx(rows["weights"][numbers.peak_width] / 4000)
    assert numbers.narrowest.mean == pytest.approx(100 * rows["test"].iloc[0])
    assert numbers.widest.mean == pytest.approx(100 * rows["test"].iloc[-1])
