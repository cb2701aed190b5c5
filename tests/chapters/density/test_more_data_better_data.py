"""Flipped labels: rows as promised, votes as scikit-learn's, charts that say what tables say."""

import numpy as np
import pandas as pd
import pytest
import vl_convert
from sklearn.neighbors import KNeighborsClassifier

from bigcurves.chapters.density.more_data_better_data import figures, more_data, noise_map
from bigcurves.chapters.density.more_data_better_data.charts.label_noise import (
    describe_noise_curves,
    noise_curves,
)
from bigcurves.chapters.density.more_data_better_data.charts.noise_map import (
    describe_map,
    equal_error_lines,
)
from bigcurves.chapters.density.more_data_better_data.charts.noise_map import noise_map as draw_map
from bigcurves.chapters.density.more_data_better_data.charts.rates import (
    describe_rates,
    rates_chart,
)
from bigcurves.chapters.density.more_data_better_data.charts.votes import (
    GRID,
    LivePoints,
    describe_votes,
    votes_chart,
)
from bigcurves.chapters.density.more_data_better_data.voting import VOTERS, Voting
from bigcurves.running import runs
from bigcurves.worlds import FlatWorld, VoronoiCells

SMALL = more_data.Settings(sizes=(100, 400), test=600)
MAP_SMALL = noise_map.Settings(sizes=(100, 1600), shares=(0.0, 0.3, 0.6, 0.8), test=500)
CURVES = pd.DataFrame(
    {"flips": "spread out", "share": [0.2, 0.4] * 2, "n": [100, 100, 400, 400], "error": 0.3}
)
MAP = pd.DataFrame(
    [
        {"flips": flips, "share": share, "n": n, "mean": share / 2 + 10 / n}
        for flips in ("spread out", "all to the next class")
        for share in (0.0, 0.4, 0.6, 0.8)
        for n in (100, 200, 400)
    ]
)
MAP = MAP.assign(low=MAP["mean"] * 0.9, high=MAP["mean"] * 1.1)
RATES = pd.DataFrame({"flips": "spread out", "share": 0.4, "n": [400, 1600], "rate": [8.0, 4.0]})
GUIDES = pd.DataFrame({"flips": ["spread out"], "share": 0.4, "guide": 4.0, "name": "guide 4.0"})
PLACES = pd.DataFrame({"x": [0.0, 0.5], "y": [0.5, 1.0], "cell": [0, 1]})
POINTS = LivePoints(
    xs=[0.2, 0.7],
    ys=[0.3, 0.6],
    truth=[0, 1],
    spread=[3, 4],
    next_one=[1, 2],
    chances=[0.1, 0.9],
)


@pytest.fixture(scope="module")
def small():
    return pd.DataFrame(more_data.run(SMALL, 1))


@pytest.fixture(scope="module")
def mapped():
    rows = [row for seed in range(4) for row in noise_map.run(MAP_SMALL, seed)]
    return pd.DataFrame(rows)


@pytest.fixture(scope="module")
def page():
    return figures.page(range(3))


# More data


def test_there_is_one_row_for_each_kind_share_and_size(small):
    assert list(small.columns) == [
        *("seed", "flips", "share", "n", "error", "voters", "worth", "rate", "guide")
    ]
    assert len(small) == len(small.drop_duplicates(["flips", "share", "n"])) == 7 * 5
    assert set(small["seed"]) == {1}


def test_the_same_seed_gives_the_same_rows(small):
    pd.testing.assert_frame_equal(small, pd.DataFrame(more_data.run(SMALL, 1)))


def test_rates_are_given_where_the_truth_still_leads(small):
    lost = (small["flips"] == "systematic") & (small["share"] == 0.6) | (small["flips"] == "none")
    assert small.loc[lost, "rate"].isna().all()
    given = small[~lost]
    assert np.allclose(given["rate"], given["n"] / given["worth"])
    guides = given.groupby(["flips", "share"])["guide"].first()
    # By hand: 1 / (1 - 0.2 * 5 / 4)^2, 1 / (1 - 0.6 * 5 / 4)^2 and 1 / (1 - 2 * 0.4)^2.
    assert guides["symmetric", 0.2] == pytest.approx(16 / 9)
    assert guides["symmetric", 0.6] == pytest.approx(16)
    assert guides["systematic", 0.4] == pytest.approx(25)


