"""Data, not model: rows as promised, what must be exactly so, charts that say what tables say."""

import numpy as np
import pandas as pd
import pytest
import vl_convert
from scipy import stats
from sklearn.neighbors import KNeighborsClassifier
from tests.conftest import ROOT

from bigcurves.chapters.density.data_not_model import (
    data_not_model,
    figures,
    mixed_hands,
    partly_scrambled,
    sparse_models,
)
from bigcurves.chapters.density.data_not_model.charts.partly import (
    LiveDigits,
    describe_partly,
    partly_chart,
)
from bigcurves.chapters.density.data_not_model.charts.scrambling import (
    describe_scramblings,
    describe_table,
    scramble_table,
    scramblings_chart,
)
from bigcurves.chapters.density.data_not_model.charts.sparse import describe_sparse
from bigcurves.chapters.density.data_not_model.data_not_model import Settings
from bigcurves.measures.summary import interval_table
from bigcurves.plotting.picture import sprite
from bigcurves.running import runs
from bigcurves.worlds import Digits, permute_pixels
from bookkit.execution.cells import cells_of

SMALL = Settings(n=60)
SPARSE_SMALL = sparse_models.Settings(sizes=(20, 30))
PICTURE = sprite(np.eye(8)[np.newaxis])
STRIPS = pd.DataFrame({"name": ["as they are", "shuffled"], "page": 1, "picture": PICTURE})
LABELS = pd.DataFrame({"name": "as they are", "page": 1, "place": range(8), "label": range(8)})
MODULES = {
    "data_not_model": data_not_model,
    "partly_scrambled": partly_scrambled,
    "sparse_models": sparse_models,
}
DATA = ["as they are", "shuffled"]
SHARES = pd.DataFrame({"digits": ["new", "new", "training"], "data": [*DATA, "shuffled"]})
SHARES = SHARES.assign(model="network", share=[0.95, 0.11, 1.0])
SPARSE = pd.DataFrame({"digits": "shifted", "model": "forest", "n": [50, 800], "test": [0.3, 0.8]})
SHUFFLED = pd.DataFrame({"dealing": ["alike", "apart", "apart"], "moved": [0, 0, 64]})
SHUFFLED = SHUFFLED.assign(mean=[0.95, 0.95, 0.1])
DIGITS = LiveDigits(
    known=[[0] * 64, [16] * 64],
    asked=[[15] * 64] * 30,
    known_ranks=[list(range(64))] * 2,
    asked_ranks=[list(range(64))] * 30,
    taught=[3, 5],
    truth=[5] * 30,
    order=list(range(64)),
)


# Four families on four kinds of data


@pytest.fixture(scope="module")
def small():
    return pd.DataFrame(data_not_model.run(SMALL, 5))


def picked(table, data, model="nearest neighbour"):
    rows = table[(table["data"] == data) & (table["model"] == model)]
    assert len(rows) == 1
    return rows.iloc[0]


def test_there_is_one_row_for_each_condition_and_family(small):
    assert list(small.columns) == ["seed", "data", "model", "train", "test"]
    assert len(small) == len(small.drop_duplicates(["data", "model"])) == 4 * 4
    assert set(small["seed"]) == {5}
    assert small["train"].to_numpy() == pytest.approx(1)


def test_the_same_seed_gives_the_same_rows(small):
    pd.testing.assert_frame_equal(small, pd.DataFrame(data_not_model.run(SMALL, 5)))


def test_nearest_neighbour_is_what_a_loop_over_distances_says(small):
    known, new = Digits().split(np.random.default_rng([5, 0]))
    nearest = [np.linalg.norm(known.inputs[:60] - x, axis=1).argmin() for x in new.inputs]
    right = known.targets[nearest] == new.targets
    assert picked(small, "real")["test"] == pytest.approx(np.mean(right), abs=1e-12)


def test_one_permutation_leaves_every_distance_and_so_every_answer(small):
    for model in ("nearest neighbour", "kernel machine"):
        real, permuted = picked(small, "real", model), picked(small, "permuted", model)
        # Sums in another order may turn one tie: one digit of 552 or more.
        assert permuted["test"] == pytest.approx(real["test"], abs=1.5 / 552)


