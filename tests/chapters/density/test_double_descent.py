"""Curves through every point: rows as promised, closed forms, charts that show their tables."""

import numpy as np
import pandas as pd
import pytest
import vl_convert
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, Matern
from sklearn.neighbors import KNeighborsClassifier

from bigcurves.chapters.density.double_descent import (
    calming_curves,
    double_descent,
    figures,
    interpolation_threshold,
    networks_by_width,
    price,
    tempered,
)
from bigcurves.chapters.density.double_descent.charts.calming import (
    LiveCosines,
    calming_chart,
    describe_calming,
)
from bigcurves.chapters.density.double_descent.charts.descent import descent_chart, describe_descent
from bigcurves.chapters.density.double_descent.charts.interpolation import (
    describe_threshold,
    threshold_chart,
)
from bigcurves.chapters.density.double_descent.charts.noise import (
    KERNELS,
    MACHINES,
    describe_price,
    describe_tempered,
    price_chart,
    tempered_chart,
)
from bigcurves.chapters.density.double_descent.charts.widths import (
    ENDS,
    describe_widths,
    widths_chart,
)
from bigcurves.chapters.density.double_descent.kernels import kernel_of, votes
from bigcurves.learners import CosineClassifier
from bigcurves.plotting.picture import sprite
from bigcurves.running import runs
from bigcurves.worlds import Digits

THRESHOLD_SMALL = interpolation_threshold.Settings(sizes=(15, 30, 90), features=30)
TEMPERED_SMALL = tempered.Settings(sizes=(60, 200))

PICTURE = sprite(np.zeros((10, 8, 8)))
RUNS = pd.DataFrame({"labels": "real", "features": [50, 200], "error": [0.1, 0.8]})
RUNS = RUNS.assign(norm=[2.0, 40.0])
MEANS = RUNS.assign(size=[0, 4])
for _value in ("error", "norm"):
    MEANS = MEANS.assign(
        **{f"{_value}_low": 0.9 * MEANS[_value], f"{_value}_high": 1.1 * MEANS[_value]}
    )
NAMES = pd.DataFrame({"labels": "real", "size": 4, "place": range(10), "named": range(10)})
NAMES = NAMES.assign(right=[True] * 9 + [False])
GROWN = pd.DataFrame({"fit": ["plain", "damped"], "n": 200, "test": [0.8, 0.1]})
NOISY = pd.DataFrame({"labels": ["none", "a fifth"], "machine": next(iter(MACHINES)), "n": 50})
NOISY = NOISY.assign(test=[0.1, 0.4])
PRICED = pd.DataFrame({"kernel": list(KERNELS), "reach": [5.0, 0.2], "n": 50, "score": "in names"})
PRICED = PRICED.assign(price=[2.0, 0.1])
WIDENED = pd.DataFrame({"labels": "none", "width": 8, "when": list(ENDS), "error": [0.3, 0.2, 0.1]})
WRONG = pd.DataFrame({"labels": ["none", "a fifth"], "share": [0.0, 0.18]})
TRUTH = pd.DataFrame({"x": [0.0, 1.0], "y": [0.0, 0.5]})
COSINES = LiveCosines(
    xs=[0.1, 0.5, 0.9],
    ys=[0.0, 1.0, 0.0],
    frequencies=[1.0, 2.0, 3.0, 4.0],
    phases=[0.0, 0.1, 0.2, 0.3],
    dragged=1,
)


def frame(module, settings, seed=2):
    return pd.DataFrame(module.run(settings, seed))


@pytest.fixture(scope="module")
def grown():
    return frame(interpolation_threshold, THRESHOLD_SMALL).set_index(["fit", "n"])["test"]


@pytest.fixture(scope="module")
def noisy():
    return frame(tempered, TEMPERED_SMALL)


@pytest.fixture(scope="module")
def page():
    return figures.page(range(3))


# Double descent


def test_the_weights_are_longest_where_features_meet_digits():
    settings = double_descent.Settings(n=40, features=(20, 40, 400))
    table = frame(double_descent, settings)
    norms = table[table["labels"] == "real"].set_index("features")["norm"]
    assert norms.idxmax() == 40
    digits, _ = Digits().split(np.random.default_rng([2, 0]))
    model = CosineClassifier(features=400, random_state=2)
    model.fit(digits.inputs[:40], digits.targets[:40])
    one_hot = np.eye(10)[digits.targets[:40]][:, model.classes_]
    # The least weights have length root(trace(Y' K^-1 Y)), K the Gram matrix of the cosines.
    waves = model.cosines(digits.inputs[:40])
    squared = np.trace(one_hot.T @ np.linalg.solve(waves @ waves.T, one_hot))
    assert norms[400] == pytest.approx(np.sqrt(squared), rel=1e-6)


# Calming curves


