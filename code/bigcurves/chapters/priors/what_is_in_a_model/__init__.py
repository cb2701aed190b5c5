"""What is in a model: all the book's cases on one scale."""
