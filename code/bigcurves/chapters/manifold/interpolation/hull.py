"""Two meanings of interpolation: outside every mixture of images, inside the world of latents.

In high dimension nearly every new image lies outside the convex hull of those seen, so learning
"never interpolates" in pixels (Balestriero, Pesenti and LeCun 2021). New bars do, and yet their
latents lie inside the hull of the latents seen, and are read. Where the left half of the latents
is shown, the hull of the latents tells where reading fails; that of the images does not.

What could fool us: the hull is a knife-edge test. A clean bar is off it by about a thousandth.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

import numpy as np
import pandas as pd
from sklearn.kernel_ridge import KernelRidge
from sklearn.metrics import r2_score
from sklearn.neighbors import KNeighborsRegressor

from bigcurves.chapters.manifold.interpolation.gaps import gap_for_noise, outside_to_inside
from bigcurves.chapters.manifold.interpolation.outside import mixtures, off_hull
from bigcurves.claims.claim import Claim, at_least, at_most, mean_where
from bigcurves.measures import hull_distance, inside_latent_hull, share_inside_hull
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.sample import Floats
from bigcurves.worlds import BarWorld

MEASURED = 50  # bars whose distance to the hull is computed
NOISY = 25  # the same at each level of noise
POOLED = "variance_weighted"  # errors of both latents beside the variance of both


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many images are seen and tried, and which controls.

    Attributes
    ----------
    n, tried
        Bars seen, with two latents, 16 x 16 pixels, and new bars that are tried.
    noises, noise
        Standard deviations of the pixel noise, of bars whose distance to the hull is measured
        and of the bars that are tried, where a control makes it more than 0.
    trials, labels
        "new" images, or the control "mixtures" of those seen, which lie inside the hull; and
        "real" labels, or the control "shuffled" among the images seen.
    seen_part
        The share of the first latent's range that is seen.
    """

    n: int = 1000
    tried: int = 200
    noises: tuple[float, ...] = (0.003, 0.01, 0.03, 0.1)
    noise: float = 0.0
    trials: Literal["new", "mixtures"] = "new"
    labels: Literal["real", "shuffled"] = "real"
    seen_part: float = 1.0


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for the bars, one for bars half seen, and one for each level of noise.

    `inside` is a share of images, `inside_latents` a share of latents; `gap` is the median RMS
    distance to the hull, `off_hull` the same as a share of the usual distance between images.
    """
    bars, half, noisy = (np.random.default_rng([seed, number]) for number in (0, 2, 3))
    rows = [_bars(settings, bars), _half_seen(settings, half), *_noisy(settings, noisy)]
    return [{"seed": seed, **row} for row in rows]


def _bars(settings: Settings, rng: np.random.Generator) -> dict[str, Any]:
    """Try new bars: inside either hull or not, and how well their latents are read."""
    world = BarWorld(d=2, side=16, noise=settings.noise)
    latents = rng.random((settings.n, 2)) * (settings.seen_part, 1)
    new = rng.random((settings.tried, 2))
    seen, tried = (_with_noise(world, shown, rng) for shown in (latents, new))
    if settings.trials == "mixtures":
        tried = mixtures(seen, settings.tried, rng)
    known = rng.permutation(latents) if settings.labels == "shuffled" else latents
    near = KNeighborsRegressor(n_neighbors=1).fit(seen, known)
    smooth = KernelRidge(kernel="rbf", gamma=0.03, alpha=1e-8).fit(seen, known)
    return {
        "world": "bars",
        "pixels": world.pixels,
        "inside": share_inside_hull(seen, tried),
        "inside_latents": float(inside_latent_hull(latents, new).mean()),
        **off_hull(seen, tried, MEASURED, rng),
        "nearest": 1 - r2_score(new, near.predict(tried), multioutput=POOLED),
        "kernel": 1 - r2_score(new, smooth.predict(tried), multioutput=POOLED),
    }


def _half_seen(settings: Settings, rng: np.random.Generator) -> dict[str, Any]:
    """Show the left half of the latents only, and try all: errors inside and outside.

    `read_inside` and `read_outside` are RMS errors of the nearest bar's latents, `gap_inside` and
    `gap_outside` median distances to the hull of the images, each by the hull of the latents.
    """
    world = BarWorld(d=2, side=16, noise=settings.noise)
    latents, new = rng.random((settings.n, 2)) * (0.5, 1), rng.random((settings.tried, 2))
    seen, tried = (_with_noise(world, shown, rng) for shown in (latents, new))
    known = rng.permutation(latents) if settings.labels == "shuffled" else latents
    read = KNeighborsRegressor(n_neighbors=1).fit(seen, known).predict(tried)
    within = inside_latent_hull(latents, new)
    return {
        "world": "half-seen bars",
        "inside": share_inside_hull(seen, tried),
        "inside_latents": float(within.mean()),
        "read_inside": _rms(read[within] - new[within]),
        "read_outside": _rms(read[~within] - new[~within]),
        "gap_inside": float(np.median(hull_distance(seen, tried[within][:NOISY]))),
        "gap_outside": float(np.median(hull_distance(seen, tried[~within][:NOISY]))),
    }


def _noisy(settings: Settings, rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Measure how far outside noisy bars are, at each level of noise."""
    for noise in settings.noises:
        world = BarWorld(d=2, side=16, noise=noise)
        seen, tried = world.sample(settings.n, rng).inputs, world.sample(NOISY, rng).inputs
        yield {"world": "noisy bars", "noise": noise, **off_hull(seen, tried, NOISY, rng)}


