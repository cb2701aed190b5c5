"""The imperfect model: it errs where samples are missing, and only there.

Bars with two latents are learnt everywhere but in a disc in the middle of the latents. Of the
squared error of a kernel machine and of a network most lies in the disc's 15 percent of the
area, and beyond the edge of the sampled range it grows by orders of magnitude. The ideal model
knows the manifold: it reads the latents off a picture, by projection, and errs nowhere.

What could fool us: the target might be harder in the disc. So as a control the labels are
shuffled, and then nearest neighbours and the kernel machine are no worse there than elsewhere
(the network, fitted to noise, swings more widely where nothing holds it). Nearest neighbours err
between all samples, so the disc takes half of their error. With noise even the ideal model errs.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy.spatial import KDTree
from scipy.stats import spearmanr

from bigcurves.chapters.density.imperfect_model.patchy import Mask, Patchy
from bigcurves.claims.claim import Claim, at_least, at_most, between, mean_where
from bigcurves.running.repeats import Rows, exact, trained
from bigcurves.sample import Floats

CHAPTER = "density/imperfect-model"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What is sampled, what is asked, and what the controls change.

    Attributes
    ----------
    n, test
        Training pictures, and test pictures all over the latents.
    area
        The disc's share of the latents.
    kappa, targets
        Frequency of the targets, and how many are learnt at once, so that none is special.
    edge
        Beyond the edge: training pictures have a first latent below this.
    sampled
        Where the training pictures lie: outside the part that is left out, or everywhere.
    labels
        Whether the targets' values are taught as they are, true, or shuffled among the pictures.
    control
        What becomes of the labels in the control: they are shuffled, or stay in place.
    noise
        Standard deviation of the pixels' noise in the test pictures.
    """

    n: int = 400
    test: int = 1000
    area: float = 0.15
    kappa: float = 6.0
    targets: int = 8
    edge: float = 0.6
    sampled: Literal["outside", "everywhere"] = "outside"
    labels: Literal["true", "shuffled"] = "true"
    control: Literal["shuffled", "in place"] = "shuffled"
    noise: float = 0.0


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each learner in three parts: "hole", its "control", and "beyond" the edge.

    `error` is the mean squared error of targets of variance 1, and `ratio` that in what was left
    out over that elsewhere. In the hole and its control there are the `share` of the error inside
    and the rank correlation `rank` of error with the distance to the nearest training latent. A
    row "ideal" gives the ideal model's error overall and `in_hole`.
    """
    return [{"seed": seed, **row} for part in (_hole, _beyond) for row in part(settings, seed)]


def _drawn(
    settings: Settings, seed: int, part: Callable[[Floats], Mask]
) -> tuple[Patchy, Floats, np.random.Generator]:
    """Draw a world with a part left out, unless all is sampled, and the labels taught in it."""
    rng = np.random.default_rng([seed, 0])
    numbers = {"n": settings.n, "test": settings.test, "targets": settings.targets}
    everywhere = settings.sampled == "everywhere"
    left_out = (lambda latents: part(latents) & False) if everywhere else part
    patchy = Patchy.draw(rng, **numbers, kappa=settings.kappa, left_out=left_out)
    shuffled = settings.labels == "shuffled"
    return patchy, rng.permutation(patchy.taught) if shuffled else patchy.taught, rng


def _hole(settings: Settings, seed: int) -> Iterator[dict[str, Any]]:
    """Leave a disc out, and see where the errors are, with the labels and with the control's."""
    radius = np.sqrt(settings.area / np.pi)

    def part(latents: Floats) -> Mask:
        return np.asarray(np.linalg.norm(latents - 0.5, axis=1) < radius)

    patchy, labels, rng = _drawn(settings, seed, part)
    inside, distance = part(patchy.new), KDTree(patchy.known).query(patchy.new)[0]
    control = rng.permutation(labels) if settings.control == "shuffled" else labels
    for name, taught in (("hole", labels), ("control", control)):
        for learner, errors in patchy.errors(taught, rng):
            yield {"part": name, "learner": learner} | {
                "error": errors.mean(),
                "share": errors[inside].sum() / errors.sum(),
                "ratio": errors[inside].mean() / errors[~inside].mean(),
                "rank": np.mean([spearmanr(e, distance).statistic for e in errors.T]),
            }
    ideal = patchy.ideal_errors(rng, noise=settings.noise)
    means = {"error": ideal.mean(), "in_hole": ideal[inside].mean()}
    yield {"part": "ideal", "learner": "ideal"} | means


