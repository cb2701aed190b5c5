"""Values in words and figures, as a sentence of the book tells them."""

from bookkit.reader.options import Axis

LEVEL = 0.05  # of the axis' height: less than that is called level


def told(value: float, spec: str = ".3g") -> str:
    """Write a number with a real minus sign; an exponent is written out."""
    text = format(value, spec)
    if "e" in text:
        text = format(value, ".0f") if abs(value) >= 1 else format(value, "f").rstrip("0")
    return text.replace("-", "\N{MINUS SIGN}")


def with_unit(text: str, unit: str) -> str:
    """Put a unit behind a number: a space between them, but none before a degree or per cent."""
    if not unit:
        return text
    return text + unit if unit[0] in "%°" else f"{text}\N{NO-BREAK SPACE}{unit}"


def course(points: list[tuple[float, float]], x: Axis, y: Axis) -> str:
    """Say how a curve runs from its first point to its last."""
    (x0, y0), (x1, y1) = points[0], points[-1]
    ends = f"from {told(y0)} at {told(x0)} to {told(y1)} at {told(x1)} ({x.title}; {y.title})"
    if abs(y.share(y1) - y.share(y0)) < LEVEL:
        return f"stays about level, {ends}"
    return f"{'rises' if y1 > y0 else 'falls'} {ends}"
