"""Learners: scikit-learn estimators, and functions for paths and blends."""
