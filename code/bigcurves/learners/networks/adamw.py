"""Adam with decoupled weight decay, in place on one flat vector."""

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt


@dataclass(kw_only=True)
class AdamW:
    """Step a flat vector of parameters down its gradient.

    Loshchilov and Hutter, "Decoupled weight decay regularization" (ICLR 2019), algorithm 2,
    with the schedule multiplier taken as the learning rate: each step shrinks every
    parameter by `learning_rate * weight_decay` of itself, apart from the gradient.

    Attributes
    ----------
    learning_rate
        Size of a step while gradients agree, at least 0; may be changed between steps.
    weight_decay
        Rate of shrinking, at least 0; 0 gives plain Adam.
    betas
        Memory of the mean gradient and of its square, each in [0, 1).
    """

    learning_rate: float
    weight_decay: float
    betas: tuple[float, float]
    steps: int = field(default=0, init=False)

    def step(self, parameters: npt.NDArray[Any], gradient: npt.NDArray[Any]) -> None:
        """Move `parameters` once, in place."""
        if not self.steps:
            self._mean, self._square, self._work = (np.zeros_like(parameters) for _ in range(3))
        self.steps += 1
        (beta1, beta2), work = self.betas, self._work
        # The means are kept as sums, without the factors 1 - beta: those and the corrections for
        # the first steps, 1 - beta^t, are drawn together into one scalar each.
        self._mean *= beta1
        self._mean += gradient
        self._square *= beta2
        self._square += np.multiply(gradient, gradient, out=work)
        correction = math.sqrt((1 - beta2**self.steps) / (1 - beta2))
        np.sqrt(self._square, out=work)
        work += 1e-8 * correction
        np.divide(self._mean, work, out=work)
        work *= self.learning_rate * correction * (1 - beta1) / (1 - beta1**self.steps)
        if self.weight_decay:
            parameters *= 1 - self.learning_rate * self.weight_decay
        parameters -= work
