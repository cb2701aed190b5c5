"""How wide a network must be to hold so many bits: random ones, and those of a curve."""

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import OPAQUE, Layers
from bigcurves.plotting.spoken import tell_means
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import AXIS, BLUE, INK, VERMILLION

TASKS = {"random bits": (VERMILLION, "circle"), "bits of a curve": (BLUE, "square")}
SEARCHES = {"smallest": "one start of five", "reliable": "all five starts"}


def store_width_chart(runs: pd.DataFrame, means: pd.DataFrame, *, description: str) -> Layers:
    """Follow the width that stores every bit as the bits grow; buttons change the search.

    Parameters
    ----------
    runs
        `search` ("smallest", "reliable"), `task` ("random bits", "bits of a curve"), `m` (bits
        stored) and `width`, one row a run.
    means
        The same with `mean`, `low` and `high` over the runs in place of `width`.
    """
    require_columns("runs", runs, {"search", "task", "m", "width"})
    require_columns("means", means, {"search", "task", "m", "mean", "low", "high"})
    sizes = sorted(int(m) for m in means["m"].unique())
    slider = alt.binding_range(min=0, max=len(sizes) - 1, step=1, name="Doublings of the bits")
    options, labels = list(SEARCHES), list(SEARCHES.values())
    buttons = alt.binding_radio(options=options, labels=labels, name="Must succeed")
    params = [
        alt.param(name="doublings", value=len(sizes) - 1, bind=slider),
        alt.param(name="search", value="smallest", bind=buttons),
        alt.param(name="guess", value=0),
        tell_means(
            means,
            ["search", "m"],
            f"search + '/' + {sizes}[doublings]",
            ["m", "task"],
            form=".2f",
            unit=" units",
        ),
    ]
    hues, marks = ([pair[i] for pair in TASKS.values()] for i in (0, 1))
    hue = alt.Color(
        "task:N", title=None, legend=OPAQUE, scale=alt.Scale(domain=list(TASKS), range=hues)
    )
    shape = alt.Shape(
        "task:N", title=None, legend=OPAQUE, scale=alt.Scale(domain=list(TASKS), range=marks)
    )
    line = alt.Chart(means).transform_filter("datum.search == search")
    here = f"datum.m == {sizes}[doublings]"
    now = line.transform_filter(here)
    words = now.transform_calculate(word="format(datum.mean, '.2f') + ' units'")
    at = {"x": _at_m(sizes), "color": hue}
    ruled = alt.Chart(pd.DataFrame({"m": sizes})).transform_filter(here)
    guessed = alt.Chart(pd.DataFrame({"m": [sizes[-1]]})).transform_filter("guess > 0")
    guess = guessed.transform_calculate(mean="guess", word="'your guess: ' + round(guess)")
    return (
        alt.layer(
            ruled.mark_rule(strokeDash=[3, 3], color=AXIS).encode(x=_at_m(sizes)),
            line.mark_area(opacity=0.25).encode(y=_at_width("low"), y2="high", **at),
            line.mark_line().encode(y=_at_width("mean"), **at),
            alt.Chart(runs)
            .transform_filter("datum.search == search")
            .mark_point(size=12, opacity=0.35)
            .encode(y=_at_width("width"), **at),
            now.mark_point(size=120, opacity=1).encode(y=_at_width("mean"), shape=shape, **at),
            words.mark_text(align="right", dx=-10, dy=-14, fontWeight="bold", fontSize=14).encode(
                y=_at_width("mean"), text="word:N", **at
            ),
            guess.mark_point(shape="cross", size=120, opacity=1, color=INK).encode(
                x=_at_m(sizes), y=_at_width("mean")
            ),
            guess.mark_text(align="right", dx=-12, fontWeight="bold").encode(
                x=_at_m(sizes), y=_at_width("mean"), text="word:N"
            ),
        )
        .add_params(*params)
        .properties(width=500, height=310, description=require_description(description))
    )


def _at_m(sizes: list[int]) -> alt.X:
    scale = alt.Scale(type="log", base=2, domain=[sizes[0] * 0.85, sizes[-1] * 1.15], nice=False)
    axis = alt.Axis(values=sizes, format=",d")
    return alt.X("m:Q", title="Bits stored", scale=scale, axis=axis)


def _at_width(field: str) -> alt.Y:
    scale = alt.Scale(type="log", base=2, domain=[1, 256], nice=False)
    axis = alt.Axis(values=[1, 2, 4, 8, 16, 32, 64, 128, 256], format="d")
    return alt.Y(f"{field}:Q", title="Hidden units needed", scale=scale, axis=axis)


def describe_store_width(means: pd.DataFrame) -> str:
    """Say the mean widths at both ends, task by task and search by search."""
    at = means.set_index(["search", "task", "m"])["mean"]
    few, many = int(means["m"].min()), int(means["m"].max())
    parts = "; ".join(
        f"{task}, where {words} must succeed, from {at[search, task, few]:.2f} to "
        f"{at[search, task, many]:.2f}"
        for search, words in SEARCHES.items()
        for task in TASKS
    )
    return (
        f"Hidden units that a network needs against the bits that it stores, {few} to {many}, on "
        f"two log axes. {parts}. A slider doubles the bits, buttons change the search."
    )
