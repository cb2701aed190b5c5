"""No free lunch: three learners over ever more worlds."""

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import Layers
from bigcurves.plotting.spoken import tell_means
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import AXIS, BLUE, INK, MUTED, ORANGE, VERMILLION

COLOURS = (BLUE, ORANGE, VERMILLION)
DASHES = ([1, 0], [7, 3], [2, 2])


def no_free_lunch_chart(means: pd.DataFrame, *, changes: int = 1, description: str) -> Layers:
    """Draw how often each learner is right, by how often labels may change, with the reader's rule.

    Parameters
    ----------
    means
        `changes` (the most along the line), `worlds` (how many there are), `learner`, and `mean`,
        `low` and `high` of the share of right answers.
    changes
        Where the rule stands at first.
    """
    require_columns("means", means, {"changes", "worlds", "learner", "mean", "low", "high"})
    learners = list(means["learner"].unique())
    slider = alt.binding_range(
        min=int(means["changes"].min()),
        max=int(means["changes"].max()),
        step=1,
        name="Changes along the line, at most",
    )
    most = alt.param(name="changes", value=changes, bind=slider)
    x = alt.X(
        "changes:Q",
        title="Changes of label along the line, at most",
        axis=alt.Axis(tickMinStep=1, grid=False),
    )
    colour = alt.Color(
        "learner:N",
        title=None,
        scale=alt.Scale(domain=learners, range=list(COLOURS)),
        legend=alt.Legend(orient="top", symbolOpacity=1),
    )
    dash = alt.StrokeDash("learner:N", scale=alt.Scale(domain=learners, range=list(DASHES)))
    rows = alt.Chart(means)
    now = rows.transform_filter("datum.changes == changes")
    half = alt.Chart(pd.DataFrame({"mean": [0.5], "word": ["a coin"]}))
    told = now.transform_filter(f"datum.learner == '{learners[0]}'").transform_calculate(
        word="format(datum.worlds, ',') + (datum.worlds == 1 ? ' world' : ' worlds')"
    )
    return (
        alt.layer(
            half.mark_rule(color=AXIS).encode(y=_right("mean")),
            half.mark_text(align="left", dy=-7, color=MUTED).encode(
                x=alt.value(4), y=_right("mean"), text="word:N"
            ),
            rows.mark_area(opacity=0.2).encode(x=x, y=_right("low"), y2="high:Q", color=colour),
            rows.mark_line(strokeWidth=2.5).encode(
                x=x, y=_right("mean"), color=colour, strokeDash=dash
            ),
            told.mark_rule(color=INK, strokeDash=[3, 3]).encode(x=x),
            told.mark_text(align="left", dx=6, fontWeight="bold", color=INK).encode(
                x=x, y=alt.value(8), text="word:N"
            ),
            now.mark_point(filled=True, size=80, opacity=1).encode(
                x=x, y=_right("mean"), color=colour
            ),
            now.transform_calculate(word="format(datum.mean, '.0%')")
            .mark_text(align="left", dx=9, dy=-9, color=INK)
            .encode(x=x, y=_right("mean"), text="word:N"),
        )
        .add_params(most, tell_means(means, ["changes"], "changes", ["learner"], form=".0%"))
        .properties(width=500, height=280, description=require_description(description))
    )


def _right(field: str) -> alt.Y:
    axis = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1])
    return alt.Y(f"{field}:Q", title="Right", scale=alt.Scale(domain=[0, 1]), axis=axis)


def describe_no_free_lunch(means: pd.DataFrame) -> str:
    """Say how the learners start, and where they end."""
    ends = [means["changes"].min() + 1, means["changes"].max()]
    parts = []
    for changes in ends:
        told = means[means["changes"] == changes]
        scores = ", ".join(
            f"{learner} {right:.0%}"
            for learner, right in zip(told["learner"], told["mean"], strict=True)
        )
        parts.append(f"with at most {changes} changes {scores}")
    return (
        "How often three learners are right at places that they were not shown, averaged over all "
        "worlds whose label changes at most so many times along a line. Of those "
        f"{'; '.join(parts)}. A slider sets how many changes there may be."
    )
