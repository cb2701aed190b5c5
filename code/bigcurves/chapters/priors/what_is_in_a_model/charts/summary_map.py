"""Every case of the book on one scale, to be sorted out by what it was given."""

from typing import Any

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import AXIS, BLUE, GREEN, INK, MUTED, VERMILLION

ANY = "any"
NARROW: dict[str, Any] = {"columns": 1, "titleOrient": "top"}  # no wider than the plot on a phone
PRIORS = ("against it", "general", "made for it")
GIVEN = {
    "structure": ("Structure", ("there", "none")),
    "samples": ("Samples", ("few", "enough")),
    "prior": ("Prior", PRIORS),
}


def summary_chart(means: pd.DataFrame, *, description: str) -> Layers:
    """Draw the skill of every case, and let the reader ask for what it was given.

    Parameters
    ----------
    means
        `case`, `structure` ("there" or "none"), `samples` ("few" or "enough"), `prior`, and
        `mean`, `low` and `high` of the skill.
    """
    require_columns("means", means, {"case", *GIVEN, "mean", "low", "high"})
    asked = [
        alt.param(
            name=f"ask_{name}",
            value=ANY,
            bind=alt.binding_select(options=[ANY, *options], name=label),
        )
        for name, (label, options) in GIVEN.items()
    ]
    fits = " && ".join(f"(ask_{n} == '{ANY}' || datum.{n} == ask_{n})" for n in GIVEN)
    order = list(means.sort_values(["structure", "prior", "samples", "mean"])["case"])
    rows = alt.Chart(means)
    y = alt.Y(
        "case:N",
        sort=order,
        title=None,
        axis=alt.Axis(labelLimit=230, labelOverlap=False, grid=True),
    )
    seen = alt.condition(fits, alt.value(1), alt.value(0.1))
    colour = alt.Color(
        "prior:N",
        title="Prior",
        scale=alt.Scale(domain=list(PRIORS), range=[VERMILLION, BLUE, GREEN]),
        legend=alt.Legend(symbolOpacity=1, **NARROW),
    )
    shape = alt.Shape(
        "samples:N",
        title="Samples",
        scale=alt.Scale(domain=["few", "enough"], range=["triangle-down", "circle"]),
        legend=alt.Legend(symbolFillColor=MUTED, **NARROW),
    )
    told = (
        rows.transform_filter(fits)
        .transform_aggregate(count="count()", least="min(mean)", most="max(mean)")
        .transform_calculate(
            word="datum.count + (datum.count == 1 ? ' case' : ' cases') + ', skill ' + "
            "format(datum.least, '.2f') + ' to ' + format(datum.most, '.2f')"
        )
    )
    return (
        alt.layer(
            alt.Chart(pd.DataFrame({"chance": [0]}))
            .mark_rule(color=AXIS, strokeDash=[4, 3])
            .encode(x=_skill("chance")),
            rows.mark_rule(strokeWidth=3).encode(
                x=_skill("low"), x2="high:Q", y=y, color=colour, opacity=seen
            ),
            rows.mark_point(filled=True, size=70).encode(
                x=_skill("mean"), y=y, color=colour, shape=shape, opacity=seen
            ),
            told.mark_text(align="right", dy=-8, fontWeight="bold", color=INK)
            .encode(x=alt.value("width"), y=alt.value(0), text="word:N")
            .properties(name="spoken"),
        )
        .add_params(*asked)
        .properties(width=290, height=alt.Step(19), description=require_description(description))
    )


def _skill(field: str) -> alt.X:
    scale = alt.Scale(domain=[-0.45, 1.05], nice=False)
    axis = alt.Axis(values=[0, 0.5, 1], grid=False)
    return alt.X(f"{field}:Q", title="Skill (0: chance, 1: all right)", scale=scale, axis=axis)


def describe_summary(means: pd.DataFrame) -> str:
    """Say how skill goes with what a case was given."""
    parts = []
    for (structure, prior, samples), group in means.groupby(["structure", "prior", "samples"]):
        low, high = group["mean"].min(), group["mean"].max()
        parts.append(
            f"structure {structure}, prior {prior}, {samples} samples: "
            f"{len(group)} cases from {low:.2f} to {high:.2f}"
        )
    return (
        "The skill of cases from all over the book, each a dot on a line of its own, 0 for chance "
        f"and 1 for all right. {'; '.join(parts)}. Lists single out cases by what they were given."
    )