def _with_noise(world: BarWorld, latents: Floats, rng: np.random.Generator) -> Floats:
    """Render given latents, with the world's noise if it has any."""
    images = world.render(latents)
    return images + world.noise * rng.standard_normal(images.shape) if world.noise else images


def _rms(errors: Floats) -> float:
    return float(np.sqrt((errors**2).mean()))


def try_mixtures(settings: Settings) -> Settings:
    """Try mixtures of the images seen in place of new ones."""
    return replace(settings, trials="mixtures")


def show_half(settings: Settings) -> Settings:
    """Show half of the first latent's range."""
    return replace(settings, seen_part=0.5)


def shuffle_latents(settings: Settings) -> Settings:
    """Shuffle the latents among the images seen."""
    return replace(settings, labels="shuffled")


def add_noise(settings: Settings) -> Settings:
    """Add noise to the bars seen and tried."""
    return replace(settings, noise=0.03)


def quieten_noise(settings: Settings) -> Settings:
    """Add next to no noise where it is measured."""
    return replace(settings, noises=(0.00001,))


# kernel: its ridge of 1e-8 makes 3.4e-7 of what two libraries round apart, with shuffled latents
_SAME = "gap off_hull gap_inside gap_outside nearest read_inside read_outside inside inside_latents"
OF_WORLD = "trials labels noise noises seen_part"
CALLED = {"bars": "new bars"}
REPEATS = exact("world pixels noise") | close(_SAME) | close("kernel", relative=1e-5)

_of_bars: Callable[[pd.DataFrame], "pd.Series[float]"] = partial(mean_where, world="bars")
_claim = partial(Claim, thread=6, chapter="manifold/interpolation")
CLAIMS = (
    _claim(
        id="hull-new-bars-outside",
        sentence="New bars lie outside every mixture of a thousand bars seen.",
        figure=lambda run: _of_bars(run)["inside"],
        threshold=at_most(0.03),
        mutation=try_mixtures,
    ),
    _claim(
        id="hull-latents-inside",
        sentence="The latents of nine in ten of these bars lie among the latents seen.",
        figure=lambda run: _of_bars(run)["inside_latents"],
        threshold=at_least(0.9),
        mutation=show_half,
        by_construction="n points leave about (8/3) ln n / n of a square outside their hull",
    ),
    _claim(
        id="hull-nearest-reads-latents",
        sentence="Though outside, a new bar is read by its nearest neighbour, within a twentieth.",
        figure=lambda run: _of_bars(run)["nearest"],
        threshold=at_most(0.05),
        mutation=shuffle_latents,
    ),
    _claim(
        id="hull-clean-bars-graze",
        sentence="A clean bar is outside by less than a hundredth of the usual distance.",
        figure=lambda run: _of_bars(run)["off_hull"],
        threshold=at_most(0.01),
        mutation=add_noise,
    ),
    _claim(
        id="hull-noise-is-the-gap",
        sentence="A noisy bar is outside by about the noise of its own pixels, to within a fifth.",
        figure=gap_for_noise,
        threshold=at_most(0.2),
        mutation=quieten_noise,
    ),
    _claim(
        id="hull-latents-tell-where",
        sentence="Beyond the latents seen a bar is read at least ten times worse than among them.",
        figure=outside_to_inside("read"),
        threshold=at_least(10),
        mutation=shuffle_latents,
    ),
    _claim(
        id="hull-how-far-tells",
        sentence="Beyond the latents seen a bar is a hundred times farther off the hull of images.",
        figure=outside_to_inside("gap"),
        threshold=at_least(100),
        mutation=add_noise,
    ),
)
