"""The density law on real digits: rows as promised, pairs measured right, controls at chance."""

import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import load_digits
from sklearn.neighbors import NearestNeighbors

from bigcurves.chapters.density.density_law import digit_density
from bigcurves.chapters.density.density_law.digit_density import Settings

SMALL = Settings(shifts=(0, 2), noises=(0.2,), sizes=(40, 160, 320))


@pytest.fixture(scope="module")
def small():
    return pd.DataFrame(digit_density.run(SMALL, 4))


def test_there_is_one_row_for_each_guise_learner_and_size(small):
    keys = ["guise", "shift", "noise", "learner", "n"]
    assert len(small) == len(small.drop_duplicates(keys)) == 4 * 2 * 3
    pd.testing.assert_frame_equal(small, pd.DataFrame(digit_density.run(SMALL, 4)))


def test_the_gap_is_that_of_a_search_of_its_own(small):
    # The digits in the run's own order, read past the world: drawn by the first permutation.
    order = np.random.default_rng([4, 0]).permutation(1797)
    bunch = load_digits()
    pictures, labels = bunch.data[order] / 16, bunch.target[order]
    search = NearestNeighbors(n_neighbors=1, algorithm="kd_tree").fit(pictures[:160])
    apart, near = search.kneighbors(pictures[320:])
    row = small[(small["guise"] == "shifted") & (small["shift"] == 0) & (small["n"] == 160)]
    assert row["gap"].to_numpy() == pytest.approx(np.sqrt((apart**2).mean()))
    error = (labels[:160][near[:, 0]] != labels[320:]).mean()
    # Pixels are sixteenths, so that two digits may be equally near: up to three answers differ.
    assert row.set_index("learner").loc["nearest", "error"] == pytest.approx(error, abs=3 / 1477)


def test_noise_adds_to_the_gap_seen_but_not_to_the_clean_one(small):
    assert (small["gap"] == small["clean"])[small["guise"] != "noisy"].all()
    noisy = small[small["guise"] == "noisy"]
    # Independent noise on both pictures would add 2 x 64 x .2^2 = 5.1 to the square; the search
    # picks a partner whose noise happens to agree, so that the sum stays below.
    added = noisy["gap"] ** 2 - noisy["clean"] ** 2
    assert added.between(2, 5.1).all()


def test_shuffled_labels_are_at_chance_beside_labels_that_are_not(small):
    dealt = small[small["guise"] == "labels shuffled"]["error"]
    # Ten classes of nearly equal size; 4 standard errors of 1,477 answers.
    assert dealt.to_numpy() == pytest.approx(0.9, abs=4 * 0.3 / np.sqrt(1477))
    plain = small[(small["guise"] == "shifted") & (small["shift"] == 0)]
    assert plain["error"].max() < 0.3, "the positive control"


def test_a_law_that_was_put_in_is_read(small):
    law = small.assign(error=0.01 * small["clean"] ** 3)
    assert digit_density.explained(law, "clean") == pytest.approx(1)
    assert digit_density.explained(law, "gap") < 0.99


def test_no_mistake_counts_as_half_a_one():
    assert digit_density._error(np.array([1, 2]), np.array([1, 2])) == 0.25
    assert digit_density._error(np.array([1, 2]), np.array([1, 3])) == 0.5
