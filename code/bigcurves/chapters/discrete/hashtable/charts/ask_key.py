"""A key for the reader to type: what a dict says of it, and what a network says."""

import altair as alt
import numpy as np
import numpy.typing as npt
import pandas as pd

from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, INK, VERMILLION

KINDS = {"keys stored": (BLUE, [1, 0]), "keys never seen": (VERMILLION, [6, 3])}
BIN = 0.025  # of confidence


def ask_key_chart(
    units: pd.DataFrame,
    stored: dict[int, int],
    sure: pd.DataFrame,
    *,
    offset: float,
    first: int,
    description: str,
) -> Layers:
    """Ask a dict and a network for any key; the network's answer is computed as it is typed.

    Parameters
    ----------
    units
        A row for each hidden ReLU unit: `weights` (a list, one for each bit of the key, the
        lowest first, which is 1 or -1), `bias`, and `out`, its weight in the log-odds.
    stored
        The keys of the dict, with their bits.
    sure
        `kind` ("keys stored", "keys never seen"), `confidence` (middle of a bin of .025) and
        `share` of the keys in it.
    offset
        The bias of the log-odds.
    first
        The key that is asked for at first.
    """
    require_columns("units", units, {"weights", "bias", "out"})
    require_columns("sure", sure, {"kind", "confidence", "share"})
    width = len(units["weights"].iloc[0])
    box = alt.BindInput(input="number", name="Type a key", placeholder=f"0 to {2**width - 1}")
    keys = sorted(stored)
    params = [
        alt.param(name="key", value=first, bind=box),
        alt.param(name="flip", value=-1, bind=_flips(width)),
        alt.param(name="asked", expr=_flipped()),
        alt.param(name="keys", value=keys),
        alt.param(name="bits", value=[int(stored[key]) for key in keys]),
        alt.param(name="place", expr="indexof(keys, asked)"),
    ]
    answer = _answer(units, width, offset)
    return (
        alt.layer(*_histograms(sure), *_marker(answer), *_words(answer, width))
        .add_params(*params)
        .properties(width=500, height=230, description=require_description(description))
    )


def _flips(width: int) -> alt.BindRadioSelect:
    """Offer to turn over one of the key's bits."""
    labels = ["none", *(f"bit {bit}" for bit in range(width))]
    return alt.binding_select(options=[-1, *range(width)], labels=labels, name="Turn over")


def _flipped() -> str:
    """Turn over the chosen bit of the key."""
    return "flip < 0 ? key : key + (floor(key / pow(2, flip)) % 2 ? -1 : 1) * pow(2, flip)"


def _answer(units: pd.DataFrame, width: int, offset: float) -> alt.Chart:
    """Run the network on the key: one row, with `odds` (log-odds of a 1) and `confidence`."""
    told = " + ".join(
        f"datum.weights[{bit}] * (floor(asked / {2**bit}) % 2 ? 1 : -1)" for bit in range(width)
    )
    chart: alt.Chart = (
        alt.Chart(units)
        .transform_calculate(part=f"datum.out * max(0, datum.bias + {told})")
        .transform_aggregate(total="sum(part)")
        .transform_calculate(odds=f"datum.total + {offset:.6g}")
        .transform_calculate(confidence="1 / (1 + exp(-abs(datum.odds)))")
    )
    return chart


def _histograms(sure: pd.DataFrame) -> tuple[alt.Chart]:
    """Draw how sure the network is of keys that it stores, and of keys that it never saw."""
    hue = alt.Scale(domain=list(KINDS), range=[hue for hue, _ in KINDS.values()])
    dash = alt.Scale(domain=list(KINDS), range=[dash for _, dash in KINDS.values()])
    legend = alt.Legend(symbolType="stroke", symbolStrokeWidth=3, offset=112)
    line = alt.Chart(sure).mark_line(interpolate="step")
    return (
        line.encode(
            x=_at_confidence(),
            y=alt.Y(
                "share:Q",
                title="Share of the keys",
                axis=alt.Axis(format=".0%", tickCount=4),
                scale=alt.Scale(domainMin=0),
            ),
            color=alt.Color("kind:N", title=None, scale=hue, legend=legend),
            strokeDash=alt.StrokeDash("kind:N", title=None, scale=dash, legend=legend),
        ),
    )


def _at_confidence() -> alt.X:
    axis = alt.Axis(values=[0.5, 0.6, 0.7, 0.8, 0.9, 1], format=".0%")
    scale = alt.Scale(domain=[0.5, 1], nice=False)
    return alt.X("confidence:Q", title="How sure the network is", axis=axis, scale=scale)


def _marker(answer: alt.Chart) -> tuple[alt.Chart]:
    """Show where the key's own answer lies."""
    return (answer.mark_rule(color=INK, strokeWidth=3).encode(x=_at_confidence()),)


def _words(answer: alt.Chart, width: int) -> tuple[alt.Chart, ...]:
    """Write the key in binary digits, what the dict says, and what the network says."""
    digits = " + ".join(f"floor(asked / {2**bit}) % 2" for bit in reversed(range(width)))
    digits = digits.replace(" + ", " + '' + ")
    lines = (
        (INK, f"'Key ' + asked + ', in binary ' + {digits}"),
        (BLUE, "'dict: ' + (place < 0 ? 'KeyError, not found' : bits[place])"),
        (
            VERMILLION,
            "'network: ' + (datum.odds > 0 ? 1 : 0) + ', ' + format(datum.confidence, '.1%')"
            " + ' sure' + (place < 0 ? ', and it never saw this key' : '')",
        ),
    )
    return tuple(
        answer.transform_calculate(words=words)
        .mark_text(align="left", fontWeight="bold", fontSize=14, color=hue)
        .encode(x=alt.value(0), y=alt.value(above), text="words:N")
        .properties(name=f"spoken_{-above}")
        for (hue, words), above in zip(lines, (-84, -62, -40), strict=True)
    )


def confidence_bins(confidence: npt.NDArray[np.float64], kind: str) -> pd.DataFrame:
    """Count confidences, one half to 1, into bins: `kind`, `confidence`, `share`."""
    edges = np.linspace(0.5, 1, round(0.5 / BIN) + 1)
    counts, _ = np.histogram(confidence, edges)
    middles = (edges[1:] + edges[:-1]) / 2
    table = {"kind": kind, "confidence": middles, "share": counts / len(confidence)}
    return pd.DataFrame(table)


def describe_ask_key(sure: pd.DataFrame, stored: dict[int, int], first: int) -> str:
    """Say how sure the network is of keys that it stores and of others."""
    sums = sure.assign(above=sure["confidence"] > 0.9).groupby(["kind", "above"])["share"].sum()
    parts = "; ".join(f"{kind}, {sums.get((kind, True), 0.0):.0%}" for kind in KINDS)
    return (
        f"A box to type a key, a dict of {len(stored)} keys, and a network that stores the same "
        f"bits. The dict finds the key or says so; at first the key is {first}, which is "
        f"{'stored' if first in stored else 'not found'}. The network answers any key. Below, "
        "shares of keys by how sure the network is; sure by more than nine in ten are, of "
        f"{parts}. A line marks the key that was typed."
    )
