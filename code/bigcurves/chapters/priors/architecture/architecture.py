"""What does an architecture know before it sees data? Which pixels are neighbours, for one.

Patch features (Coates, Ng and Lee 2011) look for the same small parts everywhere. On shifted
glyphs they need far fewer pictures than a bare network. Shuffle the pixels, once for all
pictures: the network learns as before, and most of the features' lead is gone. Pooled over the
whole picture they say what is there and not where; a linear map of the pixels says where.

The glyphs of this world are cleaner than those of the reference runs, so that all learners reach
more. Features of shuffled pixels keep a small lead over the network (reference: none): they are
still distances to typical groups of pixels, which a linear map uses well.

What could fool us: a prior helps where it is true. The nearest neighbour catches up by 200.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd
from sklearn.base import ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bigcurves.claims.claim import Claim, at_least, at_most, in_place_of, mean_where
from bigcurves.learners import NetworkClassifier, PatchFeatures
from bigcurves.running.repeats import Rows, exact, trained
from bigcurves.sample import Floats, Targets
from bigcurves.worlds import SHIFTED_EIGHT

Order: TypeAlias = Literal["natural", "shuffled", "scrambled"]
ORDERS: tuple[Order, ...] = ("natural", "shuffled")  # the rows' names, in order
PATCH = 6  # pixels along each side


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many pictures are learned, and in which order their pixels come.

    Attributes
    ----------
    sizes
        Pictures of each class learned.
    test
        Pictures asked for.
    n
        Pictures of each class learned, where "what" and "where" are asked.
    orders
        The order of pixels in the place of each of `ORDERS`: as drawn; or one permutation for all
        pictures. A control puts the other there, or a permutation for each ("scrambled").
    """

    sizes: tuple[int, ...] = (5, 10, 20, 50, 200)
    test: int = 1000
    n: int = 50
    orders: tuple[Order, ...] = ORDERS


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each part ("sizes", "what and where"), order, task, learner and size `n`.

    `test` is the accuracy on new pictures: of eight glyphs ("what", chance .125), or of four
    quarters of the frame ("where", chance .25).
    """
    rows = [*_sizes(settings, seed), *_what_and_where(settings, seed)]
    return [{"seed": seed, **row} for row in rows]


def _sizes(settings: Settings, seed: int) -> Iterator[dict[str, Any]]:
    learners: dict[str, Callable[[], ClassifierMixin]] = {
        "convolution": lambda: _convolution(seed),
        "1-NN": lambda: KNeighborsClassifier(1),
        "network": lambda: NetworkClassifier(
            hidden=(512,), learning_rate=1e-3, batch_size=32, epochs=50, random_state=seed
        ),
    }
    for name, order in zip(ORDERS, settings.orders, strict=True):
        for n in settings.sizes:
            X, y, _ = _draw(settings, seed, n, order)
            m = len(y) - settings.test
            for learner, make in learners.items():
                test = float(make().fit(X[:m], y[:m]).score(X[m:], y[m:]))
                about = {"part": "sizes", "order": name, "task": "what", "learner": learner}
                yield {**about, "n": n, "test": test}


def _what_and_where(settings: Settings, seed: int) -> Iterator[dict[str, Any]]:
    """Ask a globally pooled convolution and a linear map which glyph it is, and where."""
    natural = settings.orders[ORDERS.index("natural")]
    X, what, where = _draw(settings, seed, settings.n, natural, margin=PATCH - 1)
    m = len(what) - settings.test
    patches = PatchFeatures(patch=PATCH, centres=48, pool="global", random_state=seed).fit(X[:m])
    linear = LogisticRegression(max_iter=1000)
    for learner, features, model in (
        ("convolution", patches.transform(X), make_pipeline(StandardScaler(), linear)),
        ("linear", X, linear),
    ):
        for task, y in (("what", what), ("where", where)):
            test = float(model.fit(features[:m], y[:m]).score(features[m:], y[m:]))
            about = {"part": "what and where", "order": "natural", "task": task, "learner": learner}
            yield {**about, "n": settings.n, "test": test}


def _convolution(seed: int) -> ClassifierMixin:
    features = PatchFeatures(patch=PATCH, centres=48, random_state=seed)
    return make_pipeline(features, StandardScaler(), LogisticRegression(max_iter=1000))


def _draw(
    settings: Settings, seed: int, n: int, order: Order, margin: int = 0
) -> tuple[Floats, Targets, Targets]:
    """Draw pictures in an order of pixels, which glyph each shows, and in which quarter.

    A margin of `patch` - 1 pixels shows every patch of the glyph from all sides, or the border
    would tell its place. It is as noisy as the picture, or its quiet would tell that too.
    """
    rng = np.random.default_rng([seed, n])
    like = SHIFTED_EIGHT.like
    world = replace(SHIFTED_EIGHT, like=replace(like, noise=0))
    sample = world.sample(len(world.glyphs) * n + settings.test, rng)
    what, places = sample.targets, sample.latents
    assert what is not None
    assert places is not None
    around = ((0, 0), (margin, margin), (margin, margin))
    X = np.pad(sample.inputs.reshape(-1, like.side, like.side), around).reshape(len(what), -1)
    X += like.noise * rng.standard_normal(X.shape)
    if order == "shuffled":
        X = X[:, rng.permutation(X.shape[1])]
    elif order == "scrambled":
        X = rng.permuted(X, axis=1)
    return X, what, (places > 0.5) @ np.array([1, 2])


def _lead(order: str) -> Callable[[pd.DataFrame], float]:
    """Measure how far the convolution is ahead of the network at 20 pictures of each glyph."""
    cell = partial(mean_where, part="sizes", order=order, n=20)
    return lambda run: (
        cell(run, learner="convolution")["test"] - cell(run, learner="network")["test"]
    )


def _network_moves(run: pd.DataFrame) -> float:
    """Measure what shuffling does to the network, averaged over the sizes."""
    cell = partial(mean_where, run, part="sizes", learner="network")
    return abs(float(cell(order="natural")["test"] - cell(order="shuffled")["test"]))


def _ahead(task: str, first: str, second: str) -> Callable[[pd.DataFrame], float]:
    cell = partial(mean_where, part="what and where", task=task)
    return lambda run: cell(run, learner=first)["test"] - cell(run, learner=second)["test"]


def shuffle_natural_pixels(settings: Settings) -> Settings:
    """Give all pictures one permutation where pixels lie as drawn."""
    return replace(settings, orders=in_place_of(settings.orders, natural="shuffled"))


def leave_pixels_in_place(settings: Settings) -> Settings:
    """Leave the pixels as drawn where they are shuffled."""
    return replace(settings, orders=in_place_of(settings.orders, shuffled="natural"))


def scramble_shuffled_pixels(settings: Settings) -> Settings:
    """Give each picture its own permutation where all share one."""
    return replace(settings, orders=in_place_of(settings.orders, shuffled="scrambled"))


def scramble_natural_pixels(settings: Settings) -> Settings:
    """Give each picture its own permutation where pixels lie as drawn."""
    return replace(settings, orders=in_place_of(settings.orders, natural="scrambled"))


_claim = partial(Claim, thread=9, chapter="priors/architecture")

OF_WORLD = "orders"
REPEATS = exact("part order task learner n") | trained("test")

CLAIMS = (
    _claim(
        id="architecture-convolution-leads",
        sentence="From twenty pictures of each glyph the convolution is far ahead of the network.",
        figure=_lead("natural"),
        threshold=at_least(0.35),
        mutation=shuffle_natural_pixels,
    ),
    _claim(
        id="architecture-lead-lies-in-the-order",
        sentence="With the pixels shuffled its lead is small.",
        figure=_lead("shuffled"),
        threshold=at_most(0.15),
        mutation=leave_pixels_in_place,
    ),
    _claim(
        id="architecture-network-sees-no-order",
        sentence="The network learns the same from shuffled pixels.",
        figure=_network_moves,
        threshold=at_most(0.04),
        mutation=scramble_shuffled_pixels,
        by_construction="its first weights are drawn alike for all pixels, in any order",
    ),
    _claim(
        id="architecture-pooling-knows-what",
        sentence="Pooled over the picture, the convolution tells what is there better than a line.",
        figure=_ahead("what", "convolution", "linear"),
        threshold=at_least(0.2),
        # Scrambled one by one, pooled patches still tell glyphs by their ink, better than a line.
        mutation=shuffle_natural_pixels,
    ),
    _claim(
        id="architecture-pooling-forgets-where",
        sentence="Where it is, the linear map tells and the pooled convolution does not.",
        figure=_ahead("where", "linear", "convolution"),
        threshold=at_least(0.6),
        mutation=scramble_natural_pixels,
        by_construction="the largest value over the picture is the same wherever it stands",
    ),
)
