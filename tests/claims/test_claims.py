"""Claims: what stands must be able to fall, and be seen to fall."""

import importlib
import math
import subprocess
import sys

import numpy as np
import pytest
from scipy import stats

from bigcurves import chapters
from bigcurves.claims import judge, mutations
from bigcurves.claims.claim import Claim, Threshold, at_least, at_most, between, mean_where
from bigcurves.running import catalogue

COIN = '''"""A coin, fair or loaded.

The rest of the docstring.
"""

from dataclasses import dataclass, replace

import numpy as np

from bigcurves.claims.claim import Claim, at_least, mean_where


@dataclass(frozen=True, kw_only=True)
class Settings:
    chance: float = 0.9


def run(settings, seed):
    throws = np.random.default_rng([seed, 1]).random(100) < settings.chance
    return [{"seed": seed, "side": "heads", "share": throws.mean()}]


def weigh_evenly(settings):
    """Let both sides fall alike.

    No more of this is told.
    """
    return replace(settings, chance=0.5)


CLAIMS = (
    Claim(
        id="coin-is-loaded",
        sentence="The coin falls on heads.",
        thread=3,
        chapter="manifold/coin",
        figure=lambda run: mean_where(run, side="heads")["share"],
        threshold=at_least(0.7),
        mutation=weigh_evenly,
    ),
)
'''


@pytest.fixture
def coins(tmp_path, monkeypatch):
    """Let the chapters hold one coin, and nothing else."""
    folder = tmp_path / "bigcurves" / "chapters"
    folder.mkdir(parents=True)
    monkeypatch.setattr(chapters, "__path__", [str(folder)])
    monkeypatch.setenv("BIGCURVES_STORE", str(tmp_path / "store"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (folder / "coin.py").write_text(COIN)
    (folder / "helper_of_coins.py").write_text("SIDES = 2\n")
    yield folder
    sys.modules.pop("bigcurves.chapters.coin", None)
    importlib.invalidate_caches()


def test_thresholds_know_their_margin():
    assert at_least(0.2).margin(0.5) == pytest.approx(0.3)
    assert at_most(0.2).margin(0.5) == pytest.approx(-0.3)
    assert between(0, 1).margin(0.75) == 0.25
    assert between(0, 1).margin(-1) == -1
    assert at_least(0.2).holds(0.2)
    assert not at_most(0.2).holds(float("nan"))
    assert [str(t) for t in (at_least(0.2), at_most(1.5), between(1, 2))] == [
        "≥ 0.2",
        "≤ 1.5",
        "1 to 2",
    ]
    with pytest.raises(ValueError, match="low must be below high, got 2 and 1"):
        between(2, 1)


def stay(settings):
    """Change nothing."""
    return settings


def say_nothing(settings):
    return settings


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": "Bad Id"}, "id must be lower-case"),
        ({"sentence": "No stop"}, "full stop"),
        ({"thread": 10}, "1 to 9, got 10"),
        ({"mutation": say_nothing}, "mutation of a-claim must be a named function"),
        ({"mutation": lambda settings: settings}, "a docstring, got <function"),
        ({"mutation": 0.5}, "a docstring, got 0.5"),
    ],
)
def test_claims_name_what_is_wrong_with_them(change, message):
    good = {
        "id": "a-claim",
        "sentence": "It is.",
        "thread": 1,
        "chapter": "intro",
        "figure": len,
        "threshold": at_least(1),
        "mutation": stay,
    }
    Claim(**good)
    with pytest.raises(ValueError, match=message):
        Claim(**{**good, **change})


def test_experiments_are_found_by_their_parts(coins):
    assert catalogue.titles() == {"coin": "A coin, fair or loaded."}
    with pytest.raises(catalogue.UnknownNameError, match="no experiment is called 'con'; did you"):
        catalogue.load("con")
    with pytest.raises(catalogue.UnknownNameError, match="there are coin"):
        catalogue.load("xyzzy")


