"""The science of Big Curves: worlds, learners, measures and experiments."""

from bigcurves.running import imported

imported.watch()
