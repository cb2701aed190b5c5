"""The fold: errors as a fan against n, and on one curve against kappa times the sample gap."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from bigcurves.chapters.density.density_law.charts.sliding_axis import (
    HEIGHT,
    at_error,
    axis_marks,
    place_of,
)
from bigcurves.plotting.marks import COLOURS, DASHES, Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import INK, PAPER

ALL = "all"
DIMENSIONS = (1, 2, 3, 4, 5)
LINE = 1.7  # by how much two names on the axis of errors must differ, as a ratio
LOWEST_NAME = 4.5e-5  # a line that leaves the frame is named at its foot
FIGURES = ["gap", "product", "error", "mean", "low", "high"]
SIZES = {"d", "kappa", "pixels", "n", "gap"}


def fold_chart(
    runs: pd.DataFrame, means: pd.DataFrame, readings: pd.DataFrame, *, description: str
) -> Layers:
    """Draw errors against n; one slider moves every point to its kappa rho.

    Parameters
    ----------
    runs
        `d`, `kappa`, `pixels`, `n`, the sample `gap` and `error`, one row a run.
    means
        The same averaged over the runs: `gap`, and the error's `mean`, `low` and `high`.
    readings
        `end` (0 for n, 1 for kappa rho) and `text`: what that axis explains.
    """
    require_columns("runs", runs, {*SIZES, "error"})
    require_columns("means", means, {*SIZES, "mean", "low", "high"})
    require_columns("readings", readings, {"end", "text"})
    pixels = sorted(int(count) for count in means["pixels"].unique())
    shown = f"datum.pixels == {pixels}[level]"
    return (
        alt.layer(
            *_data(runs, means, shown),
            *_theory(),
            *_guess(),
            *_names(means, shown),
            *axis_marks(readings),
        )
        .add_params(*_controls(pixels))
        .properties(
            width=500,
            height=HEIGHT,
            description=require_description(description),
            usermeta={"columns": {"n": "Images n", "gap": "Sample gap \u03c1"}},
        )
    )


def _controls(pixels: list[int]) -> list[alt.Parameter]:
    """Offer the fold, the pixels and one line's own light; the guess comes from the page."""
    fold = alt.binding_range(
        min=0, max=1, step=0.05, name="Fold: 0 against n, 1 against \u03ba\u03c1"
    )
    counts = ", ".join(f"{count:,}" for count in pixels)
    level = alt.binding_range(
        min=0, max=len(pixels) - 1, step=1, name=f"Pixels D, 0 to {len(pixels) - 1}: {counts}"
    )
    names = [ALL, *(f"d = {d}" for d in DIMENSIONS)]
    names += [f"\u03ba = {kappa}" for kappa in ("1.25", "2.5", "5", "10")]
    single = alt.binding_select(options=names, name="Single out")
    return [
        alt.param(name="fold", value=0, bind=fold),
        alt.param(name="level", value=0, bind=level),
        alt.param(name="single", value=ALL, bind=single),
        alt.param(name="guess", value=[]),
        alt.param(name="unfolded", expr="clamp(1 - 4 * fold, 0, 1)"),
        alt.param(name="folded", expr="clamp(4 * fold - 3, 0, 1)"),
    ]


def _data(
    runs: pd.DataFrame, means: pd.DataFrame, shown: str
) -> tuple[alt.Chart, alt.Chart, alt.Chart]:
    """Draw single runs as dots, and each world's mean with its interval."""
    dots = place_of(alt.Chart(short(runs)).transform_filter(shown))
    lines = place_of(alt.Chart(short(means)).transform_filter(shown))
    at = {"x": across(), "color": hue(), "detail": "kappa:O"}
    band = lines.mark_area(clip=True, line=False).encode(
        **at, y=at_error("low"), y2="high", opacity=_bright(0.25, 0.02)
    )
    line = lines.mark_line(clip=True, strokeWidth=1.7).encode(
        **at, y=at_error("mean"), strokeDash=dash(), opacity=_bright(1, 0.1)
    )
    single = dots.mark_circle(size=6, clip=True).encode(
        x=across(), y=at_error("error"), color=hue(), opacity=_bright(0.3, 0.03)
    )
    return single, band, line


