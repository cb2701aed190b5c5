"""Two numbers for a digit: an autoencoder's code square, cut into tiles, each tile decoded.

The network sees a digit's 40 principal components and squeezes them through two tanh units, so
that every code lies in the square from -1 to 1, and all but its rim is drawn. It is trained while
the page is built and kept in no record: the second digit of what it keeps may differ between
machines, a few blurred tiles may, and what lies in which part of the square does not.
"""

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.neighbors import KNeighborsClassifier

from bigcurves.learners import Autoencoder
from bigcurves.sample import Floats, Sample, WholeNumbers
from bigcurves.worlds import MNIST
from bigcurves.worlds.mnist import SIDE

CLASSES = 10
NETWORK: dict[str, Any] = {"hidden": (128, 64, 32), "components": 40}
NETWORK |= {"batch_size": 250, "learning_rate": 4e-3}
REACH = 0.98  # of the square's 1: fourteen tiles then have round codes
VOTERS = 15  # nearest training digits that name a test digit: codes overlap, and one is chance


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What a way to write digits down keeps of test digits.

    Attributes
    ----------
    error
        RMS pixel value, from 0 to 1, by which they differ from what is drawn of it.
    named
        The share that a vote of the nearest training digits names.
    """

    error: float
    named: float


@dataclass(frozen=True, kw_only=True, eq=False)
class LatentGrid:
    """The code square in tiles, and what two numbers keep of digits by other writers.

    Tiles are counted from the top left, line by line; `side` of them make a line. A code on the
    rim counts to the tile at it.

    Attributes
    ----------
    pictures
        What the code at each tile's middle is drawn as, shape (side^2, 28, 28), ink from 0 to 1.
    counts
        Training digits of each class whose codes lie in each tile, shape (side^2, 10).
    codes, labels
        Of the test digits that are shown: shape (n, 2), within [-1, 1], and (n,).
    two_numbers, two_components, all_pixels
        What the code keeps, what as many principal components keep, and what there is.
    mean_error
        The error of drawing the mean training digit for every test digit.
    confused
        The two classes that the code takes for one another most, the less first, and at what
        share of their digits.
    """

    pictures: Floats
    counts: WholeNumbers
    codes: Floats
    labels: WholeNumbers
    two_numbers: Kept
    two_components: Kept
    all_pixels: Kept
    mean_error: float
    confused: tuple[int, int, float]

    @property
    def side(self) -> int:
        """Tiles along an edge of the square."""
        return math.isqrt(len(self.pictures))

    def tiles(self) -> pd.DataFrame:
        """Give each tile's code, `x` and `y`, and who is there.

        `digits` are the training digits in it, `commonest` is their commonest class, and
        `agreeing` how many are of it.
        """
        x, y = tile_codes(self.side).T
        everyone = {"digits": self.counts.sum(axis=1), "commonest": self.counts.argmax(axis=1)}
        return pd.DataFrame({"x": x, "y": y} | everyone | {"agreeing": self.counts.max(axis=1)})

    def shown(self) -> pd.DataFrame:
        """Give the codes of the test digits that are shown, `across` and `up`, and the `digit`."""
        across, up = self.codes.T
        return pd.DataFrame({"across": across, "up": up, "digit": self.labels})


@cache
def latent_grid(
    *,
    known: int = 10_000,
    asked: int = 2_000,
    shown: int = 200,
    side: int = 14,
    epochs: int = 20,
    seed: int = 0,
) -> LatentGrid:
    """Train on `known` digits, decode side x side codes, and ask `asked` digits of other writers.

    `shown` is how many of these give their codes to be drawn.
    """
    rng = np.random.default_rng(seed)
    train, test = MNIST(part="train").sample(known, rng), MNIST(part="test").sample(asked, rng)
    network = Autoencoder(**NETWORK, epochs=epochs, random_state=seed).fit(train.inputs)
    mean, axes = network.pca_.mean_, network.pca_.components_[:2]
    codes = network.transform(train.inputs), network.transform(test.inputs)
    components = (train.inputs - mean) @ axes.T, (test.inputs - mean) @ axes.T
    drawn = network.inverse_transform(np.concatenate([tile_codes(side), codes[1]])).clip(0, 1)
    names, labels = _named(codes, train), np.asarray(test.targets)
    return LatentGrid(
        pictures=drawn[: side**2].reshape(-1, SIDE, SIDE),
        counts=count_tiles(codes[0], np.asarray(train.targets), side),
        codes=codes[1][:shown],
        labels=labels[:shown],
        two_numbers=_kept(drawn[side**2 :], names, test),
        two_components=_kept(
            (components[1] @ axes + mean).clip(0, 1), _named(components, train), test
        ),
        all_pixels=_kept(test.inputs, _named((train.inputs, test.inputs), train), test),
        mean_error=_rms(train.inputs.mean(axis=0), test.inputs),
        confused=most_confused(names, labels),
    )


def tile_codes(side: int) -> Floats:
    """List the middles of side x side tiles, shape (side^2, 2), line by line from the top left."""
    middles = (REACH * ((2 * np.arange(side) + 1) / side - 1)).round(6)
    across, up = np.meshgrid(middles, middles[::-1])
    return np.stack([across.ravel(), up.ravel()], axis=1)


def count_tiles(codes: Floats, labels: WholeNumbers, side: int) -> WholeNumbers:
    """Count the codes in each tile by class, shape (side^2, 10), tiles as in `tile_codes`."""
    steps = np.floor((codes / REACH + 1) / 2 * side).astype(int).clip(0, side - 1)
    counts = np.zeros((side * side, CLASSES), dtype=np.int64)
    np.add.at(counts, ((side - 1 - steps[:, 1]) * side + steps[:, 0], labels), 1)
    return counts


def _named(codes: tuple[Floats, Floats], train: Sample) -> WholeNumbers:
    """Name test digits by a vote of the training digits that are nearest in this writing."""
    vote = KNeighborsClassifier(VOTERS).fit(codes[0], train.targets)
    return np.asarray(vote.predict(codes[1]))


def _kept(drawn: Floats, names: WholeNumbers, test: Sample) -> Kept:
    named = float((names == test.targets).mean())
    return Kept(error=_rms(drawn, test.inputs), named=named)


def _rms(drawn: npt.NDArray[np.floating], true: npt.NDArray[np.floating]) -> float:
    return float(np.sqrt(np.mean((drawn.astype(float) - true) ** 2)))


def most_confused(names: WholeNumbers, labels: WholeNumbers) -> tuple[int, int, float]:
    """Find the pair of classes that are taken for one another most often, and how often."""
    table = np.zeros((CLASSES, CLASSES), dtype=np.int64)
    np.add.at(table, (labels, names), 1)
    both = np.triu(table + table.T, k=1)
    less, more = map(int, np.unravel_index(both.argmax(), both.shape))
    return less, more, float(both[less, more] / max(table[[less, more]].sum(), 1))
