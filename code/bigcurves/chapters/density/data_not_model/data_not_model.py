"""Data, not model: what four families of learners can do is decided by the data they see.

Nearest neighbour, a kernel machine, a forest and a network learn 500 real digits, and all four
reach nearly the same accuracy on digits of other people. One permutation of the pixels for all
images changes nothing, for it leaves the structure in place. A fresh permutation for each image,
or labels shuffled, takes the structure away: every learner still fits all its training digits,
and every learner guesses on the rest. So fitting tells nothing about structure.

What could fool us: the four see the digits as a plain row of numbers; a convolution would feel
the fixed permutation. They agree because these digits are well aligned and 500 cover them
densely: shifted by up to four pixels, they differ by 10 points. Scrambled digits keep their ink,
which is worth 1 or 2 points above the guess of 10.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from bigcurves.chapters.density.data_not_model.families import fitted_families
from bigcurves.claims.claim import Claim, at_least, at_most, in_place_of, mean_where
from bigcurves.running.repeats import Rows, exact, trained
from bigcurves.sample import Sample
from bigcurves.worlds import Digits
from bigcurves.worlds.digits import Form, fewest

CHAPTER = "density/data-not-model"
CONDITIONS = ("real", "permuted", "scrambled", "shuffled")
MOST = fewest(10)  # digits of ten sheets, whichever they are


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many digits are learnt, and what is done to them.

    Attributes
    ----------
    n
        Training digits of ten sheets, at most 1,277; all digits of four others are the test set.
    shift
        Largest shift of each digit, across and down, in whole pixels.
    forms
        The form of the digits in each condition; a control puts another one there.
    shuffled_share
        Share of the labels that are shuffled in the last condition, 0 to 1.
    repeats
        How often each training image is shown (no function fits two labels of one image).
    """

    n: int = 500
    shift: int = 0
    forms: tuple[Form, ...] = ("raw", "permuted", "scrambled", "raw")
    shuffled_share: float = 1.0
    repeats: int = 1

    def __post_init__(self) -> None:
        if not 10 <= self.n <= MOST:
            raise ValueError(f"n must be between 10 and {MOST}, got {self.n}")
        if not 0 <= self.shuffled_share <= 1:
            raise ValueError(f"shuffled_share must be between 0 and 1, got {self.shuffled_share}")
        if not 1 <= self.repeats <= self.n:
            raise ValueError(f"repeats must be between 1 and n = {self.n}, got {self.repeats}")


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each condition of the data and each family of models.

    `train` and `test` are shares of digits named rightly.
    """
    rows: Rows = []
    for data, known, new in _conditions(settings, seed):
        X, y = known.inputs, np.asarray(known.targets)
        for model, learner in fitted_families(X, y, random_state=seed):
            train, test = learner.score(X, y), learner.score(new.inputs, new.targets)
            key = {"seed": seed, "data": data, "model": model}
            rows.append(key | {"train": train, "test": test})
    return rows


def _conditions(settings: Settings, seed: int) -> Iterator[tuple[str, Sample, Sample]]:
    """Draw the same digits, known and new, four times, each time with something done to them."""
    shown = np.arange(settings.n) % (settings.n // settings.repeats)
    for data, form in zip(CONDITIONS, settings.forms, strict=True):
        world = Digits(form=form, shift=settings.shift)
        known, new = world.split(np.random.default_rng([seed, 0]))
        known = Sample(inputs=known.inputs[shown], targets=np.asarray(known.targets)[shown])
        if data == "shuffled":
            rng = np.random.default_rng([seed, 1])
            known, new = (_shuffled(part, settings.shuffled_share, rng) for part in (known, new))
        yield data, known, new


def _shuffled(sample: Sample, share: float, rng: np.random.Generator) -> Sample:
    """Shuffle a share of the labels among themselves."""
    labels = np.asarray(sample.targets)
    chosen = rng.permutation(len(labels))[: round(share * len(labels))]
    shuffled = labels.copy()
    shuffled[chosen] = labels[rng.permutation(chosen)]
    return Sample(inputs=sample.inputs, targets=shuffled)


def _spread(run: pd.DataFrame, along: str) -> float:
    """Average over one column the range of test accuracy along the other."""
    ranges = run.groupby("data" if along == "model" else "model")["test"]
    return float((ranges.max() - ranges.min()).mean())


def _best_on(run: pd.DataFrame, data: str) -> float:
    return float(run.loc[run["data"] == data, "test"].max())


def show_each_twice(settings: Settings) -> Settings:
    """Show each training image twice, so that random labels contradict each other."""
    return replace(settings, repeats=2)


def shift_digits(settings: Settings) -> Settings:
    """Shift each digit by up to four pixels."""
    return replace(settings, shift=4)


def spoil_nothing(settings: Settings) -> Settings:
    """Leave digits and labels as they are in every part."""
    forms = in_place_of(settings.forms, scrambled="raw")
    return replace(settings, forms=forms, shuffled_share=0.0)


def scramble_the_permuted(settings: Settings) -> Settings:
    """Permute each digit's pixels in its own way where all share one permutation."""
    return replace(settings, forms=in_place_of(settings.forms, permuted="scrambled"))


def permute_the_scrambled(settings: Settings) -> Settings:
    """Give all digits one permutation where each has its own."""
    return replace(settings, forms=in_place_of(settings.forms, scrambled="permuted"))


def shuffle_half_of_the_labels(settings: Settings) -> Settings:
    """Shuffle only half of the labels."""
    return replace(settings, shuffled_share=0.5)


OF_WORLD = "shift forms shuffled_share repeats"
REPEATS = exact("data model") | trained("train test")

CLAIMS = (
    Claim(
        id="data-all-fit",
        sentence="Every learner fits its training digits, whatever was done to them.",
        thread=3,
        chapter=CHAPTER,
        figure=lambda run: float(run["train"].min()),
        threshold=at_least(0.99),
        mutation=show_each_twice,
    ),
    Claim(
        id="data-models-agree",
        sentence="On real digits four families of learners differ by a few points at most.",
        thread=3,
        chapter=CHAPTER,
        figure=lambda run: _spread(run[run["data"] == "real"], "model"),
        threshold=at_most(0.06),
        mutation=shift_digits,
    ),
    Claim(
        id="data-decides",
        sentence="Taking the structure out of the data costs every learner over 80 points.",
        thread=3,
        chapter=CHAPTER,
        figure=lambda run: _spread(run, "data"),
        threshold=at_least(0.8),
        mutation=spoil_nothing,
    ),
    Claim(
        id="data-permutation-blind",
        sentence="One permutation of the pixels for all digits moves no learner's mean.",
        thread=3,
        chapter=CHAPTER,
        figure=lambda run: abs(
            mean_where(run, data="real")["test"] - mean_where(run, data="permuted")["test"]
        ),
        threshold=at_most(0.02),
        mutation=scramble_the_permuted,
        by_construction="none of these learners knows which pixels are neighbours",
    ),
    Claim(
        id="data-scrambled-chance",
        sentence="With a fresh permutation for each digit, the best learner guesses.",
        thread=3,
        chapter=CHAPTER,
        figure=lambda run: _best_on(run, "scrambled"),
        threshold=at_most(0.15),
        mutation=permute_the_scrambled,
    ),
    Claim(
        id="data-shuffled-chance",
        sentence="With labels shuffled, the best learner guesses.",
        thread=4,
        chapter=CHAPTER,
        figure=lambda run: _best_on(run, "shuffled"),
        threshold=at_most(0.15),
        mutation=shuffle_half_of_the_labels,
        by_construction="labels independent of the inputs tell nothing of new ones",
    ),
)
