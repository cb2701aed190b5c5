"""What a build tells while it works, and how it ends: its state, its lines, its table, Ctrl-C."""
