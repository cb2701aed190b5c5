"""Structure leaves pixel by pixel: digits shuffled by degrees, and named again live."""

from dataclasses import dataclass

import altair as alt
import pandas as pd

from bigcurves.plotting.kernels import nearest_labels, permute_pixels, share_equal
from bigcurves.plotting.marks import DIAMOND, Layers
from bigcurves.plotting.picture_kernels import bar_strip
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, PAPER, VERMILLION

SIDE, WHITE = 8, 16  # pixels along a digit, and its levels of grey above black
LINES, IN_LINE = 3, 10  # digits shown
FRAMES = IN_LINE * (SIDE + 1) - 1  # pixels along a line of pictures, with one between two
HIGH = f"width * {SIDE / FRAMES:.5f}"  # px of a line of pictures, which is as wide as the chart
HIGHEST = 50  # px that it has at most
STEP, PLOT = 72, 220  # px from line to line, and of the curve below them
TOP = LINES * STEP + 30  # px above the curve


@dataclass(frozen=True, kw_only=True)
class LiveDigits:
    """What the live kernels are given: some digits to learn, and others to name.

    Attributes
    ----------
    known, asked
        Levels of grey from 0 to 16, 64 to a digit.
    known_ranks, asked_ranks
        For each digit the ranks by which its pixels are shuffled, 64 to a digit.
    taught, truth
        Their labels.
    order
        In which order pixels take part.
    """

    known: list[list[int]]
    asked: list[list[int]]
    known_ranks: list[list[int]]
    asked_ranks: list[list[int]]
    taught: list[int]
    truth: list[int]
    order: list[int]


def partly_chart(digits: LiveDigits, means: pd.DataFrame, *, description: str) -> Layers:
    """Shuffle more and more pixels, and let a nearest neighbour name the digits again, live.

    Parameters
    ----------
    digits
        The digits that are learned and asked for in the page.
    means
        Measured at leisure: `dealing`, the way for all digits alike first, `moved` and the
        `mean` share named rightly, with its interval from `low` to `high`.
    """
    require_columns("means", means, {"dealing", "moved", "mean", "low", "high"})
    ways = list(means["dealing"].unique())
    buttons = alt.binding_radio(options=ways, name="Shuffle")
    dealing = alt.param(name="dealing", value=ways[-1], bind=buttons)
    slider = alt.binding_range(min=0, max=64, step=1, name="Pixels shuffled, of 64")
    moved = alt.param(name="moved", value=24, bind=slider)
    rows = alt.Chart(means).transform_filter(f"datum.dealing == {dealing.name}")
    here = alt.Chart(pd.DataFrame({"mark": ["your shuffle"]})).transform_calculate(
        moved=moved.name, right="share"
    )
    return (
        alt.layer(
            *_pictures(),
            *_names(digits.truth),
            rows.mark_area(color=BLUE, opacity=0.3).encode(
                x=_at_moved("moved"), y=_at_share("low"), y2="high"
            ),
            rows.mark_line(color=BLUE).encode(x=_at_moved("moved"), y=_at_share("mean")),
            here.mark_point(**DIAMOND).encode(x=_at_moved("moved"), y=_at_share("right")),
        )
        .add_params(dealing, moved, *_given(digits), *_found(ways[0]))
        .properties(
            width=520,
            height=TOP + PLOT,
            description=require_description(description),
            usermeta={"drag": [{"x": "moved"}]},
        )
    )


def _given(digits: LiveDigits) -> list[alt.Parameter]:
    """Hand the digits to the kernels."""
    names = {"known": "known", "asked": "asked", "taught": "taught", "truth": "truth"}
    names |= {"knownRanks": "known_ranks", "askedRanks": "asked_ranks", "order": "order"}
    return [alt.param(name=name, value=getattr(digits, field)) for name, field in names.items()]


def _found(alike: str) -> list[alt.Parameter]:
    """Shuffle the pixels and name the digits again, whenever a control moves."""
    one = f"dealing == '{alike}' ? slice(knownRanks, 0, 1) : "
    found = {
        "places": "slice(order, 0, moved)",
        "knownNow": permute_pixels("known", f"{one}knownRanks", "places"),
        "askedNow": permute_pixels("asked", f"{one}askedRanks", "places"),
        "named": nearest_labels("askedNow", "knownNow", "taught"),
        "share": share_equal("named", "truth"),
        "announce": "format(share, '.0%') + ' of the new digits named rightly'",
    }
    return [alt.param(name=name, expr=expr) for name, expr in found.items()]


