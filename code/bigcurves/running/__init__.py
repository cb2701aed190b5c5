"""Running: experiments over seeds, and where their rows are kept."""
