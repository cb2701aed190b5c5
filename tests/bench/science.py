"""How fast the worlds draw and how exactly they read back, beside plain loops."""

from collections.abc import Iterator

import numpy as np
from row import Row, seconds
from threadpoolctl import threadpool_limits

from bigcurves.worlds import BarWorld, GlyphWorld
from bigcurves.worlds.shade import pixel_grid, shade


def measure() -> Iterator[Row]:
    """Time drawing and projection on one core."""
    with threadpool_limits(limits=1):
        yield from bars()
        yield from glyphs()
        yield from projection()


def bars() -> Iterator[Row]:
    """Time bars beside one image at a time."""
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


def glyphs() -> Iterator[Row]:
    """Time glyphs beside the textbook way: every pixel against every piece, image by image."""
    world = GlyphWorld(morph="8")
    latents = np.random.default_rng(0).random((1024, world.d))
    points, half_widths, _ = world._strokes(latents[:64])
    pixels = np.stack(pixel_grid(world.side), axis=1)[:, np.newaxis]

    def plain() -> None:
        for stroke, half_width in zip(points, half_widths, strict=True):
            start, ahead = stroke[:-1], np.diff(stroke, axis=0)
            share = ((pixels - start) * ahead).sum(axis=2) / (ahead**2).sum(axis=1)
            gap = pixels - (start + np.clip(share, 0, 1)[:, :, np.newaxis] * ahead)
            shade((gap**2).sum(axis=2).min(axis=1) / half_width**2)

    yield Row(
        figure="GlyphWorld.render at 28 px (baseline: every pixel against every piece)",
        measured=len(latents) / seconds(lambda: world.render(latents)),
        unit="images/s",
        goal=">= 15,000",
        baseline=len(points) / seconds(plain),
    )
    few = world.sample(64, np.random.default_rng(1)).inputs
    world.project(few[:1])  # the reference images are drawn once
    each = seconds(lambda: world.project(few), runs=3) / len(few)
    yield Row(figure="GlyphWorld.project, d = 8", measured=1e3 * each, unit="ms/image")


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
