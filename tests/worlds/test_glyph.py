"""Glyphs against distances walked out anew, differences, symmetries, planted offsets."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from bigcurves.worlds import EIGHT, GlyphClasses, GlyphWorld
from bigcurves.worlds.glyph import HALF_WIDTH
from bigcurves.worlds.shade import shade
from bigcurves.worlds.strokes import draw_strokes
from bigcurves.worlds.styles import STYLES, bend
from bigcurves.worlds.templates import MORPHS, POINTS, TEMPLATES

PLAIN = {"x": 0.0, "y": 0.0, "turn": 0.0, "slant": 0.0, "scale": 0.0, "aspect": 0.0}
every_glyph = pytest.mark.parametrize("glyph", TEMPLATES)


def draw_slowly(points, half_width, side):
    """Walk densely along the stroke and take each pixel's nearest step."""
    walk = np.concatenate(
        [a + np.linspace(0, 1, 400)[:, np.newaxis] * (b - a) for a, b in pairwise(points)]
    )
    centres = (np.arange(side) + 0.5) * 2 / side - 1
    image = np.empty((side, side))
    for row, down in enumerate(centres):
        for column, across in enumerate(centres):
            image[row, column] = np.min((walk[:, 0] - across) ** 2 + (walk[:, 1] - down) ** 2)
    q = image.ravel() / half_width**2
    return (1 + np.exp(-1)) / (1 + np.exp(np.minimum(q - 1, 30)))


@pytest.mark.parametrize("seed", range(4))
def test_strokes_follow_the_distance_to_a_dense_walk(seed):
    rng = np.random.default_rng(seed)
    points = rng.uniform(-0.8, 0.8, (3, POINTS, 2))
    images = draw_strokes(points, np.array([0.08, 0.1, 0.12]), 10)
    # Steps lie at most 2.3 / 400 apart, so a distance errs by below (.003)^2 / 2 / distance;
    # its square by 1e-5, which the narrowest pen magnifies by 1 / .08^2 and the edge by 1/3.
    assert_allclose(images[0], draw_slowly(points[0], 0.08, 10), atol=1e-3)
    assert_allclose(images[2], draw_slowly(points[2], 0.12, 10), atol=1e-3)


def test_a_single_piece_is_a_capsule():
    """One long straight piece: the closed form of the distance to a segment."""
    points = np.linspace([-0.5, 0.1], [0.5, 0.1], POINTS)[np.newaxis]
    centres = (np.arange(16) + 0.5) / 8 - 1
    across = np.maximum(np.abs(centres) - 0.5, 0)
    squared = across[np.newaxis, :] ** 2 + (centres[:, np.newaxis] - 0.1) ** 2
    expected = shade(squared.ravel() / 0.1**2)
    assert_allclose(draw_strokes(points, np.array([0.1]), 16)[0], expected, atol=1e-12)


@every_glyph
def test_every_template_is_one_even_stroke_inside_the_frame(glyph):
    points = TEMPLATES[glyph]
    assert points.shape == (POINTS, 2)
    assert np.abs(points).max() <= 0.66
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    assert steps.max() < 2.5 * np.median(steps)  # no leap of the pen


@pytest.mark.parametrize(
    ("glyph", "corners"),
    [
        ("1", [(-0.28, -0.38), (0.05, -0.65), (0.05, 0.65)]),
        ("4", [(0.2, 0.65), (0.2, -0.65), (-0.45, 0.2), (0.5, 0.2)]),
        ("7", [(-0.42, -0.6), (0.42, -0.6), (-0.1, 0.65)]),
        ("L", [(-0.35, -0.65), (-0.35, 0.62), (0.42, 0.62)]),
    ],
)
def test_a_straight_stroke_keeps_its_corners_and_shares_its_points_by_length(glyph, corners):
    lengths = [np.hypot(*np.subtract(b, a)) for a, b in pairwise(corners)]
    places = [int(np.linalg.norm(TEMPLATES[glyph] - corner, axis=1).argmin()) for corner in corners]
    for (a, b), (first, last), length in zip(
        pairwise(corners), pairwise(places), lengths, strict=True
    ):
        walked = TEMPLATES[glyph][first : last + 1]
        assert_allclose(walked, np.linspace(a, b, last - first + 1), atol=1e-12)
        assert abs(last - first - (POINTS - 1) * length / sum(lengths)) < 1
    assert (places[0], places[-1]) == (0, POINTS - 1)


