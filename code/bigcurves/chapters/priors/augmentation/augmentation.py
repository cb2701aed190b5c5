"""Why does augmentation help? It covers the latents; how many rows it makes is no matter.

Four drawn pictures of each of eight turned glyphs are made into 64, in eight ways: copied, made
darker, turned by pixels a little or all the way round. Every training set has the same count;
the nearest neighbour's error falls as the gap does, from a test picture's latents to the nearest
training picture of its class. Fresh pictures, fewer and more of them, draw the curve of error
against gap on which the augmented sets are then found.

What could fool us: the gap needs the true latents, scaled by how far a picture moves with each.
And turning pixels blurs them, so that a turned picture is no new drawing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd
from scipy.stats import spearmanr
from sklearn.neighbors import KNeighborsClassifier

from bigcurves.claims.claim import Claim, at_least, between
from bigcurves.learners import turn_pictures
from bigcurves.measures import effective_sample_size
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.sample import Floats, Sample, Targets
from bigcurves.worlds import TURNED_EIGHT

Turning: TypeAlias = Literal["turn", "copy"]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many pictures are drawn, and how they are augmented.

    Attributes
    ----------
    n, k
        Pictures of each class drawn, and the pictures that each is made into.
    turns
        The most by which pictures are turned either way, in degrees, one set for each.
    fresh
        Pictures of each class in the sets of fresh ones.
    test
        Pictures asked for.
    turning, labels
        "copy" leaves turned pictures as they were, "shuffled" shuffles the labels:
        the controls.
    """

    n: int = 4
    k: int = 16
    turns: tuple[int, ...] = (10, 30, 60, 120, 180)
    fresh: tuple[int, ...] = (4, 8, 16, 32, 64, 128)
    test: int = 2000
    turning: Turning = "turn"
    labels: Literal["true", "shuffled"] = "true"


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each training set.

    `kind` is "augmented" or "fresh", `count` its pictures of each class, `gap` the mean distance
    to the nearest training latent of the class in RMS pixel values, `error` the nearest
    neighbour's share of wrong answers.
    """
    world, rng = TURNED_EIGHT, np.random.default_rng([seed, 0])
    test = world.sample(settings.test, rng)
    assert test.latents is not None
    assert test.targets is not None
    slopes = world.jacobian(test.latents[:200], test.targets[:200])
    scale = np.sqrt((slopes**2).mean(axis=1)).mean(axis=0)  # RMS pixels to a unit of each latent
    rows: Rows = []
    for kind, name, (X, z, y) in _sets(settings, rng):
        known = rng.permutation(y) if settings.labels == "shuffled" else y
        told = KNeighborsClassifier(1).fit(X, known).predict(test.inputs)
        row = {"kind": kind, "set": name, "count": len(y) // len(world.glyphs)}
        row |= {"gap": _gap(z, y, test, scale), "error": float((told != test.targets).mean())}
        rows.append({"seed": seed, **row})
    return rows


def _sets(
    settings: Settings, rng: np.random.Generator
) -> Iterator[tuple[str, str, tuple[Floats, Floats, Targets]]]:
    """Make each training set: its pictures, true latents and classes."""
    for count in settings.fresh:
        yield "fresh", f"{count} fresh", _parts(TURNED_EIGHT.sample(8 * count, rng))
    X, z, y = (
        np.repeat(part, settings.k, axis=0)
        for part in _parts(TURNED_EIGHT.sample(8 * settings.n, rng))
    )
    share, light = rng.uniform(-1, 1, len(y)), rng.uniform(0.5, 1, len(y))
    dimmed = X / X.max(axis=1, keepdims=True) * light[:, np.newaxis]
    dark = np.column_stack([z[:, :2], 2 * (1 - light)])  # ink falls from 1 to a half
    yield "augmented", "copies", (X, z, y)
    yield "augmented", "darker", (dimmed, dark, y)
    for most in settings.turns:
        yield "augmented", f"turned {most}", _turned(settings, X, z, y, most * share)
    if settings.turns:
        both = _turned(settings, dimmed, dark, y, settings.turns[-1] * share)
        yield "augmented", f"turned {settings.turns[-1]}, darker", both


def _parts(sample: Sample) -> tuple[Floats, Floats, Targets]:
    assert sample.latents is not None
    assert sample.targets is not None
    return sample.inputs, sample.latents, sample.targets


def _turned(
    settings: Settings, X: Floats, z: Floats, y: Targets, degrees: Floats
) -> tuple[Floats, Floats, Targets]:
    """Turn pictures by their pixels; their first latent goes once round with 360 degrees."""
    if settings.turning == "copy":
        return X, z, y
    moved = z.copy()
    moved[:, 0] = (moved[:, 0] + degrees / 360) % 1
    return turn_pictures(X, degrees), moved, y


def _gap(z: Floats, y: Targets, test: Sample, scale: Floats) -> float:
    """Average the distance from test latents to the nearest training latents of the class."""
    _, latents, classes = _parts(test)
    nearest = np.empty(len(classes))
    for place in np.unique(classes):
        mine = classes == place
        apart = np.abs(latents[mine, np.newaxis] - z[y == place])
        apart[:, :, 0] = np.minimum(apart[:, :, 0], 1 - apart[:, :, 0])  # a turn is a circle
        nearest[mine] = np.sqrt(((apart * scale) ** 2).sum(axis=2)).min(axis=1)
    return float(nearest.mean())


def predicted_errors(run: pd.DataFrame) -> "pd.Series[float]":
    """Read each augmented set's error off the curve of the fresh ones, by its gap alone."""
    fresh = run[run["kind"] == "fresh"].groupby("set").mean(numeric_only=True).sort_values("gap")
    augmented = run[run["kind"] == "augmented"]
    errors = np.interp(np.log(augmented["gap"]), np.log(fresh["gap"]), fresh["error"])
    return pd.Series(errors, index=augmented.index)


