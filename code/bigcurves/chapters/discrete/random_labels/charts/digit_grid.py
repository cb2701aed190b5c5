"""A class register: digits whose label is a lie, and what the network says of them by epoch."""

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, INK, MUTED, VERMILLION

COLUMNS = 6
SIDE = 40  # px of an image of 8 x 8, five to one
KINDS = {"truth": (BLUE, [1, 0]), "lie": (VERMILLION, [8, 4]), "neither": (MUTED, [2, 3])}


def digit_grid_chart(
    digits: pd.DataFrame, answers: pd.DataFrame, *, when: int, description: str
) -> Layers:
    """Show digits under their false labels, and walk through what a network says of them.

    Parameters
    ----------
    digits
        `place` (0, 1, 2 ...), `picture`, and the labels `truth` and `told`.
    answers
        A row for each `epoch`, in order, and a column of answers for each place.
    when
        The row of answers shown at first, from 0.
    """
    require_columns("digits", digits, {"place", "picture", "truth", "told"})
    require_columns("answers", answers, {"epoch"})
    require_columns("answers", answers, {*digits["place"]})
    slider = alt.binding_range(min=0, max=len(answers) - 1, step=1, name="Time, step by step")
    step = alt.param(name="when", value=when, bind=slider)
    told = [[int(a) for a in row] for row in answers[list(digits["place"])].to_numpy()]
    said = alt.param(name="said", value=told)
    words = alt.param(name="words", value=counts(digits, answers))
    shown = digits.assign(row=digits["place"] // COLUMNS, column=digits["place"] % COLUMNS)
    now = (
        alt.Chart(shown)
        .transform_calculate(says=f"said[{step.name}][datum.place]")
        .transform_calculate(
            kind="datum.says == datum.truth ? 'truth' : "
            "datum.says == datum.told ? 'lie' : 'neither'",
            label="'told ' + datum.told",
            answer="'says ' + datum.says",
        )
    )
    at = {
        "x": alt.X("column:O", axis=None, scale=alt.Scale(padding=0.5)),
        "y": alt.Y("row:O", axis=None, scale=alt.Scale(padding=0.5)),
    }
    hue = alt.Color("kind:N", legend=None).scale(
        domain=list(KINDS), range=[hue for hue, _ in KINDS.values()]
    )
    dash = alt.StrokeDash("kind:N", legend=None).scale(
        domain=list(KINDS), range=[dash for _, dash in KINDS.values()]
    )
    rows = shown["row"].nunique()
    head = alt.Chart(pd.DataFrame({"head": [0]})).transform_calculate(word=f"words[{step.name}]")
    return (
        alt.layer(
            head.mark_text(align="left", baseline="top", fontWeight="bold", fontSize=14).encode(
                x=alt.value(8), y=alt.value(4), text="word:N"
            ),
            now.mark_image(width=SIDE, height=SIDE, smooth=False).encode(url="picture:N", **at),
            now.mark_square(size=(SIDE + 6) ** 2, filled=False, strokeWidth=3, opacity=1).encode(
                color=hue, strokeDash=dash, **at
            ),
            now.mark_text(dy=33, color=MUTED).encode(text="label:N", **at),
            now.mark_text(dy=49, fontWeight="bold", color=INK).encode(
                text="answer:N", color=hue, **at
            ),
        )
        .add_params(step, said, words, alt.param(name="announce", expr=f"words[{step.name}]"))
        .properties(
            width=480,
            height=100 * rows,
            description=require_description(description),
        )
    )


def counts(digits: pd.DataFrame, answers: pd.DataFrame) -> list[str]:
    """Say epoch by epoch how many answers are true, as told, or neither."""
    said = answers[list(digits["place"])].to_numpy()
    true = (said == digits["truth"].to_numpy()).sum(axis=1)
    told = (said == digits["told"].to_numpy()).sum(axis=1)
    return [
        f"Epoch {epoch}: {right} true, {lie} as told, {len(digits) - right - lie} neither"
        for epoch, right, lie in zip(answers["epoch"], true, told, strict=True)
    ]


def describe_digit_grid(digits: pd.DataFrame, answers: pd.DataFrame, when: int) -> str:
    """Say how many answers are of each kind at first, when shown, and at the end."""
    lines = counts(digits, answers)
    return (
        f"A grid of {len(digits)} small images of digits. Below each stands the false label that "
        "the network was taught, and what the network says: in a solid frame where that is the "
        "true digit, in a dashed one where it is the taught label, in a dotted one where it is "
        f"neither. {lines[0]}. {lines[when]}. {lines[-1]}. A slider walks through the epochs."
    )
