"""Charts on pages: compiled, drawn, packed and given their controls."""
