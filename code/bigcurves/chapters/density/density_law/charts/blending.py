"""Blend a new image from its neighbours: the pictures, and how fast what is left over falls."""

import altair as alt
import pandas as pd

from bigcurves.chapters.density.density_law.charts.fold import dash, hue
from bigcurves.plotting.kernels import blend_neighbours
from bigcurves.plotting.marks import DIAMOND, HALO, Layers
from bigcurves.plotting.picture_kernels import (
    bar_image,
    bar_strip,
    blend_gap,
    draw_bars,
    draw_latents,
    error_picture,
)
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import INK, MUTED

SIDE, BIG, SMALL, SHOWN = 16, 88, 44, 6  # pixels of an image; px of large and small ones; how many
SEEDS = (11, 99)  # of the known images, and of the new ones
AMPLIFIED = 8
ONE = pd.DataFrame({"one": [1]})
WIDTH = 420  # px


def blend_chart(runs: pd.DataFrame, means: pd.DataFrame, *, description: str) -> alt.VConcatChart:
    """Blend one image live, above the law that many blends follow.

    Parameters
    ----------
    runs
        `d`, `n` and the mean `residual`, one row a run.
    means
        The same averaged over the runs: `mean`, `low` and `high`.
    """
    require_columns("runs", runs, {"d", "n", "residual"})
    require_columns("means", means, {"d", "n", "mean", "low", "high"})
    return (
        alt.vconcat(_pictures(), _law(runs, means), spacing=28)
        .add_params(*_params())
        .properties(description=require_description(description))
    )


def _params() -> list[alt.Parameter]:
    """Offer n, d and the new image; draw, choose and blend live."""
    sliders = {
        "doublings": (5, 12, 7, "Images known, 2 to the power"),
        "d": (1, 5, 4, "Latents that vary, d"),
        "which": (1, 12, 1, "Which new image"),
    }
    bars = draw_bars(SEEDS[0], "n", "d", SIDE)
    new = bar_image(f"{draw_latents(SEEDS[1], 'which', 'd')}[which - 1]", SIDE)
    words = "format(n, ',') + ' images known: residual ' + format(blended.residual, '.2g')"
    return [
        *(
            alt.param(
                name=name,
                value=value,
                bind=alt.binding_range(min=low, max=high, step=1, name=label),
            )
            for name, (low, high, value, label) in sliders.items()
        ),
        alt.param(name="n", expr="pow(2, doublings)"),
        alt.param(name="bars", expr=bars),
        alt.param(name="fresh", expr=new),
        alt.param(name="blended", expr=blend_neighbours("bars", "fresh", "4 * d + 4")),
        alt.param(name="announce", expr=words),
    ]


def _pictures() -> Layers:
    """Show the new image, its blend, their difference, and the heaviest neighbours below."""
    gap = error_picture(blend_gap("blended.row", "fresh"), 1 / AMPLIFIED)
    large = {
        "new image": "fresh",
        "its best blend": "blended.row",
        f"difference, {AMPLIFIED} times": gap,
    }
    parts = [
        part
        for place, (name, pixels) in enumerate(large.items())
        for part in _large(place * (BIG + 18), name, bar_strip([[pixels]], SIDE))
    ]
    near = (
        alt.Chart(ONE)
        .transform_calculate(weight="blended.weights", near="blended.neighbours")
        .transform_flatten(["weight", "near"])
        .transform_window(rank="row_number()", sort=[{"field": "weight", "order": "descending"}])
        .transform_filter(f"datum.rank <= {SHOWN} && datum.weight >= 0.005")
        .transform_calculate(
            place=f"(datum.rank - 0.5) * {SMALL + 6}",
            picture=bar_strip([["bars[datum.near]"]], SIDE),
            share="format(datum.weight, '.0%')",
        )
    )
    at = alt.X("place:Q", axis=None, scale=alt.Scale(domain=[0, 300], nice=False))
    head = alt.Chart(ONE).transform_calculate(
        text="'made of these, out of ' + format(n, ',') + ' known images (weights below)'"
    )
    return alt.layer(
        *parts,
        head.mark_text(align="left").encode(x=alt.value(0), y=alt.value(BIG + 44), text="text:N"),
        near.mark_image(width=SMALL, height=SMALL, smooth=False).encode(
            x=at, y=alt.value(BIG + 56 + SMALL / 2), url="picture:N"
        ),
        near.mark_text(fontSize=12, color=MUTED).encode(
            x=at, y=alt.value(BIG + 68 + SMALL), text="share:N"
        ),
    ).properties(width=300, height=BIG + 78 + SMALL)


