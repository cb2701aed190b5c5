"""How the numbers of a table lie in a network's weights, step by step: from a cloud to a circle.

A hidden unit that has become a wave over the numbers has one frequency. The units are grouped by
the frequency that they are strongest in at the end; each group gives every number a place, and of
those places the plane is shown in which the numbers differ most (principal components).

What could fool us: choosing the units by their end favours waves, also among random weights.
The control is a network that learned random answers, grouped and drawn in the same way.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import orthogonal_procrustes

from bigcurves.chapters.discrete.counter_evidence.table_learning import Training
from bigcurves.learners import NetworkClassifier
from bigcurves.measures import frequency_power
from bigcurves.sample import Floats
from bigcurves.worlds import ModularAddition


def watch_weights(
    world: ModularAddition, training: Training, seed: int, *, every: int
) -> dict[int, Floats]:
    """Train as `learn_table` does; return the input weights at every few steps, (p, 2 hidden)."""
    learned, _ = world.split(training.share, np.random.default_rng([seed, 0]))
    net = NetworkClassifier(
        hidden=(training.hidden,),
        activation=training.activation,
        loss="squared",
        learning_rate=training.learning_rate,
        weight_decay=training.weight_decay,
        betas=(0.9, 0.98),
        epochs=training.steps,
        random_state=seed,
    )
    kept: dict[int, Floats] = {}
    for step in net.training(learned.inputs, np.asarray(learned.targets)):
        if step % every == 0:
            weights = net.network_.layers[0][0].reshape(2, world.p, -1)  # from a, and from b
            kept[step] = np.hstack([*weights]).astype(np.float64)
    return kept


def circle_films(
    parts: dict[str, tuple[ModularAddition, float]],
    seed: int,
    *,
    training: Training | None = None,
    groups: int = 2,
    every: int = 20,
) -> Iterator[dict[str, Any]]:
    """Yield a row for each part, group of units (the largest first) and step.

    Parameters
    ----------
    parts
        Name, world and weight decay of each network to be watched.
    seed
        Of the split and of the first weights.
    training
        All else about the training.
    groups
        How many groups of units.
    every
        Steps from one row to the next.

    Yields
    ------
    `part`, `group` (from 1), `frequency`, `step`; `number`, `x`, `y`: the numbers and their
    places, in the order in which the group's wave visits them, at root-mean-square distance 1
    from the middle, and turned to lie as in the row that follows.
    """
    for part, (world, decay) in parts.items():
        how = replace(training or Training(), weight_decay=decay)
        kept = watch_weights(world, how, seed, every=every)
        last = kept[max(kept)]
        strongest = frequency_power(last).argmax(axis=1) + 1
        sizes = np.bincount(strongest)
        for group, frequency in enumerate(np.argsort(-sizes, kind="stable")[:groups], start=1):
            numbers = visited(world.p, int(frequency))
            units = strongest == frequency
            places = film([kept[step][numbers][:, units] for step in sorted(kept)])
            about = {"part": part, "group": group, "frequency": int(frequency)}
            for step, at in zip(sorted(kept), places, strict=True):
                x, y = at.round(2).T.tolist()
                yield {**about, "step": step, "number": numbers.tolist(), "x": x, "y": y}


def visited(p: int, frequency: int) -> NDArray[np.int64]:
    """List 0 to p - 1 in the order in which a wave of this frequency visits them, p prime."""
    return np.arange(p) * pow(frequency, -1, p) % p


def film(clouds: list[Floats]) -> list[Floats]:
    """Show each cloud of points in its main plane, turned to lie as in the next one.

    In the last the first point is at the top, and the second to its right.
    """
    planes = [_main_plane(cloud) for cloud in clouds]
    first, second = planes[-1][:2] / np.linalg.norm(planes[-1][:2], axis=1, keepdims=True)
    side = np.sign(first[1] * second[0] - first[0] * second[1]) or 1.0
    planes[-1] = planes[-1] @ np.array([[first[1], first[0]], [-first[0], first[1]]]) * [side, 1]
    for at in reversed(range(len(planes) - 1)):
        planes[at] = planes[at] @ orthogonal_procrustes(planes[at], planes[at + 1])[0]
    return planes


def _main_plane(cloud: Floats) -> Floats:
    """Project on the first two principal components, at RMS distance 1 from the middle."""
    centred = cloud - cloud.mean(axis=0)
    left, sizes, _ = np.linalg.svd(centred, full_matrices=False)
    plane = left[:, :2] * sizes[:2]
    return np.asarray(plane / np.sqrt((plane**2).sum(axis=1).mean()))
