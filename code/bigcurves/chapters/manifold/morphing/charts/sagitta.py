"""Two bars drawn together: their mixture's distance from the world falls as the square."""

from typing import Any

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import COLOURS, DASHES, DIAMOND, Layers
from bigcurves.plotting.picture_kernels import bar_image, bar_project, bar_strip, mixed
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import INK, MUTED

SIDE = 16
WAY = (0.565, -0.825)  # from A to B, in latents: across the bar's length, where a ghost is worst
NEAR = 0.08  # apart where the guide's height is taken
FARTHEST = 0.96
STRIP = (150, 48)  # px of three images, three to one


def sagitta_chart(runs: pd.DataFrame, means: pd.DataFrame, *, description: str) -> Layers:
    """Plot how far half-way mixtures are off the world against the separation of their ends.

    Parameters
    ----------
    runs
        `d`, `separation` (latent units) and `deviation` (RMS pixel value), one row a run.
    means
        The same with the `mean` over the runs in place of `deviation`.
    """
    require_columns("runs", runs, {"d", "separation", "deviation"})
    require_columns("means", means, {"d", "separation", "mean"})
    slider = alt.binding_range(min=0.02, max=FARTHEST, step=0.02, name="How far apart, latents")
    apart = alt.param(name="apart", value=0.64, bind=slider)
    first, second = _ends("apart")
    middle = alt.param(name="middle", expr=mixed(first, second, 0.5))
    near = f"{bar_project(mixed(*_ends(str(NEAR)), 0.5), SIDE)}.distance"
    bend = alt.param(name="bend", expr=f"{near} / {NEAR**2}")
    off = alt.param(name="off", expr=f"{bar_project('middle', SIDE)}.distance")
    said = "'Apart ' + format(apart, '.2f') + ', off the world ' + format(off, '.2~g')"
    one = alt.Chart(pd.DataFrame({"end": [0]})).transform_calculate(
        apart="apart",
        off="off",
        picture=bar_strip([[first, "middle", second]], SIDE),
        text="'A, half-way, B: ' + format(off, '.2~g') + ' off'",
    )
    names = means[means["separation"] == means["separation"].min()]
    return (
        alt.layer(
            *_lines(runs, means),
            alt.Chart(names)
            .transform_calculate(text="'d = ' + datum.d")
            .mark_text(align="right", dx=-8, dy=alt.expr("datum.d > 2 ? -11 : 3"))
            .encode(x=_at("separation"), y=_off("mean"), text="text:N"),
            *_guide(),
            one.mark_point(**DIAMOND).encode(x=_at("apart"), y=_off("off")),
            *_strip(one),
        )
        .add_params(apart, middle, off, bend, alt.param(name="announce", expr=said))
        .properties(
            width=500,
            height=360,
            description=require_description(description),
            usermeta={"drag": [{"x": "apart"}]},
        )
    )


def _ends(apart: str) -> tuple[str, str]:
    """Write the two bars' pictures as expressions of how far apart they are."""
    a, b = ([f"0.5 + {sign * step / 2} * {apart}" for step in WAY] for sign in (-1, 1))
    return bar_image(a, SIDE), bar_image(b, SIDE)


def _guide() -> list[alt.Chart]:
    """Draw where the pair would be if its distance were the square of the separation throughout."""
    law = alt.Chart(pd.DataFrame({"apart": [0.02, FARTHEST]}))
    law = law.transform_calculate(off="bend * datum.apart * datum.apart")
    word = law.transform_filter(f"datum.apart == {FARTHEST}")
    return [
        law.mark_line(color=MUTED, strokeDash=[2, 4]).encode(x=_at("apart"), y=_off("off")),
        word.mark_text(align="right", dy=-12, text="its square", color=MUTED).encode(
            x=_at("apart"), y=_off("off")
        ),
    ]


def _lines(runs: pd.DataFrame, means: pd.DataFrame) -> list[alt.Chart]:
    worlds = sorted(means["d"].unique())
    hue = alt.Color("d:N", scale=alt.Scale(domain=worlds, range=list(COLOURS)), legend=None)
    dash = alt.StrokeDash("d:N", scale=alt.Scale(domain=worlds, range=list(DASHES)), legend=None)
    lines = alt.Chart(means).mark_line()
    dots = alt.Chart(runs).mark_point(size=14, opacity=0.5)
    return [
        lines.encode(x=_at("separation"), y=_off("mean"), color=hue, strokeDash=dash),
        dots.encode(x=_at("separation"), y=_off("deviation"), color=hue),
    ]


def _strip(one: alt.Chart) -> list[alt.Chart]:
    """Show the two bars with their mixture between them."""
    width, height = STRIP
    image: dict[str, Any] = {"smooth": False, "aspect": False, "align": "left", "baseline": "top"}
    text = one.mark_text(align="left", baseline="top", color=INK, fontWeight="bold")
    return [
        one.mark_image(width=width, height=height, **image).encode(
            x=alt.value(14), y=alt.value(8), url="picture:N"
        ),
        text.encode(x=alt.value(14), y=alt.value(height + 14), text="text:N"),
    ]


def _at(field: str) -> alt.X:
    scale = alt.Scale(type="log", domain=[0.011, 1], nice=False)
    axis = alt.Axis(values=[0.02, 0.04, 0.08, 0.16, 0.32, 0.64], format="~g")
    return alt.X(f"{field}:Q", title="Distance from A to B, latents", scale=scale, axis=axis)


def _off(field: str) -> alt.Y:
    scale = alt.Scale(type="log", domain=[2e-5, 2], nice=False)
    axis = alt.Axis(values=[1e-4, 1e-3, 1e-2, 1e-1], format="~g", grid=True)
    title = "Distance of the mixture to the world (RMS pixel value)"
    return alt.Y(f"{field}:Q", title=title, scale=scale, axis=axis)


def describe_sagitta(means: pd.DataFrame) -> str:
    """Say how the deviation falls with the separation, for each number of latents."""
    parts = []
    for d, rows in means.groupby("d"):
        ordered = rows.sort_values("separation")
        near, far = ordered.iloc[0], ordered.iloc[-1]
        parts.append(
            f"d = {d}: {far['mean']:.2g} at {far['separation']:g} apart, {near['mean']:.2g} at "
            f"{near['separation']:g}"
        )
    return (
        "Distance of the half-way mixture of two bars from the world against the distance of the "
        f"two, both on log axes: straight lines that fall twice as steeply as the axes. "
        f"{'; '.join(parts)}. A diamond is the pair shown above, whose distance a slider "
        "sets, beside a dotted line that falls as the square."
    )
