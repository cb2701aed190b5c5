"""The HTML of one chart: whole without JavaScript, and ready for it."""

from html import escape
from typing import Any

from bookkit.charts.controls import Control
from bookkit.charts.picks import Pick

Spec = dict[str, Any]
MARGINS = 72  # px of a page beside the column on a screen that has no side bars

PAGE = """<div class="chart" id="{name}-chart" data-chart="{folder}" data-wide="{width:.0f}">
<div class="chart-stage">
{pictures}
</div>
{controls}<div class="chart-tools">
<details class="chart-data"><summary>Show the data</summary>
<div class="chart-table"><p><a href="{folder}data.csv" download="{name}.csv">The rows behind \
this figure, as a CSV file</a></p></div></details>
</div>
<p class="chart-note" role="status"></p>
</div>
"""

PICTURE = """<picture class="chart-picture {theme}">
<source media="(max-width: {edge:.0f}px)" srcset="{folder}narrow{suffix}.svg" \
width="{narrow[0]:.0f}" height="{narrow[1]:.0f}">
<img src="{folder}wide{suffix}.svg" width="{wide[0]:.0f}" height="{wide[1]:.0f}" \
alt="{alt}" loading="lazy" decoding="async"></picture>"""


def chart_html(info: Spec, name: str, folder: str, description: str) -> str:
    """Write a chart: pictures for light and dark, controls, data, and a place for notes.

    Parameters
    ----------
    info
        The chart's sizes by layout, its controls and its picks, as the store keeps them.
    name
        Its name on the page, for the ids of its parts.
    folder
        The address of its files, relative to the page, with a slash at its end.
    description
        What it shows, in words.
    """
    sizes = info["sizes"]
    pictures = "\n".join(
        PICTURE.format(
            theme=theme,
            suffix=suffix,
            folder=folder,
            edge=sizes["wide"][0] + MARGINS,
            alt=escape(description),
            **sizes,
        )
        for theme, suffix in (("only-light", ""), ("only-dark", "-dark"))
    )
    return PAGE.format(
        name=name,
        folder=folder,
        width=sizes["wide"][0],
        pictures=pictures,
        controls=_controls(info, name),
    )


def _controls(info: Spec, name: str) -> str:
    """Write the chart's input elements and the twins of its selections, if it has any."""
    parts = [Control(**_typed(control)).html(name) for control in info["controls"]]
    parts += [Pick(**pick | {"values": tuple(pick["values"])}).html(name) for pick in info["picks"]]
    lines = "\n".join(parts)
    return f'<div class="chart-controls">\n{lines}\n</div>\n' if parts else ""


def _typed(kept: Spec) -> Spec:
    """Give a control that was kept as JSON its tuples back."""
    return kept | {
        "limits": tuple(kept["limits"]),
        "choices": tuple((label, value) for label, value in kept["choices"]),
    }
