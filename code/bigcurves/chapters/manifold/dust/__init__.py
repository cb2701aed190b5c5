"""Dust: how empty a space of many dimensions is."""
