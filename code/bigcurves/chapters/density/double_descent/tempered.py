"""Wrong labels, and four kinds of curve that are taught them.

Real digits, a share of whose training labels is drawn anew, learned from 50 to 1,200 of them. A
Gaussian kernel, the limit of endlessly many random cosines, passes through every label; so do a
Laplace kernel of the same reach and nearest neighbour; the Gaussian kernel with a ridge need not.
As clean digits are added all four become right. With wrong labels they come apart: the Gaussian
kernel and the nearest neighbour hand each wrong label on about once, the Laplace kernel a fifth of
them, and so does the ridge. `price` asks how this depends on the reach and on the digits.

What could fool us: 1,200 digits are not the limit in which benign and tempered are defined. The
ridge costs half a point on clean labels, and ten times the ridge nearly three.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from sklearn.neighbors import KNeighborsClassifier

from bigcurves.chapters.density.double_descent.kernels import CLASSES, kernel_of, votes
from bigcurves.claims.claim import Claim, at_most, between, mean_where
from bigcurves.distances import all_distances
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.sample import Floats, Targets
from bigcurves.worlds import Digits

PAGE = "density/double-descent"
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
        Standard deviation of the Gaussian kernel's frequencies, in radians per unit of brightness:
        both kernels are 1/e at the root of two over it.
    penalty
        Ridge of the kernel that need not pass through its labels, beside a diagonal of ones.
    neighbours
        How many nearest neighbours vote.
    """

    sizes: tuple[int, ...] = (50, 100, 200, 400, 800, 1200)
    shares: tuple[float, ...] = (0.0, 0.2, 0.4)
    scale: float = 1 / 3
    penalty: float = 0.1
    neighbours: int = 1


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each part, size n and machine: `wrong` training labels, `test` error."""
    rng = np.random.default_rng([seed, 0])
    known, new = Digits().split(rng)
    held = settings.sizes[-1]
    X = np.concatenate([known.inputs[:held], new.inputs])
    y = np.concatenate([np.asarray(known.targets)[:held], np.asarray(new.targets)])
    chance, other = rng.random(len(y)), rng.integers(CLASSES, size=len(y))
    apart = all_distances(X, X[:held])
    rows: Rows = []
    for part, share in zip(PARTS, settings.shares, strict=True):
        labels = np.where(chance < share, other, y)
        for n in settings.sizes:
            wrong = float((labels[:n] != y[:n]).mean())
            for machine, named in _named(apart, X, labels, n, settings).items():
                key = {"seed": seed, "labels": part, "n": n, "machine": machine}
                rows.append(key | {"wrong": wrong, "test": float((named != y[held:]).mean())})
    return rows


def _named(
    apart: Floats, X: Floats, labels: Targets, n: int, settings: Settings
) -> dict[str, Targets]:
    """Name the test digits by each kind of curve, taught the first n labels."""
    held = settings.sizes[-1]
    gaussian = kernel_of(apart, "gaussian", settings.scale)
    given = {
        "every label": votes(gaussian, labels, n),
        "laplace": votes(kernel_of(apart, "laplace", settings.scale), labels, n),
        "ridge": votes(gaussian, labels, n, settings.penalty),
    }
    nearest = KNeighborsClassifier(n_neighbors=settings.neighbours).fit(X[:n], labels[:n])
    named = {machine: each[held:].argmax(axis=1) for machine, each in given.items()}
    return named | {"nearest neighbour": nearest.predict(X[held:])}


def _cost(run: pd.DataFrame, machine: str, labels: str = "noisy") -> float:
    """Give the error that wrong labels add at the largest size, for each of them."""
    most = run["n"].max()
    taught = mean_where(run, labels=labels, machine=machine, n=most)
    clean = mean_where(run, labels="clean", machine=machine, n=most)
    return float((taught["test"] - clean["test"]) / max(taught["wrong"] - clean["wrong"], 1e-9))


def _ratio(run: pd.DataFrame, machine: str) -> float:
    """Divide a machine's error on noisy labels by that of the Gaussian kernel, at most digits."""
    most = run["n"].max()
    one, every = (
        mean_where(run, labels="noisy", machine=name, n=most)["test"]
        for name in (machine, "every label")
    )
    return float(one / every)


def _ridge_costs(run: pd.DataFrame) -> float:
    """Subtract, on clean labels, the error without the ridge from that with it."""
    ridge, every = (
        mean_where(run, labels="clean", machine=name, n=run["n"].max())["test"]
        for name in ("ridge", "every label")
    )
    return float(ridge - every)


def clean_noisy_labels(settings: Settings) -> Settings:
    """Leave the noisy labels as they were."""
    return replace(settings, shares=(0.0, 0.0, 0.4))


def strengthen_the_ridge(settings: Settings) -> Settings:
    """Take a ridge a hundred times as strong."""
    return replace(settings, penalty=100 * settings.penalty)


OF_WORLD = "sizes shares"
CALLED = {"every label": "Gaussian kernel", "laplace": "Laplace kernel"}
REPEATS = exact("labels n machine") | close("wrong test")

CLAIMS = (
    Claim(
        id="tempered-like-nearest",
        sentence="A single nearest neighbour hands each wrong label on about once.",
        thread=7,
        chapter=PAGE,
        figure=lambda run: _cost(run, "nearest neighbour"),
        threshold=between(0.7, 1.3),
        mutation=clean_noisy_labels,
    ),
    Claim(
        id="tempered-laplace",
        sentence=(
            "Taught the same wrong labels, a Laplace kernel errs less than two thirds as often as "
            "a Gaussian kernel of the same reach."
        ),
        thread=7,
        chapter=PAGE,
        figure=lambda run: _ratio(run, "laplace"),
        threshold=at_most(2 / 3),
        mutation=clean_noisy_labels,
    ),
    Claim(
        id="tempered-ridge-shakes-off",
        sentence=(
            "With a ridge of 0.1 a Gaussian kernel of this reach errs less than half as often on "
            "noisy labels."
        ),
        thread=7,
        chapter=PAGE,
        figure=lambda run: _ratio(run, "ridge"),
        threshold=at_most(0.5),
        mutation=clean_noisy_labels,
    ),
    Claim(
        id="tempered-ridge-costs-little",
        sentence=(
            "On clean labels that ridge costs a Gaussian kernel of this reach at most a "
            "point and a half."
        ),
        thread=7,
        chapter=PAGE,
        figure=_ridge_costs,
        threshold=at_most(0.015),
        mutation=strengthen_the_ridge,
        about_learner=True,
    ),
)
