"""The density law: rows as promised, the theory's curve, controls at chance, charts that move."""

import re

import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import load_digits
from sklearn.neighbors import NearestNeighbors

from bigcurves.chapters.density.density_law import (
    blends,
    density_controls,
    density_law,
    digit_density,
    figures,
    law_scores,
)
from bigcurves.chapters.density.density_law.charts.blending import blend_chart, describe_blends
from bigcurves.chapters.density.density_law.charts.covered_square import (
    covered_square_chart,
    describe_covered_square,
)
from bigcurves.chapters.density.density_law.charts.digits_by_gap import (
    describe_digits_by_gap,
    digits_by_gap_chart,
    guise_names,
)
from bigcurves.chapters.density.density_law.charts.fold import describe_fold, fold_chart
from bigcurves.chapters.density.density_law.charts.four_folds import (
    describe_four_folds,
    four_folds_chart,
)
from bigcurves.chapters.density.density_law.learning_curves import Sizes
from bigcurves.measures import power_law
from bigcurves.running import runs
from bigcurves.worlds import Digits, GaussianField
from bigcurves.worlds.digits import SHEET
from bookkit.charts.compile import compile_layouts, draw

SIZES = Sizes(nearest=(32, 128, 512), ridge=(32, 128), larger=(32, 128))
LAW_SMALL = density_law.Settings(dimensions=(1, 2, 3), sizes=SIZES, sides=(8, 16), test=300)
CONTROLS_SMALL = density_controls.Settings(dimensions=(1, 2), sizes=(32, 512), test=200)
BLENDS_SMALL = blends.Settings(dimensions=(1, 2), sizes=(32, 256), test=60, sides=(8, 16), size=64)
DIGITS_SMALL = digit_density.Settings(shifts=(0, 2), noises=(0.2,), sizes=(40, 160, 320))
MEANS = pd.DataFrame(
    [
        {"d": d, "kappa": 5, "pixels": pixels, "n": n, "gap": n ** (-1 / d), "mean": n ** (-1 / d)}
        for d in (2, 3)
        for pixels in (64, 256)
        for n in (32, 8192)
    ]
)
MEANS = MEANS.assign(low=0.9 * MEANS["mean"], high=1.1 * MEANS["mean"])
RUNS = MEANS.rename(columns={"mean": "error"})
TEXTS = ["n explains this", "the product explains that"]
READINGS = pd.DataFrame({"end": [0, 1], "text": TEXTS})
PANELS = pd.DataFrame({"case": ["a", "b"], "name": ["first", "second"], "text": TEXTS})
CASES = pd.concat([MEANS.assign(case=case, product=MEANS["gap"] * 5) for case in "ab"])
BLENDS = MEANS.loc[MEANS["pixels"] == 64, ["d", "n", "mean", "low", "high"]]
DIGITS = pd.DataFrame(
    [
        {"shift": shift, "noise": noise, "n": n, "gap": 3.0 + noise, "clean": 3.0, "mean": 0.5}
        for shift, noise in ((0, 0.0), (1, 0.0), (0, 0.1))
        for n in (20, 1280)
    ]
)
DIGITS["guise"] = guise_names(DIGITS)
CORNER = [[0.1, 0.1], [0.2, 0.1]]
FIELDS = [{"frequencies": [[1.0, 2.0], [3.0, 1.0]], "phases": [0.1, 0.2]}]


# The law


@pytest.fixture(scope="module")
def learnt():
    return pd.DataFrame(density_law.run(LAW_SMALL, 2))


@pytest.fixture(scope="module")
def shuffled():
    settings = density_law.Settings(
        dimensions=(2,), sizes=SIZES, sides=(8,), test=300, values="shuffled"
    )
    return pd.DataFrame(density_law.run(settings, 2))


def test_the_law_has_one_row_for_each_setting(learnt):
    assert set(learnt.columns) == {
        *("seed", "d", "target", "learner", "D", "kappa", "n", "gap", "error", "wrong", "theory")
    }
    keys = ["d", "target", "learner", "D", "kappa", "n"]
    # On each of three worlds: 3 + 2 + 2 nearest on pictures and ridge, 3 on latents, 3 stretched.
    assert len(learnt) == len(learnt.drop_duplicates(keys)) == 3 * 4 * (3 + 2 + 2 + 3 + 3)
    assert set(learnt["seed"]) == {2}


