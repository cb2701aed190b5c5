"""A table of answers learned step by step: accuracies, and the numbers' places in the weights."""

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import AXIS, BLUE, INK, MUTED, VERMILLION

TAUGHT, OTHERS = "pairs taught", "pairs never taught"
HUES = {TAUGHT: (BLUE, [6, 3]), OTHERS: (VERMILLION, [1, 0])}
FIRST, EVERY, LAST = 20, 20, 1000  # steps of the slider


def grokking_chart(
    runs: pd.DataFrame,
    means: pd.DataFrame,
    films: pd.DataFrame,
    *,
    chance: float,
    description: str,
) -> alt.HConcatChart:
    """Scrub through training: accuracies on the left, on the right the numbers in the weights.

    Parameters
    ----------
    runs
        `part` (which table, learned how), `step` and `share`: a run's accuracy on pairs never
        taught, at some steps.
    means
        `part`, `step`, `on` ("pairs taught", "pairs never taught"), `mean`, `low` and `high`,
        at every twentieth step at least.
    films
        `part`, `group` (of units, 1 or 2), `frequency`, `step`; lists `number`, `x` and `y`.
    chance
        The accuracy of a guess.
    """
    require_columns("runs", runs, {"part", "step", "share"})
    require_columns("means", means, {"part", "step", "on", "mean", "low", "high"})
    require_columns("films", films, {"part", "group", "frequency", "step", "number", "x", "y"})
    parts = list(dict.fromkeys(means["part"]))
    steps = alt.binding_range(min=FIRST, max=LAST, step=EVERY, name="Step of training")
    params = [
        alt.param(name="step", value=LAST, bind=steps),
        alt.param(
            name="table", value=parts[0], bind=alt.binding_radio(options=parts, name="Learn")
        ),
        alt.param(name="units", value=1, bind=_groups()),
        alt.param(name="zoom", value=False, bind=alt.binding_checkbox(name="Zoom in on chance")),
    ]
    return (
        alt.hconcat(_accuracies(runs, means, chance), _circle(films), spacing=20)
        .add_params(*params)
        .properties(description=require_description(description))
    )


def _groups() -> alt.BindRadioSelect:
    return alt.binding_radio(
        options=[1, 2], labels=["largest group", "second largest"], name="Hidden units"
    )


def _accuracies(runs: pd.DataFrame, means: pd.DataFrame, chance: float) -> Layers:
    """Draw both accuracies against the steps, single runs of one, and the step that is shown."""
    line = alt.Chart(means).transform_filter("datum.part == table")
    now = line.transform_filter("datum.step == step")
    words = now.transform_calculate(word="format(datum.mean, '.1%')")
    guess = alt.Chart(pd.DataFrame({"mean": [chance], "word": ["a guess"]}))
    hue = _hue()
    return alt.layer(
        guess.mark_rule(color=INK, strokeDash=[3, 3]).encode(y=_at_share("mean")),
        guess.mark_text(align="left", dy=-7, color=INK).encode(
            x=alt.value(3), y=_at_share("mean"), text="word:N"
        ),
        now.mark_rule(color=AXIS, strokeDash=[3, 3]).encode(x=_at_step()),
        alt.Chart(runs)
        .transform_filter("datum.part == table")
        .mark_point(size=9, opacity=0.4, color=VERMILLION, clip=True)
        .encode(x=_at_step(), y=_at_share("share")),
        line.mark_area(opacity=0.25, clip=True).encode(
            x=_at_step(), y=_at_share("low"), y2="high", color=hue
        ),
        line.mark_line(clip=True).encode(
            x=_at_step(), y=_at_share("mean"), color=hue, strokeDash=_dash()
        ),
        now.mark_point(size=110, opacity=1, clip=True).encode(
            x=_at_step(), y=_at_share("mean"), color=hue
        ),
        _say(words, TAUGHT, -62),
        _say(words, OTHERS, -46),
    ).properties(width=240, height=250)


def _say(words: alt.Chart, on: str, above: float) -> alt.Chart:
    """Write an accuracy at the shown step above the plot."""
    said: alt.Chart = (
        words.transform_filter(f"datum.on == '{on}'")
        .transform_calculate(words="datum.on + ': ' + datum.word")
        .mark_text(align="left", fontWeight="bold", fontSize=14)
        .encode(x=alt.value(0), y=alt.value(above), text="words:N", color=_hue())
        .properties(name=f"spoken{''.join(on.title().split())}")
    )
    return said


def _at_step() -> alt.X:
    scale = alt.Scale(type="log", domain=[10, LAST], nice=False)
    axis = alt.Axis(values=[10, 30, 100, 300, 1000], format=",d")
    return alt.X("step:Q", title="Steps of training", scale=scale, axis=axis)


def _at_share(field: str) -> alt.Y:
    scale = alt.Scale(domain=[0, alt.ExprRef("zoom ? 0.1 : 1.02")], nice=False)
    axis = alt.Axis(tickCount=5, format=".0%")
    return alt.Y(f"{field}:Q", title="Right answers", scale=scale, axis=axis)


def _hue() -> alt.Color:
    scale = alt.Scale(domain=list(HUES), range=[hue for hue, _ in HUES.values()])
    return alt.Color("on:N", scale=scale, legend=None)


def _dash() -> alt.StrokeDash:
    scale = alt.Scale(domain=list(HUES), range=[dash for _, dash in HUES.values()])
    return alt.StrokeDash("on:N", scale=scale, legend=None)


def _circle(films: pd.DataFrame) -> Layers:
    """Draw the numbers where the chosen units put them, joined in the order of their wave."""
    chosen = "datum.part == table && datum.group == units && datum.step == step"
    frame = alt.Chart(films).transform_filter(chosen)
    numbers = frame.transform_flatten(["number", "x", "y"]).transform_window(order="row_number()")
    scale = alt.Scale(domain=[-1.7, 1.7], nice=False)
    at = {
        "x": alt.X("x:Q", title="First direction in the weights", axis=None, scale=scale),
        "y": alt.Y("y:Q", title="Second direction", axis=None, scale=scale),
    }
    says = "'after ' + step + ' steps'"
    return alt.layer(
        numbers.mark_line(color=MUTED, strokeWidth=0.8, interpolate="linear-closed").encode(
            order="order:Q", **at
        ),
        numbers.mark_text(color=INK, fontSize=11.5).encode(text="number:N", **at),
        frame.transform_calculate(words=says)
        .mark_text(align="left", fontWeight="bold")
        .encode(x=alt.value(0), y=alt.value(-46), text="words:N")
        .properties(name="spokenStep"),
    ).properties(width=250, height=250)


def describe_grokking(means: pd.DataFrame, part: str) -> str:
    """Say what both accuracies are at some steps, and how the other tables end."""
    at = means.set_index(["part", "on", "step"])["mean"]
    course = "; ".join(
        f"step {step}: {at[part, TAUGHT, step]:.1%} of the pairs taught, "
        f"{at[part, OTHERS, step]:.1%} of the others"
        for step in (40, 100, 200, 400, LAST)
    )
    ends = "; ".join(
        f"{other}: {at[other, OTHERS, LAST]:.1%}" for other in dict.fromkeys(means["part"])
    )
    return (
        "Left, right answers against steps of training, on a log axis, for pairs taught and pairs "
        f"never taught. Learning {part}, {course}. At the end, on pairs never taught: {ends}. "
        "Right, the numbers as a group of hidden units places them, joined in the order of the "
        "group's wave: a tangle at first, and at the end, for the sums, a circle. A slider moves "
        "through the steps; buttons choose what is learned and which units are drawn."
    )
