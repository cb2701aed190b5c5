"""Predictions: a guess before the figure."""
