"""The prime experiments: rows, determinism, and theory counted another way."""

import numpy as np
import pandas as pd
import pytest

from bigcurves.chapters.discrete.primes import composite_trap, number_priors, primes

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
