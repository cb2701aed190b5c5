"""The same in a convolutional network, where the dimension falls as well.

Two layers of 8 and 16 patterns learn 5,000 digits of MNIST, as many as two of the networks in
`layers`, in 8 epochs. The untrained network with the same first weights stands beside it, and new
digits are looked at as in `layers`. A layer is measured after its pooling, as the next is given it.

Width is the other rival. Trials with three dense layers, 5,000 true labels and 10 epochs, on seeds
100 and 101, read 12.7 and 12.4 in the pixels; then, with 128 units, 10.5, 9.4, 8.6 and 10.1, 9.0,
8.5; with 512, 12.2, 11.0, 9.8 and 11.9, 11.0, 10.1; with 2,048, 13.5, 10.7, 8.4 and 13.2, 10.9,
9.3: the rise of Ansuini et al. With four layers of 32, untrained, 12.7 falls to 8.7. With four of
128 and 20,000 random labels, half of them memorised in 24 epochs, the last reads 13.3 and 12.6: no
fall.

What could fool us: two layers are few. The networks of Ansuini et al. 2019, in which the dimension
first rises, have many.
"""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from bigcurves.chapters.manifold.layers.geometry import (
    MEASURES,
    Readers,
    followed,
    geometry,
    hidden,
)
from bigcurves.chapters.manifold.layers.learning import Form, Labels, drawn, taught, teach
from bigcurves.claims.claim import Claim, at_least, at_most, in_place_of
from bigcurves.learners import ConvolutionalClassifier
from bigcurves.running.repeats import Rows, exact, trained

PARTS = ("untrained", "trained")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Which network learns how many digits, and with how many it is looked at.

    Attributes
    ----------
    channels, epochs
        Of the network; rate and batches are the classifier's own.
    digits
        How many it learns.
    known, asked, components
        As in `layers`.
    labels
        What each of `PARTS` learns. A control puts other labels there.
    form
        The form of all digits. A control shuffles the pixels of each in its own way.
    """

    channels: tuple[int, ...] = (8, 16)
    epochs: int = 8
    digits: int = 5000
    known: int = 4000
    asked: int = 2000
    components: int = 5
    labels: tuple[Labels, ...] = ("none", "true")
    form: Form = "raw"


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each network and layer, with the columns of `layers`."""
    rng = np.random.default_rng([seed, 0])
    new = drawn("test", settings.known + settings.asked, settings.form, rng)
    learned = drawn("train", settings.digits, settings.form, rng)
    readers = Readers(new=new, known=settings.known, components=settings.components)
    pixels = geometry(new.inputs, readers)
    rows: Rows = []
    for part, labels in zip(PARTS, settings.labels, strict=True):
        network = ConvolutionalClassifier(
            channels=settings.channels, epochs=settings.epochs, random_state=seed
        )
        teach(network, taught(learned, settings.digits, labels, seed), labels)
        errors = {"test": 1 - float(network.score(new.inputs, readers.labels))}
        key = {"seed": seed, "part": part}
        rows += [key | errors | found for found in followed(network, readers, pixels)]
    return rows


def scramble(settings: Settings) -> Settings:
    """Shuffle the pixels of each digit in its own way."""
    return replace(settings, form="scrambled")


def randomise_labels(settings: Settings) -> Settings:
    """Draw all labels that are learned at random."""
    return replace(settings, labels=in_place_of(settings.labels, true="random"))


_claim = partial(Claim, thread=2, chapter="manifold/layers")

OF_WORLD = "labels form"
REPEATS = exact("part layer") | trained(f"test {MEASURES}")

CLAIMS = (
    _claim(
        id="convolution-narrows",
        sentence="Through a trained convolutional network, too, digits lose at least a dimension.",
        figure=lambda run: float(hidden(run, "trained")[-1]),
        threshold=at_most(-1.2),
        mutation=randomise_labels,
    ),
    _claim(
        id="convolution-untrained-keeps",
        sentence="Untrained, its last pictures read about as many dimensions as the pixels.",
        figure=lambda run: float(hidden(run, "untrained")[-1]),
        threshold=at_least(-0.8),
        mutation=scramble,
    ),
    _claim(
        id="convolution-untrained-reads",
        sentence="An untrained layer can be easier to read than the pixels, by its many numbers.",
        figure=lambda run: float(hidden(run, "untrained", "readable")[-1]),
        threshold=at_least(0.03),
        mutation=scramble,
    ),
)