def test_calm_curves_swing_where_cosines_meet_points():
    settings = calming_curves.Settings(features=(10, 400), draws=20)
    rows = pd.concat([frame(calming_curves, settings, seed) for seed in range(3)])
    assert list(rows.columns) == ["seed", "features", "error", "swing"]
    means = rows.groupby("features").mean()
    assert means.loc[10, "swing"] > means.loc[400, "swing"]
    assert means.loc[10, "error"] > means.loc[400, "error"]


def test_without_noise_and_with_slow_cosines_the_curve_is_right():
    settings = calming_curves.Settings(noise=0.0, scale=8.0, features=(400,), draws=2)
    (row,) = calming_curves.run(settings, 0)
    assert row["error"] < 0.1


# The threshold


def test_the_plain_fit_peaks_where_digits_meet_features(grown):
    assert list(grown.index) == [(f, n) for n in (15, 30, 90) for f in ("plain", "damped")]
    plain, damped = grown["plain"], grown["damped"]
    assert plain[30] > plain[90]
    assert plain[30] > damped[30]
    # Where the digits are three times the features a small ridge changes little.
    assert damped[90] == pytest.approx(plain[90], abs=0.1)


def test_the_plain_fit_is_the_learner_and_the_damped_one_the_normal_equations(grown):
    known, new = Digits().split(np.random.default_rng([2, 0]))
    X, y = known.inputs, known.targets
    model = CosineClassifier(features=30, random_state=2).fit(X[:30], y[:30])
    error = 1 - model.score(new.inputs, new.targets)
    assert grown["plain", 30] == pytest.approx(error, abs=1e-12)
    waves, one_hot = model.cosines(X[:30]), np.eye(10)[y[:30]][:, model.classes_]
    weights = np.linalg.solve(waves.T @ waves + np.eye(30), waves.T @ one_hot)
    named = model.classes_[(model.cosines(new.inputs) @ weights).argmax(axis=1)]
    assert grown["damped", 30] == pytest.approx(np.mean(named != new.targets), abs=1e-12)


def test_a_plain_fit_with_a_ridge_is_the_damped_one():
    settings = interpolation_threshold.Settings(sizes=(15, 30), features=30, penalties=(1.0, 1.0))
    found = frame(interpolation_threshold, settings).set_index(["fit", "n"])["test"]
    assert found["plain"].to_list() == found["damped"].to_list()


# Tempered overfitting


def test_each_part_has_its_share_of_wrong_labels(noisy):
    columns = ["seed", "labels", "n", "machine", "wrong", "test"]
    assert sorted(noisy.columns) == sorted(columns)
    assert len(noisy) == 3 * 2 * 4
    wrong = noisy[noisy["n"] == 200].groupby("labels")["wrong"].first()
    # Nine in ten of those drawn are wrong: 0.18 and 0.36, to four standard errors at n = 200.
    assert wrong["clean"] == 0
    assert wrong["noisy"] == pytest.approx(0.18, abs=4 * (0.18 * 0.82 / 200) ** 0.5)
    assert wrong["heavy"] == pytest.approx(0.36, abs=4 * (0.36 * 0.64 / 200) ** 0.5)


def test_the_machines_are_those_of_scikit_learn(noisy):
    rng = np.random.default_rng([2, 0])
    known, new = Digits().split(rng)
    X, y, n = known.inputs, known.targets[:200], 200 + len(new)
    labels = np.where(rng.random(n)[:200] < 0.2, rng.integers(10, size=n)[:200], y)
    gaussian = RBF(length_scale=3, length_scale_bounds="fixed")
    laplace = Matern(length_scale=3 * 2**0.5, nu=0.5, length_scale_bounds="fixed")
    found = noisy[(noisy["labels"] == "noisy") & (noisy["n"] == 60)].set_index("machine")["test"]
    for machine, kernel, ridge in (
        ("every label", gaussian, 1e-12),
        ("laplace", laplace, 1e-12),
        ("ridge", gaussian, 0.1),
    ):
        process = GaussianProcessRegressor(kernel, alpha=ridge).fit(X[:60], np.eye(10)[labels[:60]])
        missed = np.mean(process.predict(new.inputs).argmax(axis=1) != new.targets)
        assert found[machine] == pytest.approx(missed, abs=2 / 552)
    nearest = KNeighborsClassifier(1).fit(X[:60], labels[:60])
    missed = 1 - nearest.score(new.inputs, new.targets)
    assert found["nearest neighbour"] == pytest.approx(missed, abs=1e-12)


def test_a_ridge_and_a_laplace_kernel_shake_the_noise_off(noisy):
    most = noisy[noisy["n"] == 200].pivot_table("test", "machine", "labels")
    assert most.loc["ridge", "noisy"] < most.loc["every label", "noisy"]
    assert most.loc["laplace", "noisy"] < most.loc["every label", "noisy"]
    assert most.loc["every label", "clean"] < most.loc["every label", "noisy"] - 0.05


