"""Charts of the chapter: tidy tables in, Altair charts out."""
