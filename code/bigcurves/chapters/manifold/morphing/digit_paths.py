"""Ways from one real digit to another, and how unusual the pictures on them are."""

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bigcurves.chapters.manifold.morphing.bar_paths import Hops, Way, straight_way
from bigcurves.learners import Autoencoder
from bigcurves.sample import Floats, Targets
from bigcurves.worlds import Digits
from bigcurves.worlds.digits import SIDE, Form

Indices: TypeAlias = npt.NDArray[np.intp]
CODES = 10  # units of the autoencoder: the digits vary in about that many ways
NEAREST = 3  # digits whose mean distance tells how unusual a picture is


@dataclass(frozen=True, kw_only=True, eq=False)
class DigitPaths:
    """Digits of some sheets, from which ways are made; those of others judge the pictures on them.

    Attributes
    ----------
    known, labels, origins
        The digits that ways are made from, their classes, and which digit each is.
    judges
        Digits that a picture is compared with: those of three of the fourteen sheets, and, where
        digits are shifted, each of them at every place.
    held_out
        Real digits that are compared with the same judges: those of three others.
    seed
        Of the autoencoder.
    """

    known: Floats
    labels: Targets
    origins: Indices
    judges: Floats
    held_out: Floats
    seed: int

    @classmethod
    def draw(
        cls, *, seed: int, form: Form = "raw", shift: int = 0, places: int = 1
    ) -> "DigitPaths":
        """Share the digits out; each known one stands at `places` places, each held out at one."""
        rng = np.random.default_rng([seed, shift])
        walked, judges, held_out = Digits(form=form).split(rng, sheets=(8, 3, 3))
        known = np.concatenate([_moved(walked.inputs, shift, rng) for _ in range(places)])
        return cls(
            known=known,
            labels=np.tile(np.asarray(walked.targets), places),
            origins=np.tile(np.arange(len(walked)), places),
            judges=_everywhere(judges.inputs, shift),
            held_out=_moved(held_out.inputs, shift, rng),
            seed=seed,
        )

    def pairs(self, count: int, *, alike: bool, rng: np.random.Generator) -> Indices:
        """Draw pairs of rows, two digits of one class or of two, shape (count, 2)."""
        first, second = rng.integers(len(self.known), size=(2, 50 * count))
        same = self.labels[first] == self.labels[second]
        fits = np.flatnonzero((same == alike) & (self.origins[first] != self.origins[second]))
        return np.stack([first, second], axis=1)[fits[:count]]

    def pixel_line(self) -> Way:
        """Cross-fade from one digit to the other."""
        return straight_way(self.known, lambda rows: rows)

    def graph(self) -> Way:
        """Hop from digit to digit."""
        return self.hops.way

    def autoencoder(self) -> Way:
        """Walk straight between the two codes of a network."""
        network = Autoencoder(bottleneck=CODES, random_state=self.seed).fit(self.known)
        return straight_way(network.transform(self.known), network.inverse_transform)

    def unusual(self, pictures: Floats) -> Floats:
        """Give the share of real digits that lie nearer to the judges than each picture does.

        On average .5 for real digits. Below it a picture is nearer than most real ones, which
        a blurred mean of many digits is too.
        """
        return np.searchsorted(self._real, self._distances(pictures)) / len(self._real)

    @cached_property
    def hops(self) -> Hops:
        """What the way called "graph" follows."""
        return Hops.between(self.known)

    @cached_property
    def _real(self) -> Floats:
        return np.sort(self._distances(self.held_out))

    def _distances(self, pictures: Floats) -> Floats:
        """Average the distances to the nearest judges, shape (n,)."""
        squared = 2 * pictures @ self.judges.T  # a large table: what follows is done in place
        np.subtract((pictures**2).sum(axis=1)[:, np.newaxis], squared, out=squared)
        squared += (self.judges**2).sum(axis=1)
        squared.partition(NEAREST - 1, axis=1)
        return np.asarray(np.sqrt(np.maximum(squared[:, :NEAREST], 0)).mean(axis=1))


def _moved(images: Floats, shift: int, rng: np.random.Generator) -> Floats:
    """Put each 8 x 8 image at a random place on a canvas wider by `shift` on each side."""
    return _placed(images, rng.integers(0, 2 * shift + 1, size=(len(images), 2)), shift)


def _everywhere(images: Floats, shift: int) -> Floats:
    """Put each 8 x 8 image at every place of that canvas."""
    places = np.indices((2 * shift + 1,) * 2).reshape(2, -1).T
    return np.concatenate(
        [_placed(images, np.tile(place, (len(images), 1)), shift) for place in places]
    )


def _placed(images: Floats, places: npt.NDArray[np.int64], shift: int) -> Floats:
    """Put each image so that its corner is at its own place, (n, 2): down and across."""
    side = SIDE + 2 * shift
    canvas = np.zeros((len(images), side, side))
    row = np.arange(len(images))[:, np.newaxis, np.newaxis]
    down, across = places.T[:, :, np.newaxis] + np.arange(SIDE)  # (n, 8) each
    canvas[row, down[:, :, np.newaxis], across[:, np.newaxis]] = images.reshape(-1, SIDE, SIDE)
    return canvas.reshape(len(images), -1)
