"""What is asked of the functions that look at a network, while it learns or layer by layer."""

import numpy as np
from tests.hostile.arguments import rows, thing
from tests.hostile.harness import Recipes

from bigcurves import learners
from bigcurves.sample import Sample

RECIPES = Recipes()


@RECIPES(learners.learning_curves)
def _(rng):
    network = thing(
        lambda _: learners.ConvolutionalClassifier(
            channels=(2,), kernel=2, epochs=2, random_state=0
        )
    )
    samples = [thing(lambda rng, n=n: _sample(n, rng)) for n in (12, 5)]
    return {"network": network, "learned": samples[0], "asked": samples[1]}


def _sample(n, rng):
    return Sample(inputs=rng.random((n, 9)), targets=np.arange(n) % 3)


@RECIPES(learners.representations)
def _(rng):
    return {"network": thing(_fitted), "X": rows(5, 9)}


def _fitted(rng):
    X, y = rng.random((12, 9)), np.arange(12) % 3
    dense = learners.NetworkClassifier(hidden=(4, 3), epochs=2, random_state=0)
    pictures = learners.ConvolutionalClassifier(channels=(2,), kernel=2, epochs=1, random_state=0)
    return (dense if rng.random() < 0.5 else pictures).fit(X, y)
