"""What is asked of the worlds."""

from tests.hostile.arguments import (
    Argument,
    flag,
    generator,
    number,
    numbers,
    rows,
    several,
    text,
    thing,
    whole,
)
from tests.hostile.harness import Recipes

from bigcurves import worlds

RECIPES = Recipes()


def _bar(rng):
    return {"d": number(2), "side": number(8), "noise": number(0.0, 0.1)}


def _glyph(rng):
    styles = ("x", "y", "turn", "slant", "scale", "aspect", "thickness", "dimming")
    return {
        "glyph": text("3", "0", "A"),
        "morph": number(None),
        **{name: number(0.0) for name in styles},
        "x": number(0.1),
        "y": number(0.15),
        "size": number(1.0, 0.5),
        "side": number(8),
        "noise": number(0.0, 0.1),
    }


def _classes(rng):
    like = worlds.GlyphWorld(turn=0, slant=0, scale=0, aspect=0, thickness=0, side=8)
    strange = (worlds.BarWorld(), worlds.GlyphWorld(glyph="3", morph="8"), worlds.GlyphWorld)
    return {
        "glyphs": several(("0", "1"), ("3", "8", "A")),
        "like": thing(lambda _: like, *strange),
    }


def _curve(rng):
    return {
        "shape": text("smooth", "triangle", "step"),
        "jitter": number(0.25, 0),
        "noise": number(0.0, 0.1),
    }


def _addition(rng):
    return {"digits": number(2), "table": text("sums", "random")}


def _digits(rng):
    forms = ("raw", "permuted", "scrambled", "gaussian", "uniform")
    return {"form": text(*forms), "shift": number(0, 1)}


def _flat(rng):
    return {"d": number(2), "features": number(5), "noise": number(0.0, 0.1)}


def _integers(rng):
    encodings = ("scalar", "bits", "decimal", "fourier", "residues", "flags", "ids")
    return {
        "encoding": text(*encodings),
        "label": text("prime", "smooth"),
        "pool": text("coprime", "all"),
        "balanced": flag(),
        "primes": number(8, 1),
    }


def _keys(rng):
    return {"kind": text("random", "curve"), "bits": number(8), "margin": number(0.2, 0)}


def _mnist(rng):
    return {"part": text("train", "test")}


def _modular(rng):
    return {"p": number(7, 11), "kind": text("sum", "renamed", "latin", "random")}


def _parity(rng):
    return {"bits": number(8), "secret": several((0, 3), (7,))}


def _turning(rng):
    return {
        "arc": number(1.0, 0.5),
        "orbits": number(False),
        "side": number(8),
        "noise": number(0.0, 0.1),
    }


WORLDS = {  # what its settings are, and of which width its latents are with the plausible ones
    worlds.BarWorld: (_bar, 2),
    worlds.GlyphWorld: (_glyph, 2),
    worlds.GlyphClasses: (_classes, 2),
    worlds.CurveWorld: (_curve, 1),
    worlds.DigitAddition: (_addition, 2),
    worlds.Digits: (_digits, None),
    worlds.FlatWorld: (_flat, 2),
    worlds.Integers: (_integers, 1),
    worlds.Keys: (_keys, 1),
    worlds.MNIST: (_mnist, None),
    worlds.ModularAddition: (_modular, 2),
    worlds.Parity: (_parity, 8),
    worlds.TurningBar: (_turning, 1),
}
CLASSES = {"targets": whole(3, 0, 2)}


def _latents(kind, n, d):
    """Give latents: of what is rounded to whole numbers, those below the last; bits where asked."""
    drawn = {
        worlds.ModularAddition: lambda rng: 0.9 * rng.random((n, d)),
        worlds.Keys: lambda rng: 0.99 * rng.random((n, d)),
        worlds.Integers: lambda rng: 0.99 * rng.random((n, d)),
        worlds.DigitAddition: lambda rng: rng.integers(0, 100, (n, d)) / 100,
        worlds.Parity: lambda rng: rng.integers(0, 2, (n, d)).astype(float),
    }
    return Argument(drawn.get(kind, rows(n, d).plausible), rows(n, d).hostile)


for _kind, (_settings, _d) in WORLDS.items():

    @RECIPES(_kind)
    def _(rng, settings=_settings):
        return settings(rng)

    @RECIPES(_kind, "sample")
    def _(rng, settings=_settings):
        return settings(rng), {"n": number(1, 3, 12), "rng": generator()}

    for _method in ("render", "jacobian", "labels"):
        if callable(getattr(_kind, _method, None)):

            @RECIPES(_kind, _method)
            def _(rng, settings=_settings, kind=_kind, d=_d):
                more = CLASSES if kind is worlds.GlyphClasses else {}
                return settings(rng), {"latents": _latents(kind, 3, d)} | more


@RECIPES(worlds.CurveWorld, "height")
def _(rng):
    return _curve(rng), {"places": numbers(4)}


@RECIPES(worlds.ModularAddition, "table")
def _(rng):
    return _modular(rng), {"rng": generator()}


@RECIPES(worlds.ModularAddition, "split")
def _(rng):
    return _modular(rng), {"share": number(0.5, 0, 1), "rng": generator()}


@RECIPES(worlds.Digits, "split")
def _(rng):
    written = _digits(rng) | {"form": text("raw", "permuted", "scrambled")}
    return written, {"rng": generator(), "sheets": several((10, 4), (2, 1, 1))}


@RECIPES(worlds.Parity.full, "sample")
def _(rng):
    return {"bits": number(8)}, {"n": number(3), "rng": generator()}


# To project, a world draws thousands of pictures, and keeps them: so its settings stay the same.


for _world, _pixels in (
    (worlds.BarWorld(d=1, side=8), 64),
    (worlds.BarWorld(d=2, side=8), 64),
    (worlds.FlatWorld(d=2, features=5), 5),
    (worlds.TurningBar(side=8), 64),
    (worlds.GlyphWorld(turn=0, slant=0, scale=0, aspect=0, thickness=0, side=8), 64),
):

    def _made(world):
        return lambda: world

    _maker = _made(_world)
    _maker.__qualname__ = type(_world).__name__

    @RECIPES(_maker, "project")
    def _(rng, world=_world, pixels=_pixels):
        name = "rows" if isinstance(world, worlds.FlatWorld) else "images"
        return {}, {name: rows(2, pixels)}


@RECIPES(worlds.GlyphClasses, "project")
def _(rng):
    like = worlds.GlyphWorld(turn=0, slant=0, scale=0, aspect=0, thickness=0, side=8)
    fixed = {"glyphs": number(("0", "1")), "like": number(like)}
    fixed = {name: Argument(of.plausible, of.plausible) for name, of in fixed.items()}
    return fixed, {"images": rows(2, 64), "targets": whole(2, 0, 2)}


@RECIPES(worlds.Projection)
def _(rng):
    return {"latents": rows(3, 2), "distances": numbers(3)}