def test_the_same_seed_gives_the_same_law(learnt):
    pd.testing.assert_frame_equal(learnt, pd.DataFrame(density_law.run(LAW_SMALL, 2)))


def test_on_bare_latents_the_theory_is_the_law(learnt):
    rows = law_scores.even(learnt, "latents", least=1)
    # One draw of the field makes few turns in the cube, and its mean slope scatters by a third
    # or so; over three worlds and the two frequencies that turn most, by an eighth.
    off = np.log(rows["error"] / rows["theory"])[rows["kappa"] >= 5]
    assert off.mean() == pytest.approx(0, abs=0.3)


def test_the_theory_is_what_a_gaussian_field_owes_at_a_distance():
    rng = np.random.default_rng(0)
    here = np.full((1, 2), 0.5)
    for distance in (0.05, 0.2, 0.5):
        there = here + np.array([distance, 0])
        fields = [GaussianField.draw(rng, d=2, kappa=4, features=100) for _ in range(1500)]
        squares = [float(field(here)[0] - field(there)[0]) ** 2 for field in fields]
        theory = 2 * (1 - np.exp(-0.5 * (4 * distance) ** 2))
        # A squared Gaussian scatters by sqrt(2) of its mean: 4 standard errors of 1,500.
        assert np.mean(squares) == pytest.approx(theory, rel=4 * np.sqrt(2 / 1500))


def test_labels_that_are_shuffled_cannot_be_learnt(shuffled):
    rows = shuffled[(shuffled["learner"] == "nearest") & (shuffled["kappa"] == 10)]
    # Two independent draws of variance 1 differ by 2 in the mean square; with 300 test pictures
    # and a field of its own variance, to a quarter. Half of the signs are wrong.
    assert rows["error"].to_numpy() == pytest.approx(2, rel=0.35)
    assert rows["wrong"].to_numpy() == pytest.approx(0.5, abs=4 * 0.5 / np.sqrt(300))


def test_the_same_world_learns_with_labels_in_place(learnt):
    rows = law_scores.even(learnt, "nearest", least=1)
    rows = rows[(rows["kappa"] == 1.25) & (rows["n"] == 512)]
    assert (rows["error"] < 0.05).all(), "the positive control"
    assert (rows["wrong"] < 0.15).all()


def test_figures_read_a_law_that_was_put_in():
    grid = [
        (d, k, n, D) for d in (2, 3) for k in (1.0, 2.5) for n in (10, 40, 90) for D in (64, 256)
    ]
    rows = pd.DataFrame(grid, columns=["d", "kappa", "n", "D"])
    rows = rows.assign(target="even", learner="nearest", gap=rows["n"] ** (-1 / rows["d"]))
    law = rows.assign(error=(rows["kappa"] * rows["gap"]) ** 2)
    law = law.assign(theory=law["error"] / 3)
    assert law_scores.r2_by_gap(law, "nearest") == pytest.approx(1)
    assert law_scores.off_theory(law) == pytest.approx(3)
    assert law_scores.by_pixels(law) == pytest.approx(0, abs=1e-9)
    assert law_scores.by_pixels(law.assign(error=law["error"] * law["D"] ** 0.25)) == pytest.approx(
        0.25
    )
    assert law_scores.least_step(law) == pytest.approx(-2 / 3 + 1)


# Controls


@pytest.fixture(scope="module")
def controls():
    return pd.DataFrame(density_controls.run(CONTROLS_SMALL, 1))


def test_controls_have_one_row_for_each_condition_dimension_and_size(controls):
    assert list(controls.columns) == ["seed", "condition", "d", "n", "error"]
    assert len(controls) == len(controls.drop_duplicates(["condition", "d", "n"])) == 5 * 2 * 2
    assert set(controls["seed"]) == {1}


def test_the_same_seed_gives_the_same_controls(controls):
    pd.testing.assert_frame_equal(controls, pd.DataFrame(density_controls.run(CONTROLS_SMALL, 1)))


def test_one_permutation_leaves_every_distance(controls):
    errors = controls.set_index(["condition", "d", "n"])["error"]
    assert np.allclose(errors["permuted"], errors["plain"], rtol=1e-9)


@pytest.mark.parametrize("condition", ["shuffled", "noise", "scrambled"])
def test_controls_cost_what_guessing_costs(controls, condition):
    # Two independent draws differ by twice the variance. Smooth targets have few independent
    # values among 32 pictures, so that a single mean square scatters by a fifth or so.
    errors = controls.loc[controls["condition"] == condition, "error"]
    assert errors.to_numpy() == pytest.approx(1, abs=0.45)
    assert errors.mean() == pytest.approx(1, abs=0.2)


