"""A decoder nears the manifold as it sees more of it.

A smooth function from two latents to pictures is fitted to a few bars and their latents, and asked
for new ones. How far its pictures are from any bar is known exactly, by projection. From 20 bars
to 160 the deviation falls by hundreds of times. The control has the latents shuffled among the
same bars: then more of them bring nothing.

What could fool us: the decoder is told the true latents, which no one has for real pictures, and
the bars are as smooth as its kernel likes. It shows what sampling does, not how hard it is to find
the latents.
"""

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from bigcurves.claims.claim import Claim, at_least, in_place_of
from bigcurves.learners import kernel_decoder
from bigcurves.measures import manifold_distance
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.worlds import BarWorld

Latents: TypeAlias = Literal["true", "shuffled"]
LATENTS: tuple[Latents, ...] = ("true", "shuffled")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many bars a decoder sees.

    Attributes
    ----------
    sizes
        The numbers of bars, nested in each other.
    asked
        New latents that each decoder draws.
    side
        Pixels along each side of the pictures.
    latents
        Whether the latents are the bars' own, "true", or are "shuffled" among them, in each row's
        place.
    """

    sizes: tuple[int, ...] = (20, 40, 80, 160)
    asked: int = 300
    side: int = 16
    latents: tuple[Latents, ...] = LATENTS


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each n: the RMS pixel `deviation` of the decoded pictures, over `asked`.

    Rows come for the `latents` "true" and, as the control, "shuffled".
    """
    rng, world = np.random.default_rng([seed, 0]), BarWorld(d=2, side=settings.side)
    asked, drawn = rng.random((settings.asked, 2)), rng.random((settings.sizes[-1], 2))
    pictures, known = world.render(drawn), {"true": drawn, "shuffled": rng.permutation(drawn)}
    rows: Rows = []
    for latents, kind in zip(LATENTS, settings.latents, strict=True):
        for n in settings.sizes:
            decoded = kernel_decoder(known[kind][:n], pictures[:n])(asked)
            deviation = manifold_distance(decoded, project=world.project)
            rows.append({"seed": seed, "latents": latents, "n": n, "deviation": deviation})
    return rows


def _gain(run: pd.DataFrame) -> float:
    deviations = run.loc[run["latents"] == "true", "deviation"]
    return float(deviations.iloc[0] / deviations.iloc[-1])


def shuffle_latents(settings: Settings) -> Settings:
    """Shuffle the latents among the bars."""
    return replace(settings, latents=in_place_of(settings.latents, true="shuffled"))


OF_WORLD = "latents"
# deviation: 3.0e-7 between kernels
REPEATS = exact("latents n") | close("deviation", relative=1e-5)

CLAIMS = (
    Claim(
        id="imperfect-decoder-closes-in",
        sentence="Eight times the samples bring a decoder at least a hundred times nearer.",
        thread=2,
        chapter="density/imperfect-model",
        figure=_gain,
        threshold=at_least(100),
        mutation=shuffle_latents,
    ),
)