def test_labels_that_tell_nothing_leave_chance():
    settings = more_data.Settings(sizes=(100, 1600), test=2000, shares=(0.2, 0.4, 0.8))
    table = pd.DataFrame(more_data.run(settings, 0)).set_index(["flips", "share", "n"])["error"]
    # Four flips in five spread over four classes leave each label equally likely. Chance is a
    # miss of 0.8, but cells differ in size and the guesses hang together: within 0.15.
    assert table["symmetric", 0.8, 1600] == pytest.approx(0.8, abs=0.15)
    assert table["none", 0.0, 1600] < 0.1, "the positive control"


@pytest.mark.parametrize("features", [2, 12])
def test_the_vote_is_scikit_learns(features):
    """With 12 features the rows use 2 dimensions of 12: the search leaves out the others."""
    rng = np.random.default_rng(0)
    turn = np.linalg.qr(rng.standard_normal((features, features)))[0][:2]
    known, new = rng.random((300, 2)) @ turn, rng.random((200, 2)) @ turn
    labels, answers = rng.integers(0, 3, 300), rng.integers(0, 3, 200)
    error, voters = Voting.of(known, new, classes=3).error(labels, answers)
    held = 300 // 5
    rights = [
        KNeighborsClassifier(k).fit(known[held:], labels[held:]).score(known[:held], labels[:held])
        for k in VOTERS
        if k <= (300 - held) // 2
    ]
    assert rights[VOTERS.index(voters)] == pytest.approx(max(rights))
    fresh = KNeighborsClassifier(voters).fit(known, labels).score(new, answers)
    assert error == pytest.approx(1 - fresh, abs=1e-12)


def test_too_few_rows_are_named():
    with pytest.raises(ValueError, match="known must have at least 5 rows, got 4"):
        Voting.of(np.zeros((4, 2)), np.zeros((4, 2)), classes=2)


# The map


def error(table, flips, share, n):
    rows = table[(table["flips"] == flips) & (table["share"] == share) & (table["n"] == n)]
    return rows["error"].mean()


def test_the_map_has_one_row_for_each_kind_share_and_size(mapped):
    assert list(mapped.columns) == ["seed", "flips", "share", "n", "error"]
    assert len(mapped) == len(mapped.drop_duplicates(list(mapped.columns)[:4])) == 4 * 2 * 4 * 2


def test_without_flips_the_kinds_are_the_same(mapped):
    clean = mapped[mapped["share"] == 0]
    kinds = [clean.loc[clean["flips"] == k, "error"].to_list() for k in clean["flips"].unique()]
    assert kinds[0] == kinds[1]


def test_the_clean_column_is_a_vote_of_scikit_learn():
    settings = noise_map.Settings(sizes=(200,), shares=(0.0,), test=300)
    (row, _) = noise_map.run(settings, 2)
    world, rng = FlatWorld(d=2, features=30), np.random.default_rng([2, 0])
    cells = VoronoiCells.draw(rng, d=2, classes=5)
    new, known = world.sample(300, rng), world.sample(200, rng)
    answers, truth = cells(new.latents), cells(known.latents)
    _, voters = Voting.of(known.inputs, new.inputs, classes=5).error(truth, answers)
    model = KNeighborsClassifier(voters).fit(known.inputs, truth)
    missed = np.mean(model.predict(new.inputs) != answers)
    # Ties between classes may be broken otherwise: a few places of 300.
    assert row["error"] == pytest.approx(missed, abs=0.02)


def test_more_rows_mend_what_is_spread_out_and_harm_what_agrees(mapped):
    assert error(mapped, "symmetric", 0.6, 1600) < error(mapped, "symmetric", 0.6, 100) - 0.15
    assert error(mapped, "systematic", 0.6, 1600) > error(mapped, "systematic", 0.6, 100)
    assert error(mapped, "systematic", 0.3, 1600) < error(mapped, "systematic", 0.3, 100)


def test_where_no_label_leads_only_chance_is_left(mapped):
    # Four in five spread over four classes: a miss of 0.8 on average, but cells differ in size.
    assert error(mapped, "symmetric", 0.8, 1600) == pytest.approx(0.8, abs=0.12)


def test_the_kind_of_flips_is_a_setting():
    agree = ("systematic", "systematic")
    settings = noise_map.Settings(sizes=(1600,), shares=(0.6,), test=500, flips=agree)
    table = pd.DataFrame(noise_map.run(settings, 0)).set_index("flips")["error"]
    assert table["symmetric"] == table["systematic"] > 0.5


# Charts


def mean_of(table, value):
    table = table.rename(columns={value: "mean"})
    return table.assign(low=table["mean"] * 0.9, high=table["mean"] * 1.1)


def curves():
    return noise_curves(CURVES, mean_of(CURVES, "error"), description="Words.")


