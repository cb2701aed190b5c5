"""What one wrong label costs a curve through all labels: it depends on the kernel and its reach.

Real digits, clean or a fifth of the labels drawn anew, learned by kernels that pass through every
label, wrong ones included. The price of a wrong label is the error on other people's digits that
the wrong labels add, divided by their share. A nearest neighbour's is about one. A Gaussian
kernel's goes from about two, where it reaches far, to a third where it lets go within a third of
the distance between two digits, and at a far reach more digits raise it. A Laplace kernel, which
has a point at its top, pays less at every reach, and with more digits less and less, though it
misses no label either. So "one error for each wrong label" is no law: it is one place of two
dials.

Counted by squared error, a Laplace kernel's price is the same at 75 digits and at 1,200, as theory
has it for such kernels (Mallinar et al. 2022: tempered). Named digits hide it: a class that loses
some votes is named all the same.

What could fool us: 1,200 digits are not the limit in which benign and tempered are defined, and
these are pictures of 64 pixels. At still farther reaches 64-bit numbers carry no Gaussian kernel:
at four times the farthest here, its condition is past 10 to the 11. A kernel could pay little for
wrong labels because it is blunt; on clean labels the Laplace kernel errs as rarely as the Gaussian
of the same reach.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from bigcurves.chapters.density.double_descent import price_figures
from bigcurves.chapters.density.double_descent.kernels import (
    CLASSES,
    KERNELS,
    Kernel,
    kernel_of,
    votes,
)
from bigcurves.claims.claim import Claim, at_least, between
from bigcurves.distances import all_distances
from bigcurves.running.repeats import Rows, close, exact, trained
from bigcurves.sample import Floats, Targets
from bigcurves.worlds import Digits

PAGE = "density/double-descent"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many digits are learned, with how many labels drawn anew, and by which kernels.

    Attributes
    ----------
    sizes
        Numbers of training digits of ten sheets, at most 1,277, nested; all digits of four others
        are the test.
    shares
        Share of training labels drawn anew from all ten, clean and noisy: a tenth of them stay
        right.
    kernels
        Which kernels, the flat one first.
    scales
        One over their reach, times the root of two: the standard deviation of a Gaussian's
        frequencies, in radians per unit of brightness.
    score
        How errors are counted: digits named wrongly, or half the squared distance of the ten votes
        from those of the truth, which is 1 for a wrong name without doubt.
    """

    sizes: tuple[int, ...] = (75, 150, 300, 600, 1200)
    shares: tuple[float, ...] = (0.0, 0.2)
    kernels: tuple[Kernel, ...] = KERNELS
    scales: tuple[float, ...] = (1 / 12, 1 / 6, 1 / 3, 2 / 3, 4 / 3, 8 / 3)
    score: Literal["named", "squared"] = "named"


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each size, kernel and scale: its `reach`, its errors, and the `price`.

    `reach` is the distance at which the kernel is 1/e, in median distances of two training digits;
    `clean` and `noisy` are errors on new digits, `missed` is the share of noisy training labels
    that are not met, `price` the error added by each wrong label, and `squared` that by squares.
    """
    rng = np.random.default_rng([seed, 0])
    known, new = Digits().split(rng)
    held = settings.sizes[-1]
    X = np.concatenate([known.inputs[:held], new.inputs])
    y = np.concatenate([np.asarray(known.targets)[:held], np.asarray(new.targets)])
    chance, other = rng.random(len(y)), rng.integers(CLASSES, size=len(y))
    taught = [np.where(chance < share, other, y) for share in settings.shares]
    apart = all_distances(X, X[:held])
    median = float(np.median(apart[:held][np.triu_indices(held, 1)]))
    rows: Rows = []
    for kernel in settings.kernels:
        for scale in settings.scales:
            gram = kernel_of(apart, kernel, scale)
            reach = float(np.sqrt(2) / scale / median)
            for n in settings.sizes:
                key = {"seed": seed, "kernel": kernel, "scale": scale, "reach": reach, "n": n}
                rows.append(key | _errors(gram, y, taught, n, settings))
    return rows


def _errors(
    gram: Floats, y: Targets, taught: list[Targets], n: int, settings: Settings
) -> dict[str, float]:
    """Measure errors and prices of the kernel that has met n labels, clean and noisy."""
    held, truth = settings.sizes[-1], np.eye(CLASSES)[y]
    given = [votes(gram, labels, n) for labels in taught]
    wrong = [float((labels[:n] != y[:n]).mean()) for labels in taught]
    added = max(wrong[1] - wrong[0], 1 / n)
    errors = {
        "named": [float((each.argmax(axis=1) != y)[held:].mean()) for each in given],
        "squared": [float(((each - truth)[held:] ** 2).sum(axis=1).mean() / 2) for each in given],
    }
    prices = {score: (noisy - clean) / added for score, (clean, noisy) in errors.items()}
    clean, noisy = errors[settings.score]
    return {
        "clean": clean,
        "noisy": noisy,
        "missed": float((given[1].argmax(axis=1) != taught[1])[:n].mean()),
        "price": prices[settings.score],
        "squared": prices["squared"],
    }


def clean_noisy_labels(settings: Settings) -> Settings:
    """Leave the noisy labels as they were."""
    return replace(settings, shares=(0.0, 0.0))


def draw_all_labels(settings: Settings) -> Settings:
    """Draw all of the noisy labels anew."""
    return replace(settings, shares=(0.0, 1.0))


OF_WORLD = "sizes shares"
CALLED = {"gaussian": "Gaussian kernel", "laplace": "Laplace kernel"}
REPEATS = (  # a far-reaching Gaussian is nearly singular: 1.7e-9 and one digit of 512 between
    # two processors' linear algebra (Haswell, Nehalem)
    exact("kernel n")
    | close("scale reach missed")
    | close("squared", relative=1e-6)
    | trained("clean noisy price")
)

CLAIMS = (
    Claim(
        id="price-by-reach",
        sentence=(
            "A wrong label costs a Gaussian kernel that reaches over five typical distances one "
            "error more than one that reaches over a third of one."
        ),
        thread=7,
        chapter=PAGE,
        figure=price_figures.by_reach,
        threshold=at_least(0.75),
        mutation=clean_noisy_labels,
    ),
    Claim(
        id="price-laplace-below",
        sentence=(
            "At each reach a wrong label costs a Laplace kernel less than a Gaussian kernel, "
            "counted in wrong names."
        ),
        thread=7,
        chapter=PAGE,
        figure=price_figures.apart,
        threshold=at_least(0.05),
        mutation=clean_noisy_labels,
    ),
    Claim(
        id="price-laplace-falls",
        sentence=(
            "Counted in wrong names, a Laplace kernel pays less for each wrong label with 1,200 "
            "digits than with 75, by a tenth of an error or more."
        ),
        thread=7,
        chapter=PAGE,
        figure=price_figures.falls,
        threshold=at_least(0.1),
        mutation=draw_all_labels,
    ),
    Claim(
        id="price-gaussian-grows",
        sentence=(
            "By squared error the price of a far-reaching Gaussian kernel grows with more digits, "
            "by one or more from 75 to 1,200."
        ),
        thread=7,
        chapter=PAGE,
        figure=price_figures.grows,
        threshold=at_least(1),
        mutation=clean_noisy_labels,
    ),
    Claim(
        id="price-laplace-tempered",
        sentence=(
            "By squared error a wrong label costs a Laplace kernel of any reach half an error or "
            "less, with few digits as with many."
        ),
        thread=7,
        chapter=PAGE,
        figure=price_figures.largest,
        threshold=between(0.2, 0.6),
        mutation=clean_noisy_labels,
    ),
)
