"""Wrong labels: error against rows, where they are spread out and where they all agree."""

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, INK, VERMILLION

KINDS = {"none wrong": INK, "spread out": BLUE, "all to the next class": VERMILLION}
STYLES = {"none wrong": [2, 3], "spread out": [1, 0], "all to the next class": [7, 3]}


def noise_curves(runs: pd.DataFrame, means: pd.DataFrame, *, description: str) -> Layers:
    """Draw error against the number of rows, for labels wrong in two ways, and for none wrong.

    Parameters
    ----------
    runs
        A row a run: `flips` (one of `KINDS`), `share` of wrong labels, `n` and `error`. The
        clean rows come once for each share.
    means
        The same with `mean`, `low` and `high` over the runs in place of `error`.
    """
    require_columns("runs", runs, {"flips", "share", "n", "error"})
    require_columns("means", means, {"flips", "share", "n", "mean", "low", "high"})
    shares = sorted(float(share) for share in means["share"].unique())
    slider = alt.binding_range(
        min=shares[0], max=shares[-1], step=shares[1] - shares[0], name="Share of wrong labels"
    )
    share = alt.param(name="share", value=shares[-1], bind=slider)
    chosen = f"abs(datum.share - {share.name}) < 0.001"
    rows = alt.Chart(means).transform_filter(chosen)
    dash = alt.Scale(domain=list(STYLES), range=list(STYLES.values()))
    at = {"x": at_rows(), "color": _hue()}
    return (
        alt.layer(
            alt.Chart(runs)
            .transform_filter(chosen)
            .mark_tick(thickness=1, size=8, opacity=0.35)
            .encode(**at, y=_at_error("error")),
            rows.mark_rule(strokeWidth=5, strokeCap="butt").encode(
                **at, y=_at_error("low"), y2="high"
            ),
            rows.mark_line().encode(
                **at,
                y=_at_error("mean"),
                strokeDash=alt.StrokeDash("flips:N", scale=dash, title=None),
            ),
        )
        .add_params(share)
        .properties(width=520, height=340, description=require_description(description))
    )


def at_rows(least: float = 85) -> alt.X:
    """Put the numbers of training rows on a log axis that begins at `least`."""
    axis = alt.Axis(values=[100, 400, 1600, 6400, 25_600], format=",d")
    scale = alt.Scale(type="log", domain=[least, 30_000], nice=False)
    return alt.X("n:Q", title="Training rows n", scale=scale, axis=axis)


def _at_error(field: str) -> alt.Y:
    axis = alt.Axis(values=[0, 0.2, 0.4, 0.6, 0.8, 1], format="%")
    scale = alt.Scale(domain=[0, 1], nice=False)
    return alt.Y(f"{field}:Q", title="Error on clean rows", scale=scale, axis=axis)


def _hue() -> alt.Color:
    scale = alt.Scale(domain=list(KINDS), range=list(KINDS.values()))
    legend = alt.Legend(symbolOpacity=1, symbolType="stroke", symbolSize=300)
    return alt.Color("flips:N", scale=scale, title=None, legend=legend)


def describe_noise_curves(means: pd.DataFrame) -> str:
    """Say where each curve begins and ends at the greatest share of wrong labels."""
    worst = means[means["share"] == means["share"].max()]
    parts = []
    for flips, rows in worst.groupby("flips", sort=False):
        found = 100 * rows.sort_values("n")["mean"]
        parts.append(f"{flips}: from {found.iloc[0]:.0f}% to {found.iloc[-1]:.1f}%")
    low, high = means["n"].min(), means["n"].max()
    return (
        f"Error on clean rows against the number of training rows, {low:,} to {high:,} on a log "
        f"axis. With a share of {worst['share'].max():.1f} of the labels wrong, "
        f"{'; '.join(parts)}. A slider changes the share."
    )
