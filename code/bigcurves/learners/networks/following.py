"""What a record keeps of a training: loss, and errors on rows learned and asked, epoch by epoch."""

from bigcurves.learners.networks.trained import TrainedClassifier
from bigcurves.sample import Sample


def learning_curves(
    network: TrainedClassifier, learned: Sample, asked: Sample
) -> list[dict[str, float]]:
    """Train a network to its end, and return a row for each epoch.

    Parameters
    ----------
    network
        A `NetworkClassifier` or `ConvolutionalClassifier`; it is trained in place.
    learned, asked
        Rows and labels to learn, and those to be asked about after each epoch, of as many
        features.

    Returns
    -------
    list of dict
        `epoch`, from 1; `loss`, the mean while it was trained; `train` and `test`, the shares of
        rows named wrongly after it.
    """
    if not isinstance(network, TrainedClassifier):
        kind = type(network).__name__
        raise TypeError(f"network must be one of this package's classifiers, got a {kind}")
    for name, sample in (("learned", learned), ("asked", asked)):
        if not isinstance(sample, Sample):
            raise TypeError(f"{name} must be a Sample, got a {type(sample).__name__}")
        if sample.targets is None or not len(sample):
            raise ValueError(f"{name} must have rows and their targets, got none")
    if learned.inputs.shape[1] != asked.inputs.shape[1]:
        shapes = f"{learned.inputs.shape} and {asked.inputs.shape}"
        raise ValueError(f"learned and asked must have as many features, got shapes {shapes}")
    assert learned.targets is not None
    return [
        {
            "epoch": epoch,
            "loss": network.loss_curve_[-1],
            "train": 1 - float(network.score(learned.inputs, learned.targets)),
            "test": 1 - float(network.score(asked.inputs, asked.targets)),
        }
        for epoch in network.training(learned.inputs, learned.targets)
    ]
