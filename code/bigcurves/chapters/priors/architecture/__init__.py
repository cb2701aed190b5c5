"""Architecture: a prior on the order of pixels."""
