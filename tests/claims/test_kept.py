"""Kept figures: worked out once, kinds and seeds apart, and anew when a claim changes."""

import pytest

from bigcurves.claims.kept import kept_rows


@pytest.fixture
def work(coins):
    """Work figures out, and count for which seeds."""
    asked = []

    def figures(seeds):
        asked.append(seeds)
        return {seed: [{"seed": seed}] for seed in seeds}

    def rows(kind, seeds):
        return [row["seed"] for row in kept_rows(kind, "coin", seeds, figures)]

    rows.asked = asked
    return rows


def test_only_seeds_that_are_not_kept_are_worked_out_and_the_order_is_that_asked_for(work):
    assert work("claims", [2, 0]) == [2, 0]
    assert work("claims", [0, 1, 2]) == [0, 1, 2]
    assert work.asked == [[2, 0], [1]]


def test_another_kind_is_kept_apart(work):
    work("claims", [0])
    work("specifications", [0])
    assert work.asked == [[0], [0]]


def test_doubts_beside_the_experiment_are_part_of_what_is_kept(work, coins):
    work("claims", [0])
    (coins / "doubts.py").write_text("DOUBTS = {}\n")
    work("claims", [0])
    (coins / "doubts.py").write_text("DOUBTS = dict()\n")
    work("claims", [0])
    assert work.asked == [[0], [0], [0]]
