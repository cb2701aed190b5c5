"""What augmentation is worth: sets of one size by their gap, and real digits by their turns."""

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import Layers
from bigcurves.plotting.spoken import tell_means
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import AXIS, BLUE, INK, MUTED, VERMILLION

NONE = "none"


def equal_counts_chart(sets: pd.DataFrame, *, description: str) -> alt.HConcatChart:
    """Draw errors by the number of pictures, where they differ, and by the gap, where they fold.

    Parameters
    ----------
    sets
        `kind` ("fresh" or "augmented"), `set` (its name), `count` (pictures of each class), `gap`,
        and `mean`, `low` and `high` of the error.
    """
    require_columns("sets", sets, {"kind", "set", "count", "gap", "mean", "low", "high"})
    names = list(sets.loc[sets["kind"] == "augmented", "set"])
    menu = alt.binding_select(options=[NONE, *names], name="Single out")
    single = alt.param(name="single", value=NONE, bind=menu)
    plots = [
        _errors(sets, "count", "Pictures of each class", [3.5, 150], [4, 16, 64]),
        _errors(sets, "gap", "Gap in latents (RMS pixel value)", [0.07, 0.7], [0.1, 0.2, 0.5]),
    ]
    return (
        alt.hconcat(*plots, spacing=30)
        .add_params(single, tell_means(sets, ["set"], single.name, ["set"]))
        .properties(description=require_description(description))
    )


def _errors(
    sets: pd.DataFrame, by: str, title: str, domain: list[float], ticks: list[float]
) -> Layers:
    """Draw each set's error against one of its sizes."""
    x = alt.X(
        f"{by}:Q",
        title=title,
        scale=alt.Scale(type="log", domain=domain, nice=False),
        axis=alt.Axis(values=ticks, grid=False),
    )
    y = alt.Y(
        "mean:Q",
        title="Errors",
        scale=alt.Scale(domain=[0, 0.6]),
        axis=alt.Axis(format="%", values=[0, 0.2, 0.4, 0.6]),
    )
    rows = alt.Chart(sets)
    fresh, made = (rows.transform_filter(f"datum.kind == '{k}'") for k in ("fresh", "augmented"))
    seen = alt.condition(
        f"single == '{NONE}' || datum.set == single", alt.value(1), alt.value(0.12)
    )
    chosen = made.transform_filter("datum.set == single").transform_calculate(
        word="datum.set + ': ' + format(datum.mean, '.1%')"
    )
    return alt.layer(
        fresh.mark_line(color=AXIS, strokeWidth=2).encode(x=x, y=y),
        fresh.mark_point(color=MUTED, shape="circle", filled=True, size=40).encode(x=x, y=y),
        made.mark_rule(color=BLUE, strokeWidth=2).encode(
            x=x, y=alt.Y("low:Q", title="Errors"), y2="high:Q", opacity=seen
        ),
        made.mark_point(color=BLUE, shape="diamond", filled=True, size=75).encode(
            x=x, y=y, opacity=seen
        ),
        chosen.mark_text(align="right", baseline="top", fontWeight="bold", color=INK).encode(
            x=alt.value("width"), y=alt.value(4), text="word:N"
        ),
    ).properties(width=220, height=250)


def digit_gains_chart(
    runs: pd.DataFrame, means: pd.DataFrame, *, n: int = 8, description: str
) -> Layers:
    """Compare what augmentations do for real digits, upright ones and turned ones.

    Parameters
    ----------
    runs
        `n`, `how`, `asked` ("as they are" or "turned by up to 45°") and `error`, one row a run.
    means
        The same with `mean`, `low` and `high` in place of `error`.
    n
        Digits of each class learned, at first.
    """
    require_columns("runs", runs, {"n", "how", "asked", "error"})
    require_columns("means", means, {"n", "how", "asked", "mean", "low", "high"})
    hows, sizes = list(means["how"].unique()), [int(size) for size in means["n"].unique()]
    asked = list(means["asked"].unique())
    menu = alt.binding_radio(options=sizes, name="Digits of each class learned")
    size = alt.param(name="n", value=n, bind=menu)
    rows = alt.Chart(means).transform_filter("datum.n == n")
    y = alt.Y("how:N", sort=hows, title=None, axis=alt.Axis(labelFontSize=13, labelLimit=200))
    offset = alt.YOffset("asked:N", sort=asked)
    colour = alt.Color(
        "asked:N",
        title="Digits asked for",
        scale=alt.Scale(domain=asked, range=[BLUE, VERMILLION]),
        legend=alt.Legend(orient="top", symbolOpacity=1),
    )
    shape = alt.Shape(
        "asked:N",
        title="Digits asked for",
        scale=alt.Scale(domain=asked, range=["circle", "square"]),
        legend=alt.Legend(orient="top", symbolOpacity=1),
    )
    return (
        alt.layer(
            alt.Chart(runs)
            .transform_filter("datum.n == n")
            .mark_tick(thickness=1, opacity=0.35, size=14)
            .encode(x=_wrong("error"), y=y, yOffset=offset, color=colour),
            rows.mark_rule(strokeWidth=4).encode(
                x=_wrong("low"), x2="high:Q", y=y, yOffset=offset, color=colour
            ),
            rows.mark_point(filled=True, size=80, opacity=1).encode(
                x=_wrong("mean"), y=y, yOffset=offset, color=colour, shape=shape
            ),
        )
        .add_params(size, tell_means(means, ["n"], "n", ["how", "asked"], form=".0%"))
        .properties(width=360, height=280, description=require_description(description))
    )


def _wrong(field: str) -> alt.X:
    scale = alt.Scale(domain=[0, 0.6], nice=False)
    return alt.X(f"{field}:Q", title="Errors", scale=scale, axis=alt.Axis(format="%", tickCount=6))


def describe_sets(sets: pd.DataFrame) -> str:
    """Say how the sets of one size err, from the widest gap to the smallest."""
    made = sets[sets["kind"] == "augmented"].sort_values("gap", ascending=False)
    parts = "; ".join(
        f"{name}: {error:.1%}" for name, error in zip(made["set"], made["mean"], strict=True)
    )
    return (
        "Two plots of the share of errors. Left, against the number of pictures: sets of fresh "
        "pictures fall along a line, augmented sets stand one above the other at "
        f"{made['count'].iloc[0]} pictures of each class. Right, against the gap in latents: the "
        f"augmented sets lie near the line of the fresh ones. From the widest gap on, {parts}. "
        "A list singles out one set."
    )


def describe_digit_gains(means: pd.DataFrame, *, n: int = 8) -> str:
    """Say what each augmentation does for digits, upright and turned, with `n` of each class."""
    shown = means[means["n"] == n]
    parts = [
        f"{how}: " + ", ".join(f"{e:.0%} {a}" for a, e in zip(g["asked"], g["mean"], strict=True))
        for how, g in shown.groupby("how", sort=False)
    ]
    return (
        "Errors on real digits, asked for as they are and turned, for each way to augment those "
        f"learned. With {n} digits of each class: {'; '.join(parts)}. A choice sets "
        "how many digits of each class are learned."
    )
