"""Claims: what the book states, and whether the runs bear it out."""
