"""What the networks of the chapter learn: MNIST's digits, with labels of one kind or another."""

from dataclasses import replace
from typing import Any, Literal, TypeAlias

import numpy as np

from bigcurves.learners.networks.trained import TrainedClassifier
from bigcurves.sample import Sample
from bigcurves.worlds import MNIST

Labels: TypeAlias = Literal["none", "true", "random"]
Form: TypeAlias = Literal["raw", "scrambled"]


def drawn(part: Any, n: int, form: Form, rng: np.random.Generator) -> Sample:
    """Draw n digits of a part of MNIST at random; "scrambled", each with its pixels shuffled."""
    sample = MNIST(part=part).sample(n, rng)
    inputs = rng.permuted(sample.inputs, axis=1) if form == "scrambled" else sample.inputs
    return replace(sample, inputs=inputs)


def taught(learned: Sample, n: int, labels: Labels, seed: int) -> Sample:
    """Choose the first n digits with their labels, or with labels drawn at random."""
    y = np.asarray(learned.targets)[:n]
    if labels == "random":
        y = np.random.default_rng([seed, 1]).integers(10, size=n)
    return Sample(inputs=learned.inputs[:n], targets=y)


def teach(network: TrainedClassifier, sample: Sample, labels: Labels) -> None:
    """Train a network to its end; where there are no labels, draw its first weights alone."""
    assert sample.targets is not None
    epochs = network.training(sample.inputs, sample.targets)  # from here on it has weights
    if labels != "none":
        for _ in epochs:
            pass