def test_without_structure_each_family_guesses(small):
    # Chance is 0.1; among 552 test digits its standard error is 0.0128, and the forms of the
    # digits differ in ink, which helps a little: 5 standard errors above a share of 0.11.
    for data in ("scrambled", "shuffled"):
        tests = small.loc[small["data"] == data, "test"]
        assert ((tests > 0.036) & (tests < 0.174)).all()
    assert (small.loc[small["data"] == "real", "test"] > 0.6).all(), "the positive control"


def test_two_labels_for_one_image_cannot_be_fitted():
    twice = pd.DataFrame(data_not_model.run(Settings(n=60, repeats=2), 0))
    # Of two copies whose ten labels were shuffled apart, about 1 in 10 agree.
    assert (twice.loc[twice["data"] == "shuffled", "train"] < 0.8).all()
    assert twice.loc[twice["data"] == "real", "train"].to_numpy() == pytest.approx(1)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"n": 1278}, "n must be between 10 and 1277, got 1278"),
        ({"shuffled_share": 1.5}, "shuffled_share must be between 0 and 1, got 1.5"),
        ({"shuffled_share": float("nan")}, "shuffled_share must be between 0 and 1, got nan"),
        ({"repeats": 0}, "repeats must be between 1 and n = 500, got 0"),
    ],
)
def test_bad_settings_are_named(change, message):
    with pytest.raises(ValueError, match=message):
        Settings(**change)


# Pixels shuffled by degrees


@pytest.fixture(scope="module")
def shuffled():
    return pd.DataFrame(partly_scrambled.run(partly_scrambled.Settings(moved=(0, 64)), 3))


def share(table, dealing, moved):
    (found,) = table.loc[(table["dealing"] == dealing) & (table["moved"] == moved), "test"]
    return found


def test_shuffled_digits_have_a_row_for_each_way_and_number(shuffled):
    assert list(shuffled.columns) == ["seed", "dealing", "moved", "test"]
    assert len(shuffled) == len(shuffled.drop_duplicates(["dealing", "moved"])) == 4


def test_where_no_pixel_moves_both_ways_are_a_loop_over_distances(shuffled):
    known, new = Digits().split(np.random.default_rng([3, 0]))
    nearest = [np.linalg.norm(known.inputs[:200] - x, axis=1).argmin() for x in new.inputs]
    right = np.mean(known.targets[nearest] == new.targets)
    assert (
        share(shuffled, "alike", 0)
        == share(shuffled, "apart", 0)
        == pytest.approx(right, abs=1e-12)
    )


def test_all_alike_costs_nothing_and_each_its_own_way_leaves_a_guess(shuffled):
    # Sums in another order may turn one tie: one digit of 552 or more.
    assert share(shuffled, "alike", 64) == pytest.approx(share(shuffled, "alike", 0), abs=1.5 / 552)
    # Chance is 0.1 and its standard error 0.0128; the ink adds a hundredth: 5 of them either way.
    assert 0.036 < share(shuffled, "apart", 64) < 0.174


def test_the_settings_are_what_exchanges_the_ways():
    swapped = partly_scrambled.Settings(moved=(64,), dealings=("apart", "alike"))
    table = pd.DataFrame(partly_scrambled.run(swapped, 3))
    assert share(table, "alike", 64) < 0.2 < 0.8 < share(table, "apart", 64)


def test_fully_shuffled_digits_keep_their_ink():
    sample = Digits().sample(30, np.random.default_rng(0))
    ranks = np.random.default_rng(1).random((30, 64))
    shuffled = permute_pixels(sample.inputs, ranks, np.arange(64))
    assert shuffled.sum(axis=1) == pytest.approx(sample.inputs.sum(axis=1))


# Few samples


@pytest.fixture(scope="module")
def sparse():
    return pd.DataFrame(sparse_models.run(SPARSE_SMALL, 3))


