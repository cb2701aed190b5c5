"""A learner for the reader to tune: a curve through labels on the number line, drawn live."""

import altair as alt
import numpy as np
import pandas as pd

from bigcurves.plotting.kernels import kernel_mean
from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, INK, MUTED, VERMILLION

RIGHT, WRONG = -0.22, -0.42  # heights of the two strips of new numbers
BUMP = -2.5  # its width at first, as a power of ten
LABELS = {"prime": "prime or composite", "smooth": "smooth label"}


def prime_curve_chart(learned: pd.DataFrame, new: pd.DataFrame, *, description: str) -> Layers:
    """Draw a weighted mean of labels along the number line, and score it as its width moves.

    Both scores are computed where the chart is drawn, by the kernel `kernel_mean`.

    Parameters
    ----------
    learned, new
        `place` (0 to 1 along the range of numbers) and the labels `prime` and `smooth`, 0 or 1.
    """
    require_columns("learned", learned, {"place", *LABELS})
    require_columns("new", new, {"place", *LABELS})
    buttons = alt.binding_radio(options=list(LABELS), labels=list(LABELS.values()), name="Label")
    label = alt.param(name="label", value="prime", bind=buttons)
    slider = alt.binding_range(min=-5, max=-0.5, step=0.25, name="Width of the bump, power of ten")
    width = alt.param(name="bump", value=BUMP, bind=slider)
    xs = alt.param(name="xs", value=[float(x) for x in learned["place"]])
    labels = {name: [int(y) for y in learned[name]] for name in LABELS}
    ys = alt.param(name="ys", expr=f"({labels})[{label.name}]")
    told = kernel_mean("datum.place", "xs", "ys", f"pow(10, {width.name})")
    lines = alt.Chart(alt.sequence(0, 301, as_="step")).transform_calculate(
        place="datum.step / 300"
    )
    curve = lines.transform_calculate(height=told).mark_line(color=INK, strokeWidth=1.8)
    points = alt.Chart(learned).transform_calculate(height=f"datum[{label.name}]")
    return (
        alt.layer(
            points.mark_tick(thickness=1.2, size=14, color=MUTED).encode(
                x=_at_place(), y=_at_height()
            ),
            curve.encode(x=_at_place(), y=_at_height()),
            *_strips(new, told, label.name),
            *_score(learned, told, label.name, "numbers learned", 2),
            *_score(new, told, label.name, "new numbers", 24),
        )
        .add_params(label, width, xs, ys)
        .properties(width=520, height=350, description=require_description(description))
    )


def _at_place() -> alt.X:
    scale = alt.Scale(domain=[0, 1], nice=False)
    title = "Place of the number in its range"
    return alt.X("place:Q", title=title, scale=scale, axis=alt.Axis(tickCount=5))


def _at_height() -> alt.Y:
    scale = alt.Scale(domain=[-0.5, 1.4], nice=False)
    names = f"datum.value == 1 ? 'yes, 1' : datum.value == 0 ? 'no, 0' : datum.value > {WRONG} ? "
    axis = alt.Axis(
        values=[1, 0, RIGHT, WRONG],
        labelExpr=names.replace(f"> {WRONG}", f"> {WRONG + 0.1}") + "'new, right' : 'new, wrong'",
        grid=False,
    )
    return alt.Y("height:Q", title="Label, and the curve's guess", scale=scale, axis=axis)


def _strips(new: pd.DataFrame, told: str, label: str) -> tuple[alt.Chart, ...]:
    """Draw each new number in the strip of the right or of the wrong answers."""
    right = f"({told} > 0.5) == (datum[{label}] == 1)"
    rows = alt.Chart(new).transform_calculate(right=right)
    return tuple(
        rows.transform_filter(test)
        .transform_calculate(height=str(height))
        .mark_tick(thickness=1, size=18, color=hue, opacity=0.8)
        .encode(x=_at_place(), y=_at_height())
        for test, height, hue in (("datum.right", RIGHT, BLUE), ("!datum.right", WRONG, VERMILLION))
    )


def _score(rows: pd.DataFrame, told: str, label: str, name: str, top: float) -> tuple[alt.Chart]:
    """Write above the curve what share of some numbers it gets right."""
    return (
        alt.Chart(rows)
        .transform_calculate(right=f"({told} > 0.5) == (datum[{label}] == 1) ? 1 : 0")
        .transform_aggregate(share="mean(right)")
        .transform_calculate(word=f"'{name}: ' + format(datum.share, '.0%') + ' right'")
        .mark_text(align="left", baseline="top", fontWeight="bold", fontSize=15, color=INK)
        .encode(x=alt.value(4), y=alt.value(top), text="word:N")
        .properties(name=f"spoken_{top:.0f}"),
    )


def describe_prime_curve(learned: pd.DataFrame, new: pd.DataFrame) -> str:
    """Say what the chart shows at first, and with the other label."""
    gaps = new["place"].to_numpy()[:, np.newaxis] - learned["place"].to_numpy()
    weights = np.exp(-0.5 * (gaps / 10**BUMP) ** 2)
    right = []
    for label, name in LABELS.items():
        told = weights @ learned[label].to_numpy(dtype=float) / weights.sum(axis=1) > 0.5
        right.append(f"{name}, {float((told == (new[label] == 1)).mean()):.0%}")
    return (
        f"A curve along the number line that averages the labels of {len(learned)} numbers, each "
        f"with a bump around it, and below it {len(new)} new numbers in two strips, right and "
        "wrong. A slider sets how wide the bumps are and buttons choose the label; shares of right "
        f"answers are computed as the slider moves. At first they are, on new numbers: "
        f"{'; '.join(right)}."
    )
