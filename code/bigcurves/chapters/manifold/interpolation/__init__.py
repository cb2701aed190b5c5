"""Interpolation: inside the hull of the pixels, or on the manifold."""
