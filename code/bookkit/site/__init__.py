"""The site around the pages: build, blocks, formulas, preview, publication."""
