"""Two small networks that can be watched while they learn."""

from typing import Any

import numpy as np

from bigcurves.learners.networks.convolution import Convolution, count_weights, layers_of
from bigcurves.learners.networks.losses import Loss
from bigcurves.learners.networks.perceptron import ACTIVATIONS, Activation, Perceptron
from bigcurves.learners.networks.trained import TrainedClassifier
from bigcurves.learners.networks.training import Schedule
from bigcurves.learners.settings import WEIGHTS, picture_shape, require_hidden
from bigcurves.validation import require_choice, require_whole

MOST = 4096  # channels of a layer, and pixels along a kernel


class NetworkClassifier(TrainedClassifier):
    """A ReLU or z^2 network, trained by AdamW one epoch at a time.

    Use it as any scikit-learn classifier, or walk through its training and look at the
    network, or stop, after any epoch::

        for epoch in network.training(X, y):
            curve.append((epoch, network.score(X_test, y_test)))

    scikit-learn's own MLPClassifier has neither decoupled weight decay nor the z^2
    activation, which grokking needs (Power et al. 2022; Gromov 2023).

    Parameters
    ----------
    hidden
        Units of each hidden layer.
    activation
        "relu" or "square".
    loss
        "cross_entropy", or "squared" against one-hot targets (mean over rows and classes).
    learning_rate, weight_decay, betas
        As in `AdamW`; weight decay shrinks weights and biases alike.
    schedule
        "constant", or "cosine": the learning rate falls along half a cosine, to 0 at the end of
        all `epochs`. At a constant rate the last digit of an error depends on the epoch.
    epochs
        Passes through the training rows, at least 1.
    batch_size
        Rows to a step; None takes all rows at once (full batch).
    random_state
        Draws the first weights and the order of the rows.

    Attributes
    ----------
    classes_
        The labels, sorted.
    loss_curve_
        Mean training loss during each epoch, before each of its steps.
    network_
        The `Perceptron`, whose `layers` are the (weights, biases) so far, in float32.
    """

    def __init__(
        self,
        *,
        hidden: tuple[int, ...] = (128,),
        activation: Activation = "relu",
        loss: Loss = "cross_entropy",
        learning_rate: float = 1e-2,
        schedule: Schedule = "constant",
        weight_decay: float = 0.0,
        betas: tuple[float, float] = (0.9, 0.999),
        epochs: int = 200,
        batch_size: int | None = None,
        random_state: Any = None,
    ) -> None:
        self.hidden = hidden
        self.activation = activation
        self.loss = loss
        self.learning_rate = learning_rate
        self.schedule = schedule
        self.weight_decay = weight_decay
        self.betas = betas
        self.epochs = epochs
        self.batch_size = batch_size
        self.random_state = random_state

    def _check_own_settings(self) -> None:
        require_choice("activation", self.activation, ACTIVATIONS)
        if isinstance(self.hidden, tuple | list) and not self.hidden:
            raise ValueError("hidden must hold at least 1 size, got none")

    def _draw(self, features: int, classes: int, rng: np.random.Generator) -> Perceptron:
        hidden = require_hidden(self.hidden, features, classes)
        return Perceptron(sizes=(features, *hidden, classes), activation=self.activation, rng=rng)


class ConvolutionalClassifier(TrainedClassifier):
    """A small convolutional network, trained as `NetworkClassifier` is.

    Layers of convolution, ReLU and 2 x 2 pooling, then a linear one: LeNet's plan (LeCun et al.
    1998). Rows are pictures of one channel, line by line.

    Parameters
    ----------
    channels
        Patterns that each layer looks for.
    kernel
        Side of a pattern in pixels, cut down to the picture where that is smaller.
    shape
        Height and width of the pictures in each row; None takes a square when the number
        of features is one, and a strip of height 1 otherwise.
    loss, learning_rate, schedule, weight_decay, betas, epochs, batch_size, random_state
        As in `NetworkClassifier`.

    Attributes
    ----------
    classes_
        The labels, sorted.
    loss_curve_
        As in `NetworkClassifier`.
    network_
        The `Convolution`, whose `layers` are the (weights, biases) so far, in float32: those of
        a pattern are of shape (kernel pixels * channels below, channels).
    """

    def __init__(
        self,
        *,
        channels: tuple[int, ...] = (8, 16),
        kernel: int = 5,
        shape: tuple[int, int] | None = None,
        loss: Loss = "cross_entropy",
        learning_rate: float = 2e-3,
        schedule: Schedule = "cosine",
        weight_decay: float = 0.0,
        betas: tuple[float, float] = (0.9, 0.999),
        epochs: int = 5,
        batch_size: int | None = 64,
        random_state: Any = None,
    ) -> None:
        self.channels = channels
        self.kernel = kernel
        self.shape = shape
        self.loss = loss
        self.learning_rate = learning_rate
        self.schedule = schedule
        self.weight_decay = weight_decay
        self.betas = betas
        self.epochs = epochs
        self.batch_size = batch_size
        self.random_state = random_state

    def _check_own_settings(self) -> None:
        require_whole("kernel", self.kernel, 1, MOST)
        if not isinstance(self.channels, tuple | list):
            kind = type(self.channels).__name__
            raise TypeError(f"channels must be a tuple of counts, such as (8, 16), got a {kind}")
        if not self.channels:
            raise ValueError("channels must hold at least 1 count, got none")
        for count in self.channels:
            require_whole("channels", count, 1, MOST)

    def _draw(self, features: int, classes: int, rng: np.random.Generator) -> Convolution:
        shape = picture_shape(self.shape, features)
        channels, kernel = tuple(int(count) for count in self.channels), int(self.kernel)
        weights = count_weights(layers_of(shape, channels, kernel), classes)
        if weights > WEIGHTS:
            raise ValueError(
                f"channels must be of at most {WEIGHTS:,} weights in all, got {weights:,}"
            )
        return Convolution(shape=shape, channels=channels, kernel=kernel, classes=classes, rng=rng)