def short(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep three digits: a tenth of a pixel on the screen, and a third of the bytes."""
    short = rows.copy()
    for column in short.columns.intersection(FIGURES):
        short[column] = [float(f"{value:.3g}") for value in short[column]]
    return short


def across() -> alt.X:
    """Put points where their size n, their kappa rho, or the way between them says."""
    axis = alt.Axis(labels=False, ticks=False, title="Place on the axis", titleOpacity=0)
    return alt.X("place:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=axis)


def hue() -> alt.Color:
    """Give each number of latents its colour; names on the chart stand for a legend."""
    scale = alt.Scale(domain=list(DIMENSIONS), range=list(COLOURS[:5]))
    return alt.Color("d:N", scale=scale, legend=None)


def dash() -> alt.StrokeDash:
    """Give each number of latents its dashes as well."""
    scale = alt.Scale(domain=list(DIMENSIONS), range=[list(dash) for dash in DASHES[:5]])
    return alt.StrokeDash("d:N", scale=scale, legend=None)


def _bright(full: float, pale: float) -> Any:
    """Keep what the reader singles out, and pale the rest."""
    named = f"indexof(['{ALL}', 'd = ' + datum.d, '\u03ba = ' + datum.kappa], single) >= 0"
    return alt.condition(named, alt.value(full), alt.value(pale))


def theory_table() -> pd.DataFrame:
    """Tabulate the curve that has nothing to fit, as rows with a frequency of 1."""
    product = np.geomspace(6e-3, 4.9, 60)
    mean = 2 * (1 - np.exp(-0.5 * product**2))
    return pd.DataFrame({"kappa": 1, "gap": product.round(5), "n": 32, "mean": mean})


def _theory() -> list[alt.Chart]:
    """Lay the curve over the folded lines, and name it."""
    curve = place_of(alt.Chart(theory_table()), fold="1")
    at = {"x": across(), "y": at_error("mean")}
    halo = curve.mark_line(clip=True, color=PAPER, strokeWidth=6, opacity={"expr": "0.9 * folded"})
    line = curve.mark_line(clip=True, color=INK, strokeWidth=2.5, opacity={"expr": "folded"})
    name = place_of(alt.Chart(theory_table().iloc[[28]]), fold="1").mark_text(
        align="right", dx=-12, dy=12, fontWeight="bold", opacity={"expr": "folded"}
    )
    words = name.encode(**at, text=alt.value("theory, no fit"))
    return [halo.encode(**at), line.encode(**at), words]


def _guess() -> list[alt.Chart]:
    """Draw the curve that the reader drew, while the axis is n."""
    drawn = (
        alt.Chart(pd.DataFrame({"drawn": [0]}))
        .transform_calculate(at="guess")
        .transform_flatten(["at"])
        .transform_calculate(n="datum.at.x", mean="datum.at.y", kappa="1", gap="1")
    )
    drawn = place_of(drawn, fold="0")
    style: dict[str, Any] = {"color": INK, "opacity": {"expr": "unfolded"}}
    line = drawn.mark_line(clip=True, strokeWidth=2.5, strokeDash=[1, 5], **style)
    name = (
        drawn.transform_window(row="row_number()")
        .transform_filter("datum.row == 1")
        .mark_text(align="left", dx=4, dy=-8, fontWeight="bold", **style)
    )
    at = {"x": across(), "y": at_error("mean")}
    return [line.encode(**at), name.encode(**at, text=alt.value("your guess"))]


def _names(means: pd.DataFrame, shown: str) -> list[alt.Chart]:
    """Name the fan's lines by their latents, at the right end of each bundle."""
    ends = means[means["n"] == means.groupby("pixels")["n"].transform("max")]
    middles = ends.assign(log=np.log(ends["mean"])).groupby(["pixels", "d", "n"])["log"].mean()
    rows = middles.reset_index().assign(kappa=1, gap=1)
    rows["mean"] = np.exp(rows.pop("log")).clip(lower=LOWEST_NAME)
    rows["name"] = [f"d = {d}" for d in rows["d"]]
    for _, group in rows.groupby("pixels"):
        below = 0.0
        for place in group["mean"].sort_values().index:
            below = rows.loc[place, "mean"] = max(rows.loc[place, "mean"], below * LINE)
    words = place_of(alt.Chart(rows).transform_filter(shown), fold="0")
    words = words.mark_text(align="left", dx=7, fontWeight="bold", opacity={"expr": "unfolded"})
    return [words.encode(x=across(), y=at_error("mean"), text="name:N", color=hue())]


def describe_fold(means: pd.DataFrame, readings: pd.DataFrame) -> str:
    """Say how far each world's error falls in the fan, and what each axis explains."""
    plain = means[(means["pixels"] == means["pixels"].min()) & (means["kappa"] == 5)]
    parts = [
        f"with {d} latents from {rows['mean'].iloc[0]:.2g} to {rows['mean'].iloc[-1]:.2g}"
        for d, rows in plain.sort_values("n").groupby("d")
    ]
    first, last = int(plain["n"].min()), int(plain["n"].max())
    return (
        "Mean squared error of a nearest neighbour against the number of images, both on log "
        "axes: twenty lines, for five numbers of latents and four frequencies, spread like a "
        f"fan. At frequency 5, from {first} to {last} images, the error falls "
        f"{'; '.join(parts)}. A slider moves every point to its frequency times the sample gap, "
        "and the lines gather along the curve of a theory without parameters. "
        f"{'; '.join(readings['text'])}. Further controls change the number of pixels, under "
        f"which nothing moves, and single out lines."
    )
