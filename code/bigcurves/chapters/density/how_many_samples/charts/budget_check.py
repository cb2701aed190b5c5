"""Were the budgets right? Samples that there were, over those that a law had asked for."""

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, INK, VERMILLION

LAWS = {"the hole's own law": (BLUE, "circle"), "the gap's law": (VERMILLION, "triangle-up")}
ROLES = {"checked": "not used in the fit", "fitted": "used in the fit"}


def budget_check_chart(runs: pd.DataFrame, means: pd.DataFrame, *, description: str) -> Layers:
    """Plot how many times more samples it took than a law asked for, by d and law.

    Parameters
    ----------
    runs
        `d`, `law`, one of `LAWS`, `sizes`, one of the values of `ROLES`, and the `factor`, one
        row a run and size.
    means
        The same averaged over all of them: `mean`, `low` and `high`.
    """
    columns = {"d", "law", "sizes"}
    require_columns("runs", runs, {*columns, "factor"})
    require_columns("means", means, {*columns, "mean", "low", "high"})
    choice = alt.binding_radio(options=list(ROLES.values()), name="Sizes that were")
    which = alt.param(name="which", value=ROLES["checked"], bind=choice)
    now = f"datum.sizes == {which.name}"
    scale = alt.Scale(type="log", domain=[0.4, 100], nice=False)
    axis = alt.Axis(values=[0.5, 1, 2, 5, 10, 20, 50, 100], format="~g")

    def x(field: str) -> alt.X:
        title = "Samples it took, as a multiple of those asked for"
        return alt.X(f"{field}:Q", title=title, scale=scale, axis=axis)

    row = alt.Y("d:O", title="Latents d")
    beside = alt.YOffset("law:N", scale=alt.Scale(domain=list(LAWS), paddingOuter=0.5))
    colours, shapes = ([style[place] for style in LAWS.values()] for place in (0, 1))
    legend = alt.Legend(title=None, orient="bottom", symbolOpacity=1)
    hue = alt.Color("law:N", scale=alt.Scale(domain=list(LAWS), range=colours), legend=legend)
    shape = alt.Shape("law:N", scale=alt.Scale(domain=list(LAWS), range=shapes), legend=legend)
    base = alt.Chart(means).transform_filter(now).encode(y=row, yOffset=beside, color=hue)
    ticks = alt.Chart(runs).transform_filter(now).mark_tick(height=14, thickness=1, opacity=0.25)
    right = alt.Chart(pd.DataFrame({"mean": [1]}))
    return (
        alt.layer(
            right.mark_rule(color=INK, strokeDash=[5, 4]).encode(x=x("mean")),
            right.mark_text(align="left", dx=6, dy=2, baseline="top", text="as asked").encode(
                x=x("mean"), y=alt.value(0)
            ),
            ticks.encode(x=x("factor"), y=row, yOffset=beside, color=hue),
            base.mark_rule(strokeWidth=4).encode(x=x("low"), x2="high"),
            base.mark_point(size=80, filled=True, opacity=1).encode(x=x("mean"), shape=shape),
        )
        .add_params(which)
        .properties(width=430, height=260, description=require_description(description))
    )


def describe_budget_check(means: pd.DataFrame) -> str:
    """Say how far off each law's budget was on the sizes that it had not seen."""
    unseen = means[means["sizes"] == ROLES["checked"]].rename(columns={"mean": "mean_"})
    parts = "; ".join(f"d = {row.d}, {row.law}: {row.mean_:.2g}" for row in unseen.itertuples())
    return (
        "Samples that a largest hole took, as a multiple of those that a law had asked for, on a "
        f"log axis, for each number of latents; on sizes that were not used in the fit: {parts}. "
        "A dashed line at 1 marks a budget that is right: the hole's own law keeps to it, and the "
        "gap's law falls short by more with each latent. A choice shows the sizes of the fit."
    )
