"""What learners score on numbers: the trap of plain accuracy, four learners, more numbers."""

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import COIN_LABEL, OPAQUE, Layers
from bigcurves.plotting.spoken import tell_means
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import AXIS, BLUE, INK, MUTED, VERMILLION

TASKS = {
    "prime or composite": (VERMILLION, "circle"),
    "smooth label": (BLUE, "square"),
    "labels shuffled": (MUTED, "triangle-up"),
}
SCORES = {"plain": "all numbers", "balanced": "both kinds count alike", "hard": "hard numbers only"}
COIN = pd.DataFrame({"coin": [0.5]})


def trap_chart(runs: pd.DataFrame, means: pd.DataFrame, *, description: str) -> Layers:
    """Set a network beside the rule "always composite", by three ways of scoring.

    Parameters
    ----------
    runs
        `score` (one of "plain", "balanced", "hard"), `who` and `share`, one row a run.
    means
        The same with `mean`, `low` and `high` over the runs in place of `share`.
    """
    require_columns("runs", runs, {"score", "who", "share"})
    require_columns("means", means, {"score", "who", "mean", "low", "high"})
    options, labels = list(SCORES), list(SCORES.values())
    buttons = alt.binding_radio(options=options, labels=labels, name="Count")
    score = alt.param(name="score", value=options[0], bind=buttons)
    chosen = f"datum.score == {score.name}"
    who = alt.X("who:N", sort=None, title=None, axis=alt.Axis(labelFontSize=13, ticks=False))
    hue = alt.Color("who:N", sort=None, scale=alt.Scale(range=[VERMILLION, MUTED]), legend=None)
    mean = alt.Chart(means).transform_filter(chosen)
    words = mean.transform_calculate(word="format(datum.mean, '.1%')")
    return (
        alt.layer(
            _coin(),
            alt.Chart(runs)
            .transform_filter(chosen)
            .mark_tick(width=60, thickness=1, opacity=0.4)
            .encode(x=who, y=at_share("share"), color=hue),
            mean.mark_rule(strokeWidth=5).encode(x=who, y=at_share("low"), y2="high", color=hue),
            mean.mark_point(size=90, opacity=1).encode(x=who, y=at_share("mean"), color=hue),
            words.mark_text(dx=62, dy=-12, fontSize=17, fontWeight="bold").encode(
                x=who, y=at_share("mean"), text="word:N", color=hue
            ),
        )
        .add_params(score, tell_means(means, ["score"], score.name, ["who"]))
        .properties(width=460, height=300, description=require_description(description))
    )


def learners_chart(runs: pd.DataFrame, means: pd.DataFrame, *, description: str) -> Layers:
    """Show what each learner scores on each task, on new numbers or on those it learned.

    Parameters
    ----------
    runs
        `on` ("new numbers", "numbers learned"), `learner`, `task` and `share`, one row a run.
    means
        The same with `mean`, `low` and `high` over the runs in place of `share`.
    """
    require_columns("runs", runs, {"on", "learner", "task", "share"})
    require_columns("means", means, {"on", "learner", "task", "mean", "low", "high"})
    buttons = alt.binding_radio(options=["new numbers", "numbers learned"], name="Ask about")
    on = alt.param(name="on", value="new numbers", bind=buttons)
    chosen = f"datum.on == {on.name}"
    at = {
        "x": alt.X("learner:N", sort=None, title=None, axis=alt.Axis(labelFontSize=13)),
        "xOffset": alt.XOffset("task:N", scale=alt.Scale(domain=list(TASKS), paddingOuter=0.6)),
        "color": _hue(),
    }
    mean = alt.Chart(means).transform_filter(chosen)
    return (
        alt.layer(
            _coin(),
            alt.Chart(runs)
            .transform_filter(chosen)
            .mark_tick(thickness=1, opacity=0.45)
            .encode(y=at_share("share"), **at),
            mean.mark_rule(strokeWidth=3).encode(y=at_share("low"), y2="high", **at),
            mean.mark_point(size=80, opacity=1).encode(y=at_share("mean"), shape=_shape(), **at),
        )
        .add_params(on, tell_means(means, ["on"], on.name, ["learner", "task"], form=".0%"))
        .properties(width=520, height=320, description=require_description(description))
    )


