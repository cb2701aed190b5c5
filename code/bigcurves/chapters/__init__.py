"""The book's chapters, part by part: what each runs, and how it shows what came of it."""
