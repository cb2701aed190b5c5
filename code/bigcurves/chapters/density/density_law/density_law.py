"""The density law: error follows the target's frequency times the sample gap.

Bars with d = 1 to 5 latents are drawn with 64 to 4,096 pixels, and a smooth random function of
the latents of frequency kappa is to be learnt from n pictures. Their number says little about
the error. The product kappa rho, rho the sample gap, says nearly all, for nearest neighbours
and for a kernel machine alike. The parameter-free curve 2 (1 - exp(-(kappa rho)^2 / 2)) lies
near: it is what nearest neighbours owe at the distance rho.

What could fool us: for nearest neighbours in bare latents the fold is built in (rows "latents"),
so the finding is that it survives pictures, other learners and more pixels. The target must vary
alike along every latent: "stretched" tenfold along one of them, it leaves the curve. Folds are
judged on d = 2 to 5: at d = 1 errors reach a millionth, and a few such points carry any R^2.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

import numpy as np

from bigcurves.chapters.density.density_law import law_scores
from bigcurves.chapters.density.density_law.learning_curves import (
    BOOK_SIZES,
    Sizes,
    learning_curves,
)
from bigcurves.claims.claim import Claim, at_least, at_most
from bigcurves.measures import sample_gap
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.sample import Floats
from bigcurves.worlds import GaussianField

CHAPTER, FEATURES = "density/density-law", 256  # cosines in a target


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Which worlds are drawn, and how much of them is learnt.

    Attributes
    ----------
    dimensions
        The numbers of latents d.
    kappas
        The targets' frequencies, in radians per unit of a latent.
    sizes
        The numbers of training pictures.
    sides
        Pixels along each side of the pictures.
    test
        Test pictures.
    stretch
        How many times faster the stretched target varies along the first latent.
    noise
        Standard deviation of the pixels' noise.
    values
        Whether the targets' values are true or shuffled among the pictures.
    """

    dimensions: tuple[int, ...] = (1, 2, 3, 4, 5)
    kappas: tuple[float, ...] = (1.25, 2.5, 5.0, 10.0)
    sizes: Sizes = BOOK_SIZES
    sides: tuple[int, ...] = (8, 16, 32, 64)
    test: int = 400
    stretch: float = 10.0
    noise: float = 0.0
    values: Literal["true", "shuffled"] = "true"


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each world, frequency kappa, learner and size n.

    `gap` is rho, `error` the mean squared error of a target of variance 1, `wrong` the share of
    signs that are missed, `theory` the parameter-free curve at kappa rho. `learner` is "nearest"
    or "ridge" on pictures of D pixels, or "latents": nearest neighbours on them, where D is d.
    """
    return [
        {"seed": seed, "d": d, **row}
        for d in settings.dimensions
        for row in _rows_of_one_dimension(settings, d, np.random.default_rng([seed, d]))
    ]


def _rows_of_one_dimension(
    settings: Settings, d: int, rng: np.random.Generator
) -> Iterator[dict[str, Any]]:
    """Draw latents once, and show them to every learner at every number of pixels."""
    n = settings.sizes.nearest[-1]
    latents = rng.random((n + settings.test, d))
    gaps = {m: sample_gap(latents[n:], latents[:m]) for m in settings.sizes.nearest}
    kinds = [(t, k) for t in ("even", "stretched") for k in settings.kappas]
    values = np.stack([_values(settings, t, k, latents, rng) for t, k in kinds], axis=1)
    curves = learning_curves(
        latents, values[:n], rng, sizes=settings.sizes, sides=settings.sides, noise=settings.noise
    )
    for learner, pixels, size, found in curves:
        errors = ((found - values[n:]) ** 2).mean(axis=0)
        wrong = ((found > 0) != (values[n:] > 0)).mean(axis=0)
        world = {"learner": learner, "D": pixels, "n": size, "gap": gaps[size]}
        for place, (target, kappa) in enumerate(kinds):
            if target == "even" or (learner, pixels) == ("nearest", settings.sides[0] ** 2):
                theory = 2 * (1 - np.exp(-0.5 * (kappa * gaps[size]) ** 2))
                label = {"target": target, "kappa": kappa, "theory": theory}
                yield world | label | {"error": errors[place], "wrong": wrong[place]}


def _values(
    settings: Settings, target: str, kappa: float, latents: Floats, rng: np.random.Generator
) -> Floats:
    """Draw a target and ask it at all latents, shape (n,)."""
    look = {"kappa": kappa, "stretch": settings.stretch if target == "stretched" else 1.0}
    values = GaussianField.draw(rng, d=latents.shape[1], **look, features=FEATURES)(latents)
    return rng.permutation(values) if settings.values == "shuffled" else values


def shuffle_values(settings: Settings) -> Settings:
    """Shuffle the targets' values among the pictures."""
    return replace(settings, values="shuffled")


def keep_one_world(settings: Settings) -> Settings:
    """Keep one dimension and one frequency: the number of pictures alone varies."""
    return replace(settings, dimensions=(2,), kappas=(5.0,))


def stretch_nothing(settings: Settings) -> Settings:
    """Let the stretched target vary alike along all latents."""
    return replace(settings, stretch=1.0)


def add_noise(settings: Settings) -> Settings:
    """Add noise to every pixel."""
    return replace(settings, noise=0.3)


OF_WORLD = "dimensions kappas values stretch noise"
CALLED = {"latents": ""}
# error: 9.5e-10 between kernels of linear algebra
REPEATS = (
    exact("d learner D n target") | close("gap kappa theory wrong") | close("error", relative=1e-7)
)

CLAIMS = (
    *(
        Claim(
            id=f"law-folds-{learner}",
            sentence=f"Kappa rho explains over nine tenths of the spread of {whose} error.",
            thread=5,
            chapter=CHAPTER,
            figure=partial(law_scores.r2_by_gap, learner=learner),
            threshold=at_least(0.9),
            mutation=shuffle_values,
        )
        for learner, whose in (("nearest", "nearest neighbours'"), ("ridge", "a kernel machine's"))
    ),
    Claim(
        id="law-not-by-number",
        sentence="The number of pictures explains less than a third of it.",
        thread=5,
        chapter=CHAPTER,
        figure=law_scores.r2_by_n,
        threshold=at_most(0.3),
        mutation=keep_one_world,
    ),
    Claim(
        id="law-needs-even-targets",
        sentence="Targets that vary faster along one latent leave the curve.",
        thread=6,
        chapter=CHAPTER,
        figure=law_scores.r2_with_stretched,
        threshold=at_most(0.8),
        mutation=stretch_nothing,
    ),
    Claim(
        id="law-near-theory",
        sentence="Nearest neighbours err within a factor of two of the parameter-free curve.",
        thread=6,
        chapter=CHAPTER,
        figure=law_scores.off_theory,
        threshold=at_most(2),
        mutation=shuffle_values,
    ),
    Claim(
        id="law-not-by-pixels",
        sentence="Sixty-four times the pixels change nothing.",
        thread=5,
        chapter=CHAPTER,
        figure=law_scores.by_pixels,
        threshold=at_most(0.02),
        mutation=add_noise,
    ),
    Claim(
        id="law-dimension-slows",
        sentence="Each further latent slows the fall of the error with the number of pictures.",
        thread=5,
        chapter=CHAPTER,
        figure=law_scores.least_step,
        threshold=at_least(0.03),
        mutation=shuffle_values,
    ),
)
