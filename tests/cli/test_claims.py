"""`claims`: the table, the same as JSON, and a status that says whether all claims stand."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from scipy import stats
from tests.cli.asking import complaint, said
from tests.one_coin import COIN

from bigcurves.__main__ import main
from bigcurves.claims import judge


def shares(*seeds: int) -> list[float]:
    """Throw the coin of each seed by hand."""
    return [float((np.random.default_rng([s, 1]).random(100) < 0.9).mean()) for s in seeds]


def purse_of(coin: Path, name: str, *changes: tuple[str, str]) -> Path:
    """Write a second experiment beside the coin, its claim called `purse-is-full`."""
    text = COIN.replace("coin-is-loaded", "purse-is-full")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = coin.with_name(f"{name}.py")
    path.write_text(text)
    return path


def test_claims_print_figure_interval_threshold_and_result(coin: Path) -> None:
    result = judge.judge("coin", range(4))[0]
    output = said("claims", "--seeds", "0:4")
    (line,) = (line for line in output.splitlines() if "coin-is-loaded" in line)
    low, high = result.mean - result.half_width, result.mean + result.half_width
    parts = ("3", "coin-is-loaded", f"{result.mean:.3g}", f"{low:.3g} to {high:.3g}", "≥ 0.7")
    assert re.split(r"  +", line.strip()) == [*parts, "stands"]
    assert output.endswith("1 claim on 4 seeds, 0 fallen\n")


def test_a_fallen_claim_is_status_1_and_json_says_so(coin: Path) -> None:
    coin.write_text(COIN.replace("at_least(0.7)", "at_least(0.99)"))
    assert re.search(r"coin-is-loaded.*FALLS", said("claims", "coin", "--seeds", "0:3", code=1))
    (told,) = json.loads(said("claims", "--seeds", "0:3", "--json", code=1))
    assert (told["claim"], told["stands"], len(told["figures"])) == ("coin-is-loaded", False, 3)


def test_an_experiment_that_fails_leaves_the_others_their_results(
    coin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = COIN.replace("coin-is-loaded", "purse-is-full").replace(
        "    throws", "    if seed == 2:\n        raise ValueError('no coin left')\n    throws", 1
    )
    (coin.parent / "a_purse.py").write_text(broken)
    monkeypatch.setenv("BIGCURVES_JOBS", "1")
    result = CliRunner().invoke(main, ["claims", "--seeds", "0:3"], prog_name="bigcurves")
    assert result.exit_code == 1
    assert re.search(r"coin-is-loaded.*stands", result.stdout)
    assert result.stdout.endswith("1 claim on 3 seeds, 0 fallen\n")
    (line,) = result.stderr.splitlines()
    assert line.startswith("a_purse was not judged: ValueError: no coin left (in bigcurves.")
    assert "seed 2" in line


def test_json_holds_what_the_experiment_declares_and_its_figures_to_the_last_bit(
    coin: Path,
) -> None:
    (told,) = json.loads(said("claims", "--seeds", "5:11", "--json"))
    figures = shares(*range(5, 11))
    low, high = stats.t.interval(0.95, 5, np.mean(figures), stats.sem(figures))
    assert told.pop("half_width") == pytest.approx((high - low) / 2, rel=1e-12)
    assert told.pop("figure") == pytest.approx(np.mean(figures), rel=1e-12)
    assert told == {
        "claim": "coin-is-loaded",
        "experiment": "coin",
        "thread": 3,
        "chapter": "manifold/coin",
        "sentence": "The coin falls on heads.",
        "threshold": "≥ 0.7",
        "stands": True,
        "by_construction": "",
        "figures": figures,
    }


def test_one_seed_has_no_interval_in_the_table_and_none_that_json_does_not_know(
    coin: Path,
) -> None:
    (line,) = (line for line in said("claims", "--seeds", "7").splitlines() if "loaded" in line)
    assert line.split() == ["3", "coin-is-loaded", f"{shares(7)[0]:.3g}", "≥", "0.7", "stands"]

    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is no JSON")

    (told,) = json.loads(said("claims", "--seeds", "7", "--json"), parse_constant=refuse)
    assert told["half_width"] is None


def test_claims_come_in_the_order_of_the_thread(coin: Path) -> None:
    purse_of(coin, "z_purse", ("thread=3", "thread=1"))
    told = json.loads(said("claims", "--seeds", "0:2", "--json"))
    assert [(each["thread"], each["experiment"]) for each in told] == [(1, "z_purse"), (3, "coin")]
    output = said("claims", "--seeds", "0:2")
    assert output.index("purse-is-full") < output.index("coin-is-loaded")
    assert output.endswith("2 claims on 2 seeds, 0 fallen\n")


def test_only_those_that_are_named_are_judged(coin: Path) -> None:
    purse_of(coin, "a_purse", ("at_least(0.7)", "at_least(0.99)"))
    assert said("claims", "coin", "--seeds", "0:2").endswith("1 claim on 2 seeds, 0 fallen\n")
    both = said("claims", "coin", "a_purse", "--seeds", "0:2", code=1)
    assert both.endswith("2 claims on 2 seeds, 1 fallen\n")


def test_a_failure_leaves_json_whole_and_is_told_beside_it(coin: Path) -> None:
    purse_of(
        coin, "a_purse", ("    throws =", "    raise ValueError('no coin left')\n    throws =")
    )
    words = ["claims", "--seeds", "0:2", "--jobs", "1", "--json"]
    result = CliRunner().invoke(main, words, prog_name="bigcurves")
    assert [each["claim"] for each in json.loads(result.stdout)] == ["coin-is-loaded"]
    assert result.stderr.startswith("a_purse was not judged: ValueError: no coin left")
    assert result.exit_code == 1


def test_a_store_that_cannot_be_used_ends_it_at_once(coin: Path, tmp_path: Path) -> None:
    purse_of(coin, "z_purse")
    (tmp_path / "store").write_text("a file stands where the folder should")
    assert "cannot read results" in complaint("claims", "--seeds", "0:2", "--jobs", "1")
    (tmp_path / "store").unlink()
    said("claims", "--seeds", "0:2", "--store", tmp_path / "other")
    assert not (tmp_path / "store").exists()
    kept = {path.name.rpartition(".")[2] for path in (tmp_path / "other").iterdir()}
    assert kept == {"coin", "z_purse"}


def test_mutation_tests_are_a_line_each(coin: Path) -> None:
    *tests, last = said("claims", "coin", "--mutations").splitlines()
    assert [line.partition(";")[0] for line in tests] == ["coin-is-loaded: accepted"]
    assert last == "1 mutation tests, 0 rejected"


def test_a_claim_that_its_mutation_cannot_fell_is_status_1(coin: Path) -> None:
    coin.write_text(COIN.replace("at_least(0.7)", "at_least(0.0)"))
    assert "coin-is-loaded: REJECTED" in said("claims", "--mutations", code=1)


@pytest.mark.parametrize("words", [("--seeds", "0:3"), ("--json",), ("--backend", "local")])
def test_a_test_of_mutations_says_what_it_does_not_take(coin: Path, words: tuple[str, ...]) -> None:
    told = said("claims", "--mutations", *words, code=2)
    assert f"Error: --mutations does not take {words[0]}" in told
