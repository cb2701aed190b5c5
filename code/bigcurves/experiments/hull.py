"""Two meanings of interpolation: outside every mixture of images, inside the world of latents.

In high dimension nearly every new image lies outside the convex hull of those seen, so learning
"never interpolates" in pixels (Balestriero, Pesenti and LeCun 2021). The same images lie inside
the hull of the latents seen, and are read without trouble. Real digits, too, are all outside, and
nearly all are named right; through few principal components they are inside, and named worse.

What could fool us: the hull is a knife-edge test. A bar outside it is off by about a thousandth
of the usual distance between images: "outside" means "not exactly a mixture", no more.
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from sklearn.decomposition import PCA
from sklearn.kernel_ridge import KernelRidge
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

from bigcurves.experiments.claim import Claim, Rows, at_least, at_most, mean_where
from bigcurves.measures import (
    hull_distance,
    inside_latent_hull,
    picture_distance,
    share_inside_hull,
)
from bigcurves.sample import Floats
from bigcurves.worlds import BarWorld, Digits

PAGE = "manifold/two-meanings"
MEASURED = 50  # images whose distance to the hull is computed


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many images are seen and tried, and which controls.

    Attributes
    ----------
    n
        Bars seen, with two latents, 16 x 16 pixels.
    tried
        New images that are tried, of each world.
    components
        How many principal components the digits are seen through.
    trials
        "new" images, or the control "mixtures" of those seen, which lie inside the hull.
    labels
        "real", or the control "shuffled" among the images seen.
    seen_part
        The share of the first latent's range that is seen.
    """

    n: int = 1000
    tried: int = 200
    components: tuple[int, ...] = (2, 4, 6, 8, 10, 16)
    trials: Literal["new", "mixtures"] = "new"
    labels: Literal["real", "shuffled"] = "real"
    seen_part: float = 1.0


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for the bars, one for the digits, and one for each number of components."""
    bars, digits = (np.random.default_rng([seed, number]) for number in (0, 1))
    rows = [_bars(settings, bars), *_digits(settings, digits)]
    return [{"seed": seed, **row} for row in rows]


def _bars(settings: Settings, rng: np.random.Generator) -> dict[str, Any]:
    """Try new bars: inside either hull or not, and how well their latents are read."""
    world = BarWorld(d=2, side=16)
    latents = rng.random((settings.n, 2)) * (settings.seen_part, 1)
    new = rng.random((settings.tried, 2))
    seen, tried = world.render(latents), world.render(new)
    if settings.trials == "mixtures":
        tried = _mixtures(seen, settings.tried, rng)
    known = rng.permutation(latents) if settings.labels == "shuffled" else latents
    near = KNeighborsRegressor(n_neighbors=1).fit(seen, known)
    smooth = KernelRidge(kernel="rbf", gamma=0.03, alpha=1e-8).fit(seen, known)
    off_hull = float(np.median(hull_distance(seen, tried[:MEASURED])))
    return {
        "world": "bars",
        "pixels": world.pixels,
        "inside": share_inside_hull(seen, tried),
        "inside_latents": float(inside_latent_hull(latents, new).mean()),
        "off_hull": off_hull / picture_distance(tried, rng.permutation(seen)[: len(tried)]),
        "nearest": _relative_error(near.predict(tried), new),
        "kernel": _relative_error(smooth.predict(tried), new),
    }


def _digits(settings: Settings, rng: np.random.Generator) -> Rows:
    """Try new digits, in all pixels and through few components: inside, and named right."""
    digits = Digits().sample(1797, rng)
    seen, tried = digits.inputs[settings.tried :], digits.inputs[: settings.tried]
    known, truth = np.split(np.asarray(digits.targets), [settings.tried])[::-1]
    if settings.trials == "mixtures":
        tried = _mixtures(seen, settings.tried, rng)
    if settings.labels == "shuffled":
        known = rng.permutation(known)
    rows = []
    for components in (*settings.components, seen.shape[1]):
        view = PCA(components, svd_solver="full").fit(seen)
        here, there = view.transform(seen), view.transform(tried)
        near = KNeighborsClassifier(n_neighbors=1).fit(here, known)
        rows.append({"world": "digits", "pixels": components, "correct": near.score(there, truth)})
        rows[-1]["inside"] = share_inside_hull(here, there)
    return rows


def _mixtures(rows: Floats, n: int, rng: np.random.Generator) -> Floats:
    """Mix three rows for each of n, weights 0 or more that sum to 1: inside by construction."""
    chosen = rows[rng.integers(len(rows), size=(n, 3))]
    return np.asarray(np.einsum("nk,nkp->np", rng.dirichlet(np.ones(3), n), chosen))


def _relative_error(found: Floats, truth: Floats) -> float:
    """Give the mean squared error beside that of always naming the mean, which is 1."""
    return float(((found - truth) ** 2).mean() / truth.var(axis=0).mean())


CLAIMS = (
    Claim(
        id="hull-new-bars-outside",
        sentence="New bars lie outside every mixture of a thousand bars seen.",
        thread=6,
        chapter=PAGE,
        figure=lambda run: mean_where(run, world="bars")["inside"],
        threshold=at_most(0.03),
        mutation=Settings(trials="mixtures"),
    ),
    Claim(
        id="hull-latents-inside",
        sentence="The latents of nine in ten of these bars lie among the latents seen.",
        thread=6,
        chapter=PAGE,
        figure=lambda run: mean_where(run, world="bars")["inside_latents"],
        threshold=at_least(0.9),
        mutation=Settings(seen_part=0.5),
    ),
    Claim(
        id="hull-nearest-reads-latents",
        sentence="Though outside, a new bar is read by its nearest neighbour, within a twentieth.",
        thread=6,
        chapter=PAGE,
        figure=lambda run: mean_where(run, world="bars")["nearest"],
        threshold=at_most(0.05),
        mutation=Settings(labels="shuffled"),
    ),
    Claim(
        id="hull-new-digits-outside",
        sentence="No more than three in a hundred new digits lie inside the hull of those seen.",
        thread=6,
        chapter=PAGE,
        figure=lambda run: mean_where(run, world="digits", pixels=64)["inside"],
        threshold=at_most(0.03),
        mutation=Settings(trials="mixtures"),
    ),
    Claim(
        id="hull-outside-is-named-right",
        sentence="Named where they lie outside, digits are right far oftener than inside the hull.",
        thread=6,
        chapter=PAGE,
        figure=lambda run: float(
            mean_where(run, pixels=16)["correct"] - mean_where(run, pixels=2)["correct"]
        ),
        threshold=at_least(0.3),
        mutation=Settings(labels="shuffled"),
    ),
)
