"""Worlds of several glyphs: each class its own world, and the three that the book uses."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.spatial.distance import cdist

from bigcurves.worlds import (
    EIGHT,
    SHIFTED_EIGHT,
    TURNED_EIGHT,
    TURNED_FOUR,
    GlyphClasses,
    GlyphWorld,
)

PAIR = GlyphClasses(glyphs=("1", "O"), like=GlyphWorld(side=12, aspect=0, slant=0))


def test_classes_are_dealt_evenly_and_rendered_by_their_own_world() -> None:
    classes = GlyphClasses(glyphs=EIGHT, like=GlyphWorld(side=12))
    sample = classes.sample(84, np.random.default_rng(0))
    assert sample.targets is not None
    assert sample.latents is not None
    assert set(np.bincount(sample.targets, minlength=8)) == {10, 11}
    for place, glyph in enumerate(EIGHT):
        mine = sample.targets == place
        world = GlyphWorld(glyph=glyph, side=12)
        assert_array_equal(sample.inputs[mine], world.render(sample.latents[mine]))


def test_classes_differentiate_and_project_on_their_own_manifold() -> None:
    classes = GlyphClasses(glyphs=("1", "O"), like=GlyphWorld(side=12, aspect=0, slant=0))
    sample = classes.sample(8, np.random.default_rng(0))
    assert sample.targets is not None
    assert sample.latents is not None
    assert classes.project(sample.inputs, sample.targets).distances.max() < 1e-7
    assert classes.project(sample.inputs, 1 - sample.targets).distances.min() > 0.05
    slopes = classes.jacobian(sample.latents, sample.targets)
    one = GlyphWorld(glyph=classes.glyphs[sample.targets[0]], side=12, aspect=0, slant=0)
    assert_allclose(slopes[0], one.jacobian(sample.latents[:1])[0], atol=1e-12)


def test_every_class_has_the_settings_of_the_world_it_is_like() -> None:
    like = GlyphWorld(glyph="7", turn=0, x=0.3, side=10, noise=0.2)
    classes = GlyphClasses(glyphs=("L", "2"), like=like)
    assert classes.worlds == (replace(like, glyph="L"), replace(like, glyph="2"))
    assert (classes.d, classes.pixels, classes.side) == (6, 100, 10)


def test_noise_moves_neither_latents_nor_targets() -> None:
    noisy = replace(PAIR, like=replace(PAIR.like, noise=0.3))
    one, other = (world.sample(400, np.random.default_rng(1)) for world in (PAIR, noisy))
    assert_array_equal(one.latents, other.latents)
    assert_array_equal(one.targets, other.targets)
    # 57,600 pixels: the standard error of this spread is 0.3 / sqrt(115,200) = 0.0009.
    assert (other.inputs - one.inputs).std() == pytest.approx(0.3, abs=0.004)


def test_half_a_turn_makes_a_nine_of_every_six_and_a_t_of_no_t() -> None:
    latents = np.random.default_rng(2).random((5, TURNED_FOUR.d))
    six, nine, tee, ring = (TURNED_FOUR.render(latents, np.full(5, k)) for k in range(4))
    # All pixels in reverse are the picture after half a turn, whatever its lean and pen.
    assert_allclose(six[:, ::-1], nine, atol=1e-12)
    assert np.abs(tee[:, ::-1] - tee).max() > 0.9
    # The ring is a chain of 17 straight pieces, so it comes back up to its corners.
    assert np.abs(ring[:, ::-1] - ring).max() < 0.15


def test_no_two_of_the_eight_are_turns_of_each_other() -> None:
    middle = np.full((8, TURNED_EIGHT.d), 0.5)
    images = TURNED_EIGHT.render(middle, np.arange(8))
    turns, slants = np.meshgrid(np.linspace(0, 1, 181), np.linspace(0, 1, 5))
    every = np.stack([turns.ravel(), slants.ravel(), np.full(turns.size, 0.5)], axis=1)
    for place, glyph in enumerate(EIGHT):
        turned = TURNED_EIGHT.render(every, np.full(len(every), place))
        nearest = cdist(images, turned).min(axis=1) / np.sqrt(TURNED_EIGHT.pixels)
        assert nearest[place] < 1e-12
        # A 2 and a 6, the nearest two, are some .12 apart in RMS pixel value.
        assert np.delete(nearest, place).min() > 0.1, glyph


def test_a_shifted_glyph_keeps_its_ink_at_the_edge_of_the_frame() -> None:
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1], [0.5, 0.5]])
    for target in range(8):
        ink = SHIFTED_EIGHT.render(corners, np.full(5, target)).sum(axis=1)
        # Pixels a tenth of the frame wide sample a pen .13 wide: up to some 5 % by themselves.
        assert_allclose(ink[:4], ink[4], rtol=0.06)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: GlyphClasses(glyphs=("1",)), "glyphs must be at least two, each once"),
        (lambda: GlyphClasses(glyphs=("1", "1")), "each once"),
        (
            lambda: GlyphClasses(glyphs=("1", "?")),
            r"each of glyphs must be one of 0, 1, .* got '\?'",
        ),
        (lambda: GlyphClasses(like=GlyphWorld(morph="8")), "like must have no morph, got '8'"),
        (
            lambda: GlyphClasses().render(np.zeros((2, 7)), np.zeros(3, np.int64)),
            r"shape \(2,\), got \(3,\)",
        ),
        (
            lambda: GlyphClasses().render(np.zeros((1, 7)), np.array([10])),
            "whole numbers from 0 to 9, got",
        ),
        (lambda: PAIR.jacobian(np.zeros((1, 5)), np.array([2])), "numbers from 0 to 1, got"),
        (lambda: PAIR.project(np.zeros((1, 144)), np.array([-1])), "numbers from 0 to 1, got"),
        (lambda: PAIR.project(np.zeros((1, 100)), np.array([0])), r"shape \(n, 144\)"),
    ],
)
def test_bad_classes_are_named(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"glyphs": None}, "glyphs must be a tuple of glyphs, got a NoneType"),
        ({"glyphs": "38"}, "glyphs must be a tuple of glyphs, got a str"),
        ({"glyphs": ("3", 8)}, "each of glyphs must be one of .*, got a int"),
        ({"glyphs": ("3", ["8"])}, "each of glyphs must be one of .*, got a list"),
        ({"like": None}, "like must be a GlyphWorld, got a NoneType"),
    ],
)
def test_another_kind_of_setting_is_a_type_error(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=f"^{message}"):
        GlyphClasses(**fields)


def test_glyphs_may_be_a_list() -> None:
    assert GlyphClasses(glyphs=["3", "8"]) == GlyphClasses(glyphs=("3", "8"))  # type: ignore[arg-type]