def _rank(run: pd.DataFrame) -> float:
    augmented = run[run["kind"] == "augmented"]
    return float(spearmanr(augmented["gap"], augmented["error"]).statistic)


def _explained(run: pd.DataFrame) -> float:
    """Give the share of the errors' variance that the fresh curve foretells, R^2."""
    errors = run.loc[run["kind"] == "augmented", "error"]
    return float(1 - ((errors - predicted_errors(run)) ** 2).mean() / errors.var(ddof=0))


def _fewer(run: pd.DataFrame) -> float:
    """Divide the error of copies by that of the set that is turned and darkened."""
    errors = run[run["kind"] == "augmented"].set_index("set")["error"]
    errors = errors.clip(lower=0.5 / Settings().test)  # half an answer at least
    return float(errors["copies"] / errors[errors.index.str.endswith(", darker")].iloc[0])


def _worth_of_copies(run: pd.DataFrame) -> float:
    """Return how many fresh drawings the copies of one are worth, by the curve of fresh ones."""
    fresh = run[run["kind"] == "fresh"].sort_values("count")
    error = run.loc[run["set"] == "copies", "error"].item()
    errors = fresh["error"].clip(lower=0.5 / Settings().test)  # half an answer at least
    equal = effective_sample_size(error, sizes=fresh["count"], errors=errors, extend=True)
    return equal / Settings().n


def shuffle_labels(settings: Settings) -> Settings:
    """Shuffle the labels."""
    return replace(settings, labels="shuffled")


def draw_four_times_as_many(settings: Settings) -> Settings:
    """Draw four pictures for each one drawn before it is copied."""
    return replace(settings, n=4 * settings.n)


def turn_nothing(settings: Settings) -> Settings:
    """Leave turned pictures as they were."""
    return replace(settings, turning="copy")


_claim = partial(Claim, thread=8, chapter="priors/augmentation")

OF_WORLD = "n turning labels"
REPEATS = exact("kind set count") | close("gap error")

CLAIMS = (
    _claim(
        id="augmentation-error-follows-the-gap",
        sentence="At the same count, the error falls as the gap in latents does.",
        figure=_rank,
        threshold=at_least(0.9),
        mutation=shuffle_labels,
    ),
    _claim(
        id="augmentation-lies-on-the-fresh-curve",
        sentence="Its error is that of fresh pictures with the same gap.",
        figure=_explained,
        threshold=at_least(0.85),
        mutation=shuffle_labels,
    ),
    _claim(
        id="augmentation-copies-do-nothing",
        sentence="Pictures turned and darkened leave a fifth of the errors that copies leave.",
        figure=_fewer,
        threshold=at_least(5),
        mutation=turn_nothing,
    ),
    _claim(
        id="augmentation-copies-are-worth-one",
        sentence="Sixteen copies that cover nothing new are worth one drawing.",
        figure=_worth_of_copies,
        threshold=between(0.8, 1.25),
        mutation=draw_four_times_as_many,
        by_construction="the nearest of some copies is the nearest of their originals",
    ),
)
