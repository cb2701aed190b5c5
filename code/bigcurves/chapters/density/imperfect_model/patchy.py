"""Learners whose training pictures leave a part of the latents out."""

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPRegressor

from bigcurves.learners import nested_laplace_ridge, nested_nearest
from bigcurves.sample import Floats
from bigcurves.worlds import BarWorld, GaussianField

Mask = npt.NDArray[np.bool_]
STEPS = 300  # of the network's training by L-BFGS
WORLD = BarWorld(d=2, side=8)


@dataclass(frozen=True, kw_only=True, eq=False)
class Patchy:
    """Latents of training pictures that leave a part out, and targets for all latents.

    Attributes
    ----------
    known, new
        Latents of training and test pictures, shapes (n, 2) and (test, 2).
    taught, truth
        Values of the targets there, shapes (n, targets) and (test, targets).
    fields
        The targets themselves.
    """

    known: Floats
    new: Floats
    taught: Floats
    truth: Floats
    fields: tuple[GaussianField, ...]

    @classmethod
    def draw(
        cls,
        rng: np.random.Generator,
        *,
        n: int,
        test: int,
        kappa: float,
        targets: int,
        left_out: Callable[[Floats], Mask],
    ) -> "Patchy":
        """Draw targets, test latents everywhere, and n training latents that are not left out."""
        fields = tuple(GaussianField.draw(rng, d=2, kappa=kappa) for _ in range(targets))
        new, drawn = rng.random((test, 2)), rng.random((20 * n, 2))
        known = drawn[~left_out(drawn)][:n]
        if len(known) < n:
            raise ValueError(f"left_out must leave a tenth of the latents, got {len(known)} of {n}")
        taught, truth = (np.stack([f(z) for f in fields], axis=1) for z in (known, new))
        return cls(known=known, new=new, taught=taught, truth=truth, fields=fields)

    def errors(self, taught: Floats, rng: np.random.Generator) -> Iterator[tuple[str, Floats]]:
        """Fit each learner to what is taught, and give squared errors of shape (test, targets).

        One after the other, the network last: who stops after the first waits for no other.
        """
        shown, asked = WORLD.render(self.known), WORLD.render(self.new)
        n = len(shown)
        ((_, near),) = nested_nearest(shown, asked, (n,))
        yield "nearest", (taught[near] - self.truth) ** 2
        ((_, smooth),) = nested_laplace_ridge(shown, taught, asked, (n,))
        yield "ridge", (smooth - self.truth) ** 2
        answers = _network(shown, taught, asked, int(rng.integers(2**31)))
        yield "network", (answers - self.truth) ** 2

    def ideal_errors(self, rng: np.random.Generator, *, noise: float = 0.0) -> Floats:
        """Read the latents off the test pictures, and ask the targets there: squared errors.

        Taught nothing, for it knows the manifold and the targets.
        """
        asked = WORLD.render(self.new)
        asked += noise * rng.standard_normal(asked.shape)
        found = WORLD.project(asked).latents
        return (np.stack([field(found) for field in self.fields], axis=1) - self.truth) ** 2


def _network(shown: Floats, taught: Floats, asked: Floats, random_state: int) -> Floats:
    """Train a network for a set number of steps on centred pixels, and return its answers."""
    centre, scale = shown.mean(axis=0), shown.std()  # one scale for all pixels
    network = MLPRegressor(
        hidden_layer_sizes=(64, 64),
        activation="tanh",
        solver="lbfgs",
        max_iter=STEPS,
        max_fun=10 * STEPS,
        random_state=random_state,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # the steps are what is set
        network.fit((shown - centre) / scale, taught)
    return np.asarray(network.predict((asked - centre) / scale))
