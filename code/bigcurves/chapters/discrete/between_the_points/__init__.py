"""Between the points: what a learner says of what was never asked."""
