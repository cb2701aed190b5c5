"""Mutation tests: what stands must be able to fall, and be seen to fall."""

import sys

import pytest
from tests.claims.test_claim import stay

from bigcurves.claims import mutations
from bigcurves.claims.claim import Claim, at_least
from bigcurves.running import catalogue


def test_it_prints_its_margins_on_every_seed(coins):
    (test,) = mutations.judge_mutations(catalogue.load("coin"))
    assert test.accepted
    assert len(test.true) == len(test.mutated) == 5
    assert min(test.true) > 0 > max(test.mutated)
    assert str(test).startswith("coin-is-loaded: accepted; margins as claimed +0.")
    assert str(test).endswith(" by weigh_evenly: Let both sides fall alike.")


def test_a_claim_that_cannot_fail_is_rejected(coins, monkeypatch):
    coin = catalogue.load("coin")
    claim = coin.CLAIMS[0]
    cannot_fail = Claim(**{**vars(claim), "threshold": at_least(0.0)})
    monkeypatch.setattr(coin, "CLAIMS", (cannot_fail,))
    (test,) = mutations.judge_mutations(coin)
    assert not test.accepted
    assert "REJECTED" in str(test)


def forget(settings):
    """Give a number."""
    return 0.5


@pytest.mark.parametrize(
    ("mutation", "message"),
    [
        (stay, r"stay, the mutation of coin-is-loaded, must give other Settings, got Settings\("),
        (forget, "forget, the mutation of coin-is-loaded, must give other Settings, got 0.5"),
    ],
)
def test_a_mutation_that_leads_to_no_other_world_is_named(coins, monkeypatch, mutation, message):
    coin = catalogue.load("coin")
    claim = Claim(**{**vars(coin.CLAIMS[0]), "mutation": mutation})
    monkeypatch.setattr(coin, "CLAIMS", (claim,))
    with pytest.raises(ValueError, match=message):
        mutations.judge_mutations(coin)


@pytest.mark.slow
@pytest.mark.parametrize("name", catalogue.titles())
def test_the_books_claims_can_fall(name):
    found = mutations.judge_mutations(catalogue.load(name))
    sys.stdout.write("".join(f"{test}\n" for test in found))  # shown by `pytest -rP`
    assert [str(test) for test in found if not test.accepted] == []
