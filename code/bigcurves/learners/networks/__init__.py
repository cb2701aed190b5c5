"""Networks of the package's own: layers and gradients by hand, one training loop, classifiers."""