def test_both_kernels_fall_to_one_over_e_at_the_same_distance():
    for kernel in price.KERNELS:
        at = kernel_of(np.array([0.0, 3.0, 6.0]), kernel, 2**0.5 / 3)
        assert at[:2] == pytest.approx([1, np.exp(-1)])
        assert at[2] == pytest.approx(np.exp(-4 if kernel == "gaussian" else -2))


def test_votes_pass_through_their_labels_and_no_more_with_a_ridge():
    apart = np.abs(np.subtract.outer(np.arange(12.0), np.arange(8.0)))
    labels = np.array([3, 1, 4, 1, 5, 9, 2, 6])
    met = votes(kernel_of(apart, "laplace", 1.0), labels, 8)
    assert met.shape == (12, 10)
    assert met[:8] == pytest.approx(np.eye(10)[labels], abs=1e-9)
    damped = votes(kernel_of(apart, "laplace", 1.0), labels, 8, ridge=1.0)
    assert np.abs(damped[:8] - np.eye(10)[labels]).max() > 0.1


# Prices


def test_a_price_is_the_error_that_wrong_labels_add_by_their_share():
    settings = price.Settings(sizes=(60, 200), scales=(1 / 3,))
    rows = frame(price, settings).set_index(["kernel", "n"])
    taught = frame(tempered, tempered.Settings(sizes=(60, 200))).set_index(
        ["labels", "machine", "n"]
    )
    for kernel, machine in (("gaussian", "every label"), ("laplace", "laplace")):
        for n in settings.sizes:
            noisy, clean = (taught.loc[labels, machine, n] for labels in ("noisy", "clean"))
            added = noisy["test"] - clean["test"]
            assert rows.loc[(kernel, n), "price"] == pytest.approx(added / noisy["wrong"])
    assert (rows["missed"] == 0).all()


def test_both_prices_are_one_where_each_wrong_label_is_one_wrong_vote():
    truth = np.array([0, 1, 2, 3, 0, 1, 2, 3])  # four known, and four new of the same kinds
    taught = [truth, np.array([0, 1, 2, 9, 0, 1, 2, 3])]
    gram = np.eye(4)[[0, 1, 2, 3] * 2]
    found = price._errors(gram, truth, taught, 4, price.Settings(sizes=(4,)))
    assert (found["squared"], found["price"], found["missed"]) == pytest.approx((1, 1, 0))


def test_a_far_flat_kernel_pays_most_and_prices_without_noise_are_none():
    settings = price.Settings(sizes=(50, 200))
    rows = frame(price, settings)
    most = rows[rows["n"] == 200].pivot_table("price", "scale", "kernel")
    assert most["gaussian"].idxmax() == min(settings.scales)
    clean = frame(price, price.clean_noisy_labels(settings))
    assert (clean["price"] == 0).all()
    assert rows["reach"].between(0.1, 7).all()


# Networks


def test_networks_report_what_they_were_taught_and_what_they_do():
    settings = networks_by_width.Settings(n=100, kept=50, widths=(2, 64), epochs=60)
    rows = frame(networks_by_width, settings).set_index(["labels", "width"])
    assert list(rows.index) == [(x, w) for x in ("clean", "noisy") for w in (2, 64)]
    assert rows.loc[("clean", 64), "train"] == 0
    assert rows.loc[("clean", 2), "train"] > 0.2
    assert rows.loc[("noisy", 64), "test"] > rows.loc[("clean", 64), "test"]


def test_a_network_that_is_never_looked_at_before_the_end_stops_there():
    settings = networks_by_width.Settings(n=100, kept=50, widths=(8,), epochs=40, every=40)
    rows = frame(networks_by_width, settings)
    assert rows["stopped"].to_list() == rows["test"].to_list()


# Charts


def mean_of(table, value):
    table = table.rename(columns={value: "mean"})
    return table.assign(low=table["mean"] * 0.9, high=table["mean"] * 1.1)


def draw_descent():
    return descent_chart(RUNS, MEANS, NAMES, picture=PICTURE, rows=200, description="Words.")


def draw_threshold():
    means = mean_of(GROWN, "test")
    return threshold_chart(GROWN, means, features=200, description="Words.")


def draw_tempered():
    return tempered_chart(NOISY, mean_of(NOISY, "test"), WRONG, description="Words.")


def draw_price():
    return price_chart(PRICED, mean_of(PRICED, "price"), description="Words.")


def draw_widths():
    return widths_chart(WIDENED, mean_of(WIDENED, "error"), description="Words.")


def draw_calming():
    return calming_chart(COSINES, TRUTH, description="Words.")


