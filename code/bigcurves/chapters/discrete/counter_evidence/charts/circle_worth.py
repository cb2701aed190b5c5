"""What a prior is worth in pairs: finding the circle beside having it."""

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import OPAQUE, Layers
from bigcurves.plotting.spoken import tell_means
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, INK, VERMILLION

WHO = {"given the circle": (BLUE, "circle"), "network, given symbols": (VERMILLION, "square")}


def circle_worth_chart(
    runs: pd.DataFrame, means: pd.DataFrame, *, chance: float, description: str
) -> Layers:
    """Set what a network finds against what a regression reads off a given circle.

    Parameters
    ----------
    runs
        `table`, `who` ("given the circle", "network, given symbols"), `pairs` (taught) and
        `share`, the right answers on all other pairs, one row a run.
    means
        The same with `mean`, `low` and `high` over the runs in place of `share`.
    chance
        The share that a guess gets right.
    """
    require_columns("runs", runs, {"table", "who", "pairs", "share"})
    require_columns("means", means, {"table", "who", "pairs", "mean", "low", "high"})
    kinds = list(dict.fromkeys(means["table"]))
    buttons = alt.binding_radio(options=kinds, name="Table")
    table = alt.param(name="table", value=kinds[0], bind=buttons)
    mean = alt.Chart(means).transform_filter("datum.table == table")
    guess = alt.Chart(pd.DataFrame({"mean": [chance], "word": ["a guess"]}))
    words = mean.transform_calculate(word="format(datum.mean, '.0%')")
    return (
        alt.layer(
            guess.mark_rule(color=INK, strokeDash=[3, 3]).encode(y=_at_share("mean")),
            guess.mark_text(align="right", dy=-9, color=INK).encode(
                x=alt.value("width"), y=_at_share("mean"), text="word:N"
            ),
            alt.Chart(runs)
            .transform_filter("datum.table == table")
            .mark_tick(orient="horizontal", thickness=1, width=14, opacity=0.45)
            .encode(x=_at_pairs(), y=_at_share("share"), color=_hue()),
            mean.mark_line(strokeWidth=1.5).encode(
                x=_at_pairs(), y=_at_share("mean"), color=_hue()
            ),
            mean.mark_rule(strokeWidth=4).encode(
                x=_at_pairs(), y=_at_share("low"), y2="high", color=_hue()
            ),
            mean.mark_point(size=80, opacity=1).encode(
                x=_at_pairs(), y=_at_share("mean"), color=_hue(), shape=_shape()
            ),
            *_say(words),
        )
        .add_params(table, tell_means(means, ["table"], table.name, ["who", "pairs"], form=".0%"))
        .properties(width=520, height=300, description=require_description(description))
    )


def _say(words: alt.Chart) -> tuple[alt.Chart, alt.Chart]:
    """Write the shares at both ends above their marks, and the network's to the left of theirs."""
    first, second = (words.transform_filter(f"datum.who == '{who}'") for who in WHO)
    ends = first.transform_joinaggregate(least="min(pairs)", most="max(pairs)").transform_filter(
        "datum.pairs == datum.least || datum.pairs == datum.most"
    )
    at = {"x": _at_pairs(), "y": _at_share("mean"), "color": _hue()}
    return (
        ends.mark_text(fontWeight="bold", dy=-14).encode(text="word:N", **at),
        second.mark_text(fontWeight="bold", dx=-12, dy=-18, align="right").encode(
            text="word:N", **at
        ),
    )


def _at_pairs() -> alt.X:
    scale = alt.Scale(type="log", domain=[5, 1000], nice=False)
    axis = alt.Axis(values=[6, 12, 24, 48, 96, 192, 288, 480], format=",d")
    return alt.X("pairs:Q", title="Pairs taught, of 961", scale=scale, axis=axis)


def _at_share(field: str) -> alt.Y:
    scale = alt.Scale(domain=[0, 1.08], nice=False)
    axis = alt.Axis(values=[0, 0.25, 0.5, 0.75, 1], format=".0%")
    return alt.Y(f"{field}:Q", title="Right answers on all other pairs", scale=scale, axis=axis)


def _hue() -> alt.Color:
    scale = alt.Scale(domain=list(WHO), range=[hue for hue, _ in WHO.values()])
    return alt.Color("who:N", scale=scale, title=None, legend=OPAQUE)


def _shape() -> alt.Shape:
    scale = alt.Scale(domain=list(WHO), range=[mark for _, mark in WHO.values()])
    return alt.Shape("who:N", scale=scale, title=None, legend=OPAQUE)


def describe_circle_worth(means: pd.DataFrame) -> str:
    """Say each mean, table by table."""
    parts = [
        f"{row['table']}, {row['who']}, {row['pairs']:.0f} pairs: {row['mean']:.1%}"
        for _, row in means.iterrows()
    ]
    return (
        "Right answers on pairs never taught, against the number of pairs taught on a log axis, "
        "for a network that is given symbols and a regression that is given the circle. "
        f"{'; '.join(parts)}. Buttons choose the table."
    )