def test_few_samples_have_a_row_for_each_part_size_and_model(sparse):
    assert list(sparse.columns) == ["seed", "digits", "n", "model", "train", "test"]
    assert len(sparse) == len(sparse.drop_duplicates(["digits", "n", "model"])) == 2 * 2 * 5
    exact = sparse[sparse["model"].isin(["nearest neighbour", "forest"])]
    assert exact["train"].to_numpy() == pytest.approx(1)


def test_shifts_cost_the_four_and_hardly_the_convolution(sparse):
    at = sparse[sparse["n"] == 30].pivot_table("test", "model", "digits")
    lost = at["aligned"] - at["shifted"]
    assert lost.drop("convolution").min() > 0.2
    assert lost["convolution"] < 0.2


def test_parts_without_their_shift_are_the_same_digits():
    settings = sparse_models.Settings(sizes=(20,), shifts=(0, 0))
    table = pd.DataFrame(sparse_models.run(settings, 1)).set_index("model")
    aligned, shifted = (table[table["digits"] == part]["test"] for part in ("aligned", "shifted"))
    pd.testing.assert_series_equal(aligned, shifted)


# Charts


def mean_of(table, value):
    table = table.rename(columns={value: "mean"})
    return table.assign(low=table["mean"] * 0.9, high=table["mean"] * 1.1)


def pictures():
    return scramblings_chart(STRIPS, LABELS, description="Words.")


def scrambles():
    means = mean_of(SHARES, "share")
    return scramble_table(SHARES, means, data=DATA, description="Words.")


def partly():
    return partly_chart(DIGITS, mean_of(SHUFFLED, "mean"), description="Words.")


def svg(chart):
    return vl_convert.vegalite_to_svg(chart.to_json(), vl_version="6.4")


def with_value(chart, **values):
    spec = chart.to_dict()
    for param in spec["params"]:
        if param["name"] in values:
            param["value"] = values[param["name"]]
    return vl_convert.vegalite_to_svg(spec, vl_version="6.4")


def test_the_table_prints_each_share_and_changes_to_training_digits():
    assert "95.0%" in svg(scrambles())
    assert "11.0%" in svg(scrambles())
    assert "100.0%" in with_value(scrambles(), digits="training")


def test_a_guess_is_drawn_once_there_is_one():
    assert "your guess" not in svg(scrambles())
    assert "your guess" in with_value(scrambles(), guess=50)


def test_labels_stand_below_their_digits():
    assert all(f">{label}<" in svg(pictures()) for label in range(8))


def test_live_digits_go_to_the_kernels():
    params = {param["name"]: param for param in partly().to_dict()["params"]}
    assert params["known"]["value"] == DIGITS.known
    assert params["truth"]["value"] == DIGITS.truth
    assert params["named"]["expr"] == "nearestLabels(askedNow, knownNow, taught)"


def test_descriptions_say_what_the_tables_say():
    assert "8 digits" in describe_scramblings(STRIPS)
    told = describe_table(mean_of(SHARES, "share"))
    assert "shuffled: network 11.0%" in told
    assert "100.0% or more" in told
    assert "shifted, forest: 30 to 80%" in describe_sparse(mean_of(SPARSE, "test"))
    assert "apart: 95% at 0" in describe_partly(mean_of(SHUFFLED, "mean"))


# Figures


@pytest.fixture(scope="module")
def page():
    return figures.page(range(3))


def test_accuracies_are_those_of_the_record(page):
    rows = runs.run(data_not_model, seeds=range(3))
    real = rows[rows["data"] == "real"].pivot_table("test", "seed", "model")
    numbers = page.numbers
    assert numbers.real_best == pytest.approx(100 * max(real[model].mean() for model in real))
    assert numbers.real_worst == pytest.approx(100 * min(real[model].mean() for model in real))
    apart = [max(accuracies) - min(accuracies) for accuracies in real.to_numpy()]
    assert numbers.over_models == pytest.approx(100 * sum(apart) / 3)
    scrambled = rows[rows["data"] == "scrambled"].groupby("model")["test"].sum()
    assert scrambled[numbers.ink_model] == scrambled.max()
    assert numbers.ink == pytest.approx(100 * scrambled.max() / 3)


