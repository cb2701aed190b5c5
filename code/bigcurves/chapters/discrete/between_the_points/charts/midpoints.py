"""What lies halfway: between two numbers, between two digits, and how often it keeps its kind."""

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import DIAMOND, Layers
from bigcurves.plotting.spoken import tell_means
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, INK, MUTED, VERMILLION

TRIPLE = (286, 88)  # px of three images of 8 x 8 with a gap of one, eleven to one
KINDS = ["all midpoints", "hard midpoints"]


def number_midpoint_chart(numbers: pd.DataFrame, *, description: str) -> Layers:
    """Let the reader pick two primes, and say what the number halfway is.

    Parameters
    ----------
    numbers
        `number`, a run of whole numbers from an even one, and `least`, the least divisor
        above 1 of each, or 0 where it is prime.
    """
    require_columns("numbers", numbers, {"number", "least"})
    primes = [int(n) for n in numbers.loc[numbers["least"] == 0, "number"]]
    half = len(primes) // 2
    one = alt.binding_range(min=0, max=half - 1, step=1, name="First prime")
    far = alt.binding_range(min=1, max=half, step=1, name="Second: so many primes on")
    first = alt.param(name="first", value=2, bind=one)
    further = alt.param(name="further", value=9, bind=far)
    a, b = f"ps[{first.name}]", f"ps[{first.name} + {further.name}]"
    middle = f"(({a} + {b}) / 2)"
    factor = f"least[{middle} - {int(numbers['number'].iloc[0])}]"
    words = (
        f"format({a}, ',d') + ' and ' + format({b}, ',d') + ': halfway lies ' + "
        f"format({middle}, ',d') + ({factor} == 0 ? ', a prime' : ' = ' + {factor} + ' \u00d7 ' + "
        f"format({middle} / {factor}, ',d'))"
    )
    lists = [
        alt.param(name="ps", value=primes),
        alt.param(name="least", value=[int(n) for n in numbers["least"]]),
    ]
    ticks = alt.Chart(numbers[numbers["least"] == 0])
    every = alt.Chart(alt.sequence(1, half + 1, as_="step")).transform_calculate(
        number=f"({a} + ps[{first.name} + datum.step]) / 2",
        kind=f"least[datum.number - {int(numbers['number'].iloc[0])}] == 0 ? 'prime' : 'composite'",
        prime="datum.kind == 'prime' ? 1 : 0",
    )
    tally = every.transform_aggregate(found="sum(prime)").transform_calculate(
        word=f"'Prime midpoints from this first prime: ' + datum.found + ' of {half}.'"
    )
    ends = alt.Chart(pd.DataFrame({"end": [0, 1]})).transform_calculate(
        number=f"datum.end == 0 ? {a} : {b}"
    )
    now = alt.Chart(pd.DataFrame({"end": [0]})).transform_calculate(
        number=middle, far=b, near=a, kind=f"{factor} == 0 ? 'prime' : 'composite'", word=words
    )
    hue = alt.Color("kind:N", legend=None).scale(
        domain=["prime", "composite"], range=[BLUE, VERMILLION]
    )
    shape = alt.Shape("kind:N", legend=None).scale(
        domain=["prime", "composite"], range=["circle", "cross"]
    )
    return (
        alt.layer(
            ticks.mark_tick(color=MUTED, thickness=1.5, size=26).encode(x=_at(), y=alt.value(80)),
            now.mark_rule(color=INK).encode(x=_at("near"), x2="far", y=alt.value(80)),
            ends.mark_point(**DIAMOND).encode(x=_at(), y=alt.value(80)),
            now.mark_point(size=240, opacity=1).encode(
                x=_at(), y=alt.value(80), color=hue, shape=shape
            ),
            now.mark_text(align="left", fontWeight="bold", fontSize=14, baseline="top").encode(
                x=alt.value(0), y=alt.value(14), text="word:N", color=hue
            ),
            every.mark_point(size=36, opacity=0.9).encode(
                x=_at(), y=alt.value(112), color=hue, shape=shape
            ),
            tally.mark_text(align="left", baseline="top", color=INK).encode(
                x=alt.value(0), y=alt.value(36), text="word:N"
            ),
        )
        .add_params(first, further, *lists, alt.param(name="announce", expr=words))
        .properties(width=520, height=135, description=require_description(description))
    )


def _at(field: str = "number") -> alt.X:
    axis = alt.Axis(format=",d", tickCount=5, grid=False)
    scale = alt.Scale(zero=False, nice=False, padding=12)
    return alt.X(f"{field}:Q", title="Whole numbers (ticks are primes)", axis=axis, scale=scale)