def test_styles_bend_as_matrices_do():
    rng = np.random.default_rng(5)
    style = {name: rng.uniform(-0.5, 0.5, 3) for name in STYLES} | {"turn": np.array([-40, 0, 130])}
    points = rng.uniform(-1, 1, (3, POINTS, 2))
    bent = bend(points, style)
    for row in range(3):
        s = {name: numbers[row] for name, numbers in style.items()}
        size = np.diag(np.exp([s["scale"] - s["aspect"], s["scale"] + s["aspect"]]))
        lean = np.array([[1, -s["slant"]], [0, 1]])
        cos, sin = np.cos(np.pi * s["turn"] / 180), np.sin(np.pi * s["turn"] / 180)
        turned = points[row] @ (np.array([[cos, -sin], [sin, cos]]) @ lean @ size).T
        assert_allclose(bent[row] - turned, [(s["x"], s["y"])] * POINTS, atol=1e-12)
    upright = dict.fromkeys(STYLES, np.zeros(1))
    top = bend(np.array([[[0.0, -1.0]]]), upright | {"slant": np.array([0.3])})
    assert_allclose(top, [[[0.3, -1]]], err_msg="the top leans to the right")


@pytest.mark.parametrize(("first", "last"), MORPHS)
def test_no_morph_collapses_on_its_way(first, last):
    """A half-way shape keeps its size: each point's spread stays above 80 % of the ends'."""
    middle = (TEMPLATES[first] + TEMPLATES[last]) / 2
    smaller = min(TEMPLATES[first].std(axis=0).prod(), TEMPLATES[last].std(axis=0).prod())
    assert middle.std(axis=0).prod() > 0.64 * smaller


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


def test_classes_are_dealt_evenly_and_rendered_by_their_own_world():
    classes = GlyphClasses(glyphs=EIGHT, like=GlyphWorld(side=12))
    sample = classes.sample(84, np.random.default_rng(0))
    assert set(np.bincount(sample.targets, minlength=8)) == {10, 11}
    for place, glyph in enumerate(EIGHT):
        mine = sample.targets == place
        world = GlyphWorld(glyph=glyph, side=12)
        assert_array_equal(sample.inputs[mine], world.render(sample.latents[mine]))


def test_classes_differentiate_and_project_on_their_own_manifold():
    classes = GlyphClasses(glyphs=("1", "O"), like=GlyphWorld(side=12, aspect=0, slant=0))
    sample = classes.sample(8, np.random.default_rng(0))
    assert classes.project(sample.inputs, sample.targets).distances.max() < 1e-7
    assert classes.project(sample.inputs, 1 - sample.targets).distances.min() > 0.05
    slopes = classes.jacobian(sample.latents, sample.targets)
    one = GlyphWorld(glyph=classes.glyphs[sample.targets[0]], side=12, aspect=0, slant=0)
    assert_allclose(slopes[0], one.jacobian(sample.latents[:1])[0], atol=1e-12)


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


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: GlyphClasses(glyphs=("1",)), "glyphs must be at least two, each once"),
        (lambda: GlyphClasses(glyphs=("1", "1")), "each once"),
        (lambda: GlyphClasses(glyphs=("1", "?")), "glyph must be one of"),
        (lambda: GlyphClasses(like=GlyphWorld(morph="8")), "like must have no morph, got '8'"),
        (lambda: GlyphClasses().render(np.zeros((2, 7)), np.zeros(3)), r"shape \(2,\), got \(3,\)"),
        (lambda: GlyphClasses().render(np.zeros((1, 7)), [10]), "whole numbers from 0 to 9"),
    ],
)
def test_bad_classes_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
