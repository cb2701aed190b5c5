"""Where the model counts: accuracy against samples, for priors that fit and priors that do not."""

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import COLOURS, DASHES, Layers
from bigcurves.plotting.tables import require_columns, require_description


def sparse_chart(runs: pd.DataFrame, means: pd.DataFrame, *, description: str) -> Layers:
    """Draw each model's accuracy against the number of digits, aligned or shifted.

    Parameters
    ----------
    runs
        A row a run: `digits` ("aligned" or "shifted"), `model`, `n` and `test` accuracy.
    means
        The same with `mean`, `low` and `high` over the runs in place of `test`.
    """
    require_columns("runs", runs, {"digits", "model", "n", "test"})
    require_columns("means", means, {"digits", "model", "n", "mean", "low", "high"})
    parts = list(means["digits"].unique())
    buttons = alt.binding_radio(options=parts, name="Digits")
    digits = alt.param(name="digits", value=parts[-1], bind=buttons)
    chosen = f"datum.digits == {digits.name}"
    single = alt.Chart(runs).transform_filter(chosen).mark_tick(thickness=1, size=9, opacity=0.35)
    rows = alt.Chart(means).transform_filter(chosen)
    models = list(means["model"].unique())
    dash = alt.Scale(domain=models, range=list(DASHES[: len(models)]))
    return (
        alt.layer(
            single.encode(x=_at_size(), y=_at_share("test"), color=_hue(models)),
            rows.mark_rule(strokeWidth=5, strokeCap="butt").encode(
                x=_at_size(), y=_at_share("low"), y2="high", color=_hue(models)
            ),
            rows.mark_line(point=False).encode(
                x=_at_size(),
                y=_at_share("mean"),
                color=_hue(models),
                strokeDash=alt.StrokeDash("model:N", scale=dash, title=None),
            ),
        )
        .add_params(digits)
        .properties(width=520, height=340, description=require_description(description))
    )


def _at_size() -> alt.X:
    scale = alt.Scale(type="log", domain=[45, 900], nice=False)
    axis = alt.Axis(values=[50, 100, 200, 400, 800], format="d")
    return alt.X("n:Q", title="Training digits n", scale=scale, axis=axis)


def _at_share(field: str) -> alt.Y:
    scale = alt.Scale(domain=[0, 1], nice=False)
    axis = alt.Axis(format="%", values=[0, 0.2, 0.4, 0.6, 0.8, 1])
    return alt.Y(f"{field}:Q", title="New digits named rightly", scale=scale, axis=axis)


def _hue(models: list[str]) -> alt.Color:
    scale = alt.Scale(domain=models, range=list(COLOURS[: len(models)]))
    legend = alt.Legend(symbolOpacity=1, symbolType="stroke", symbolSize=300, columns=3)
    return alt.Color("model:N", scale=scale, title=None, legend=legend)


def describe_sparse(means: pd.DataFrame) -> str:
    """Say where each model begins and ends, on either kind of digits."""
    parts = []
    for (digits, model), rows in means.groupby(["digits", "model"], sort=False):
        found = rows.sort_values("n")["mean"]
        parts.append(f"{digits}, {model}: {100 * found.iloc[0]:.0f} to {100 * found.iloc[-1]:.0f}%")
    low, high = means["n"].min(), means["n"].max()
    return (
        f"Share of new digits named rightly against the number of training digits, {low} to "
        f"{high} on a log axis, one line a model. {'; '.join(parts)}. Buttons choose aligned or "
        "shifted digits."
    )