def test_the_plain_world_is_learnt(controls):
    plain = controls[(controls["condition"] == "plain") & (controls["n"] == 512)]
    assert (plain["error"] < 0.05).all(), "the positive control"


# Digits


@pytest.fixture(scope="module")
def told():
    return pd.DataFrame(digit_density.run(DIGITS_SMALL, 4))


def test_digits_have_one_row_for_each_guise_learner_and_size(told):
    keys = ["guise", "shift", "noise", "learner", "n"]
    assert len(told) == len(told.drop_duplicates(keys)) == 4 * 2 * 3
    pd.testing.assert_frame_equal(told, pd.DataFrame(digit_density.run(DIGITS_SMALL, 4)))


def test_the_gap_is_that_of_a_search_of_its_own(told):
    # The digits in the run's own order, read past the world: drawn by the first permutation. Who
    # is learned from and who is asked is the world's to say.
    order = np.random.default_rng([4, 0]).permutation(1797)
    _, new = Digits().split(np.random.default_rng([4, 0]), (11, 3))
    bunch = load_digits()
    pictures, labels = bunch.data[order] / 16, bunch.target[order]
    some = (pictures[:, np.newaxis] == new.inputs[:40]).all(axis=2).any(axis=1)
    asked = np.isin(SHEET[order], SHEET[order[some]])
    assert asked.sum() == len(new)
    known = np.flatnonzero(~asked)[:160]
    search = NearestNeighbors(n_neighbors=1, algorithm="kd_tree").fit(pictures[known])
    apart, near = search.kneighbors(pictures[asked])
    row = told[(told["guise"] == "shifted") & (told["shift"] == 0) & (told["n"] == 160)]
    assert row["gap"].to_numpy() == pytest.approx(np.sqrt((apart**2).mean()))
    error = (labels[known][near[:, 0]] != labels[asked]).mean()
    # Pixels are sixteenths, so that two digits may be equally near: an answer or two differ.
    assert row.set_index("learner").loc["nearest", "error"] == pytest.approx(error, abs=2 / 371)


def test_noise_adds_to_the_gap_seen_but_not_to_the_clean_one(told):
    assert (told["gap"] == told["clean"])[told["guise"] != "noisy"].all()
    noisy = told[told["guise"] == "noisy"]
    # Independent noise on both pictures would add 2 x 64 x .2^2 = 5.1 to the square; the search
    # picks a partner whose noise happens to agree, so that the sum stays below.
    added = noisy["gap"] ** 2 - noisy["clean"] ** 2
    assert added.between(2, 5.1).all()


def test_shuffled_labels_are_at_chance_beside_labels_that_are_not(told):
    shuffled = told[told["guise"] == "labels shuffled"]["error"]
    # Ten classes of nearly equal size; 4 standard errors of 414 answers.
    assert shuffled.to_numpy() == pytest.approx(0.9, abs=4 * 0.3 / np.sqrt(414))
    plain = told[(told["guise"] == "shifted") & (told["shift"] == 0)]
    assert plain["error"].max() < 0.3, "the positive control"


def test_a_law_that_was_put_in_the_digits_is_read(told):
    law = told.assign(error=0.01 * told["clean"] ** 3)
    assert digit_density.explained(law, "clean") == pytest.approx(1)
    assert digit_density.explained(law, "gap") < 0.99


def test_no_mistake_counts_as_half_a_one():
    assert digit_density._error(np.array([1, 2]), np.array([1, 2])) == 0.25
    assert digit_density._error(np.array([1, 2]), np.array([1, 3])) == 0.5


# Blends


@pytest.fixture(scope="module")
def blended():
    return pd.DataFrame(blends.run(BLENDS_SMALL, 2))


def test_there_is_one_row_for_each_blend(blended):
    assert list(blended.columns) == ["seed", "part", "kind", "d", "D", "n", "residual", "miss"]
    keys = ["part", "kind", "d", "D", "n"]
    # Two sizes of two worlds and of two controls, and two sides with and without grain.
    assert len(blended) == len(blended.drop_duplicates(keys)) == 2 * 2 + 2 * 2 + 2 * 2
    assert set(blended["seed"]) == {2}


