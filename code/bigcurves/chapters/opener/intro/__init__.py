"""The front page: a curve that answers between its points, and coins that do not."""