CONTROLS = {draw_descent: {"labels", "size"}, draw_threshold: {"fit"}, draw_tempered: {"labels"}}
CONTROLS |= {draw_calming: {"features", "px", "py"}}
CONTROLS |= {draw_price: {"digits", "score"}, draw_widths: {"labels"}}


@pytest.mark.parametrize("draw", CONTROLS, ids=lambda draw: draw.__name__)
def test_each_chart_offers_its_controls(draw):
    params = draw().to_dict()["params"]
    assert {param["name"] for param in params if "bind" in param} == CONTROLS[draw]


def svg(chart):
    return vl_convert.vegalite_to_svg(chart.to_json(), vl_version="6.4")


def test_the_model_of_the_chosen_size_is_read_off_and_its_mistakes_are_crossed():
    picture = svg(draw_descent())
    assert "200 features: error 80.0%" in picture
    assert picture.count(">\N{BALLOT X} ") == 1
    assert picture.count("<image") == 1


def test_wrong_labels_are_marked_where_there_are_any():
    assert "wrong labels" in svg(draw_tempered())


def test_the_dragged_point_takes_part_in_the_fit():
    params = {param["name"]: param for param in draw_calming().to_dict()["params"]}
    assert params["xsNow"]["expr"] == "[0.1, px, 0.9]"
    assert params["ysNow"]["expr"] == "[0.0, py, 0.0]"


def test_descriptions_say_what_the_tables_say():
    assert "80% with 200" in describe_descent(MEANS)
    assert "plain: 80% with 200" in describe_threshold(mean_of(GROWN, "test"))
    assert "40.0%" in describe_tempered(mean_of(NOISY, "test"))
    assert "in names, Gaussian kernel, 50 digits: 2.00 to 2.00" in describe_price(
        mean_of(PRICED, "price")
    )
    assert "none, stopped early: 20% with 8" in describe_widths(mean_of(WIDENED, "error"))
    assert "3 noisy points" in describe_calming(COSINES)


def test_both_fits_are_named_where_their_lines_are_farthest_apart():
    drawn = svg(draw_threshold())
    assert ">plain<" in drawn
    assert ">damped<" in drawn


# What the page says


def recorded(experiment, column, **where):
    table = runs.run(experiment, seeds=range(3))
    for name, value in where.items():
        table = table[table[name] == value]
    assert len(table) == 3
    return table[column]


def test_errors_are_in_percent_with_students_interval(page):
    told = page.numbers
    errors = 100 * recorded(double_descent, "test", labels="noisy", features=3000)
    assert told.noisy_3000.mean == pytest.approx(errors.mean())
    # Student's t with 2 degrees of freedom: 95% lie within 4.3027.
    reach = 4.3027 * errors.std() / 3**0.5
    assert told.noisy_3000.high - told.noisy_3000.mean == pytest.approx(reach, rel=1e-4)
    ridge = 100 * recorded(tempered, "test", labels="noisy", machine="ridge", n=1200)
    assert told.ridge_fifth == pytest.approx(ridge.mean())


def test_prices_are_those_of_the_farthest_reach_and_the_shortest_but_one(page):
    told = page.numbers
    scales = sorted(price.Settings().scales)
    for found, scale in ((told.gaussian_far, scales[0]), (told.gaussian_near, scales[-2])):
        prices = recorded(price, "price", kernel="gaussian", scale=scale, n=1200)
        assert found.mean == pytest.approx(prices.mean())
    squared = recorded(price, "squared", kernel="laplace", scale=scales[0], n=75)
    assert told.laplace_squared_few == pytest.approx(squared.mean())


def test_the_peak_of_networks_is_where_they_err_most(page):
    told = page.numbers
    tests = {
        width: recorded(networks_by_width, "test", labels="noisy", width=width).mean()
        for width in networks_by_width.Settings().widths
    }
    wide = {width: error for width, error in tests.items() if width > networks_by_width.NARROW}
    assert told.peak_width == max(wide, key=wide.get)
    assert told.peak.mean == pytest.approx(100 * tests[told.peak_width])


def test_lengths_and_swings_are_geometric_means(page):
    told = page.numbers
    norms = recorded(double_descent, "norm", labels="real", features=200)
    assert told.norm_peak == pytest.approx(norms.prod() ** (1 / 3))
    swings = recorded(calming_curves, "swing", features=400)
    assert told.swing_last == pytest.approx(swings.prod() ** (1 / 3))


def test_the_guess_is_checked_at_each_number_of_features(page):
    curve = page.numbers.descent_curve
    assert [features for features, _ in curve] == list(double_descent.Settings().features)
    errors = dict(curve)
    assert 100 * errors[200] == pytest.approx(page.numbers.real_200)
    assert max(errors, key=errors.get) == 200, "where features meet digits"
