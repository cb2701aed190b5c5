"""What every world promises, asked of all of them alike."""

import dataclasses
import inspect
from dataclasses import fields, is_dataclass, replace
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from bigcurves import worlds
from bigcurves.sample import Sample
from bigcurves.worlds import (
    MNIST,
    SHIFTED_EIGHT,
    TURNED_EIGHT,
    TURNED_FOUR,
    BarWorld,
    CurveWorld,
    DigitAddition,
    Digits,
    FlatWorld,
    GlyphClasses,
    GlyphWorld,
    Integers,
    Keys,
    ModularAddition,
    Parity,
    TurningBar,
)
from bigcurves.worlds import digits as digits_module
from bigcurves.worlds import integers as integers_module
from bigcurves.worlds import modular as modular_module

WORLDS = [
    *(BarWorld(d=d, side=8) for d in range(1, 6)),
    BarWorld(noise=0.1),
    GlyphWorld(side=12),
    GlyphWorld(glyph="0", morph="6", dimming=0.3, noise=0.05, side=12),
    TURNED_EIGHT,
    TURNED_FOUR,
    SHIFTED_EIGHT,
    GlyphClasses(like=GlyphWorld(side=10)),
    *(CurveWorld(shape=shape) for shape in ("smooth", "triangle", "step")),
    CurveWorld(noise=0.1, jitter=0.5),
    FlatWorld(),
    FlatWorld(d=3, features=3, noise=0.1),
    TurningBar(),
    TurningBar(arc=0.8, orbits=True, noise=0.1, side=12),
    Keys(),
    Keys(kind="curve"),
    *(Digits(form=form) for form in get_args(digits_module.Form)),
    Digits(shift=2),
    MNIST(),
    MNIST(part="test"),
    *(Integers(encoding=encoding) for encoding in get_args(integers_module.Encoding)),
    Integers(label="smooth", pool="all", balanced=False),
    Parity(),
    Parity.full(10),
    DigitAddition(),
    DigitAddition(table="random", digits=2),
    *(ModularAddition(p=11, kind=kind) for kind in get_args(modular_module.Kind)),
]
every_world = pytest.mark.parametrize("world", WORLDS, ids=repr)
# Every class of glyphs is searched by itself, so one world of four stands for the others.
IMAGE_WORLDS = [
    world
    for world in WORLDS
    if hasattr(world, "project") and (world == TURNED_FOUR or not isinstance(world, GlyphClasses))
]
image_world = pytest.mark.parametrize("world", IMAGE_WORLDS, ids=repr)


def draw(world, n=20, seed=0):
    return world.sample(n, np.random.default_rng(seed))


def noise_of(world):
    if isinstance(world, CurveWorld):
        return 0  # its noise is on the heights
    return getattr(getattr(world, "like", world), "noise", 0)


def truth(world, sample):
    """Give what `render` asks for: the latents, with the class where there is one."""
    if isinstance(world, GlyphClasses):
        return (sample.latents, sample.targets)
    return (sample.latents,)


def test_no_world_is_left_out():
    offered = {
        thing
        for _, thing in inspect.getmembers(worlds, inspect.isclass)
        if is_dataclass(thing) and hasattr(thing, "sample")
    }
    assert offered == {type(world) for world in WORLDS}


@every_world
def test_a_world_is_a_value(world):
    """It prints as itself, compares, can be a key, and cannot be changed."""
    assert eval(repr(world), vars(worlds)) == world
    assert len({world, replace(world)}) == 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(world, fields(world)[0].name, None)
    with pytest.raises(TypeError, match="positional"):
        type(world)(1)


@every_world
def test_same_seed_same_sample_other_seed_other_sample(world):
    one, again, other = draw(world), draw(world), draw(world, seed=1)
    assert_array_equal(one.inputs, again.inputs)
    for name in ("latents", "targets"):
        if getattr(one, name) is not None:
            assert_array_equal(getattr(one, name), getattr(again, name))
    ids = isinstance(world, Integers) and world.encoding == "ids"  # any rows look the same
    assert ids or not np.array_equal(one.inputs, other.inputs)


