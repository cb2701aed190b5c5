"""Charts: tidy tables in, Altair charts out."""
