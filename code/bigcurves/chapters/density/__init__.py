"""Density: how close the samples must lie, and what the data bring."""
