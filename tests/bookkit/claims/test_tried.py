"""What was tried of a claim, on the claims page: in words, and drawn for those who see it."""

import re

from docutils import nodes

from bookkit.claims.table import result_of
from bookkit.claims.tried import curve, in_words, tried

CHOSEN = {"label": "as chosen", "figure": 0.8, "holds": True, "asked": "≥ 0.5", "words": ""}
FEW = CHOSEN | {"label": "n / 4", "figure": 0.4, "holds": False, "words": "with 100"}
MANY = CHOSEN | {"label": "n x 4", "figure": 0.9}
RIVAL = CHOSEN | {"label": "rival", "figure": -0.1, "asked": "≤ 0.2", "words": "Well-known luck."}
ROW = {"stands": True, "asked": (0.5, None), "tried": [CHOSEN, FEW, MANY, RIVAL]}


def words_of(row):
    return [" ".join(line.astext().split()) for line in tried(row)]


def test_it_says_under_how_many_choices_a_claim_holds_and_where_it_falls():
    assert in_words([CHOSEN, FEW, MANY]) == "holds under 2 of 3; falls with n / 4."
    assert in_words([CHOSEN, MANY]) == "holds under 2 of 2."
    assert (
        in_words([MANY | {"holds": False}])
        == "holds under 0 of 1; falls with n \N{MULTIPLICATION SIGN} 4."
    )


def test_the_rival_stands_in_words_with_its_figure_and_keeps_its_hyphens():
    choices, rival = words_of(ROW)
    assert choices.startswith("Chosen otherwise: holds under 2 of 3")
    assert rival == "Rival: Well-known luck. Ruled out: \N{MINUS SIGN}0.1, asked for ≤ 0.2."
    assert "NOT RULED OUT" in words_of(ROW | {"tried": [RIVAL | {"holds": False}]})[0]


def test_a_claim_by_construction_says_why_and_is_no_finding():
    row = {"stands": True, "by_construction": "distances stay", "tried": []}
    assert words_of(row) == ["By construction: distances stay"]
    assert result_of(row) == "by construction"
    assert result_of(row | {"stands": False}) == "FALLS"
    assert words_of({"stands": True}) == []


def test_the_curve_goes_from_the_lowest_figure_to_the_highest_and_hides_from_readers_aloud():
    drawn = curve([FEW, CHOSEN, MANY], (0.5, None))
    assert drawn["html"]["aria_hidden"] == "true"
    kinds = [part["html"]["class_"] for part in drawn.findall(nodes.Element) if part is not drawn]
    assert kinds == ["asked", "falls", "chosen", "holds"]
    heights = [part["html"]["cy"] for part in drawn.children[2:]]
    falls = float(re.search(r"M\S+ (\S+)l", drawn.children[1]["html"]["d"])[1]) + 3
    asked = float(re.search(r"M0 (\S+)H", drawn.children[0]["html"]["d"])[1])
    assert falls > asked > heights[0] > heights[1], "up is more"


def test_a_curve_of_one_figure_is_level():
    drawn = curve([CHOSEN, CHOSEN | {"label": "n x 4"}], (0.8, None))
    assert len({part["html"]["cy"] for part in drawn.children[1:]}) == 1
