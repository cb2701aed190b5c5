"""The density law on real digits: what holds where nobody knows the latents, and what does not.

The digits are shown as they are, and shifted at random by up to one, two and three pixels, so
that the same number of pictures has more ways to cover. The gap is measured where it can be, in
pixels: root mean square from a new picture to its nearest known one. The number of pictures
explains less than half of the spread of the error; the gap explains nearly all of it, for nearest
neighbours and for a kernel machine, although the labels are real and no target was made to fit.

Where it fails: noise on the pixels widens the gap far more than it raises the error, since a
distance in pixels counts what does not matter, too. Measured between the same pairs of pictures
before the noise was added, the gap puts shifted and noisy digits on one curve.

The digits asked for are other people's: eleven of the fourteen sheets are learned from.

What could fool us: the shifts are our own, the one dial that real digits allow. The labels have a
frequency kappa too, but only one, and nobody knows it: other labels would have another curve.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd
from sklearn.preprocessing import label_binarize

from bigcurves.claims.claim import Claim, at_least, at_most
from bigcurves.learners import nested_laplace_ridge, nested_nearest
from bigcurves.measures import collapse_r_squared
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.sample import Floats, Targets
from bigcurves.worlds import Digits

CHAPTER = "density/density-law"
Over: TypeAlias = Literal["shifts", "noises", "all"]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How the digits are shown, and how many of them are learnt.

    Attributes
    ----------
    shifts
        Largest shifts across and down, in pixels, one guise for each; the first is spoilt, too.
    noises
        Standard deviations of the noise on each pixel, one guise for each; ink is from 0 to 1.
    sizes
        Numbers of learnt digits of eleven sheets, at most 1,407, nested in each other; all those of
        the other three are asked for.
    labels
        "true" labels, or the control "shuffled".
    """

    shifts: tuple[int, ...] = (0, 1, 2, 3)
    noises: tuple[float, ...] = (0.1, 0.2, 0.3)
    sizes: tuple[int, ...] = (20, 40, 80, 160, 320, 640, 1280)
    labels: Literal["true", "shuffled"] = "true"


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each guise, learner and number n of learnt digits.

    `guise` is "shifted", "noisy" or the control "labels shuffled", with `shift` in pixels and
    `noise` beside. `gap` is the root-mean-square distance from a new picture to the nearest
    learnt one, as they are seen, `clean` that of the same pairs before the noise; both in units
    of one pixel's full ink. `error` is the share of wrong answers, half a picture at least.
    """
    return [
        {"seed": seed, "guise": guise, "shift": shift, "noise": noise, **row}
        for guise, shift, noise, clean, seen, labels in _guises(settings, seed)
        for row in _learnt(settings, clean, seen, labels)
    ]


def _guises(
    settings: Settings, seed: int
) -> Iterator[tuple[str, int, float, Floats, Floats, Targets]]:
    """Show the digits in each guise: pictures before and after the noise, and labels.

    Those to be learnt come first, as many as the last of the sizes; all others are asked for.
    """
    for shift in settings.shifts:
        rng = np.random.default_rng([seed, shift])
        known, new = Digits(shift=shift).split(rng, sheets=(11, 3))
        most = settings.sizes[-1]
        pictures = np.concatenate([known.inputs[:most], new.inputs])
        labels = np.concatenate([np.asarray(known.targets)[:most], np.asarray(new.targets)])
        shuffled = rng.permutation(labels)
        labels = shuffled if settings.labels == "shuffled" else labels
        yield "shifted", shift, 0.0, pictures, pictures, labels
        if shift == settings.shifts[0]:
            yield "labels shuffled", shift, 0.0, pictures, pictures, shuffled
            for noise in settings.noises:
                grain = noise * rng.standard_normal(pictures.shape)
                yield "noisy", shift, noise, pictures, pictures + grain, labels


def _learnt(
    settings: Settings, clean: Floats, seen: Floats, labels: Targets
) -> Iterator[dict[str, object]]:
    """Let both learners answer from their first n pictures, for every n."""
    most, sizes = settings.sizes[-1], settings.sizes
    known, asked = labels[:most], labels[most:]
    gaps = {}
    for n, near in nested_nearest(seen[:most], seen[most:], sizes):
        gaps[n] = {
            "gap": _apart(seen[most:], seen[near]),
            "clean": _apart(clean[most:], clean[near]),
        }
        yield {"learner": "nearest", "n": n, **gaps[n], "error": _error(known[near], asked)}
    signs = label_binarize(known, classes=range(10), neg_label=-1)
    for n, scores in nested_laplace_ridge(seen[:most], signs, seen[most:], sizes):
        yield {"learner": "ridge", "n": n, **gaps[n], "error": _error(scores.argmax(axis=1), asked)}


def _apart(rows: Floats, others: Floats) -> float:
    """Measure the root-mean-square distance of pairs."""
    return float(np.sqrt(((rows - others) ** 2).sum(axis=1).mean()))


def _error(told: Targets, true: Targets) -> float:
    """Give the share that is wrong; not one counts as half a one, so that it has a logarithm."""
    return max(0.5, float((told != true).sum())) / len(true)


def explained(run: pd.DataFrame, by: str, *, learner: str = "nearest", over: Over = "all") -> float:
    """Return the share of the spread of log error that a column explains, R^2.

    Over the "shifts", over the "noises" (with the digits as they are among them), or over "all".
    """
    rows = run[(run["learner"] == learner) & (run["guise"] != "labels shuffled")]
    if over == "shifts":
        rows = rows[rows["guise"] == "shifted"]
    if over == "noises":
        rows = rows[rows["shift"] == rows["shift"].min()]
    return collapse_r_squared(rows[by], rows["error"])


def shuffle_labels(settings: Settings) -> Settings:
    """Shuffle the labels."""
    return replace(settings, labels="shuffled")


def shift_nothing(settings: Settings) -> Settings:
    """Show unshifted digits alone: their number is all that varies."""
    return replace(settings, shifts=(0,), sizes=(20, 30, 40, 80, 160, 320, 640, 960, 1280))


def quieten_noise(settings: Settings) -> Settings:
    """Add a tenth of the noise."""
    return replace(settings, noises=(0.01, 0.02, 0.03))


_claim = partial(Claim, thread=5, chapter=CHAPTER)

OF_WORLD = "labels noises shifts sizes"
REPEATS = exact("guise shift learner n") | close("noise gap clean error")

CLAIMS = (
    *(
        _claim(
            id=f"digit-density-folds-{learner}",
            sentence=f"The gap explains over nine tenths of the spread of {whose} error on digits.",
            figure=partial(explained, by="gap", learner=learner, over="shifts"),
            threshold=at_least(0.9),
            mutation=shuffle_labels,
        )
        for learner, whose in (("nearest", "nearest neighbours'"), ("ridge", "a kernel machine's"))
    ),
    _claim(
        id="digit-density-not-by-number",
        sentence="The number of digits explains less than six tenths of it.",
        figure=partial(explained, by="n", over="shifts"),
        threshold=at_most(0.6),
        mutation=shift_nothing,
    ),
    _claim(
        id="digit-density-noise-leaves",
        sentence="With noise on the pixels the gap no longer tells the error.",
        figure=partial(explained, by="gap", over="noises"),
        threshold=at_most(0.85),
        mutation=quieten_noise,
    ),
    _claim(
        id="digit-density-clean-gap-folds",
        sentence="Measured with the noise taken off, it tells it again, for every guise at once.",
        figure=partial(explained, by="clean"),
        threshold=at_least(0.9),
        mutation=shuffle_labels,
    ),
)
