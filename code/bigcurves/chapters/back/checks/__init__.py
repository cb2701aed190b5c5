"""How this book checks itself: figures of MNIST that others have published, too."""
