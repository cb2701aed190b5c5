"""What a claim declares: a threshold with a margin, and errors that name what is wrong."""

import pandas as pd
import pytest

from bigcurves.claims.claim import (
    Claim,
    Threshold,
    at_least,
    at_most,
    between,
    in_place_of,
    mean_where,
)
from bigcurves.running import catalogue


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


def test_means_are_those_of_the_rows_that_are_meant():
    table = pd.DataFrame({"side": ["heads", "tails", "heads"], "n": [1, 1, 2], "share": [1, 2, 4]})
    assert mean_where(table, side="heads")["share"] == 2.5
    assert mean_where(table, side="heads", n=2)["share"] == 4
    with pytest.raises(ValueError, match=r"no row has \{'side': 'edge'\}"):
        mean_where(table, side="edge")


def test_a_kind_is_put_in_the_place_of_another_and_no_other_moves():
    forms = ("raw", "permuted", "scrambled")
    assert in_place_of(forms, permuted="scrambled") == ("raw", "scrambled", "scrambled")
    assert in_place_of(forms, raw="permuted", permuted="raw") == ("permuted", "raw", "scrambled")
    with pytest.raises(ValueError, match=r"must hold 'noise' to replace it, got \('raw', 'per"):
        in_place_of(forms, noise="raw")


def test_every_claim_has_its_own_id_and_every_threshold_an_end():
    declared = [c for name in catalogue.titles() for c in catalogue.load(name).CLAIMS]
    assert len({claim.id for claim in declared}) == len(declared)
    assert all(claim.threshold != Threshold() for claim in declared)
