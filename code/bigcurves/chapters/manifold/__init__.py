"""The manifold: how empty pixel space is, and what is left of it."""
