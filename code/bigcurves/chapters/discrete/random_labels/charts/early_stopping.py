"""What a network knows of new digits when its training ends, and at its best epoch."""

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import Layers
from bigcurves.plotting.spoken import tell_means
from bigcurves.plotting.styles import ChartStyle, dash, hue, shape
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, INK, MUTED, VERMILLION

STOPS: ChartStyle = {
    "when no label is missed": (VERMILLION, [1, 0], "circle"),
    "at the best epoch (an oracle)": (BLUE, [7, 3], "square"),
}
BOTH = "both"
LEGEND = alt.Legend(symbolOpacity=1, columns=1, labelLimit=300)


def early_stopping_chart(runs: pd.DataFrame, means: pd.DataFrame, *, description: str) -> Layers:
    """Compare what is known of new digits at the end of training and at its best epoch.

    Parameters
    ----------
    runs
        `random` (the share of random labels), `stop` (one of `STOPS`) and `share`, a row a run.
    means
        The same with `mean`, `low` and `high` over the runs in place of `share`.
    """
    require_columns("runs", runs, {"random", "stop", "share"})
    require_columns("means", means, {"random", "stop", "mean", "low", "high"})
    buttons = alt.binding_radio(options=[BOTH, *STOPS], name="Stop")
    stop = alt.param(name="stop", value=BOTH, bind=buttons)
    chosen = f"{stop.name} == '{BOTH}' || datum.stop == {stop.name}"
    seen = alt.condition(chosen, alt.value(1), alt.value(0.12))
    x = alt.X("random:O", title="Labels drawn at random", axis=alt.Axis(format=".0%"))
    coin = alt.Chart(pd.DataFrame({"share": [0.1], "word": ["one digit in ten"]}))
    mean, colour = alt.Chart(means), hue("stop", STOPS, LEGEND)
    low, high = STOPS
    told = means.assign(random=[f"{share:.0%} random" for share in means["random"]])
    words = mean.transform_calculate(word="format(datum.mean, '.0%')")
    return (
        alt.layer(
            coin.mark_rule(color=INK, strokeDash=[6, 4]).encode(y=_known("share")),
            coin.mark_text(align="left", dx=4, dy=-9, color=MUTED).encode(
                x=alt.value(0), y=_known("share"), text="word:N"
            ),
            alt.Chart(runs)
            .mark_tick(thickness=1, width=22)
            .encode(
                x=x,
                y=_known("share"),
                color=colour,
                opacity=alt.condition(chosen, alt.value(0.5), alt.value(0.06)),
            ),
            mean.mark_line(strokeWidth=2).encode(
                x=x,
                y=_known("mean"),
                color=colour,
                strokeDash=dash("stop", STOPS),
                opacity=seen,
            ),
            mean.mark_rule(strokeWidth=4).encode(
                x=x, y=_known("low"), y2="high", color=colour, opacity=seen
            ),
            mean.mark_point(size=90).encode(
                x=x,
                y=_known("mean"),
                color=colour,
                shape=shape("stop", STOPS, LEGEND),
                opacity=seen,
            ),
            words.transform_filter(f"datum.stop == '{high}'")
            .mark_text(align="left", dx=13, dy=-9, fontWeight="bold")
            .encode(x=x, y=_known("mean"), text="word:N", color=colour, opacity=seen),
            words.transform_filter(f"datum.stop == '{low}'")
            .mark_text(align="right", dx=-12, dy=10, fontWeight="bold")
            .encode(x=x, y=_known("mean"), text="word:N", color=colour, opacity=seen),
        )
        .add_params(stop, tell_means(told, ["stop"], stop.name, ["random"], form=".0%"))
        .properties(width=500, height=320, description=require_description(description))
    )


def _known(field: str) -> alt.Y:
    scale = alt.Scale(domain=[0, 1.08], nice=False)
    axis = alt.Axis(values=[0, 0.2, 0.4, 0.6, 0.8, 1], format=".0%")
    return alt.Y(f"{field}:Q", title="New digits known", scale=scale, axis=axis)


def describe_early_stopping(means: pd.DataFrame) -> str:
    """Say what is known at each share of random labels."""
    parts = "; ".join(
        f"{random:.0%} random, {stop}: {mean:.1%}"
        for random, stop, mean in zip(means["random"], means["stop"], means["mean"], strict=True)
    )
    return (
        "Two falling lines: the share of new digits known, against the share of training labels "
        f"drawn at random. {parts}. Buttons single out one line."
    )
