"""What stands behind a run, where runs are recorded, and how they are repeated."""
