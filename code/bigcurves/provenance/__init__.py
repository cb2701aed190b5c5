"""Provenance: the code, the data and the machine behind a run, as keys."""
