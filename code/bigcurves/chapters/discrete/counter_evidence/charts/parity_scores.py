"""Parities learned from examples: by a network, and by elimination."""

from typing import Any

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import COIN_LABEL, Layers
from bigcurves.plotting.spoken import tell_means
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, INK, MUTED, ORANGE, PAPER

RULES = {"three bits count": BLUE, "every bit counts": ORANGE, "labels shuffled": MUTED}
LEARNERS = ["network", "elimination"]
HALO: dict[str, Any] = {"color": PAPER, "stroke": PAPER, "strokeWidth": 4, "dy": -17}
HALO |= {"fontWeight": "bold", "strokeJoin": "round"}


def parity_chart(runs: pd.DataFrame, means: pd.DataFrame, *, description: str) -> Layers:
    """Show what a learner gets right on new rows, task by task; buttons change the learner.

    Parameters
    ----------
    runs
        `learner` ("network", "elimination"), `rule` (which bits count), `task` (its name on the
        axis) and `share`, one row a run.
    means
        The same with `mean`, `low` and `high` over the runs in place of `share`.
    """
    require_columns("runs", runs, {"learner", "rule", "task", "share"})
    require_columns("means", means, {"learner", "rule", "task", "mean", "low", "high"})
    labels = ["network", "elimination, from forty rows"]
    buttons = alt.binding_radio(options=LEARNERS, labels=labels, name="Learner")
    learner = alt.param(name="learner", value=LEARNERS[0], bind=buttons)
    mean = alt.Chart(means).transform_filter("datum.learner == learner")
    words = mean.transform_calculate(word="format(datum.mean, '.1%')")
    coin = alt.Chart(pd.DataFrame({"mean": [0.5]}))
    task = alt.X(
        "task:N",
        sort=None,
        title=None,
        axis=alt.Axis(
            labelExpr="split(datum.label, '|')",
            labelAngle=0,
            labelLimit=90,
            labelFontSize=11,
            labelOverlap=False,  # on a phone they touch, and none may be left out
        ),
    )
    scale = alt.Scale(domain=list(RULES), range=list(RULES.values()))
    hue = alt.Color("rule:N", scale=scale, title=None, legend=alt.Legend(symbolOpacity=1))
    return (
        alt.layer(
            coin.mark_rule(color=INK, strokeDash=[6, 4]).encode(y=_at_share("mean")),
            alt.Chart(runs)
            .transform_filter("datum.learner == learner")
            .mark_tick(width=34, thickness=1, opacity=0.45)
            .encode(x=task, y=_at_share("share"), color=hue),
            mean.mark_rule(strokeWidth=4).encode(x=task, y=_at_share("low"), y2="high", color=hue),
            mean.mark_point(size=80, opacity=1).encode(x=task, y=_at_share("mean"), color=hue),
            words.mark_text(**HALO).encode(x=task, y=_at_share("mean"), text="word:N"),
            words.mark_text(dy=-17, fontWeight="bold").encode(
                x=task, y=_at_share("mean"), text="word:N", color=hue
            ),
        )
        .add_params(learner, tell_means(means, ["learner"], learner.name, ["rule", "task"]))
        .properties(width=520, height=300, description=require_description(description))
    )


def _at_share(field: str) -> alt.Y:
    scale = alt.Scale(domain=[0.4, 1.06], nice=False)
    values = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
    axis = alt.Axis(values=values, format=".0%", labelExpr=COIN_LABEL)
    return alt.Y(f"{field}:Q", title="Right answers on new rows", scale=scale, axis=axis)


def describe_parity(means: pd.DataFrame) -> str:
    """Say each mean, learner by learner."""
    parts = [
        f"{row['learner']}, {row['rule']}, {row['task'].replace('|', ' ')}: {row['mean']:.1%}"
        for _, row in means.iterrows()
    ]
    return (
        "Right answers on new rows, a column for each task, with a line at a coin's one half. "
        f"{'; '.join(parts)}. Buttons change the learner."
    )
