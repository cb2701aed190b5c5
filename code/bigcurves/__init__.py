"""The science of Big Curves: worlds, learners, measures and experiments."""
