"""Worlds: draw latents, render rows."""