@every_world
def test_a_world_leaves_the_global_generator_alone(world):
    before = np.random.get_state()[1].copy()  # noqa: NPY002 (looked at, never drawn from)
    draw(world)
    assert_array_equal(np.random.get_state()[1], before)  # noqa: NPY002


@every_world
@settings(max_examples=4)
@given(n=st.integers(1, 30), seed=st.integers(0, 2**32))
def test_rows_latents_and_targets_fit_each_other(world, n, seed):
    sample = draw(world, n, seed)
    assert isinstance(sample, Sample)
    assert len(sample) == n
    assert sample.inputs.dtype == (np.float32 if isinstance(world, MNIST) else np.float64)
    assert sample.inputs.shape == (n, draw(world, n, 0).inputs.shape[1])
    if sample.latents is not None:
        assert sample.latents.dtype == np.float64
        assert np.all((sample.latents >= 0) & (sample.latents <= 1))
        assert sample.latents.shape == (n, getattr(world, "d", sample.latents.shape[1]))


@every_world
def test_the_latents_are_those_that_made_the_rows(world):
    sample = draw(world, 300 if noise_of(world) else 40)
    if sample.latents is None:
        assert isinstance(world, Digits | MNIST)  # real, so nobody knows their truth
        return
    gaps = sample.inputs - world.render(*truth(world, sample))
    if not noise_of(world):
        assert_allclose(gaps, 0, atol=1e-12)
    else:  # 900 numbers or more: 5 standard errors of a spread are 12 %
        assert gaps.std() == pytest.approx(noise_of(world), rel=0.12)


@every_world
def test_what_is_drawn_does_not_depend_on_the_noise(world):
    if not noise_of(world):
        return
    if isinstance(world, GlyphClasses):
        quiet = replace(world, like=replace(world.like, noise=0))
    else:
        quiet = replace(world, noise=0)
    assert_array_equal(draw(quiet).latents, draw(world).latents)


@every_world
def test_rendering_leaves_its_input_unchanged(world):
    sample = draw(world)
    if sample.latents is None:
        return
    before = sample.latents.copy()
    rows = world.render(*truth(world, sample))
    assert_array_equal(sample.latents, before)
    rows += 1  # and gives rows of its own
    assert_array_equal(sample.latents, before)


@every_world
@pytest.mark.parametrize("n", [0, -1, 2.5, True, np.nan])
def test_a_sample_size_that_is_none_is_named(world, n):
    with pytest.raises(ValueError, match="n must be"):
        draw(world, n)


@every_world
def test_bad_latents_are_named(world):
    sample = draw(world)
    if sample.latents is None:
        return
    rest = truth(world, sample)[1:]
    for bad in (
        np.full_like(sample.latents, np.nan),
        np.full_like(sample.latents, -0.1),
        np.full_like(sample.latents, 1.1),
        sample.latents[:, 0],
        np.hstack([sample.latents, sample.latents]),
        sample.latents[:0],
    ):
        with pytest.raises(ValueError, match="latents must"):
            world.render(bad, *rest)


def settings_of_all():
    """List every setting of every kind of world once."""
    for kind in sorted({type(world) for world in WORLDS}, key=lambda kind: kind.__name__):
        for field in fields(kind):
            if isinstance(field.default, bool) or field.name in {"like", "glyphs", "morph"}:
                continue  # these are tried in their worlds' own tests
            yield pytest.param(kind, field, id=f"{kind.__name__}.{field.name}")


@pytest.mark.parametrize(("kind", "field"), list(settings_of_all()))
def test_bad_settings_are_named(kind, field):
    if isinstance(field.default, str):
        bad = ["nonsense"]
    elif isinstance(field.default, tuple):
        bad = [(-1,), ()]
    else:
        bad = [np.nan, -1, 10**9, np.inf]
    for value in bad:
        if field.name == "noise" and value == 10**9:
            continue  # foolish, but a noise
        with pytest.raises(ValueError, match=rf"\b{field.name} must") as caught:
            kind(**{field.name: value})
        shown = repr(value) if isinstance(value, str | tuple) else str(value)
        assert shown in str(caught.value)