def test_intervals_are_students(page):
    rows, numbers = runs.run(sparse_models, seeds=range(3)), page.numbers
    rows = rows[(rows["digits"] == "shifted") & (rows["n"] == 50)]
    values = 100 * rows.loc[rows["model"] == "convolution", "test"]
    ends = stats.t.interval(0.95, 2, values.mean(), stats.sem(values))
    assert (numbers.shifted_50_conv.low, numbers.shifted_50_conv.high) == pytest.approx(ends)
    assert numbers.shifted_50_conv.mean == pytest.approx(values.mean())
    assert numbers.shifted_50_best < numbers.shifted_50_conv.mean, "it is none of the four"


def test_figures_show_what_the_page_works_out_in_the_open(page):
    asked = ("spoilt = {", *(f"runs.run({name}" for name in MODULES))
    open_cells = [
        cell.code.replace("range(20)", "range(3)")
        for cell in cells_of(ROOT / "book" / "density" / "data-not-model.md")
        if any(words in cell.code for words in asked)
    ]
    assert len(open_cells) == len(asked)
    names = {"np": np, "runs": runs, "interval_table": interval_table} | MODULES
    names |= {"Digits": Digits, "permute_pixels": permute_pixels}
    for code in open_cells:
        exec(code, names)
    pd.testing.assert_frame_equal(page.shares, names["shares"])
    pd.testing.assert_frame_equal(page.means, names["means"])
    pd.testing.assert_frame_equal(page.by_degrees, names["by_degrees"])
    pd.testing.assert_frame_equal(page.few_means, names["sparse_means"])
    rows = [row for table in page.scramblings().to_dict()["datasets"].values() for row in table]
    for name, (inputs, labels) in names["spoilt"].items():
        strips = [row for row in rows if row["name"] == name and "picture" in row]
        spoilt = [sprite(inputs[start : start + 8].reshape(8, 8, 8)) for start in range(0, 48, 8)]
        assert [row["picture"] for row in sorted(strips, key=lambda row: row["page"])] == spoilt
        told = [row for row in rows if row["name"] == name and "label" in row]
        told = sorted(told, key=lambda row: (row["page"], row["place"]))
        assert [row["label"] for row in told] == labels.tolist()


def test_hands_that_are_mixed_are_the_same_digits_dealt_out_anew():
    settings = mixed_hands.Settings(n=300, draws=1)
    table = pd.DataFrame(mixed_hands.run(settings, 3)).set_index(["hands", "machine"])["error"]
    known, new = Digits().split(np.random.default_rng([3, 0]))
    nearest = KNeighborsClassifier(1).fit(known.inputs[:300], known.targets[:300])
    by_hand = 1 - nearest.score(new.inputs, new.targets)
    assert table["other", "nearest neighbour"] == pytest.approx(by_hand)
    all_mixed = mixed_hands.mix_all_hands(settings)
    mixed = pd.DataFrame(mixed_hands.run(all_mixed, 3)).set_index(["hands", "machine"])["error"]
    assert mixed["other"].equals(mixed["mixed"])
    assert mixed["mixed"].equals(table["mixed"])
    assert table["mixed", "nearest neighbour"] < table["other", "nearest neighbour"]


def test_the_errors_by_hands_are_means_over_draws_and_seeds():
    page = figures.page(seeds=range(3))
    rows = runs.run(mixed_hands, seeds=range(3))
    rows = rows[(rows["machine"] == "nearest neighbour") & (rows["hands"] == "mixed")]
    assert page.numbers.hands_mixed == pytest.approx(100 * rows["error"].mean())


def test_the_lead_of_the_convolution_is_a_mean_over_draws_of_what_its_claim_measures():
    page = figures.page(seeds=range(3))
    rows = runs.run(sparse_models, seeds=range(3))
    leads = [sparse_models._lead(rows[rows["seed"] == seed], "shifted") for seed in range(3)]
    assert page.numbers.shifted_50_lead == pytest.approx(100 * np.mean(leads))
    assert 0 < page.numbers.shifted_800_lead < page.numbers.shifted_50_lead
