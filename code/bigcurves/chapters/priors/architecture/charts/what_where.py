"""What an architecture knows: learning curves in two orders of pixels, and two questions."""

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import DASHES, STROKES
from bigcurves.plotting.spoken import tell_means
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, GREEN, INK, VERMILLION


def learning_chart(
    runs: pd.DataFrame, means: pd.DataFrame, *, description: str
) -> alt.LayerChart | alt.FacetChart:
    """Draw accuracy against pictures learned, learner by learner, for either order of pixels.

    Parameters
    ----------
    runs
        `order`, `learner`, `n` and `test`, one row a run.
    means
        The same with `mean`, `low` and `high` in place of `test`.
    """
    require_columns("runs", runs, {"order", "learner", "n", "test"})
    require_columns("means", means, {"order", "learner", "n", "mean", "low", "high"})
    orders, learners = list(means["order"].unique()), list(means["learner"].unique())
    order = alt.param(
        name="order", value=orders[0], bind=alt.binding_radio(options=orders, name="Pixels")
    )
    legend = alt.Legend(symbolOpacity=1, **STROKES)
    colour = alt.Color(
        "learner:N",
        title=None,
        scale=alt.Scale(domain=learners, range=[BLUE, GREEN, VERMILLION][: len(learners)]),
        legend=legend,
    )
    dash = alt.StrokeDash(
        "learner:N",
        title=None,
        scale=alt.Scale(domain=learners, range=list(DASHES[: len(learners)])),
        legend=legend,
    )
    shown = "datum.order == order"
    rows = alt.Chart(means).transform_filter(shown)
    x = alt.X(
        "n:Q",
        title="Pictures of each glyph learned",
        scale=alt.Scale(type="log", domain=[4.5, 260], nice=False),
        axis=alt.Axis(values=[5, 10, 20, 50, 100, 200], grid=False),
    )
    sizes = sorted(means["n"].unique())
    middle = means[means["n"] == sizes[len(sizes) // 2]]
    return (
        alt.layer(
            alt.Chart(runs)
            .transform_filter(shown)
            .mark_point(size=8, opacity=0.35)
            .encode(x=x, y=_share("test"), color=colour),
            rows.mark_area(opacity=0.25).encode(x=x, y=_share("low"), y2="high:Q", color=colour),
            rows.mark_line(strokeWidth=2.5).encode(
                x=x, y=_share("mean"), color=colour, strokeDash=dash
            ),
        )
        .add_params(order, tell_means(middle, ["order"], order.name, ["learner", "n"], form=".0%"))
        .properties(width=500, height=300, description=require_description(description))
    )


def _share(field: str) -> alt.Y:
    scale = alt.Scale(domain=[0, 1.03], nice=False)
    return alt.Y(f"{field}:Q", title="Right", scale=scale, axis=alt.Axis(format="%", tickCount=5))


def describe_learning(means: pd.DataFrame) -> str:
    """Say how each learner stands at the middle size, in either order."""
    sizes = sorted(means["n"].unique())
    middle = means[means["n"] == sizes[len(sizes) // 2]]
    parts = [
        f"pixels {order}: " + ", ".join(f"{r.learner} {r.mean:.0%}" for r in g.itertuples())
        for order, g in middle.groupby("order", sort=False)
    ]
    return (
        "Accuracy against the number of pictures learned, a line for each learner. With "
        f"{sizes[len(sizes) // 2]} pictures of each glyph, {'; '.join(parts)}. A choice sets the "
        "order of the pixels."
    )


def what_where_chart(means: pd.DataFrame, *, description: str) -> alt.LayerChart | alt.FacetChart:
    """Draw who tells what is there and who tells where, with chance beside them.

    Parameters
    ----------
    means
        `asked` (the question), `learner`, `chance`, and `mean`, `low`, `high` of the accuracy.
    """
    require_columns("means", means, {"asked", "learner", "chance", "mean", "low", "high"})
    learners, asked = list(means["learner"].unique()), list(means["asked"].unique())
    single = alt.param(
        name="asked",
        value="both",
        bind=alt.binding_select(options=["both", *asked], name="Question"),
    )
    seen = alt.condition("asked == 'both' || datum.asked == asked", alt.value(1), alt.value(0.12))
    y = alt.Y("asked:N", sort=asked, title=None, axis=alt.Axis(labelFontSize=13, labelLimit=160))
    offset = alt.YOffset("learner:N", sort=learners)
    colour = alt.Color(
        "learner:N", scale=alt.Scale(domain=learners, range=[BLUE, VERMILLION]), legend=None
    )
    rows = alt.Chart(means)
    label = rows.transform_calculate(word="datum.learner + ': ' + format(datum.mean, '.0%')")
    return (
        alt.layer(
            rows.mark_bar(opacity=0.85, height=24).encode(
                x=_score("mean"), y=y, yOffset=offset, color=colour, opacity=seen
            ),
            rows.mark_rule(strokeWidth=2, color=INK).encode(
                x=_score("low"), x2="high:Q", y=y, yOffset=offset, opacity=seen
            ),
            rows.mark_tick(color=INK, thickness=2, size=30).encode(
                x=_score("chance"), y=y, yOffset=offset, opacity=seen
            ),
            label.mark_text(align="left", dx=6, color=INK).encode(
                x=_score("mean"), y=y, yOffset=offset, text="word:N", opacity=seen
            ),
        )
        .add_params(single, tell_means(means, ["asked"], "asked", ["learner"], form=".0%"))
        .properties(width=360, height=alt.Step(34), description=require_description(description))
    )


def _score(field: str) -> alt.X:
    scale = alt.Scale(domain=[0, 1.4], nice=False)
    axis = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1], grid=False)
    return alt.X(f"{field}:Q", title="Right (tick: chance)", scale=scale, axis=axis)


def describe_what_where(means: pd.DataFrame) -> str:
    """Say what each learner tells."""
    parts = "; ".join(
        f"{row.asked}: {row.learner} {row.mean:.0%}, chance {row.chance:.0%}"
        for row in means.itertuples()
    )
    return f"Bars of the share of right answers, for two questions and two learners. {parts}."
