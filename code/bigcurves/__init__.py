"""The science of Big Curves: worlds, learners, measures and experiments."""

from bigcurves.provenance import imported

imported.watch()
