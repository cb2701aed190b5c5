"""Random labels: what is memorised, and in which order."""
