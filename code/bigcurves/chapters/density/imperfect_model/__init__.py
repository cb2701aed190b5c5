"""An imperfect model: what a learner says where samples are missing."""
