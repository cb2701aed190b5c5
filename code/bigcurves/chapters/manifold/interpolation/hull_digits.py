"""Real digits and the hull of those seen: outside it, and named right.

New digits, which other people wrote, lie outside the hull of all those seen, and nearly all are
named right. Through few principal components they are inside, and named worse: the two curves
cross (Balestriero, Pesenti and LeCun 2021 draw the first of them for larger pictures). With the
components held still, those outside are named right oftener than those inside. What is inside by
construction, digits laid over one another in equal parts, is farther from any digit than a new
digit is.

What could fool us: components change what is known as well as what is inside, so the crossing
curves alone say nothing about cause; the comparison at equal components does. Digits are off the
hull by a fifth of the usual distance, so for them the test is not one of a knife's edge.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.decomposition import PCA
from sklearn.neighbors import KNeighborsClassifier

from bigcurves.chapters.manifold.interpolation.outside import mixtures, off_hull
from bigcurves.claims.claim import Claim, at_least, at_most, mean_where
from bigcurves.measures import inside_hull, share_inside_hull
from bigcurves.measures.neighbours import nearest_distances
from bigcurves.running.repeats import Rows, close, exact, trained
from bigcurves.sample import Floats
from bigcurves.worlds import Digits

PAGE = "manifold/interpolation"
MEASURED = 50  # digits whose distance to the hull is computed


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many digits are tried, through how many components, and which controls.

    Attributes
    ----------
    tried
        New digits, the first of two sheets, at most 245; all digits of the other twelve are seen.
    components
        How many principal components the digits are seen through.
    mixed
        How many digits are laid over one another, in equal parts, for a picture inside the hull.
    trials
        "new" digits, or a control: "mixtures" of those seen, which lie inside the hull, or
        "negatives", which shows every other new digit with black and white exchanged.
    labels
        "real", or the control "shuffled" among the digits seen.
    """

    tried: int = 200
    components: tuple[int, ...] = (2, 3, 4, 6, 8, 10, 12, 16, 24, 32)
    mixed: int = 3
    trials: Literal["new", "mixtures", "negatives"] = "new"
    labels: Literal["real", "shuffled"] = "real"


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each number of components, all 64 pixels last, and one for the overlays.

    `inside` and `correct` are shares of new digits; in the row of overlays `inside` is theirs,
    `off_hull` the new digits' median distance to the hull beside the usual distance.
    """
    rng = np.random.default_rng([seed, 1])
    mine, others = Digits().split(rng, sheets=(12, 2))
    seen, new = mine.inputs, others.inputs[: settings.tried]
    known, truth = np.asarray(mine.targets), np.asarray(others.targets)[: settings.tried]
    if settings.labels == "shuffled":
        known = rng.permutation(known)
    tried = _shown(settings, seen, new, rng)
    rows = [
        {"world": "digits", "pixels": components, **_through(components, seen, known, tried, truth)}
        for components in (*settings.components, seen.shape[1])
    ]
    overlays = seen[rng.integers(len(seen), size=(settings.tried, settings.mixed))].mean(axis=1)
    rows.append(
        {
            "world": "overlays",
            "inside": share_inside_hull(seen, overlays),
            "overlay_to_nearest": _to_nearest(overlays, seen),
            "new_to_nearest": _to_nearest(new, seen),
            **off_hull(seen, tried, MEASURED, rng),
        }
    )
    return [{"seed": seed, **row} for row in rows]


def _shown(settings: Settings, seen: Floats, new: Floats, rng: np.random.Generator) -> Floats:
    """Give what is tried: the new digits, or a control in their place."""
    if settings.trials == "mixtures":
        return mixtures(seen, len(new), rng)
    if settings.trials == "negatives":
        return np.where(np.arange(len(new))[:, np.newaxis] % 2, 1 - new, new)
    return new


def _through(
    components: int,
    seen: Floats,
    known: npt.NDArray[np.int64],
    tried: Floats,
    truth: npt.NDArray[np.int64],
) -> dict[str, float]:
    """Look through some components: which digits are inside, and which are named right."""
    view = PCA(components, svd_solver="full").fit(seen)
    here, there = view.transform(seen), view.transform(tried)
    right = KNeighborsClassifier(n_neighbors=1).fit(here, known).predict(there) == truth
    return _named(right, inside_hull(here, there))


def _named(right: npt.NDArray[np.bool_], within: npt.NDArray[np.bool_]) -> dict[str, float]:
    """Share the digits named right: all, and of those inside and outside where there are any."""
    parts = {"correct_inside": right[within], "correct_outside": right[~within]}
    named = {name: float(part.mean()) for name, part in parts.items() if len(part)}
    return {"inside": float(within.mean()), "correct": float(right.mean()), **named}


def _to_nearest(rows: Floats, seen: Floats) -> float:
    """Measure the median distance to the nearest image seen, in RMS pixel values."""
    return float(np.median(nearest_distances(rows, seen)) / np.sqrt(seen.shape[1]))


def _outside_less_inside(run: pd.DataFrame) -> float:
    """Compare the digits outside with those inside, where there are enough of both."""
    both = run[(run["world"] == "digits") & run["pixels"].between(4, 10)]
    return float((both["correct_outside"] - both["correct_inside"]).mean())


def _overlay_to_new(run: pd.DataFrame) -> float:
    whole = mean_where(run, world="overlays")
    return float(whole["overlay_to_nearest"] / whole["new_to_nearest"])


def try_mixtures(settings: Settings) -> Settings:
    """Try mixtures of the digits seen in place of new ones."""
    return replace(settings, trials="mixtures")


def shuffle_labels(settings: Settings) -> Settings:
    """Shuffle the labels among the digits seen."""
    return replace(settings, labels="shuffled")


def try_negatives(settings: Settings) -> Settings:
    """Try every other new digit with black and white exchanged."""
    return replace(settings, trials="negatives")


def overlay_nothing(settings: Settings) -> Settings:
    """Show single digits where three are laid over one another."""
    return replace(settings, mixed=1)


OF_WORLD = "trials labels mixed"
CALLED = {"digits": ""}
# Two digits as near as each other, as pixels of 17 levels can be, are told apart by rounding.
REPEATS = (
    exact("world pixels")
    | close("inside overlay_to_nearest new_to_nearest gap off_hull")
    | trained("correct correct_inside correct_outside")
)

CLAIMS = (
    Claim(
        id="hull-new-digits-outside",
        sentence="No more than three in a hundred new digits lie inside the hull of those seen.",
        thread=6,
        chapter=PAGE,
        figure=lambda run: mean_where(run, world="digits", pixels=64)["inside"],
        threshold=at_most(0.03),
        mutation=try_mixtures,
    ),
    Claim(
        id="hull-outside-is-named-right",
        sentence="Digits are named right far oftener through sixteen components than through two.",
        thread=6,
        chapter=PAGE,
        figure=lambda run: float(
            mean_where(run, pixels=16)["correct"] - mean_where(run, pixels=2)["correct"]
        ),
        threshold=at_least(0.3),
        mutation=shuffle_labels,
    ),
    Claim(
        id="hull-outside-is-better",
        sentence="Through as many components, digits outside are named right oftener than inside.",
        thread=6,
        chapter=PAGE,
        figure=_outside_less_inside,
        threshold=at_least(0.01),
        mutation=try_negatives,
    ),
    Claim(
        id="hull-digits-well-outside",
        sentence="A new digit is outside by an eighth of the usual distance or more.",
        thread=6,
        chapter=PAGE,
        figure=lambda run: mean_where(run, world="overlays")["off_hull"],
        threshold=at_least(0.125),
        mutation=try_mixtures,
    ),
    Claim(
        id="hull-overlays-are-farther",
        sentence="Three digits laid over one another are inside, and farther from any digit.",
        thread=1,
        chapter=PAGE,
        figure=_overlay_to_new,
        threshold=at_least(1.2),
        mutation=overlay_nothing,
    ),
)
