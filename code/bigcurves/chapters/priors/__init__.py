"""Priors: what a learner brings along, and what that is worth."""