@image_world
def test_slopes_have_one_column_for_each_latent(world):
    sample = draw(world, 5)
    slopes = world.jacobian(*truth(world, sample))
    assert slopes.shape == (*sample.inputs.shape, world.d)
    step = 1e-5
    nudged = np.clip(sample.latents, step, 1 - step)
    rest = truth(world, sample)[1:]
    difference = world.render(nudged + step, *rest) - world.render(nudged - step, *rest)
    expected = world.jacobian(nudged, *rest).sum(axis=2)
    # Along all latents at once; a pixel between two strokes may have a kink.
    wrong = np.abs(expected - difference / (2 * step)) > 1e-4 * max(1, np.abs(expected).max())
    assert wrong.mean() < 2e-3


@image_world
def test_the_projection_of_a_projection_is_itself(world):
    quiet = draw(world, 4)
    classes = truth(world, quiet)[1:]
    rows = quiet.inputs + 0.05 * np.random.default_rng(1).standard_normal(quiet.inputs.shape)
    before = rows.copy()
    found = world.project(rows, *classes)
    assert_array_equal(rows, before)
    assert found.latents.shape == quiet.latents.shape
    assert found.distances.shape == (4,)
    drawn = world.render(found.latents, *classes)
    assert_allclose(np.sqrt(((drawn - rows) ** 2).mean(axis=1)), found.distances, atol=1e-9)
    true = world.render(quiet.latents, *classes)
    planted = np.sqrt(((rows - true) ** 2).mean(axis=1))
    assert np.all(found.distances <= planted + 1e-9)  # the nearest is no farther than the source
    assert world.project(drawn, *classes).distances.max() < 1e-7


@image_world
def test_bad_images_are_named(world):
    sample = draw(world, 3)
    classes = truth(world, sample)[1:]
    for bad in (sample.inputs * np.nan, sample.inputs[:, 1:], sample.inputs[:0], sample.inputs[0]):
        with pytest.raises(ValueError, match=r"(images|rows|targets) must"):
            world.project(bad, *classes)


@image_world
@pytest.mark.parametrize("scale", [1e-300, 1e-12, 1e12, 1e39, 1e100])
def test_images_of_any_unit_have_a_distance(world, scale):
    sample = draw(world, 2)
    classes = truth(world, sample)[1:]
    rows = scale * np.clip(sample.inputs, -1, 1)
    found = world.project(rows, *classes)
    assert ((found.latents >= 0) & (found.latents <= 1)).all()
    unit = max(1, scale)  # so that no square overflows here
    gaps = world.render(found.latents, *classes) / unit - rows / unit
    measured = unit * np.sqrt((gaps**2).mean(axis=1))
    assert_allclose(found.distances, measured, rtol=1e-9, atol=1e-12)


@every_world
@pytest.mark.parametrize("rng", [None, 0, np.random.RandomState(0), np.random])
def test_what_is_no_generator_is_named(world, rng):
    with pytest.raises(TypeError, match=r"^rng must be a numpy Generator, as default_rng"):
        world.sample(3, rng)


@every_world
@pytest.mark.parametrize("n", [10**9, 10**400])
def test_a_sample_that_no_memory_holds_is_refused(world, n):
    with pytest.raises(ValueError, match=r"^n must be "):
        draw(world, n)


@every_world
def test_latents_may_be_lists_or_other_floats(world):
    sample = draw(world, 3)
    if sample.latents is None:
        return
    rest = truth(world, sample)[1:]
    rows = world.render(sample.latents, *rest)
    for latents in (sample.latents.tolist(), sample.latents.astype(np.longdouble)):
        assert_array_equal(world.render(latents, *rest), rows)


@pytest.mark.parametrize(("kind", "field"), list(settings_of_all()))
def test_a_setting_of_another_type_is_a_type_error(kind, field):
    for value in (None, [[1]], {}, 1j, object):
        with pytest.raises(TypeError, match=rf"\b{field.name} must be .*, got "):
            kind(**{field.name: value})


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (kind, field.name)
        for kind in dict.fromkeys(type(world) for world in WORLDS)
        for field in fields(kind)
        if isinstance(field.default, bool)
    ],
)
def test_a_switch_is_true_or_false(kind, name):
    for value in (None, 1, "no", np.array([True, False])):
        with pytest.raises(TypeError, match=f"^{name} must be True or False, got "):
            kind(**{name: value})