def _pictures() -> tuple[alt.Chart, alt.Chart]:
    """Show the first thirty digits that are asked for, as they are now, with a gap between."""
    strip = f"slice(askedNow, {IN_LINE} * datum.line, {IN_LINE} * (datum.line + 1))"
    image = (
        alt.Chart(pd.DataFrame({"line": range(LINES)}))
        .transform_calculate(picture=bar_strip([strip], SIDE, WHITE), top=f"{STEP} * datum.line")
        .mark_image(
            width=alt.expr("width"),
            height=alt.expr(HIGH),
            smooth=False,
            aspect=False,
            align="left",
            baseline="top",
        )
        .encode(x=alt.value(0), y=_top(), url="picture:N")
    )
    gaps = alt.Chart(pd.DataFrame({"place": range(1, IN_LINE)})).transform_calculate(
        left=f"width * ({SIDE + 1} * datum.place - 0.5) / {FRAMES}"
    )
    rule = gaps.mark_rule(color=PAPER, opacity=1, strokeWidth=alt.expr(f"width / {FRAMES}"))
    return image, rule.encode(x=_left(), y=alt.value(0), y2=alt.value((LINES - 1) * STEP + HIGHEST))


def _names(truth: list[int]) -> tuple[alt.Chart, alt.Chart]:
    """Write below each digit what it is named, and what it is where that differs."""
    shown = range(LINES * IN_LINE)
    cells = pd.DataFrame({"place": shown, "is": [truth[place] for place in shown]})
    base = (
        alt.Chart(cells)
        .transform_calculate(named="named[datum.place]")
        .transform_calculate(
            left=f"width * ({SIDE + 1} * (datum.place % {IN_LINE}) + {SIDE / 2}) / {FRAMES}",
            top=f"{STEP} * floor(datum.place / {IN_LINE}) + {HIGH} + 3",
            right="datum.named == datum.is",
        )
    )
    base = base.encode(x=_left(), y=_top())
    good = base.transform_filter("datum.right").mark_text(baseline="top").encode(text="named:N")
    bad = (
        base.transform_filter("!datum.right")
        .transform_calculate(text="'\u2717 ' + datum.named")
        .mark_text(baseline="top", fontWeight="bold", color=VERMILLION)
        .encode(text="text:N")
    )
    return good, bad


def _left() -> alt.X:
    """Place a mark by the chart's own pixels."""
    return alt.X("left:Q", scale=None, axis=None)


def _top() -> alt.Y:
    return alt.Y("top:Q", scale=None, axis=None)


def _at_moved(field: str) -> alt.X:
    scale = alt.Scale(domain=[0, 64], nice=False)
    axis = alt.Axis(values=[0, 8, 16, 24, 32, 40, 48, 56, 64])
    return alt.X(f"{field}:Q", title="Pixels shuffled, of 64", scale=scale, axis=axis)


def _at_share(field: str) -> alt.Y:
    scale = alt.Scale(domain=[0, 1], nice=False, range=[TOP + PLOT, TOP])
    axis = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1], titleY=TOP - 10)
    return alt.Y(f"{field}:Q", title="New digits named rightly", scale=scale, axis=axis)


def describe_partly(means: pd.DataFrame) -> str:
    """Say how the share named rightly falls, for each way of shuffling."""
    parts = []
    for dealing, rows in means.groupby("dealing", sort=False):
        found = rows.set_index("moved")["mean"]
        told = ", ".join(f"{100 * found[moved]:.0f}% at {moved}" for moved in found.index[::2])
        parts.append(f"{dealing}: {told}")
    return (
        "Thirty digits, each with the name that a nearest neighbour gives it, a cross where it is "
        "wrong, above a curve of the share named rightly against the number of pixels shuffled "
        f"anew. {'; '.join(parts)}. A slider sets the number of pixels, buttons the way of "
        "dealing; the digits and a diamond on the curve are computed again as it moves."
    )
