"""Errors where samples are missing: rows as promised, controls, charts that follow the hole."""

import re

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from tests.conftest import ROOT

from bigcurves.chapters.density.imperfect_model import decoder_samples, figures, imperfect_model
from bigcurves.chapters.density.imperfect_model import patchy as patchy_learners
from bigcurves.chapters.density.imperfect_model.charts.hole import PROBES, describe_hole, hole_chart
from bigcurves.chapters.density.imperfect_model.charts.missing import (
    decoder_chart,
    describe_decoders,
    describe_shares,
    share_chart,
)
from bigcurves.chapters.density.imperfect_model.imperfect_model import Settings
from bigcurves.chapters.density.imperfect_model.patchy import WORLD, Patchy
from bigcurves.learners import kernel_decoder
from bigcurves.plotting.picture import sprite
from bigcurves.running import runs
from bigcurves.worlds import BarWorld
from bookkit.charts.compile import compile_layouts, draw
from bookkit.execution.cells import cells_of

SMALL = Settings(n=150, test=300, targets=4)
FIELD = {"frequencies": [[6.0, 2.0], [3.0, 5.0]], "phases": [0.1, 0.2]}
IDEAL = pd.DataFrame({"picture": [sprite(np.zeros((1, PROBES, PROBES)))], "worst": [1e-12]})
SHARES = pd.DataFrame({"learner": "net", "labels": ["true labels", "shuffled labels"]})
SHARES = SHARES.assign(mean=[0.9, 0.15], low=0.1, high=0.95)
DECODERS = pd.DataFrame({"latents": ["true", "true", "shuffled"], "n": [20, 160, 20]})
DECODERS = DECODERS.assign(mean=[0.03, 0.0001, 1.0], low=1e-4, high=2.0)
STRIPS = DECODERS[["latents", "n"]].assign(picture=sprite(np.zeros((6, 16, 16))))


# Imperfect models


@pytest.fixture(scope="module")
def small():
    return run_quickly()


def run_quickly():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(patchy_learners, "STEPS", 30)
        return pd.DataFrame(imperfect_model.run(SMALL, 4))


@pytest.fixture(scope="module")
def patchy():
    def corner(latents):
        return (latents < 0.5).all(axis=1)

    rng = np.random.default_rng(0)
    return Patchy.draw(rng, n=100, test=200, kappa=3.0, targets=2, left_out=corner)


def test_there_is_one_row_for_each_part_and_learner(small):
    assert set(small.columns) == {
        *("seed", "part", "learner", "error", "share", "ratio", "rank", "in_hole")
    }
    assert len(small) == len(small.drop_duplicates(["part", "learner"])) == 3 * 3 + 1
    assert set(small["seed"]) == {4}


def test_the_same_seed_gives_the_same_rows(small):
    pd.testing.assert_frame_equal(small, run_quickly())


def test_errors_fall_in_the_hole_and_the_control_knows_no_hole(small):
    ratios = small.set_index(["part", "learner"])["ratio"]
    assert (ratios["hole"][["nearest", "ridge"]] > 1.8).all(), "150 samples leave other holes"
    # Targets of kappa 6 turn once or twice in the disc; with four of them a ratio of two mean
    # squares scatters by a third.
    assert ratios["control"][["nearest", "ridge"]].to_numpy() == pytest.approx(1, abs=0.7)


def test_the_ideal_model_reads_latents_exactly(small):
    # Projection ends when a step is below 1e-8 of a latent; kappa times that, squared, is 4e-15.
    assert small.loc[small["part"] == "ideal", "error"].item() < 1e-12


def test_what_is_left_out_is_left_out_of_training_alone(patchy):
    assert len(patchy.known) == 100
    assert not (patchy.known < 0.5).all(axis=1).any()
    # A quarter of 200: 50, with a standard error of 6.
    assert (patchy.new < 0.5).all(axis=1).sum() == pytest.approx(50, abs=25)


def test_nearest_neighbours_are_what_a_loop_finds(patchy, monkeypatch):
    monkeypatch.setattr(patchy_learners, "STEPS", 30)
    shown, asked = WORLD.render(patchy.known), WORLD.render(patchy.new)
    near = [np.linalg.norm(shown - picture, axis=1).argmin() for picture in asked]
    errors = dict(patchy.errors(patchy.taught, np.random.default_rng(0)))
    assert_allclose(errors["nearest"], (patchy.taught[near] - patchy.truth) ** 2)
    assert errors["network"].shape == errors["ridge"].shape == (200, 2)


def test_leaving_everything_out_is_refused():
    def all_of_it(latents):
        return np.ones(len(latents), bool)

    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="left_out must leave a tenth of the latents, got 0 of 10"):
        Patchy.draw(rng, n=10, test=5, kappa=1.0, targets=1, left_out=all_of_it)


