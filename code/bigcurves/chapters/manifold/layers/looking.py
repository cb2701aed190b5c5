"""One network of the chapter, made and looked at: in its layers, and before strangers."""

from typing import Any

import numpy as np

from bigcurves.chapters.manifold.layers.geometry import Readers, followed, own_digits
from bigcurves.chapters.manifold.layers.strangers import Kind, Pictures, sureness
from bigcurves.learners import NetworkClassifier
from bigcurves.sample import Sample

LEARNING_RATE = 1e-3  # at first; it falls along a cosine
BATCH = 128


def dense(hidden: tuple[int, ...], epochs: int, seed: int) -> NetworkClassifier:
    """Make a network of hidden layers, not trained yet."""
    return NetworkClassifier(
        hidden=hidden,
        learning_rate=LEARNING_RATE,
        schedule="cosine",
        epochs=epochs,
        batch_size=BATCH,
        random_state=seed,
    )


def looked_at(
    network: NetworkClassifier,
    own: Sample,
    readers: Readers,
    pixels: dict[str, float],
    shown: dict[Kind, Pictures],
) -> list[dict[str, Any]]:
    """Return a row for each layer, pixels first, and one for each kind of stranger.

    Parameters
    ----------
    network
        Trained or not.
    own
        What it is taught.
    readers, pixels
        The new digits, and what they read in their pixels.
    shown
        The strangers.
    """
    new, labels = readers.new, np.asarray(own.targets)
    errors = {
        "train": 1 - float(network.score(own.inputs, labels)),
        "test": 1 - float(network.score(new.inputs, readers.labels)),
    }
    asked = followed(network, readers, pixels)
    taught = own_digits(network, own, len(readers.asked))
    layers = [errors | of_new | of_own for of_new, of_own in zip(asked, taught, strict=True)]
    return [*layers, *sureness(network, shown, readers.asked)]
