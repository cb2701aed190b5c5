"""Benign, tempered or catastrophic: what a wrong label costs a curve that passes through it.

Real digits, a share of whose training labels is drawn anew, learned from 50 to 1,200 of them by
three machines. The first is the limit of endlessly many random cosines, a Gaussian kernel that
passes through every label; the second is nearest neighbour, which does so too; the third is the
first with a ridge, which need not. As clean digits are added all three become right. With wrong
labels the two that interpolate end at an error near the share of wrong labels, or above it:
nearest neighbour hands each on about once, the kernel a little oftener. That is what Mallinar et
al. (2022) call tempered. Only the machine that need not pass through the labels shakes the noise
off.

What could fool us: 1,200 digits are not the limit that the words are defined in. Overfitting can
be benign, but only in spaces with very many weak directions in which noise can hide (Bartlett et
al. 2020); a picture of 64 pixels has few. The ridge was not tuned, and costs a little on clean
labels.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.linalg import solve
from sklearn.metrics.pairwise import rbf_kernel
from sklearn.neighbors import KNeighborsClassifier

from bigcurves.claims.claim import Claim, at_least, at_most, between, mean_where
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.sample import Floats, Targets
from bigcurves.worlds import Digits

PAGE = "density/double-descent"
CLASSES = 10
PARTS = ("clean", "noisy", "heavy")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many digits are learned, and how many labels are drawn anew.

    Attributes
    ----------
    sizes
        Numbers of training digits of ten sheets, at most 1,277, nested; all digits of four others
        are the test.
    shares
        Share of training labels drawn anew from all ten, in each part: a tenth of them stay right.
    scale
        Standard deviation of the frequencies of the cosines, in radians per unit of brightness.
    penalty
        Ridge of the machine that need not pass through its labels.
    """

    sizes: tuple[int, ...] = (50, 100, 200, 400, 800, 1200)
    shares: tuple[float, ...] = (0.0, 0.2, 0.4)
    scale: float = 1 / 3
    penalty: float = 1.0


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each part, size n and machine: `wrong` training labels, `test` error."""
    rng = np.random.default_rng([seed, 0])
    known, new = Digits().split(rng)
    held = settings.sizes[-1]
    X = np.concatenate([known.inputs[:held], new.inputs])
    y = np.concatenate([np.asarray(known.targets)[:held], np.asarray(new.targets)])
    chance, other = rng.random(len(y)), rng.integers(CLASSES, size=len(y))
    gram = rbf_kernel(X, X[:held], gamma=settings.scale**2 / 2)
    rows: Rows = []
    for part, share in zip(PARTS, settings.shares, strict=True):
        labels = np.where(chance < share, other, y)
        for n in settings.sizes:
            wrong = float((labels[:n] != y[:n]).mean())
            for machine, named in _machines(gram, X, labels, n, held, settings.penalty).items():
                key = {"seed": seed, "labels": part, "n": n, "machine": machine}
                rows.append(key | {"wrong": wrong, "test": float((named != y[held:]).mean())})
    return rows


def _machines(
    gram: Floats, X: Floats, labels: Targets, n: int, held: int, penalty: float
) -> dict[str, Targets]:
    """Name the test digits by each machine, taught the first n labels."""
    one_hot = np.eye(CLASSES)[labels[:n]]
    named = {}
    for machine, ridge in (("every label", 0.0), ("ridge", penalty)):
        weights = solve(gram[:n, :n] + ridge * np.eye(n), one_hot, assume_a="pos")
        named[machine] = (gram[held:, :n] @ weights).argmax(axis=1)
    nearest = KNeighborsClassifier(n_neighbors=1).fit(X[:n], labels[:n])
    return named | {"nearest neighbour": nearest.predict(X[held:])}


def _cost(run: pd.DataFrame, machine: str, labels: str = "noisy") -> float:
    """Give the error that wrong labels add at the largest size, for each of them."""
    most = run["n"].max()
    taught = mean_where(run, labels=labels, machine=machine, n=most)
    clean = mean_where(run, labels="clean", machine=machine, n=most)
    return float((taught["test"] - clean["test"]) / max(taught["wrong"] - clean["wrong"], 1e-9))


def _ridge_falls(run: pd.DataFrame) -> float:
    most = run["n"].max()
    ridge, every = (
        mean_where(run, labels="noisy", machine=machine, n=most)["test"]
        for machine in ("ridge", "every label")
    )
    return float(ridge / every)


def clean_noisy_labels(settings: Settings) -> Settings:
    """Leave the noisy labels as they were."""
    return replace(settings, shares=(0.0, 0.0, 0.4))


def spoil_clean_labels(settings: Settings) -> Settings:
    """Draw two fifths of the clean labels anew."""
    return replace(settings, shares=(0.4, 0.2, 0.4))


OF_WORLD = "sizes shares"
REPEATS = exact("labels n machine") | close("wrong test")

CLAIMS = (
    Claim(
        id="tempered-one-for-one",
        sentence="A kernel through every label hands each wrong one on once or a little oftener.",
        thread=7,
        chapter=PAGE,
        figure=lambda run: _cost(run, "every label"),
        threshold=between(0.8, 1.8),
        mutation=clean_noisy_labels,
    ),
    Claim(
        id="tempered-like-nearest",
        sentence="Nearest neighbour hands each wrong label on about once.",
        thread=7,
        chapter=PAGE,
        figure=lambda run: _cost(run, "nearest neighbour"),
        threshold=between(0.7, 1.3),
        mutation=clean_noisy_labels,
    ),
    Claim(
        id="tempered-ridge-shakes-off",
        sentence="With a ridge the same machine errs less than half as often on noisy labels.",
        thread=7,
        chapter=PAGE,
        figure=_ridge_falls,
        threshold=at_most(0.5),
        mutation=clean_noisy_labels,
    ),
    Claim(
        id="tempered-clean-benign",
        sentence="On clean labels, passing through all of them costs nothing against the ridge.",
        thread=9,
        chapter=PAGE,
        figure=lambda run: float(
            mean_where(run, labels="clean", machine="ridge", n=run["n"].max())["test"]
            - mean_where(run, labels="clean", machine="every label", n=run["n"].max())["test"]
        ),
        threshold=at_least(0),
        mutation=spoil_clean_labels,
    ),
)
