"""What memories cost: bits to a label, time to build, time to look up."""

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import Layers
from bigcurves.plotting.spoken import tell_means
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, GREEN, INK, MUTED, VERMILLION

KINDS = {
    "answers anything": (VERMILLION, "circle"),
    "can say not found": (GREEN, "square"),
    "a bound": (MUTED, "diamond"),
}
COSTS = {
    "bits": "Bits for each label",
    "build": "Milliseconds to build",
    "one": "Microseconds to look up one key",
    "many": "Microseconds a key, all at once",
}


def store_costs_chart(costs: pd.DataFrame, *, description: str) -> Layers:
    """Draw the cost of every memory on a log axis; the reader chooses which cost.

    Parameters
    ----------
    costs
        `cost` ("bits", "build", "one", "many"), `memory`, `kind` ("answers anything", "can say
        not found", "a bound"), `value` above 0, and `note` (what stands beside the mark).
    """
    require_columns("costs", costs, {"cost", "memory", "kind", "value", "note"})
    options = [cost for cost in COSTS if cost in set(costs["cost"])]
    labels = [COSTS[cost] for cost in options]
    menu = alt.binding_select(options=options, labels=labels, name="Cost")
    cost = alt.param(name="cost", value="bits", bind=menu)
    strict = alt.param(
        name="strict", value=False, bind=alt.binding_checkbox(name="It must say not found")
    )
    pale = "strict && datum.kind != 'can say not found'"
    rows = alt.Chart(costs).transform_filter("datum.cost == cost")
    memory = alt.Y(
        "memory:N",
        title=None,
        sort=alt.EncodingSortField("value", order="ascending"),
        axis=alt.Axis(labelLimit=170, grid=True, labelFontSize=13),
    )
    hues, marks = ([pair[i] for pair in KINDS.values()] for i in (0, 1))
    legend = alt.Legend(symbolOpacity=1)
    hue = alt.Color(
        "kind:N", title=None, legend=legend, scale=alt.Scale(domain=list(KINDS), range=hues)
    )
    shape = alt.Shape(
        "kind:N", title=None, legend=legend, scale=alt.Scale(domain=list(KINDS), range=marks)
    )
    faded = alt.condition(pale, alt.value(0.15), alt.value(1))
    scale = alt.Scale(type="log", nice=True)
    value = alt.X("value:Q", title=None, scale=scale, axis=alt.Axis(format="~g", tickCount=5))
    told = tell_means(costs.assign(mean=costs["note"]), ["cost"], "cost", ["memory"], form="")
    names = pd.DataFrame({"cost": options, "name": labels})
    head = alt.Chart(names).transform_filter("datum.cost == cost")
    return (
        alt.layer(
            rows.mark_point(size=120).encode(
                x=value, y=memory, color=hue, shape=shape, opacity=faded
            ),
            rows.mark_text(align="left", dx=10, color=INK, fontWeight="bold").encode(
                x=value, y=memory, text="note:N", opacity=faded
            ),
            head.mark_text(align="left", color=BLUE, fontWeight="bold", fontSize=14).encode(
                x=alt.value(0), y=alt.value(-12), text="name:N"
            ),
        )
        .add_params(cost, strict, told)
        .properties(width=330, height=alt.Step(31), description=require_description(description))
    )


def describe_store_costs(costs: pd.DataFrame) -> str:
    """Say every cost of every memory."""
    parts = [
        f"{COSTS[str(cost)]}: "
        + "; ".join(f"{row['memory']}, {row['note']}" for _, row in rows.iterrows())
        for cost, rows in costs.groupby("cost", sort=False)
    ]
    return (
        "Costs of memories that hold the same bits, one line each, on a log axis. "
        f"{'. '.join(parts)}. A list chooses the cost, a box leaves only memories that can say "
        "not found."
    )
