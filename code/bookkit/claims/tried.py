"""What was tried of a claim: its choices as a specification curve, and its rival, in words too.

A row's `tried` is a list of `label`, `figure`, `holds`, `asked` and `words`, the rival's under the
label "rival", the book's own settings under "as chosen" (see `bigcurves.claims.specifications`).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from docutils import nodes

from bookkit.site.markup import element, inline

RIVAL, AS_CHOSEN = "rival", "as chosen"
MINUS = "\N{MINUS SIGN}"
WIDE, HIGH, EDGE = 12, 28, 5  # of the curve in pixels: each choice, its height, its margin


Row: TypeAlias = Mapping[str, Any]


def tried(row: Row) -> Iterator[nodes.Node]:
    """Write what was tried of a row's claim; nothing where nothing was."""
    choices = [each for each in row.get("tried", ()) if each["label"] != RIVAL]
    rivals = [each for each in row.get("tried", ()) if each["label"] == RIVAL]
    if row.get("by_construction"):
        yield _line("By construction: ", row["by_construction"])
    if choices:
        ordered = sorted(choices, key=lambda each: (each["figure"], each["label"]))
        yield _line("Chosen otherwise: ", in_words(choices), curve(ordered, row["asked"]))
    for rival in rivals:
        verdict = "ruled out" if rival["holds"] else "NOT RULED OUT"
        found = f"{rival['figure']:.3g}, asked for {rival['asked']}".replace("-", MINUS)
        yield _line("Rival: ", f"{rival['words']} {verdict[0].upper()}{verdict[1:]}: {found}.")


def in_words(choices: Sequence[Row]) -> str:
    """Say under how many choices a claim holds, and under which it falls."""
    falls = [each for each in choices if not each["holds"]]
    share = f"holds under {len(choices) - len(falls)} of {len(choices)}"
    names = ", ".join(_print(each["label"]) for each in falls)
    return f"{share}; falls with {names}." if falls else f"{share}."


def curve(choices: Sequence[Row], asked: tuple[float | None, float | None]) -> nodes.Node:
    """Draw the choices from the lowest figure to the highest, and what is asked as lines.

    A disc holds, a cross falls, a ring is what the book chose.
    """
    figures = [each["figure"] for each in choices]
    lines = [end for end in asked if end is not None]
    low, high = min([*figures, *lines]), max([*figures, *lines])

    def y(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return round(HIGH - EDGE - share * (HIGH - 2 * EDGE), 1)

    wide = WIDE * len(choices)
    parts = [element("path", d=f"M0 {y(end)}H{wide}", class_="asked") for end in lines]
    for place, each in enumerate(choices):
        x = WIDE * (place + 0.5)
        at = y(each["figure"])
        if not each["holds"]:
            mark = element("path", d=f"M{x - 3} {at - 3}l6 6m0 -6l-6 6", class_="falls")
        else:
            kind = "chosen" if each["label"] == AS_CHOSEN else "holds"
            mark = element("circle", cx=x, cy=at, r=3, class_=kind)
        parts.append(mark)
    size = {"width": wide, "height": HIGH, "viewBox": f"0 0 {wide} {HIGH}"}
    return element("svg", *parts, class_="claims-curve", aria_hidden="true", **size)


def _print(label: str) -> str:
    """Write a label as print does."""
    return label.replace(" x 4", " \N{MULTIPLICATION SIGN} 4").replace("_", " ")


def _line(what: str, *parts: nodes.Node | str) -> nodes.Node:
    return element("div", inline("b", what), *parts, class_="claims-tried")