def test_the_same_seed_gives_the_same_blends(blended):
    pd.testing.assert_frame_equal(blended, pd.DataFrame(blends.run(BLENDS_SMALL, 2)))


def test_bars_fall_and_pictures_without_a_manifold_do_not(blended):
    slopes = {
        key: power_law(rows["n"], rows["residual"]).slope
        for key, rows in blended[blended["part"] != "pixels"].groupby(["part", "kind", "d"])
        if rows["n"].nunique() == 2
    }
    assert slopes["curve", "bars", 2] < -0.6, "the positive control"
    assert abs(slopes["control", "noise", 2]) < 0.15
    assert abs(slopes["control", "scrambled", 2]) < 0.15


def test_without_noise_the_miss_is_the_residual_of_single_pictures(blended):
    rows = blended[blended["part"] == "pixels"]
    # One is a root mean square over pictures, the other a mean: never below it.
    assert (rows["miss"] >= rows["residual"]).all()
    assert (rows["miss"] < 5 * rows["residual"]).all()
    # Smooth pictures hold no more at twice the pixels a side.
    assert rows["residual"].iloc[0] == pytest.approx(rows["residual"].iloc[1], rel=0.02)


def test_grain_hides_the_manifold_and_pixels_average_it_out(blended):
    grain = blended[blended["part"] == "grain"]
    assert (grain["residual"] > 0.2).all()
    assert grain["miss"].iloc[1] < grain["miss"].iloc[0]


def test_the_figure_reads_slopes_that_were_put_in():
    grid = pd.DataFrame([(d, n) for d in (2, 3) for n in (10, 100)], columns=["d", "n"])
    law = grid.assign(part="curve", residual=grid["n"] ** (-2 / grid["d"]))
    figure = blends.CLAIMS[0].figure
    assert figure(law) == pytest.approx(0, abs=1e-9)
    assert figure(law.assign(residual=law["n"] ** (-1 / law["d"]))) == pytest.approx(1)


def test_an_unknown_kind_is_named():
    with pytest.raises(ValueError, match=r"kind must be one of .* got 'dust'"):
        blends.Settings(controls=("dust",))


# Charts


def fold(table=MEANS):
    return fold_chart(RUNS, table, READINGS, description="Words.")


def four():
    single = CASES.rename(columns={"mean": "error"})
    return four_folds_chart(single, CASES, PANELS, description="Words.")


def blend():
    single = BLENDS.rename(columns={"mean": "residual"})
    return blend_chart(single, BLENDS, description="Words.")


def digits():
    single = DIGITS.rename(columns={"mean": "error"})
    return digits_by_gap_chart(single, DIGITS, description="Words.")


def cover():
    return covered_square_chart(CORNER, FIELDS, kappa=6, description="Words.")


def picture(chart, **values):
    """Draw a chart as the book does, some of its parameters set."""
    spec = chart.to_dict()
    for param in spec["params"]:
        param["value"] = values.pop(param["name"], param.get("value"))
        if param["value"] is None:
            del param["value"]
    assert not values
    return draw(compile_layouts(spec)["wide"]).picture


def test_the_axis_says_what_it_explains():
    assert TEXTS[0] in picture(fold(), fold=0)
    assert TEXTS[1] not in picture(fold(), fold=0)
    assert TEXTS[1] in picture(fold(), fold=1)


def marks(chart, **values):
    """Give all that a chart draws and where, without the names that the drawing gives out."""
    return re.findall(r' (?:transform|d)="([^"]*)"', picture(chart, **values))


def test_points_move_with_the_fold_and_not_with_the_pixels():
    at_n, half, at_gap = (marks(fold(), fold=place) for place in (0, 0.5, 1))
    assert at_n != half != at_gap != at_n
    assert marks(fold(), fold=1, level=1) == at_gap
    # Were the pixels' slider dead, a table in which they matter would not show it.
    worse = MEANS.assign(mean=MEANS["mean"].where(MEANS["pixels"] == 64, 3 * MEANS["mean"]))
    assert marks(fold(worse), fold=1, level=1) != at_gap


def test_a_guess_is_drawn_once_there_is_one():
    assert "your guess" not in picture(fold())
    assert "your guess" in picture(fold(), guess=[{"x": 32, "y": 1}, {"x": 512, "y": 0.1}])


def test_each_panel_says_what_it_shows():
    assert all(word in picture(four()) for word in ("first", "second", *TEXTS))
    assert "opacity" in picture(four(), only="d = 2")


