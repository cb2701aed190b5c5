"""Layer by layer: what a trained network does to the pictures on their way to a name."""
