"""Learners: scikit-learn estimators, and functions for paths and blends."""

from bigcurves.learners.network import NetworkClassifier as NetworkClassifier
