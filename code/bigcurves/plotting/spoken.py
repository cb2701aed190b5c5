"""What a chart says aloud when the reader has changed it, for who does not see it.

Words that a chart draws are read out where their layer is named `spoken` (see code/web/README.md).
Where numbers stand beside marks, the sentence is put together here.
"""

import json
from collections.abc import Sequence

import altair as alt
import pandas as pd

from bigcurves.plotting.tables import require_columns


def tell_means(
    means: pd.DataFrame,
    chosen: Sequence[str],
    key: str,
    by: Sequence[str],
    *,
    form: str = ".1%",
    unit: str = "",
) -> alt.Parameter:
    """Say the means of the rows that a reader's choice shows; nothing where it shows no such row.

    Parameters
    ----------
    means
        The columns `chosen` and `by`, and `mean`.
    chosen
        What the reader chooses: rows that agree in these columns are said together.
    key
        An expression of the chart: the values of `chosen` that hold now, joined by a slash.
    by
        What tells the rows of one choice apart.
    form, unit
        How a mean is written, and what stands behind it.
    """
    require_columns("means", means, {*chosen, *by, "mean"})
    said: dict[str, list[str]] = {}
    for row in means.to_dict("records"):
        name = ", ".join(_word(row[column]) for column in by)
        at = "/".join(_word(row[column]) for column in chosen)
        said.setdefault(at, []).append(f"{name}: {format(row['mean'], form)}{unit}")
    sentences = {at: "; ".join(parts) for at, parts in said.items()}
    return alt.param(name="announce", expr=f"({json.dumps(sentences)})[{key}] || ''")


def _word(value: object) -> str:
    """Write a value as the chart's own expressions do: whole numbers without a point."""
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value) if whole else value).replace("|", " ")  # type: ignore[call-overload]