def more_numbers_chart(runs: pd.DataFrame, means: pd.DataFrame, *, description: str) -> Layers:
    """Follow the network's score on new numbers as the numbers learned grow.

    Parameters
    ----------
    runs
        `m`, `task` and `share`, one row a run.
    means
        The same with `mean`, `low`, `high` over the runs in place of `share`, and `train`,
        the mean score on the numbers learned.
    """
    require_columns("runs", runs, {"m", "task", "share"})
    require_columns("means", means, {"m", "task", "mean", "low", "high", "train"})
    sizes = sorted(int(m) for m in means["m"].unique())
    slider = alt.binding_range(min=0, max=len(sizes) - 1, step=1, name="Doublings of the sample")
    doublings = alt.param(name="doublings", value=3, bind=slider)
    now = f"datum.m == {sizes}[{doublings.name}]"
    line = alt.Chart(means)
    here = line.transform_filter(now)
    words = here.transform_calculate(word="format(datum.mean, '.1%')")
    return (
        alt.layer(
            _coin(),
            _now(sizes, doublings.name),
            line.mark_area(opacity=0.2).encode(
                x=_at_m(), y=at_share("low"), y2="high", color=_hue()
            ),
            line.mark_line(strokeWidth=2).encode(x=_at_m(), y=at_share("mean"), color=_hue()),
            alt.Chart(runs)
            .mark_point(size=12, opacity=0.35)
            .encode(x=_at_m(), y=at_share("share"), color=_hue()),
            *(  # the control first, so that it hides nothing
                here.transform_filter(f"datum.task == '{task}'")
                .mark_point(size=size, opacity=1)
                .encode(x=_at_m(), y=at_share("mean"), color=_hue(), shape=_shape())
                for task, size in zip(reversed(TASKS), (230, 130, 90), strict=True)
            ),
            _say(words, "smooth label", -15),
            _say(words, "prime or composite", 24),
        )
        .add_params(
            doublings, tell_means(means, ["m"], f"{sizes}[{doublings.name}]", ["m", "task"])
        )
        .properties(width=520, height=340, description=require_description(description))
    )


def _say(words: alt.Chart, task: str, dy: float) -> alt.Chart:
    """Write a task's share above or below its mark."""
    text: alt.Chart = words.transform_filter(f"datum.task == '{task}'").mark_text(
        dy=dy, fontWeight="bold", fontSize=14
    )
    said: alt.Chart = text.encode(x=_at_m(), y=at_share("mean"), text="word:N", color=_hue())
    return said


def _now(sizes: list[int], index: str) -> alt.Chart:
    """Draw a line at the chosen size."""
    rows: alt.Chart = alt.Chart(pd.DataFrame({"m": sizes}))
    rule = rows.transform_filter(f"datum.m == {sizes}[{index}]").mark_rule(strokeDash=[3, 3])
    here: alt.Chart = rule.encode(x=_at_m(), color=alt.value(AXIS))
    return here


def _at_m() -> alt.X:
    scale = alt.Scale(type="log", base=2, domain=[110, 4600], nice=False)
    axis = alt.Axis(values=[125, 250, 500, 1000, 2000, 4000], format=",d")
    return alt.X("m:Q", title="Numbers learned", scale=scale, axis=axis)


def at_share(field: str) -> alt.Y:
    """Put shares of right answers on an axis from 40 % to all."""
    scale = alt.Scale(domain=[0.4, 1.02], nice=False)
    values = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
    axis = alt.Axis(values=values, format=".0%", labelExpr=COIN_LABEL)
    return alt.Y(f"{field}:Q", title="Right answers", scale=scale, axis=axis)


def _coin() -> alt.Chart:
    """Draw the line of a tossed coin, whose name stands on the axis."""
    rule: alt.Chart = alt.Chart(COIN).mark_rule(color=INK, strokeDash=[6, 4])
    line: alt.Chart = rule.encode(y=at_share("coin"))
    return line


def _hue() -> alt.Color:
    scale = alt.Scale(domain=list(TASKS), range=[hue for hue, _ in TASKS.values()])
    return alt.Color("task:N", scale=scale, title=None, legend=OPAQUE)


def _shape() -> alt.Shape:
    scale = alt.Scale(domain=list(TASKS), range=[mark for _, mark in TASKS.values()])
    return alt.Shape("task:N", scale=scale, title=None, legend=OPAQUE)


def describe_shares(means: pd.DataFrame, by: list[str], end: str) -> str:
    """Say each mean, group by group, and close with a sentence on the controls."""
    parts = [
        f"{', '.join(str(row[column]) for column in by)}: {row['mean']:.1%}"
        for _, row in means.iterrows()
    ]
    return f"Shares of right answers, with a line at a coin's one half. {'; '.join(parts)}. {end}"