def digit_midpoint_chart(pairs: pd.DataFrame, *, description: str) -> Layers:
    """Show two digits and the average of their pixels, and what a judge says of it.

    Parameters
    ----------
    pairs
        `kind` of pair, `pair` (1, 2 ...), `picture` of three images (a digit, the average,
        the other digit), and `words` of the judge.
    """
    require_columns("pairs", pairs, {"kind", "pair", "picture", "words"})
    kinds = list(pairs["kind"].unique())
    buttons = alt.binding_radio(options=kinds, name="Second digit")
    kind = alt.param(name="kind", value=kinds[0], bind=buttons)
    slider = alt.binding_range(min=1, max=int(pairs["pair"].max()), step=1, name="Pair")
    pair = alt.param(name="pair", value=1, bind=slider)
    now = alt.Chart(pairs).transform_filter(
        f"datum.kind == {kind.name} && datum.pair == {pair.name}"
    )
    width, height = TRIPLE
    heads = alt.Chart(pd.DataFrame({"x": [44, 143, 242], "name": ["one", "halfway", "the other"]}))
    return (
        alt.layer(
            heads.mark_text(color=MUTED, baseline="top").encode(
                x=alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, width])),
                y=alt.value(2),
                text="name:N",
            ),
            now.mark_image(
                width=width, height=height, smooth=False, align="left", baseline="top"
            ).encode(x=alt.value(0), y=alt.value(22), url="picture:N"),
            now.mark_text(align="left", baseline="top", fontWeight="bold")
            .encode(x=alt.value(0), y=alt.value(height + 32), text="words:N")
            .properties(name="spoken"),
        )
        .add_params(kind, pair)
        .properties(width=width, height=height + 52, description=require_description(description))
    )


def kept_chart(runs: pd.DataFrame, means: pd.DataFrame, *, description: str) -> Layers:
    """Compare how often what lies halfway is of the same kind as the two ends.

    Parameters
    ----------
    runs
        `which` (one of `KINDS`), `row` and `kept`, one row a run.
    means
        The same with `mean`, `low` and `high` over the runs in place of `kept`, and `base`, how
        often anything is of that kind.
    """
    require_columns("runs", runs, {"which", "row", "kept"})
    require_columns("means", means, {"which", "row", "mean", "low", "high", "base"})
    buttons = alt.binding_radio(options=KINDS, name="Count")
    which = alt.param(name="which", value=KINDS[0], bind=buttons)
    chosen = f"datum.which == {which.name}"
    at = alt.Y("row:N", sort=None, title=None, axis=alt.Axis(labelFontSize=13, labelLimit=240))
    mean = alt.Chart(means).transform_filter(chosen)
    words = mean.transform_calculate(
        word="format(datum.mean, '.1%')", other="'any: ' + format(datum.base, '.1%')"
    )
    return (
        alt.layer(
            mean.mark_tick(color=INK, thickness=3, size=34).encode(x=_share("base"), y=at),
            words.mark_text(dy=28, color=INK).encode(x=_share("base"), y=at, text="other:N"),
            alt.Chart(runs)
            .transform_filter(chosen)
            .mark_tick(color=VERMILLION, thickness=1, size=20, opacity=0.5)
            .encode(x=_share("kept"), y=at),
            mean.mark_rule(color=VERMILLION, strokeWidth=4).encode(
                x=_share("low"), x2="high", y=at
            ),
            mean.mark_point(color=VERMILLION, size=90, opacity=1).encode(x=_share("mean"), y=at),
            words.mark_text(dy=-20, color=VERMILLION, fontWeight="bold", fontSize=14).encode(
                x=_share("mean"), y=at, text="word:N"
            ),
        )
        .add_params(which, tell_means(means, ["which"], which.name, ["row"]))
        .properties(width=380, height=alt.Step(84), description=require_description(description))
    )


def _share(field: str) -> alt.X:
    scale = alt.Scale(domain=[-0.06, 1.06], nice=False)
    axis = alt.Axis(values=[0, 0.25, 0.5, 0.75, 1], format=".0%", grid=True)
    return alt.X(f"{field}:Q", title="Of the same kind", scale=scale, axis=axis)


def describe_kept(means: pd.DataFrame) -> str:
    """Say how often each kind is kept halfway, and how often anything is of the kind."""
    parts = "; ".join(
        f"{row}, {which}: {mean:.1%}, any: {base:.1%}"
        for row, which, mean, base in zip(
            means["row"], means["which"], means["mean"], means["base"], strict=True
        )
    )
    return (
        "How often the average of two things of one kind is of that kind, beside how often "
        f"anything is. {parts}. Buttons choose which midpoints count."
    )
