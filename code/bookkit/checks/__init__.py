"""Checks of the chapters' source."""
