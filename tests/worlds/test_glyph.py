"""Glyphs against differences, symmetries, planted offsets."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bigcurves.worlds import GlyphWorld
from bigcurves.worlds.glyph import HALF_WIDTH
from bigcurves.worlds.templates import MORPHS

PLAIN = {"x": 0.0, "y": 0.0, "turn": 0.0, "slant": 0.0, "scale": 0.0, "aspect": 0.0}


@pytest.mark.parametrize(("first", "last"), MORPHS)
def test_a_morph_starts_and_ends_at_its_glyphs(first, last):
    latents = np.random.default_rng(0).random((5, 8))
    latents[:, -1] = 0
    world = GlyphWorld(glyph=first, morph=last)
    assert_allclose(world.render(latents), GlyphWorld(glyph=first).render(latents[:, :-1]))
    latents[:, -1] = 1
    assert_allclose(world.render(latents), GlyphWorld(glyph=last).render(latents[:, :-1]))


def test_half_a_turn_makes_a_six_a_nine():
    turning = replace(GlyphWorld(glyph="6", thickness=0), **{**PLAIN, "turn": 180.0})
    nine = replace(GlyphWorld(glyph="9"), **PLAIN)
    turned, upright = turning.render(np.array([[1.0]])), nine.render(np.array([[0.5]]))
    assert_allclose(turned, upright, atol=1e-12)


@pytest.mark.parametrize("pixels", [1, 3])
def test_a_shift_by_whole_pixels_rolls_the_image(pixels):
    world = GlyphWorld(**{**PLAIN, "x": 0.5, "y": 0.5}, thickness=0, side=20)
    latents = np.array([[0.5, 0.5], [0.5 + pixels * 0.1, 0.5 - pixels * 0.1]])
    still, moved = world.render(latents).reshape(2, 20, 20)
    rolled = np.roll(still, (-pixels, pixels), axis=(0, 1))
    inner = slice(4, -4)
    assert_allclose(moved[inner, inner], rolled[inner, inner], atol=1e-12)


def test_quarter_turns_turn_the_image():
    world = GlyphWorld(glyph="4", **{**PLAIN, "turn": 90.0}, thickness=0)
    left, upright, right = world.render(np.array([[0.0], [0.5], [1.0]])).reshape(3, 28, 28)
    assert_allclose(np.rot90(upright), left, atol=1e-12)
    assert_allclose(np.rot90(upright, -1), right, atol=1e-12)


def test_size_is_a_change_of_scale_of_glyph_and_pen():
    """Half the size on twice the pixels: the middle of the frame shows the same picture."""
    large = GlyphWorld(**PLAIN, thickness=0.3, side=16)
    small = GlyphWorld(**PLAIN, thickness=0.3, side=32, size=0.5)
    latents = np.random.default_rng(0).random((4, 1))
    middle = small.render(latents).reshape(4, 32, 32)[:, 8:24, 8:24]
    assert_allclose(middle.reshape(4, -1), large.render(latents), atol=1e-12)


def test_dimming_scales_the_ink():
    world = GlyphWorld(**PLAIN, thickness=0, dimming=0.4)
    bright, half, dim = world.render(np.array([[0.0], [0.5], [1.0]]))
    assert_allclose(half, 0.8 * bright)
    assert_allclose(dim, 0.6 * bright)


def test_latents_are_named_in_order_and_switched_off_by_zero():
    assert GlyphWorld(slant=0, morph="8").latent_names == (
        *("x", "y", "turn", "scale", "aspect", "thickness"),
        "morph",
    )
    assert GlyphWorld().d == 7


WORLDS = [
    GlyphWorld(side=14),
    GlyphWorld(glyph="4", morph="9", side=12),
    GlyphWorld(glyph="0", dimming=0.4, side=12),
    GlyphWorld(glyph="1", turn=180, side=16),
]


@pytest.mark.parametrize("world", WORLDS, ids=repr)
def test_jacobian_matches_central_differences(world):
    step, latents = 1e-6, np.random.default_rng(1).uniform(0.01, 0.99, (20, world.d))
    ahead = [world.render(latents + step * axis) for axis in np.eye(world.d)]
    behind = [world.render(latents - step * axis) for axis in np.eye(world.d)]
    differences = np.stack([(a - b) / (2 * step) for a, b in zip(ahead, behind, strict=True)], 2)
    # Where two pieces are equally near a pixel the slope has a kink: rare, and seen by few.
    wrong = np.abs(world.jacobian(latents) - differences) > 1e-5
    assert wrong.mean() < 1e-4


@pytest.mark.parametrize("world", WORLDS, ids=repr)
def test_images_of_the_world_are_on_its_manifold(world):
    sample = world.sample(15, np.random.default_rng(0))
    found = world.project(sample.inputs)
    assert found.distances.max() < 1e-7


@pytest.mark.parametrize("world", WORLDS[:2], ids=repr)
def test_a_planted_normal_offset_is_read_back(world):
    rng = np.random.default_rng(2)
    latents = rng.uniform(0.2, 0.8, (10, world.d))
    offset = rng.standard_normal((10, world.pixels))
    tangents = np.linalg.qr(world.jacobian(latents))[0]
    offset -= (tangents @ (tangents.transpose(0, 2, 1) @ offset[:, :, np.newaxis]))[:, :, 0]
    offset *= 0.02 / np.sqrt((offset**2).mean(axis=1, keepdims=True))
    found = world.project(world.render(latents) + offset)
    assert_allclose(found.distances, 0.02, atol=1e-4)


def test_the_pen_is_as_wide_as_it_says():
    """On a long straight stem the ink across is PEAK / (1 + exp(x^2 / r^2 - 1)), to be summed."""
    world = GlyphWorld(glyph="1", **PLAIN, thickness=0.5, side=64)
    thin, thick = world.render(np.array([[0.0], [1.0]])).reshape(2, 64, 64)
    profile = np.exp(-(np.linspace(-9, 9, 100_001) ** 2) + 1)
    ink = (1 + np.exp(-1)) * (profile / (1 + profile)).sum() * 18 / 100_000
    row = 40  # well below the flag and above the foot
    for image, factor in ((thin, np.exp(-0.5)), (thick, np.exp(0.5))):
        width = image[row].sum() * 2 / 64
        # Sampling a smooth bump by pixels 2/64 apart errs below a per mille.
        assert width == pytest.approx(HALF_WIDTH * factor * ink, rel=2e-3)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"glyph": "q"}, "glyph must be one of 0, 1, .*, got 'q'"),
        ({"morph": "5"}, "morph must make one of 3-8, 1-7, 4-9, 0-6, got 3-5"),
        ({"turn": 181}, "turn must be between 0 and 180.0 degrees, got 181 degrees"),
        ({"x": np.nan}, "x must be between 0 and 1.0 frame units, got nan"),
        ({"dimming": 1}, "dimming must be between 0 and 0.9, got 1"),
        ({"side": 4}, "side must be between 8 and 64, got 4"),
        ({**PLAIN, "thickness": 0}, "at least one style must have a reach above 0"),
    ],
)
def test_bad_settings_are_named(fields, message):
    with pytest.raises(ValueError, match=message):
        GlyphWorld(**fields)


@pytest.mark.parametrize("morph", [8, ["8"], {}])
def test_a_morph_that_is_no_word_is_a_type_error(morph):
    with pytest.raises(TypeError, match=r"^morph must be one of 0, 1, .*, got a "):
        GlyphWorld(morph=morph)
