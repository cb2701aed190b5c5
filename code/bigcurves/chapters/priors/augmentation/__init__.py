"""Augmentation: changed copies of samples, and what they are worth."""
