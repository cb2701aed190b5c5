"""Primes: rows as promised, theory counted another way, figures and charts that show them."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
import vl_convert

from bigcurves.chapters.discrete.primes import composite_trap, figures, number_priors, primes
from bigcurves.chapters.discrete.primes.charts.prime_curve import (
    describe_prime_curve,
    prime_curve_chart,
)
from bigcurves.chapters.discrete.primes.charts.prime_scores import (
    TASKS,
    describe_shares,
    learners_chart,
    more_numbers_chart,
)
from bigcurves.chapters.discrete.primes.charts.sieve import describe_sieve, sieve_chart
from bigcurves.running import runs
from bookkit.charts.compile import compile_layouts, draw

TINY = {
    primes: primes.Settings(m=60, test=100, sizes=(20, 60), width=32, epochs=30),
    number_priors: number_priors.Settings(m=60, test=100, flags=(1, 4), width=32, epochs=30),
    composite_trap: composite_trap.Settings(m=60, test=200, width=32, epochs=30, high=1_010_000),
}
KEYS = {
    primes: ["part", "task", "learner", "m"],
    number_priors: ["part", "task", "encoding", "flags"],
    composite_trap: ["part", "divisors"],
}
ENDS = {"low": 0.4, "high": 0.6}
LEARNERS = pd.DataFrame(
    [
        {"on": on, "learner": "net", "task": task, "mean": 0.5}
        for on in ("new numbers", "numbers learned")
        for task in TASKS
    ]
)
SIZES = pd.DataFrame(
    [{"m": m, "task": task, "mean": 0.5, "train": 1.0} for m in (125, 250) for task in TASKS]
)
NUMBERS = pd.DataFrame({"row": [0, 0, 1], "column": [0, 1, 0], "number": [11, 121, 169]})
NUMBERS["rung"] = [0, 1, 2]
RUNGS = pd.DataFrame({"flags": [0, 1, 2], "largest": [0, 11, 13], "theory": [0.5, 0.57, 0.63]})
RUNG_MEANS = pd.DataFrame({"flags": [1, 2], "mean": [0.56, 0.64], **ENDS})
# Two groups of places with a gap between them: the label changes in the gap.
PLACES = np.concatenate([np.linspace(0, 0.4, 9), np.linspace(0.6, 1, 9)])
LEARNED = pd.DataFrame({"place": PLACES, "prime": np.arange(18) % 2, "smooth": PLACES > 0.5})
NEW = pd.DataFrame({"place": PLACES + 0.01, "prime": np.arange(18) % 2, "smooth": PLACES > 0.5})


@pytest.fixture(scope="module", params=TINY, ids=lambda module: module.__name__.split(".")[-1])
def tiny(request):
    module = request.param
    return module, pd.DataFrame(module.run(TINY[module], 3))


def test_rows_are_tidy_and_carry_their_seed(tiny):
    module, table = tiny
    assert (table["seed"] == 3).all()
    assert not table.duplicated(KEYS[module]).any()
    numbers = table.select_dtypes("number").drop(
        columns=["seed", "m", "divisors", "flags"], errors="ignore"
    )
    assert ((numbers >= 0) & (numbers <= 1) | numbers.isna()).all(axis=None)


def test_the_same_seed_gives_the_same_rows_and_another_seed_others(tiny):
    module, table = tiny
    pd.testing.assert_frame_equal(table, pd.DataFrame(module.run(TINY[module], 3)))
    assert not table.equals(pd.DataFrame(module.run(TINY[module], 4)).assign(seed=3))


def test_every_part_of_the_primes_figure_has_its_rows():
    table = pd.DataFrame(primes.run(TINY[primes], 0))
    assert set(table["task"]) == {"label", "twin", "permuted"}
    assert table.groupby(["part", "task"]).size().to_dict() == {
        (part, task): count
        for part, count in (("learners", 4), ("sweep", 2))
        for task in ("label", "permuted", "twin")
    }


def test_theory_is_the_reference_and_the_product_over_the_divisors():
    reference = {1: 0.573, 2: 0.630, 4: 0.703, 8: 0.782, 16: 0.853, 32: 0.929}
    divisors = [p for p in range(11, 200) if all(p % d for d in range(2, p))]
    for flags, known in reference.items():
        found = number_priors.flag_accuracy(flags)
        assert found == pytest.approx(known, abs=0.0005)
        # residues of coprime numbers are almost independent, so that the share which no
        # divisor takes is a product; the range holds whole periods of it up to 1 in 100
        untouched = np.prod([1 - 1 / p for p in divisors[:flags]])
        composites = 1 - 5709 / 14_981
        assert found == pytest.approx((1 + (1 - untouched) / composites) / 2, abs=0.01)


def test_rules_recall_what_inclusion_and_exclusion_say():
    rows = list(composite_trap._rules(composite_trap.Settings()))
    assert [row["divisors"] for row in rows] == [1, 2, 3, 4]
    assert all(row["recall_primes"] == 1 for row in rows)
    # pi(3e6) - pi(1e6) = 216816 - 78498 primes; 2, 3, 5 leave 8 numbers in 30
    composites = 2_000_000 - (216_816 - 78_498)
    caught = 2_000_000 * (1 - 8 / 30)
    assert rows[2]["recall_composites"] == pytest.approx(caught / composites, abs=1e-5)
    assert rows[2]["recall_composites"] == pytest.approx(0.788, abs=0.0005)
    assert rows[2]["rule"] == "not divisible by 2, 3, 5"


def runs_of(means):
    return means.rename(columns={"mean": "share"})


def learners():
    return learners_chart(runs_of(LEARNERS), LEARNERS.assign(**ENDS), description="Words.")


def more():
    return more_numbers_chart(runs_of(SIZES), SIZES.assign(**ENDS), description="Words.")


def ladder():
    return sieve_chart(NUMBERS, RUNGS, RUNG_MEANS, description="Words.")


def own():
    return prime_curve_chart(LEARNED, NEW, description="Words.")


def vega(chart):
    return vl_convert.vegalite_to_vega(chart.to_json(), vl_version="6.4")


def controls(chart):
    return {s["name"]: s["bind"] for s in vega(chart)["signals"] if "bind" in s}


def words_of(chart, **values):
    """Draw a chart with some controls moved, and give the words in its picture."""
    spec = chart.to_dict()
    for param in spec["params"]:
        param["value"] = values.pop(param["name"], param.get("value"))
        if param["value"] is None:
            del param["value"]
    assert not values
    return draw(compile_layouts(spec)["wide"]).picture


def test_the_slider_has_one_step_for_each_size_and_for_each_rung():
    assert (controls(more())["doublings"]["min"], controls(more())["doublings"]["max"]) == (0, 1)
    assert (controls(ladder())["flags"]["min"], controls(ladder())["flags"]["max"]) == (0, 2)


def test_a_composite_is_crossed_out_from_its_own_rung_on():
    """Of three numbers one is prime, one goes at the first rung and one at the second."""
    counts = []
    for flags in (0, 1, 2):
        picture = words_of(ladder(), flags=flags)
        counts.append(picture.count("kind: composite, caught"))
    assert counts == [0, 1, 2]


def test_the_live_curve_scores_itself():
    """A narrow bump repeats its numbers; the new ones beside them tell only the smooth label.

    The primes here alternate, and each new number lies beside one learned with its label.
    """
    smooth = words_of(own(), label="smooth", bump=-3)
    assert "numbers learned: 100% right" in smooth
    assert "new numbers: 100% right" in smooth
    wide = words_of(own(), label="prime", bump=-0.5)
    gaps = NEW["place"].to_numpy()[:, np.newaxis] - PLACES
    weights = np.exp(-0.5 * gaps**2 / 0.1)  # the bump's width is the root of a tenth
    told = weights @ LEARNED["prime"].to_numpy() / weights.sum(axis=1) > 0.5
    assert f"new numbers: {(told == NEW['prime']).mean():.0%} right" in wide


def test_the_words_say_what_the_tables_say():
    assert "net, smooth label: 50.0%" in describe_shares(LEARNERS, ["learner", "task"], "End.")
    assert "2 divisors: 63.0% in theory, 64.0% measured" in describe_sieve(RUNGS, RUNG_MEANS)
    assert "18 new numbers" in describe_prime_curve(LEARNED, NEW)


@pytest.fixture(scope="module")
def page():
    return figures.page(seeds=range(3))


def test_the_candidates_are_counted_as_by_trial_division(page):
    prime = [
        all(number % d for d in range(11, 363, 2))
        for number in range(2**16, 2**17)
        if all(number % d for d in (2, 3, 5, 7))
    ]
    behind = [here for before, here in pairwise(prime) if before]
    numbers = page.numbers
    assert numbers.base == pytest.approx(100 * sum(prime) / len(prime))
    assert numbers.after == pytest.approx(100 * sum(behind) / len(behind))


def test_the_four_learners_share_is_an_interval_over_their_means(page):
    rows = runs.run(primes, seeds=range(3))
    rows = rows[(rows["part"] == "learners") & (rows["task"] == "label")]
    each = 100 * rows.groupby("seed")["test"].mean().to_numpy()
    assert rows.groupby("seed").size().tolist() == [4, 4, 4]
    found, reach = page.numbers.all_prime, 4.302653 * each.std(ddof=1) / np.sqrt(3)
    assert (found.mean, found.seeds) == (pytest.approx(each.mean()), 3)
    assert found.low == pytest.approx(each.mean() - reach)
    assert found.high == pytest.approx(each.mean() + reach)


def test_the_curve_to_guess_is_the_networks_on_primes(page):
    rows = runs.run(primes, seeds=range(3))
    rows = rows[(rows["part"] == "sweep") & (rows["task"] == "label")]
    numbers = page.numbers
    assert [m for m, _ in numbers.prime_curve] == [125, 250, 500, 1000, 2000, 4000]
    for m, share in numbers.prime_curve:
        assert share == pytest.approx(100 * sum(rows[rows["m"] == m]["test"]) / 3)
    ends = (numbers.fewest, numbers.few_prime), (numbers.most, numbers.many_prime)
    assert (numbers.prime_curve[0], numbers.prime_curve[-1]) == ends


def test_each_candidate_goes_at_its_least_divisor(page):
    rungs = [d for d in range(11, 363) if all(d % smaller for smaller in range(2, d))][:50]
    spec = page.sieve().to_dict()
    (cells,) = [rows for rows in spec["datasets"].values() if "rung" in rows[0]]
    assert len(cells) == 225
    for cell in cells:
        least = next((d for d in range(11, 363) if cell["number"] % d == 0), None)
        if least is None:
            assert cell["rung"] == 0, "a prime"
        else:
            assert cell["rung"] == (rungs.index(least) + 1 if least in rungs else 51)
