"""How many fresh pictures is a turned copy worth? One each, until what they leave out is all.

Two drawn pictures of each of eight glyphs are turned by pixels into 4, 16, 64 and 128. Their error
is read off the learning curve of fresh pictures, so that their worth is a number of pictures.
Where turning is all that varies, sixteen copies are worth what sixteen fresh pictures are. Where
lean and brightness vary too, unseen by the turning, sixteen still are; but a hundred and
twenty-eight are worth hardly more than sixty-four: what is left is the error that no turn covers.

What could fool us: the copies' turns are drawn evenly, as the world's are. They may be worth a
little more than their number, because the originals' other latents repeat and fresh ones do not
cover them evenly either. That the worth runs out is a figure and no claim: with a hundred and
twenty-eight pictures drawn anew, few answers are wrong, and one seed of five reads 82 as well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np
import pandas as pd

from bigcurves.claims.claim import Claim, at_least, mean_where
from bigcurves.learners import nested_nearest, turn_pictures
from bigcurves.measures import effective_sample_size
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.sample import Floats, Sample, Targets
from bigcurves.worlds import TURNED_EIGHT, GlyphClasses

CLASSES = len(TURNED_EIGHT.glyphs)
TURNS_ONLY = replace(TURNED_EIGHT, like=replace(TURNED_EIGHT.like, slant=0, dimming=0))
WORLDS = {"turns only": TURNS_ONLY, "lean and light too": TURNED_EIGHT}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many pictures are drawn, and what becomes of them.

    Attributes
    ----------
    n
        Pictures of each class drawn.
    ks
        Pictures that each is made into. Where turning is all that varies the first two alone are
        made, for with more the error is too small to be read off a curve.
    fresh
        Pictures of each class on the curve of fresh ones.
    test
        Pictures asked for in each draw.
    draws
        How many times all is drawn anew; errors are averaged over the draws.
    turning
        "turn" them; "copy" them as they are, or "redraw" them, fresh latents and all: controls.
    """

    n: int = 2
    ks: tuple[int, ...] = (4, 16, 64, 128)
    fresh: tuple[int, ...] = (2, 4, 8, 16, 32, 64, 128, 256)
    test: int = 2000
    draws: int = 4
    turning: Literal["turn", "copy", "redraw"] = "turn"


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each world and k, and, with k missing, for each `count` of fresh pictures.

    `error` is the nearest neighbour's share of wrong answers, half an answer at least; `worth`
    the number of fresh pictures with this error for each picture drawn.
    """
    rows: Rows = []
    for place, (name, world) in enumerate(WORLDS.items()):
        ks = settings.ks[:2] if name == "turns only" else settings.ks
        rng = np.random.default_rng([seed, place])
        draws = [_draw(settings, world, ks, rng) for _ in range(settings.draws)]
        curve, made = (
            {
                count: float(np.mean([draw[part][count] for draw in draws]))
                for count in draws[0][part]
            }
            for part in (0, 1)
        )
        for count, error in curve.items():
            rows.append({"seed": seed, "world": name, "count": count, "error": error})
        sizes, errors = list(curve), list(curve.values())
        for count, error in made.items():
            equal = effective_sample_size(error, sizes=sizes, errors=errors, extend=True)
            told = {"k": count // settings.n, "error": error, "worth": equal / settings.n}
            rows.append({"seed": seed, "world": name, "count": count, **told})
    return rows


def _draw(
    settings: Settings, world: GlyphClasses, ks: tuple[int, ...], rng: np.random.Generator
) -> tuple[dict[int, float], dict[int, float]]:
    """Measure errors of fresh pictures and of made ones once, by their count in each class."""
    asked = world.sample(settings.test, rng)
    counts = [k * settings.n for k in ks]
    fresh = _errors(asked, settings.fresh, *_fresh(settings, world, rng))
    return dict(fresh), dict(_errors(asked, counts, *_made(settings, world, rng, ks[-1])))


def _fresh(
    settings: Settings, world: GlyphClasses, rng: np.random.Generator
) -> tuple[Floats, Targets]:
    sample = world.sample(CLASSES * settings.fresh[-1], rng)
    assert sample.targets is not None
    return sample.inputs, sample.targets


def _made(
    settings: Settings, world: GlyphClasses, rng: np.random.Generator, k: int
) -> tuple[Floats, Targets]:
    """Make k of each picture: all originals' first copies, then all their second ones."""
    many = settings.n * (k if settings.turning == "redraw" else 1)
    sample = world.sample(CLASSES * many, rng)
    X, y = sample.inputs, sample.targets
    assert y is not None
    if settings.turning == "redraw":
        return X, y
    X, y = np.tile(X, (k, 1)), np.tile(y, k)
    return (
        turn_pictures(X, rng.uniform(-180, 180, len(X))) if settings.turning == "turn" else X
    ), y


def _errors(
    asked: Sample, counts: Sequence[int], X: Floats, y: Targets
) -> Iterator[tuple[int, float]]:
    """Ask the nearest neighbour among the first `count` of each class, for each count."""
    for rows, near in nested_nearest(X, asked.inputs, [CLASSES * count for count in counts]):
        wrong = float((y[near] != asked.targets).sum())
        yield rows // CLASSES, max(0.5, wrong) / len(asked.inputs)


def worth(run: pd.DataFrame, k: int, world: str) -> float:
    """Return how many fresh pictures k made ones are worth, in a world."""
    return float(mean_where(run, world=world, k=k)["worth"])


def turn_nothing(settings: Settings) -> Settings:
    """Leave turned pictures as they were."""
    return replace(settings, turning="copy")


_claim = partial(Claim, thread=8, chapter="priors/augmentation")

OF_WORLD = "turning"
REPEATS = exact("world count k") | close("error worth")

CLAIMS = (
    _claim(
        id="worth-turns-are-worth-their-number",
        sentence="Where turning is all that varies, sixteen turned copies do as twelve fresh ones.",
        figure=partial(worth, k=16, world="turns only"),
        threshold=at_least(12),
        mutation=turn_nothing,
    ),
)
