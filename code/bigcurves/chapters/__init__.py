"""Experiments: one module each, (settings, seed) -> tidy rows."""
