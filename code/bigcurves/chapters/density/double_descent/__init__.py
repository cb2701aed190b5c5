"""Double descent: curves through every point, and when they are calm."""