def test_a_claim_is_judged_on_its_mean_with_students_interval(coins):
    (verdict,) = judge.judge("coin", range(6))
    draws = [np.random.default_rng([seed, 1]).random(100) < 0.9 for seed in range(6)]
    shares = [throws.mean() for throws in draws]
    ends = stats.t.interval(0.95, df=5, loc=np.mean(shares), scale=stats.sem(shares))
    assert verdict.mean == pytest.approx(np.mean(shares), abs=1e-12)
    assert 2 * verdict.half_width == pytest.approx(ends[1] - ends[0], abs=1e-12)
    assert math.isnan(judge.judge("coin", [0])[0].half_width)
    assert verdict.stands
    assert (verdict.claim, verdict.thread) == ("coin-is-loaded", 3)
    assert judge.judge_all(range(6)) == [verdict]


def test_kept_figures_are_read_without_the_experiment(coins, monkeypatch):
    first = judge.judge("coin", range(3))

    def never(name):
        raise AssertionError(f"imported {name}")

    monkeypatch.setattr(catalogue, "load", never)
    assert judge.judge("coin", range(3)) == first


def test_an_edited_claim_is_judged_anew(coins):
    assert judge.judge("coin", range(3))[0].stands
    (coins / "coin.py").write_text(COIN.replace("at_least(0.7)", "at_least(0.99)"))
    del sys.modules["bigcurves.chapters.coin"]
    importlib.invalidate_caches()
    assert not judge.judge("coin", range(3))[0].stands


def test_figures_of_older_claims_are_not_kept_as_those_of_todays(coins):
    catalogue.load("coin")
    (coins / "coin.py").write_text(COIN.replace("at_least(0.7)", "at_least(0.99)"))
    assert judge.judge("coin", range(3))[0].stands, "this process holds the older claim"
    del sys.modules["bigcurves.chapters.coin"]
    importlib.invalidate_caches()
    assert not judge.judge("coin", range(3))[0].stands


def test_a_proof_prints_its_margins_on_every_seed(coins):
    (proof,) = mutations.prove(catalogue.load("coin"))
    assert proof.accepted
    assert len(proof.true) == len(proof.mutated) == 5
    assert min(proof.true) > 0 > max(proof.mutated)
    assert str(proof).startswith("coin-is-loaded: accepted; margins as claimed +0.")
    assert str(proof).endswith(" by weigh_evenly: Let both sides fall alike.")


def test_a_claim_that_cannot_fail_is_rejected(coins, monkeypatch):
    coin = catalogue.load("coin")
    claim = coin.CLAIMS[0]
    cannot_fail = Claim(**{**vars(claim), "threshold": at_least(0.0)})
    monkeypatch.setattr(coin, "CLAIMS", (cannot_fail,))
    (proof,) = mutations.prove(coin)
    assert not proof.accepted
    assert "REJECTED" in str(proof)


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
        mutations.prove(coin)


def test_a_figure_that_is_no_number_is_an_error(coins, monkeypatch):
    coin = catalogue.load("coin")
    claim = Claim(**{**vars(coin.CLAIMS[0]), "figure": lambda _: float("nan")})
    monkeypatch.setattr(coin, "CLAIMS", (claim,))
    with pytest.raises(ValueError, match="figure of coin-is-loaded must be finite, got nan"):
        mutations.prove(coin)
    table = importlib.import_module("pandas").DataFrame({"side": ["heads"], "share": [1.0]})
    with pytest.raises(ValueError, match="no row has"):
        mean_where(table, side="edge")


def test_judging_from_a_warm_store_imports_no_heavy_library():
    heavy = "{'pandas', 'sklearn', 'joblib'}"
    code = f"import sys, bigcurves.claims.judge; print({heavy} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "set()\n"


def test_every_claim_has_its_own_id_and_every_threshold_an_end():
    declared = [c for name in catalogue.titles() for c in catalogue.load(name).CLAIMS]
    assert len({claim.id for claim in declared}) == len(declared)
    assert all(claim.threshold != Threshold() for claim in declared)


@pytest.mark.parametrize("name", catalogue.titles())
def test_the_books_claims_stand(name):
    fallen = [v for v in judge.judge(name) if not v.stands]
    assert fallen == []


@pytest.mark.slow
@pytest.mark.parametrize("name", catalogue.titles())
def test_the_books_claims_can_fall(name):
    found = mutations.prove(catalogue.load(name))
    sys.stdout.write("".join(f"{proof}\n" for proof in found))  # shown by `pytest -rP`
    assert [str(proof) for proof in found if not proof.accepted] == []