def atlas():
    return draw_map(MAP, equal_error_lines(MAP, (0.2,)), description="Words.")


def rates():
    return rates_chart(RATES, mean_of(RATES, "rate"), GUIDES, description="Words.")


def votes():
    return votes_chart(POINTS, PLACES, description="Words.")


CONTROLS = {curves: {"share"}, atlas: {"flips", "step", "share"}, rates: {"flips"}}
CONTROLS |= {votes: {"flips", "share", "n", "k"}}


@pytest.mark.parametrize("draw", CONTROLS, ids=lambda draw: draw.__name__)
def test_each_chart_offers_its_controls(draw):
    params = draw().to_dict()["params"]
    assert {param["name"] for param in params if "bind" in param} == CONTROLS[draw]


def test_a_line_of_equal_error_is_where_the_error_is_equal():
    lines = equal_error_lines(MAP, (0.2, 0.9))
    # By construction the error is share / 2 + 10 / n, so share = 2 (level - 10 / n).
    assert set(lines["level"]) == {0.2}, "no error reaches 0.9"
    expected = 2 * (0.2 - 10 / lines["n"])
    np.testing.assert_allclose(lines["share"], expected, atol=1e-12)


def test_the_point_on_the_map_reads_its_error():
    spec = atlas().to_dict()
    for param in spec["params"]:
        param["value"] = {"step": 1, "share": 0.4}.get(param["name"], param.get("value"))
    picture = vl_convert.vegalite_to_svg(spec, vl_version="6.4")
    assert "200 rows, 40% wrong: error 25.0% (22.5% to 27.5%)" in picture


def test_guides_are_named():
    assert "guide 4.0" in vl_convert.vegalite_to_svg(rates().to_json(), vl_version="6.4")


def test_points_go_to_the_kernels():
    params = {param["name"]: param for param in votes().to_dict()["params"]}
    assert params["truth"]["value"] == [0, 1]
    assert "flipLabels(" in params["labelsNow"]["expr"]


def test_the_vote_is_held_in_the_middle_of_each_square():
    (named,) = [
        calculate["calculate"]
        for layer in votes().to_dict()["layer"]
        for calculate in layer.get("transform", [])
        if "voteAt" in calculate.get("calculate", "") and "encoding" in layer
        if "x2" in layer["encoding"]
    ]
    assert named.startswith(f"voteAt(datum.x + {0.5 / GRID}, datum.y - {0.5 / GRID}, ")


def test_descriptions_say_what_the_tables_say():
    assert "from 30% to 30.0%" in describe_noise_curves(mean_of(CURVES, "error"))
    assert "at 40% wrong 30% to 22.5%" in describe_map(MAP)
    assert "8.0 at 400 rows" in describe_rates(mean_of(RATES, "rate"))
    assert "2 training points" in describe_votes(POINTS)


# What the page says


def recorded(experiment, flips, share, n):
    table = runs.run(experiment, seeds=range(3))
    is_share = np.isclose(table["share"], share)
    return table[(table["flips"] == flips) & is_share & (table["n"] == n)]


def test_an_error_is_the_mean_in_percent_with_students_interval(page):
    errors = 100 * recorded(more_data, "symmetric", 0.6, 25_600)["error"]
    found = page.numbers.spread_25600
    assert len(errors) == 3
    assert found.mean == pytest.approx(errors.mean())
    # Student's t with 2 degrees of freedom: 95% lie within 4.3027.
    assert found.high - found.mean == pytest.approx(4.3027 * errors.std() / 3**0.5, rel=1e-4)
    alike = 100 * recorded(noise_map, "systematic", 0.5, 12_800)["error"]
    assert page.numbers.half_many == pytest.approx(alike.mean())


def test_a_rate_is_the_geometric_mean_of_the_seeds(page):
    rates = recorded(more_data, "systematic", 0.4, 25_600)["rate"]
    found = page.numbers.rate_agreed_4_25600
    assert found.mean == pytest.approx(rates.prod() ** (1 / 3))
    assert found.low < found.mean < found.high
    assert found.mean**2 == pytest.approx(found.low * found.high), "even in the logarithm"


def test_every_point_of_the_election_has_two_wrong_labels(page):
    given = {param["name"]: param.get("value") for param in page.votes().to_dict()["params"]}
    truth, spread, next_one = (np.array(given[name]) for name in ("truth", "spread", "nextOne"))
    assert len(truth) == len(given["xs"]) == 400
    assert not (spread == truth).any()
    assert set((spread - truth) % 5) == {1, 2, 3, 4}
    assert ((next_one - truth) % 5 == 1).all()
