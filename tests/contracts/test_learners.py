"""scikit-learn's own contract, run on every estimator that this package adds."""

import pytest
from sklearn.utils.estimator_checks import parametrize_with_checks

from bigcurves.learners import (
    Autoencoder,
    ConvolutionalClassifier,
    CosineClassifier,
    NetworkClassifier,
    PatchFeatures,
)

# A check that only knows estimators of three years ago, or wants an array library that is
# not installed, skips itself with a SkipTestWarning: that is scikit-learn's word, not a fault.
pytestmark = pytest.mark.filterwarnings("default::sklearn.exceptions.SkipTestWarning")


@parametrize_with_checks(
    [
        NetworkClassifier(epochs=100),
        NetworkClassifier(epochs=100, schedule="cosine"),
        ConvolutionalClassifier(epochs=60, learning_rate=1e-2),
        CosineClassifier(features=200),
        PatchFeatures(centres=5),
        Autoencoder(hidden=(8,), epochs=3),
    ]
)
def test_scikit_learn_contract(estimator, check):
    check(estimator)
