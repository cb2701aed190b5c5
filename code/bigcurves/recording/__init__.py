"""Recording: the runs that the book shows, written down and repeated."""
