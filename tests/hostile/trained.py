"""What is asked of the learners that are built or trained: tables, networks, estimators."""

import numpy as np
from tests.hostile.arguments import (
    Argument,
    different,
    function,
    generator,
    number,
    numbers,
    rows,
    seed,
    several,
    text,
    thing,
    whole,
)
from tests.hostile.harness import Recipes

from bigcurves import learners

RECIPES = Recipes()


@RECIPES(learners.turn_pictures)
def _(rng):
    return {"X": rows(3, int(rng.choice([1, 4, 9, 16]))), "degrees": numbers(3)}


@RECIPES(learners.store_bits)
def _(rng):
    return {
        "X": rows(6, 3),
        "y": whole(6),
        "width": number(1, 4),
        "rng": generator(),
        "steps": number(5, 20),
    }


def _arrays(rng):
    return (
        np.float32(rng.standard_normal((4, 2))),
        np.float32(rng.standard_normal(2)),
        np.zeros(1, np.float32),
    )


for _name in ("predict", "log_odds"):

    @RECIPES(learners.BitStore, _name)
    def _(rng):
        return {"arrays": several(_arrays(rng)), "steps": number(3, 0)}, {"X": rows(5, 3)}


@RECIPES(learners.build_xor_table)
def _(rng):
    return {"keys": different(6, 50), "bits": whole(6), "rng": generator()}


@RECIPES(learners.build_xor_table, "lookup")
def _(rng):
    return (
        {"keys": different(6, 50), "bits": whole(6), "rng": generator()},
        {"keys": whole(5, -9, 50)},
    )


@RECIPES(learners.XorTable, "lookup")
def _(rng):
    return (
        {"slots": Argument(lambda rng: rng.random(9) < 0.5, whole(9).hostile), "salt": number(7)},
        {"keys": whole(5, -9, 50)},
    )


@RECIPES(learners.min_width)
def _(rng):
    enough = function(
        lambda width: width >= 3,
        lambda _: False,
        lambda _: True,
        lambda _: None,
        lambda _: np.nan,
        lambda width: width % 2,
    )
    return {"enough": enough, "widest": number(1, 8, 20)}


@RECIPES(learners.min_width_search)
def _(rng):
    return {"X": rows(4, 3), "y": whole(4), "rng": generator(), "starts": number(1, 2)}


# Estimators: fitted, then asked


def _network(rng):
    return {
        "hidden": several((8,), (4, 4)),
        "activation": text("relu", "square"),
        "loss": text("cross_entropy", "squared"),
        "learning_rate": number(0.01, 0.1),
        "schedule": text("constant", "cosine"),
        "weight_decay": number(0.0, 0.1),
        "betas": several((0.9, 0.999), (0.0, 0.5)),
        "epochs": number(1, 3),
        "batch_size": number(None, 1, 5),
        "random_state": seed(),
    }


def _convolution(rng):
    own = {
        "channels": several((2,), (2, 3)),
        "kernel": number(2, 5),
        "shape": _shapes(rng),
    }
    rest = ("hidden", "activation")
    return own | {name: each for name, each in _network(rng).items() if name not in rest}


def _shapes(rng):
    return several((3, 3), (1, 9), (9, 1)) if rng.random() < 0.5 else number(None)


def _cosines(rng):
    return {"features": number(5, 20), "scale": number(1 / 3, 1.0), "random_state": seed()}


def _patches(rng):
    return {
        "patch": number(2, 3),
        "centres": number(1, 2),
        "pool": text("quadrants", "global"),
        "pad": number(0, 1),
        "shape": _shapes(rng),
        "whitening": number(0.01, 1.0),
        "patches": number(50, 200),
        "random_state": seed(),
    }


def _autoencoder(rng):
    return {
        "bottleneck": number(1, 2),
        "hidden": several((4,), (3, 3)),
        "components": number(3, 40),
        "learning_rate": number(3e-3),
        "batch_size": number(4, 100),
        "epochs": number(1, 2),
        "random_state": seed(),
    }


def _data(rng):
    labels = Argument(lambda _: np.arange(12) % 3, whole(12, 0, 3).hostile)
    return {"X": rows(12, 9), "y": labels}


ASKED = {
    learners.NetworkClassifier: (_network, ("predict", "predict_proba", "decision_function")),
    learners.ConvolutionalClassifier: (
        _convolution,
        ("predict", "predict_proba", "decision_function"),
    ),
    learners.CosineClassifier: (_cosines, ("predict", "decision_function", "cosines")),
    learners.PatchFeatures: (_patches, ("transform",)),
    learners.Autoencoder: (_autoencoder, ("transform",)),
}
for _kind, (_settings, _methods) in ASKED.items():
    for _method in _methods:

        @RECIPES(_kind, "fit", _method)
        def _(rng, settings=_settings):
            return settings(rng), _data(rng), {"X": rows(3, 9)}


@RECIPES(learners.Autoencoder, "fit", "inverse_transform")
def _(rng):
    return _autoencoder(rng) | {"bottleneck": number(2)}, _data(rng), {"codes": rows(3, 2)}


@RECIPES(learners.NetworkClassifier, "training")
def _(rng):
    return _network(rng), _data(rng)


@RECIPES(learners.ConvolutionalClassifier, "training")
def _(rng):
    return _convolution(rng), _data(rng)


@RECIPES(learners.CosineClassifier, "fit_each")
def _(rng):
    labels = _data(rng)["y"].plausible(rng)
    return _cosines(rng), {"X": rows(12, 9), "ys": several((labels,), (labels, labels % 2))}


@RECIPES(learners.memorise)
def _(rng):
    network = thing(lambda _: learners.NetworkClassifier(hidden=(8,), epochs=3, random_state=0))
    return {"network": network} | _data(rng)
