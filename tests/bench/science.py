"""How fast the worlds draw and how exactly they read back, beside plain loops."""

from collections.abc import Iterator

import numpy as np
from row import Row, seconds

from bigcurves.worlds import BarWorld


def measure() -> Iterator[Row]:
    """Time drawing and projection on one core."""
    for side, goal in ((16, ">= 200,000"), (28, ">= 140,000")):
        world = BarWorld(d=3, side=side)
        latents = np.random.default_rng(0).random((4096, 3))
        fast = len(latents) / seconds(lambda w=world, z=latents: w.render(z))
        few = latents[:256]
        plain = len(few) / seconds(lambda w=world, z=few: [w.render(row[np.newaxis]) for row in z])
        yield Row(
            figure=f"BarWorld.render at {side} px (baseline: one image at a time)",
            measured=fast,
            unit="images/s",
            goal=goal,
            baseline=plain,
        )
    yield from projection()


def projection() -> Iterator[Row]:
    """Time `project`, and read a planted normal offset of 0.02 back."""
    world = BarWorld(d=3, side=16)
    rng = np.random.default_rng(1)
    latents = 0.1 + 0.8 * rng.random((256, 3))
    images = world.render(latents)
    pixels = images.shape[1]
    # A direction normal to the manifold: what is left of noise outside the tangent space.
    noise = rng.standard_normal(images.shape)
    for row, jacobian in enumerate(world.jacobian(latents)):
        basis, _ = np.linalg.qr(jacobian)
        noise[row] -= basis @ (basis.T @ noise[row])
    noise *= 0.02 * np.sqrt(pixels) / np.linalg.norm(noise, axis=1, keepdims=True)
    world.project(images[:8])
    each = seconds(lambda: world.project(images), runs=3) / len(images)
    yield Row(figure="BarWorld.project, d = 3", measured=1e3 * each, unit="ms/image", goal="<= 1.5")
    off = np.abs(world.project(images + noise).distances - 0.02).max()
    yield Row(figure="read-back of a planted 0.02, worst", measured=off, unit="RMS", goal="<= 1e-4")