# Decoders


def test_decoders_near_the_manifold_unless_they_are_misled():
    settings = decoder_samples.Settings(sizes=(20, 80), asked=40, side=8)
    table = pd.DataFrame(decoder_samples.run(settings, 0))
    pd.testing.assert_frame_equal(table, pd.DataFrame(decoder_samples.run(settings, 0)))
    assert list(table.columns) == ["seed", "latents", "n", "deviation"]
    deviations = table.set_index(["latents", "n"])["deviation"]
    assert deviations["true", 80] < deviations["true", 20] / 5
    assert deviations["shuffled", 80] > 50 * deviations["true", 80], "the control"


# Charts


def hole():
    return hole_chart(FIELD, IDEAL, description="Words.")


def share():
    single = SHARES.rename(columns={"mean": "share"})
    return share_chart(single, SHARES, area=0.15, description="Words.")


def decoder():
    single = DECODERS.rename(columns={"mean": "deviation"})
    return decoder_chart(STRIPS, single, DECODERS, description="Words.")


def picture(chart, **values):
    """Draw a chart as the book does, some of its parameters set."""
    spec = chart.to_dict()
    for param in spec["params"]:
        param["value"] = values.pop(param["name"], param.get("value"))
        if param["value"] is None:
            del param["value"]
    assert not values
    return draw(compile_layouts(spec)["wide"]).picture


def shares_inside(svg):
    return [int(share) for share in re.findall(r">(\d+)% of its error inside<", svg)]


def test_the_errors_follow_the_hole_and_shuffled_labels_do_not():
    # A disc of radius .3 takes 28 % of the square: 9 points is 4 standard errors, with errors of
    # one size at about 400 images' worth of places.
    kept, shuffled = (shares_inside(picture(hole(), radius=0.3, shuffled=s)) for s in (False, True))
    assert min(kept) > 60
    assert shuffled == pytest.approx([28, 28], abs=9)


def test_without_a_hole_nothing_is_inside():
    assert shares_inside(picture(hole(), radius=0)) == [0, 0]


def test_a_guess_is_drawn_once_there_is_one():
    assert "your guess" not in picture(share())
    assert "your guess" in picture(share(), guess=70)
    assert "15%" in picture(share())


def test_the_choice_shows_one_decoder_and_the_other_pale():
    true, shuffled = (picture(decoder(), told=told) for told in ("true", "shuffled"))
    assert true.count("<image") == 2
    assert shuffled.count("<image") == 1


def test_the_words_come_from_the_tables():
    assert "net, true labels: 90%" in describe_shares(SHARES, 0.15)
    assert "told true latents, 0.03 after 20 images" in describe_decoders(DECODERS)
    assert "1e-12 at worst" in describe_hole(IDEAL)


# Figures


@pytest.fixture(scope="module")
def page():
    return figures.page(range(3))


def test_shares_are_plain_means_and_multiples_geometric_ones_of_the_record(page):
    rows = runs.run(imperfect_model, seeds=range(3)).set_index(["part", "learner"])
    shares = [row["share"] for row in rows.loc[("hole", "ridge")].to_dict("records")]
    assert page.numbers.share_ridge == pytest.approx(sum(shares) / 3)
    assert page.numbers.percent_ridge == pytest.approx(100 * sum(shares) / 3)
    times = page.numbers.beyond_network
    assert times.mean == pytest.approx(
        rows.loc[("beyond", "network"), "ratio"].product() ** (1 / 3)
    )
    # The ends of a geometric interval are as many times below the mean as above it.
    assert times.low * times.high == pytest.approx(times.mean**2)


def test_the_decoder_comes_nearer_by_the_product_of_its_steps(page):
    rows = runs.run(decoder_samples, seeds=range(3))
    far = rows[rows["latents"] == "true"].pivot_table("deviation", "seed", "n")
    steps = [(far[n] / far[2 * n]).product() ** (1 / 3) for n in (20, 40, 80)]
    assert page.numbers.nearer == pytest.approx(np.prod(steps))


def test_the_strips_are_what_the_page_decodes_in_the_open(page):
    (open_cell,) = (
        cell.code
        for cell in cells_of(ROOT / "book" / "density" / "imperfect-model.md")
        if "decoded = {" in cell.code
    )
    names = {"np": np, "BarWorld": BarWorld, "kernel_decoder": kernel_decoder}
    exec(open_cell, names)
    decoded = {told: sprite(rows.reshape(-1, 16, 16)) for told, rows in names["decoded"].items()}
    tables = page.decoder().to_dict()["datasets"].values()
    strips = [row for table in tables for row in table if "picture" in row]
    assert {(row["latents"], row["n"]): row["picture"] for row in strips} == decoded
