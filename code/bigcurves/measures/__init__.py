"""Measures: arrays in, Python floats out."""