def test_a_blend_names_its_weights_and_they_add_up():
    found = picture(blend(), doublings=6, d=3)
    assert "out of 64 known images" in found
    shares = [int(share) for share in re.findall(r">(\d+)%<", found)]
    # Six at most are shown, those below half a percent are not, and each is rounded.
    assert 90 <= sum(shares) <= 103
    assert picture(blend(), doublings=6, d=3, which=2) != found


def test_the_square_measures_hole_and_gap():
    # From a point at one corner the farthest place is the corner across, at the root of 2;
    # the mean of x^2 + y^2 over a fine grid is 2/3, and its root .82.
    words = picture(cover(), placed=[[0, 0]])
    assert "1 points: largest hole h = 1.41" in words
    assert re.search(r"sample gap \u03c1 = 0\.8[123]", words)


def test_guises_are_named_by_shift_and_noise():
    names = ["as they are"] * 2 + ["shifted by 1"] * 2 + ["with noise"] * 2
    assert list(DIGITS["guise"]) == names
    assert all(name in picture(digits()) for name in names)


def test_the_box_takes_the_noise_off_the_gap():
    # All clean gaps are one, so with the box ticked the noisy marks move on to the others.
    seen, clean = (set(marks(digits(), off=off)) for off in (False, True))
    assert clean < seen


def test_an_empty_square_is_refused():
    with pytest.raises(ValueError, match="must not be empty"):
        covered_square_chart([], FIELDS, kappa=6, description="Words.")


def test_the_words_come_from_the_tables():
    assert "with 2 latents from 0.18 to 0.011" in describe_fold(MEANS, READINGS)
    assert "second: the product explains that" in describe_four_folds(PANELS)
    assert "with d = 3 from 0.31 to 0.05" in describe_blends(BLENDS)
    shares = {"n": 0.1, "gap": 0.9, "noisy": 0.4, "clean": 0.8}
    assert "shifted by 1: from 50% to 50.0%" in describe_digits_by_gap(DIGITS, shares)
    assert "with 2 points" in describe_covered_square(CORNER, 6)


# Figures


@pytest.fixture(scope="module")
def page():
    return figures.page(range(3))


def test_the_guess_is_measured_against_geometric_means_of_the_record(page):
    law = runs.run(density_law, seeds=range(3))
    law = law[(law["learner"] == "nearest") & (law["target"] == "even")]
    law = law[(law["d"] == 5) & (law["kappa"] == 5) & (law["D"] == 64)]
    numbers = page.numbers
    assert len(numbers.five_curve) == 9
    for n, error in numbers.five_curve:
        assert error == pytest.approx(law.loc[law["n"] == n, "error"].product() ** (1 / 3))
    (first, most), (last, least) = numbers.five_curve[0], numbers.five_curve[-1]
    assert (first, last) == (32, 8192)
    assert numbers.gain_five == pytest.approx(most / least)


def test_what_kappa_rho_explains_is_the_fit_of_a_cubic(page):
    law = runs.run(density_law, seeds=range(3))
    law = law[(law["learner"] == "nearest") & (law["target"] == "even") & (law["d"] > 1)]
    found = []
    for _, rows in law.groupby("seed"):
        x, y = np.log(rows["kappa"] * rows["gap"]), np.log(rows["error"])
        left = y - np.polyval(np.polyfit(x, y, 3), x)
        found.append(1 - left.var() / y.var())
    share = page.numbers.r_product
    assert share.mean == pytest.approx(np.mean(found))
    # Student's interval from three runs reaches 2.5 standard deviations, and no run half as far.
    assert share.low < min(found) < max(found) < share.high
    assert f"κρ alone explains {np.mean(found):.0%} of the spread" in picture(page.fold(), fold=1)


def test_the_largest_power_of_the_controls_is_told_and_the_plain_worlds(page):
    rows = runs.run(density_controls, seeds=range(3))
    powers = {}
    for condition, worlds in rows.groupby("condition"):
        lines = [
            np.polyfit(np.log(world["n"]), np.log(world["error"]), 1)[0]
            for _, world in worlds.groupby(["seed", "d"])
        ]
        powers[condition] = -np.mean(lines)
    broken = [abs(powers[name]) for name in ("shuffled", "noise", "scrambled")]
    assert page.numbers.power_broken == pytest.approx(max(broken))
    assert page.numbers.power_plain == pytest.approx(powers["plain"])
