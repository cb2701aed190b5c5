"""Live kernels that make pictures: each function here writes a call into a chart's expression.

As those of `kernels`; a picture is a list of pixel values, row by row, and a strip of them the
address of a PNG.
"""

from bigcurves.plotting.expressions import Term, call


def bar_image(latents: Term, side: Term) -> str:
    """Draw a bar, side x side pixels: `worlds.BarWorld.render`."""
    return call("barImage", latents, side)


def bar_strip(rows: Term, side: Term, white: "Term | None" = None) -> str:
    """Lay rows of bars or pictures out as one PNG, a black pixel between two of them.

    A picture's pixels go from 0, black, to `white`; without it, to 1. The pictures are those of
    `plotting.picture.sprite`, whose gaps are see-through.
    """
    return call("barStrip", rows, side, white)


def bar_away(start: Term, end: Term, distance: Term, side: Term) -> str:
    """Move a bar towards another until its picture is at an RMS pixel distance."""
    return call("barAway", start, end, distance, side)


def mix_away(start: Term, end: Term, distance: Term) -> str:
    """Mix a picture with another until it is at an RMS pixel distance."""
    return call("mixAway", start, end, distance)


def mixed(a: Term, b: Term, share: Term) -> str:
    """Go a share of the straight way from picture to picture."""
    return call("mixed", a, b, share)


def bar_project(pixels: Term, side: Term) -> str:
    """Find the bar nearest to a picture, and its distance: `worlds.BarWorld.project`."""
    return call("barProject", pixels, side)


def bar_film(a: Term, b: Term, frames: Term, side: Term, model: Term) -> str:
    """Walk five ways from bar to bar: `learners.straight_path` and `learners.geodesic`."""
    return call("barFilm", a, b, frames, side, model)


def draw_latents(seed: Term, n: Term, d: Term) -> str:
    """Draw the latents of n bars from a stream of the kernels' own."""
    return call("drawLatents", seed, n, d)


def draw_bars(seed: Term, n: Term, d: Term, side: Term) -> str:
    """Draw the pictures of those bars: `worlds.BarWorld.render`."""
    return call("drawBars", seed, n, d, side)


def spoilt_pictures(rows: Term, n: Term, d: Term, noise: Term, moved: Term) -> str:
    """Draw the first n rows as pictures, with grain and so many pixels moved about in each."""
    return call("spoiltPictures", rows, n, d, noise, moved)


def blend_gap(a: Term, b: Term) -> str:
    """Square the gaps between two pictures, pixel by pixel."""
    return call("blendGap", a, b)


def error_picture(errors: Term, white: Term) -> str:
    """Show squared errors by their size: black for none, white for `white` or more."""
    return call("errorPicture", errors, white)


def cover_picture(points: Term, side: Term, white: Term) -> str:
    """Show distances to the nearest point: black at a point, white from `white` on."""
    return call("coverPicture", points, side, white)
