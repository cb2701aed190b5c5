"""The density law's controls: take away the labels, the pictures or the order of pixels.

The same bars and targets as in the density law, for nearest neighbours, five times over. Labels
shuffled, pictures replaced by noise, or pixels permuted afresh for each picture: then no number
of pictures brings the error down. One permutation of the pixels for all pictures leaves every
distance, and so every error, as it was.

What could fool us: a permutation afresh keeps each picture's amount of ink, which tells something
of length and thickness once these vary (d = 4 and 5); nearest neighbours make nothing of it here,
another learner might. And a slope of zero alone would also come from a learner that is broken:
the plain world, where the same learner's error falls by up to five powers of ten, says it is not.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from bigcurves.claims.claim import Claim, at_most, in_place_of
from bigcurves.learners import nested_nearest
from bigcurves.measures import power_law
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.sample import Floats
from bigcurves.worlds import BarWorld, GaussianField

CHAPTER = "density/density-law"
Condition: TypeAlias = Literal["plain", "shuffled", "noise", "scrambled", "permuted"]
CONDITIONS: tuple[Condition, ...] = ("plain", "shuffled", "noise", "scrambled", "permuted")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Which worlds are learnt.

    Attributes
    ----------
    dimensions, sizes
        The numbers of latents d, and of training pictures, nested in each other.
    kappa, targets
        Frequency of the targets, and how many are averaged over.
    test, side
        Test pictures, and pixels along each side of all pictures.
    conditions
        What is done to pictures or labels in each row's place; a mutation puts another condition
        there.
    """

    dimensions: tuple[int, ...] = (1, 2, 3, 4, 5)
    sizes: tuple[int, ...] = (32, 128, 512, 2048, 8192)
    kappa: float = 2.5
    targets: int = 4
    test: int = 400
    side: int = 8
    conditions: tuple[Condition, ...] = CONDITIONS


def run(settings: Settings, seed: int) -> Rows:
    """Return the mean squared `error` for each condition, d and size n.

    `condition` is "plain", "shuffled", "noise", "scrambled" or "permuted". Errors are divided by
    twice the variance of the targets at the test latents: 1 is what guessing among labels costs.
    """
    rows: Rows = []
    for d in settings.dimensions:
        rng = np.random.default_rng([seed, d])
        latents = rng.random((settings.sizes[-1] + settings.test, d))
        fields = [
            GaussianField.draw(rng, d=d, kappa=settings.kappa, features=256)
            for _ in range(settings.targets)
        ]
        values = np.stack([field(latents) for field in fields], axis=1)
        for condition, pictures, labels in _conditions(settings, latents, values, rng):
            known, new = pictures[: -settings.test], pictures[-settings.test :]
            truth, guess = labels[-settings.test :], 2 * values.var(axis=0)
            for n, near in nested_nearest(known, new, settings.sizes):
                error = (((labels[near] - truth) ** 2).mean(axis=0) / guess).mean()
                rows.append({"seed": seed, "condition": condition, "d": d, "n": n, "error": error})
    return rows


def _conditions(
    settings: Settings, latents: Floats, values: Floats, rng: np.random.Generator
) -> Iterator[tuple[str, Floats, Floats]]:
    """Spoil pictures or labels in one way at a time."""
    bars = BarWorld(d=latents.shape[1], side=settings.side).render(latents)
    scrambled = rng.permuted(bars, axis=1)
    spoilt: dict[Condition, Callable[[], tuple[Floats, Floats]]] = {
        "plain": lambda: (bars, values),
        "shuffled": lambda: (bars, rng.permutation(values)),
        "noise": lambda: (rng.random(bars.shape), values),
        "scrambled": lambda: (scrambled, values),
        "permuted": lambda: (bars[:, rng.permutation(bars.shape[1])], values),
    }
    for name, condition in zip(CONDITIONS, settings.conditions, strict=True):
        yield name, *spoilt[condition]()


def _slope(run: pd.DataFrame, condition: str) -> float:
    """Return the mean slope of log error in log n over the dimensions, without its sign."""
    worlds = [world for _, world in run[run["condition"] == condition].groupby("d")]
    return abs(float(np.mean([power_law(w["n"], w["error"]).slope for w in worlds])))


def _moved(run: pd.DataFrame) -> float:
    """Return by how much one permutation moves the error at most, as a share of it."""
    errors = run.set_index(["condition", "d", "n"])["error"]
    return float((errors["permuted"] / errors["plain"] - 1).abs().max())


INDEPENDENT = "labels are independent of the pictures"


def _flat(
    condition: str, what: str, mutation: Callable[[Settings], Settings], why: str = ""
) -> Claim:
    return Claim(
        id=f"control-{condition}",
        sentence=f"With {what} the error stays where it was, however many pictures there are.",
        thread=3,
        chapter=CHAPTER,
        figure=lambda run: _slope(run, condition),
        threshold=at_most(0.03),
        mutation=mutation,
        by_construction=why,
    )


def leave_labels_in_place(settings: Settings) -> Settings:
    """Leave the labels in place where they are shuffled."""
    return replace(settings, conditions=in_place_of(settings.conditions, shuffled="plain"))


def show_bars_for_noise(settings: Settings) -> Settings:
    """Show bars where pictures are noise."""
    return replace(settings, conditions=in_place_of(settings.conditions, noise="plain"))


def leave_pixels_in_place(settings: Settings) -> Settings:
    """Leave the pixels in place where they are permuted afresh."""
    return replace(settings, conditions=in_place_of(settings.conditions, scrambled="plain"))


def permute_each_afresh(settings: Settings) -> Settings:
    """Permute each picture's pixels afresh where all share one permutation."""
    return replace(settings, conditions=in_place_of(settings.conditions, permuted="scrambled"))


OF_WORLD = "conditions"
CALLED = {"permuted": "one permutation"}
REPEATS = exact("condition d n") | close("error")

CLAIMS = (
    _flat("shuffled", "shuffled labels", leave_labels_in_place, INDEPENDENT),
    _flat("noise", "noise for pictures", show_bars_for_noise, INDEPENDENT),
    _flat("scrambled", "pixels permuted afresh for each picture", leave_pixels_in_place),
    Claim(
        id="control-permuted",
        sentence="One permutation of the pixels for all pictures leaves every error as it was.",
        thread=3,
        chapter=CHAPTER,
        figure=_moved,
        threshold=at_most(0.01),
        mutation=permute_each_afresh,
        by_construction="one permutation for all changes no distance",
    ),
)
