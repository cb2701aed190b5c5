"""The sieve as a ladder of priors: what each divisor that is handed over buys."""

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import DIAMOND, Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import AXIS, BLUE, INK, MUTED, VERMILLION

KINDS = {
    "prime": (BLUE, "circle"),
    "composite, not yet caught": (VERMILLION, "square"),
    "composite, caught": (AXIS, "cross"),
}


def sieve_chart(
    numbers: pd.DataFrame, rungs: pd.DataFrame, means: pd.DataFrame, *, description: str
) -> alt.HConcatChart:
    """Cross out candidates divisor by divisor, beside the score that each divisor buys.

    Parameters
    ----------
    numbers
        `row`, `column`, `number`, and `rung`: which divisor, counted from 1, is the first to
        divide it; 0 for a prime.
    rungs
        For each count `flags` of divisors from 0: the `largest` of them, and the score in `theory`.
    means
        `flags`, `mean`, `low` and `high`: what was measured.
    """
    require_columns("numbers", numbers, {"row", "column", "number", "rung"})
    require_columns("rungs", rungs, {"flags", "largest", "theory"})
    require_columns("means", means, {"flags", "mean", "low", "high"})
    most = int(rungs["flags"].max())
    slider = alt.binding_range(min=0, max=most, step=1, name="Divisors handed over")
    flags = alt.param(name="flags", value=4, bind=slider)
    return (
        alt.hconcat(_grid(numbers, flags.name), _ladder(rungs, means, flags.name), spacing=40)
        .add_params(flags)
        .properties(description=require_description(description))
    )


def _grid(numbers: pd.DataFrame, flags: str) -> Layers:
    """Draw each candidate as what it is known to be so far."""
    first, second, third = KINDS
    kind = f"datum.rung == 0 ? '{first}' : datum.rung > {flags} ? '{second}' : '{third}'"
    cells = alt.Chart(numbers).transform_calculate(kind=kind)
    legend = alt.Legend(columns=1, symbolOpacity=1, offset=8)
    hues, shapes = ([pair[i] for pair in KINDS.values()] for i in (0, 1))
    marks = cells.mark_point(size=75, opacity=1).encode(
        x=alt.X("column:O", axis=None),
        y=alt.Y("row:O", axis=None),
        color=alt.Color(
            "kind:N", title=None, legend=legend, scale=alt.Scale(domain=list(KINDS), range=hues)
        ),
        shape=alt.Shape(
            "kind:N", title=None, legend=legend, scale=alt.Scale(domain=list(KINDS), range=shapes)
        ),
    )
    return alt.layer(marks).properties(width=225, height=225)


def _ladder(rungs: pd.DataFrame, means: pd.DataFrame, flags: str) -> Layers:
    """Draw theory as a line, what was measured as points, and the chosen rung as a diamond."""
    line = alt.Chart(rungs)
    given = "datum.flags == 0 ? 'no divisor' : datum.flags == 1 ? '11' : '11 to ' + datum.largest"
    now = line.transform_filter(f"datum.flags == {flags}").transform_calculate(
        word=f"({given}) + ': ' + format(datum.theory, '.1%')"
    )
    dots = alt.Chart(means)
    return alt.layer(
        line.mark_line(color=MUTED).encode(x=_at_flags(), y=_at_score("theory")),
        dots.mark_rule(color=INK, strokeWidth=2).encode(
            x=_at_flags(), y=_at_score("low"), y2="high"
        ),
        dots.mark_point(color=INK, size=40, opacity=1).encode(x=_at_flags(), y=_at_score("mean")),
        now.mark_point(**DIAMOND).encode(x=_at_flags(), y=_at_score("theory")),
        now.mark_text(align="right", fontWeight="bold", fontSize=14)
        .encode(x=alt.value("width"), y=alt.value(215), text="word:N")
        .properties(name="spoken"),
    ).properties(width=225, height=225)


def _at_flags() -> alt.X:
    axis = alt.Axis(values=[0, 8, 16, 24, 32])
    scale = alt.Scale(domain=[-1, 33], nice=False)
    return alt.X("flags:Q", title="Divisors handed over", axis=axis, scale=scale)


def _at_score(field: str) -> alt.Y:
    scale = alt.Scale(domain=[0.46, 1], nice=False)
    axis = alt.Axis(values=[0.5, 0.6, 0.7, 0.8, 0.9, 1], format=".0%")
    return alt.Y(f"{field}:Q", title="Right answers", scale=scale, axis=axis)


def describe_sieve(rungs: pd.DataFrame, means: pd.DataFrame) -> str:
    """Say what the rungs that were measured buy, in theory and in the run."""
    both = means.merge(rungs, on="flags")
    parts = "; ".join(
        f"{flags} divisors: {theory:.1%} in theory, {mean:.1%} measured"
        for flags, theory, mean in zip(both["flags"], both["theory"], both["mean"], strict=True)
    )
    return (
        "Left, a square of candidate numbers, each marked as a prime, a composite that a divisor "
        "catches, or a composite that none of them catches yet. Right, the share of right answers "
        f"against the number of divisors handed over, rising ever more slowly. {parts}. A slider "
        "hands over more divisors, and composites are crossed out."
    )
