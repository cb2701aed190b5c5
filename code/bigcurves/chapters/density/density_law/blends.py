"""Blends: interpolation without labels and without a model, as good as the sampling is dense.

A new picture is mixed from the 4 d + 4 nearest known ones, by weights that are at least 0 and sum
to 1. What no such mixture can reach, the residual, is the bend of the manifold between the
samples: it falls as n^(-2/d), whatever the number of pixels. Two controls have no manifold, and
there thousands of pictures are hardly better than tens: pictures of noise, and bars whose pixels
are permuted afresh for each picture.

What could fool us: more pixels change nothing because these pictures are smooth. With noise on
them more pixels do help, for noise averages out. The mean residual is followed, not its root mean
square, which a few pictures at the edge, with neighbours on one side only, would rule.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
import pandas as pd

from bigcurves.claims.claim import Claim, at_least, at_most
from bigcurves.learners import blend_neighbours
from bigcurves.measures import picture_distance, power_law
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.sample import Floats
from bigcurves.worlds import BarWorld

CHAPTER = "density/density-law"
Kind: TypeAlias = Literal["bars", "noise", "scrambled"]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Which pictures are blended.

    Attributes
    ----------
    dimensions, sizes
        The numbers of latents d, and of known pictures, nested in each other.
    test
        New pictures.
    sides, size
        Pixels along each side where their number is compared (else the first), and n there.
    noise, grain
        Standard deviation of the pixels' noise everywhere, and in the grainy pictures.
    kind, controls
        What the pictures are, and what they are in the controls, which have d = 2.
    """

    dimensions: tuple[int, ...] = (1, 2, 3, 4, 5)
    sizes: tuple[int, ...] = (32, 128, 512, 2048, 8192)
    test: int = 300
    sides: tuple[int, ...] = (8, 16, 32, 64)
    size: int = 512
    noise: float = 0.0
    grain: float = 0.3
    kind: Kind = "bars"
    controls: tuple[Kind, ...] = ("noise", "scrambled")

    def __post_init__(self) -> None:
        for kind in (self.kind, *self.controls):
            if kind not in get_args(Kind):
                raise ValueError(f"kind must be one of {get_args(Kind)}, got {kind!r}")


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each blend in four parts: "curve", "control", "pixels" and "grain".

    `residual` is the mean over test pictures of the RMS pixel gap to their blend. `miss`, where
    numbers of pixels are compared, is the RMS gap between the new picture without its noise and
    the same blend of known pictures without theirs: what the weights are worth.
    """
    return [{"seed": seed, **row} for row in _rows(settings, seed)]


def _rows(settings: Settings, seed: int) -> Iterator[dict[str, Any]]:
    curves = [("curve", settings.kind, d) for d in settings.dimensions]
    for part, kind, d in [*curves, *(("control", kind, 2) for kind in settings.controls)]:
        rng = np.random.default_rng([seed, d])
        latents = rng.random((settings.sizes[-1] + settings.test, d))
        pictures = _pictures(kind, latents, settings.sides[0], rng)
        pictures += settings.noise * rng.standard_normal(pictures.shape)
        known, new = pictures[: -settings.test], pictures[-settings.test :]
        for n in settings.sizes:
            blend = blend_neighbours(known[:n], new, neighbours=min(n, 4 * d + 4))
            row = {"part": part, "kind": kind, "d": d, "D": known.shape[1], "n": n}
            yield row | {"residual": blend.residuals.mean()}
    for part, noise in (("pixels", settings.noise), ("grain", settings.grain)):
        for side in settings.sides:
            yield {"part": part, "kind": settings.kind} | _compared(settings, side, noise, seed)


def _compared(settings: Settings, side: int, noise: float, seed: int) -> dict[str, Any]:
    """Blend the same pictures of two latents at one number of pixels."""
    rng, n = np.random.default_rng([seed, 0]), settings.size
    clean = BarWorld(d=2, side=side).render(rng.random((n + settings.test, 2)))
    seen = clean + noise * rng.standard_normal(clean.shape)
    blend = blend_neighbours(seen[:n], seen[n:], neighbours=12)
    mixed = np.einsum("mk,mkf->mf", blend.weights, clean[:n][blend.neighbours])
    means = {"residual": blend.residuals.mean(), "miss": picture_distance(mixed, clean[n:])}
    return {"d": 2, "D": side * side, "n": n} | means


def _pictures(kind: Kind, latents: Floats, side: int, rng: np.random.Generator) -> Floats:
    """Draw a picture for each row of latents, or one that has nothing to do with them."""
    if kind == "noise":
        return rng.random((len(latents), side * side))
    bars = BarWorld(d=latents.shape[1], side=side).render(latents)
    return rng.permuted(bars, axis=1) if kind == "scrambled" else bars


def _worst_slope(run: pd.DataFrame) -> float:
    """Return how far slope times d strays from -2 at worst, from two latents on."""
    worlds = run[(run["part"] == "curve") & (run["d"] > 1)].groupby("d")
    return max(abs(w["d"].mean() * power_law(w["n"], w["residual"]).slope + 2) for _, w in worlds)


def _control_slope(run: pd.DataFrame) -> float:
    """Return the steepest slope among the controls, without its sign."""
    worlds = run[run["part"] == "control"].groupby("kind")
    return max(abs(power_law(w["n"], w["residual"]).slope) for _, w in worlds)


def _by_pixels(run: pd.DataFrame) -> float:
    pixels = run[run["part"] == "pixels"]
    return abs(power_law(pixels["D"], pixels["residual"]).slope)


def _gain_by_pixels(run: pd.DataFrame) -> float:
    misses = run.loc[run["part"] == "grain", "miss"]
    return float(misses.iloc[0] / misses.iloc[-1])


def scramble_pictures(settings: Settings) -> Settings:
    """Permute each picture's pixels in its own way."""
    return replace(settings, kind="scrambled")


def show_bars_as_control(settings: Settings) -> Settings:
    """Show bars where the controls have no manifold."""
    return replace(settings, controls=("bars",))


def add_noise(settings: Settings) -> Settings:
    """Add noise to every pixel."""
    return replace(settings, noise=0.3)


def remove_grain(settings: Settings) -> Settings:
    """Take the noise off the grainy pictures."""
    return replace(settings, grain=0.0)


OF_WORLD = "noise grain kind controls"
CALLED = {"pixels": "", "noise": ""}
REPEATS = exact("part kind d D n") | close("residual miss")

CLAIMS = (
    Claim(
        id="blend-falls-by-dimension",
        sentence="The best blend's residual falls as n to the power -2/d.",
        thread=6,
        chapter=CHAPTER,
        figure=_worst_slope,
        threshold=at_most(0.4),
        mutation=scramble_pictures,
    ),
    Claim(
        id="blend-needs-a-manifold",
        sentence="Where there is no manifold, more pictures bring next to nothing.",
        thread=6,
        chapter=CHAPTER,
        figure=_control_slope,
        threshold=at_most(0.15),
        mutation=show_bars_as_control,
    ),
    Claim(
        id="blend-not-by-pixels",
        sentence="Sixty-four times the pixels leave the residual where it was.",
        thread=5,
        chapter=CHAPTER,
        figure=_by_pixels,
        threshold=at_most(0.02),
        mutation=add_noise,
    ),
    Claim(
        id="blend-pixels-average-noise",
        sentence="With noise, sixty-four times the pixels make the blend at least twice as good.",
        thread=7,
        chapter=CHAPTER,
        figure=_gain_by_pixels,
        threshold=at_least(2),
        mutation=remove_grain,
    ),
)