def _large(left: float, name: str, picture: str) -> list[alt.Chart]:
    """Show one large image under its name."""
    image = alt.Chart(ONE).transform_calculate(picture=picture)
    word = alt.Chart(ONE).mark_text(align="left", baseline="top", text=name, fontSize=12)
    return [
        image.mark_image(width=BIG, height=BIG, smooth=False).encode(
            x=alt.value(left + BIG / 2), y=alt.value(20 + BIG / 2), url="picture:N"
        ),
        word.encode(x=alt.value(left), y=alt.value(2)),
    ]


def _law(runs: pd.DataFrame, means: pd.DataFrame) -> Layers:
    """Draw the mean residual against n for every d, and the blend above as a diamond."""
    axis = alt.Axis(values=[32, 128, 512, 2048, 8192], format=",d")
    scale = alt.Scale(type="log", domain=[28, 14_000], nice=False)
    x = alt.X("n:Q", title="Number of known images n", scale=scale, axis=axis)
    now = "datum.d == d"

    def y(field: str) -> alt.Y:
        axis = alt.Axis(values=[1e-5, 1e-4, 1e-3, 1e-2, 1e-1], format="~g")
        scale = alt.Scale(type="log", domain=[3e-6, 0.3], nice=False)
        return alt.Y(f"{field}:Q", title="Residual (RMS pixel value)", scale=scale, axis=axis)

    base = alt.Chart(means).encode(x=x, color=hue())
    bright, pale = alt.value(1), alt.value(0.35)
    line = base.mark_line(clip=True).encode(
        y=y("mean"), strokeDash=dash(), opacity=alt.condition(now, bright, pale)
    )
    band = base.mark_area(clip=True, opacity=0.25).encode(y=y("low"), y2="high")
    dots = alt.Chart(runs).mark_circle(size=7, clip=True, opacity=0.35)
    ends = means[means["n"] == means["n"].max()].assign(
        name=lambda rows: [f"d = {d}" for d in rows["d"]],
        mean=lambda rows: rows["mean"].clip(lower=5e-6),
    )
    names = alt.Chart(ends).mark_text(align="left", dx=8, fontWeight="bold")
    yours = alt.Chart(ONE).transform_calculate(n="n", mean="max(blended.residual, 4e-6)")
    return alt.layer(
        dots.encode(x=x, y=y("residual"), color=hue()),
        band,
        line,
        names.encode(x=x, y=y("mean"), text="name:N", color=hue()),
        yours.mark_point(**DIAMOND, clip=True).encode(x=x, y=y("mean")),
        *(
            yours.mark_text(align="left", dx=-4, dy=-16, text="this one", **look).encode(
                x=x, y=y("mean")
            )
            for look in (HALO, {"color": INK})
        ),
    ).properties(width=WIDTH, height=250)


def describe_blends(means: pd.DataFrame) -> str:
    """Say how the residual falls for each d."""
    parts = [
        f"with d = {d} from {rows['mean'].iloc[0]:.2g} to {rows['mean'].iloc[-1]:.2g}"
        for d, rows in means.sort_values("n").groupby("d")
    ]
    first, last = int(means["n"].min()), int(means["n"].max())
    return (
        "Above, a new image of a bar, its best blend from known images, the difference of the "
        "two, and the known images with the greatest weights. Below, the mean residual of such "
        f"blends against the number of known images, on log axes: from {first} to {last:,} "
        f"images it falls {'; '.join(parts)} RMS pixel value. A diamond marks the blend above. "
        "Sliders set the number of known images, of latents, and the new image."
    )
