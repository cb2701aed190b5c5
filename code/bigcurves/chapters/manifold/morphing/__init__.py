"""Morphing: from one picture to another, through pictures that exist."""
