"""Dimension: in how many ways data vary."""
