"""More clean data can hurt: a model of 200 features is at its worst with 200 digits.

The features are those of *double descent*, but now their number stays and the digits are added.
Where digits meet features the one curve through all labels swings wildly; with twice as many
digits no curve passes through all of them, and the fit calms down (Nakkiran et al. 2020 saw the
same in networks). A small ridge takes the peak away.

What could fool us: nothing damps these fits, which nobody would do in practice. The harm is in
the number of digits *relative to the model*, not in the digits.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from sklearn.linear_model import Ridge

from bigcurves.claims.claim import Claim, at_least, at_most, mean_where
from bigcurves.learners import CosineClassifier
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.worlds import Digits

PAGE = "density/double-descent"
FITS = ("plain", "damped")  # the rows' names, in order


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many digits are learned by how many features.

    Attributes
    ----------
    sizes
        Numbers of training digits of ten sheets, at most 1,277, nested; all digits of four others
        are the test.
    features
        How many cosines the model has.
    penalties
        The ridge of each of `FITS`: the plain one has none.
    """

    sizes: tuple[int, ...] = (50, 100, 150, 180, 200, 220, 300, 400, 800, 1200)
    features: int = 200
    penalties: tuple[float, ...] = (0.0, 1.0)


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each `fit` ("plain", "damped") and size `n`, with its `test` error."""
    known, others = Digits().split(np.random.default_rng([seed, 0]))
    X, y = known.inputs, np.asarray(known.targets)
    rows: Rows = []
    for n in settings.sizes:
        model = CosineClassifier(features=settings.features, random_state=seed).fit(X[:n], y[:n])
        cosines, new = model.cosines(X[:n]), model.cosines(others.inputs)
        one_hot = (y[:n, np.newaxis] == model.classes_).astype(float)
        for fit, penalty in zip(FITS, settings.penalties, strict=True):
            weights = model.coef_
            if penalty:
                weights = Ridge(penalty, fit_intercept=False).fit(cosines, one_hot).coef_.T
            named = model.classes_[(new @ weights).argmax(axis=1)]
            error = float((named != others.targets).mean())
            rows.append({"seed": seed, "fit": fit, "n": n, "test": error})
    return rows


def _twice_the_digits(run: pd.DataFrame) -> float:
    """Divide the plain fit's error with 200 digits by that with 100."""
    many, few = (mean_where(run, fit="plain", n=n)["test"] for n in (200, 100))
    return float(many / few)


def damp_the_plain(settings: Settings) -> Settings:
    """Give the plain fit a ridge."""
    return replace(settings, penalties=(1.0, 1.0))


def undamp_the_damped(settings: Settings) -> Settings:
    """Leave next to nothing of the damped fit's ridge."""
    return replace(settings, penalties=(0.0, 1e-12))


OF_WORLD = "sizes"
REPEATS = exact("fit n") | close("test")

CLAIMS = (
    Claim(
        id="threshold-more-data-hurts",
        sentence="For a model of 200 features, going from 100 digits to 200 multiplies the error.",
        thread=7,
        chapter=PAGE,
        figure=_twice_the_digits,
        threshold=at_least(3),
        mutation=damp_the_plain,
        about_learner=True,
    ),
    Claim(
        id="threshold-damped-never",
        sentence="With a small ridge, more digits cost the same model three points at most.",
        thread=7,
        chapter=PAGE,
        figure=lambda run: float(run.loc[run["fit"] == "damped", "test"].diff().max()),
        threshold=at_most(0.03),
        mutation=undamp_the_damped,
        about_learner=True,
    ),
)