def _beyond(settings: Settings, seed: int) -> Iterator[dict[str, Any]]:
    """Sample one side of an edge only, and compare the errors on both."""
    patchy, labels, rng = _drawn(settings, seed, lambda latents: latents[:, 0] >= settings.edge)
    beyond = patchy.new[:, 0] >= settings.edge
    for learner, errors in patchy.errors(labels, rng):
        ratio = errors[beyond].mean() / errors[~beyond].mean()
        yield {"part": "beyond", "learner": learner, "error": errors.mean(), "ratio": ratio}


def _figures(run: pd.DataFrame, part: str, column: str) -> "pd.Series[float]":
    """Pick a column of one part, by learner."""
    return run[run["part"] == part].set_index("learner")[column]


def fill_what_was_left_out(settings: Settings) -> Settings:
    """Sample the parts that were left out."""
    return replace(settings, sampled="everywhere")


def shuffle_true_targets(settings: Settings) -> Settings:
    """Shuffle the targets that are called true."""
    return replace(settings, labels="shuffled")


def leave_control_in_place(settings: Settings) -> Settings:
    """Leave the control's targets in place."""
    return replace(settings, control="in place")


def add_noise(settings: Settings) -> Settings:
    """Add noise to the test pictures."""
    return replace(settings, noise=0.2)


OF_WORLD = "sampled labels control noise"
REPEATS = exact("part learner") | trained("error share ratio rank in_hole")

CLAIMS = (
    Claim(
        id="imperfect-errs-in-the-hole",
        sentence="Most of the squared error lies in the 15 percent that were never sampled.",
        thread=2,
        chapter=CHAPTER,
        figure=lambda run: float(_figures(run, "hole", "share")[["ridge", "network"]].min()),
        threshold=at_least(0.6),
        mutation=fill_what_was_left_out,
    ),
    Claim(
        id="imperfect-errs-far-from-samples",
        sentence="The further the nearest sample, the larger the error tends to be.",
        thread=2,
        chapter=CHAPTER,
        figure=lambda run: float(_figures(run, "hole", "rank").mean()),
        threshold=at_least(0.3),
        mutation=shuffle_true_targets,
    ),
    Claim(
        id="imperfect-hole-control",
        sentence="With shuffled labels the disc is no worse than the rest.",
        thread=2,
        chapter=CHAPTER,
        figure=lambda run: float(_figures(run, "control", "ratio")[["nearest", "ridge"]].mean()),
        threshold=between(0.6, 1.4),
        mutation=leave_control_in_place,
    ),
    Claim(
        id="imperfect-ideal-does-not-err",
        sentence="The ideal model errs nowhere, not even in the disc.",
        thread=2,
        chapter=CHAPTER,
        figure=lambda run: mean_where(run, part="ideal")["in_hole"],
        threshold=at_most(1e-3),
        mutation=add_noise,
        by_construction="the ideal model is the world itself",
    ),
    Claim(
        id="imperfect-beyond-the-edge",
        sentence="Beyond the edge of the samples the error is tens of times larger at least.",
        thread=2,
        chapter=CHAPTER,
        figure=lambda run: float(_figures(run, "beyond", "ratio")[["ridge", "network"]].min()),
        threshold=at_least(10),
        mutation=fill_what_was_left_out,
    ),
)
