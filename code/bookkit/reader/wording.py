"""Values in words and figures, as a sentence of the book tells them."""

from bookkit.reader.options import Axis

LEVEL = 0.05  # of the axis' height: less than that is called level


def format_number(value: float, spec: str = ".3g") -> str:
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


def describe_trend(points: list[tuple[float, float]], x: Axis, y: Axis) -> str:
    """Say how a curve runs from its first point to its last."""
    (_, first), (_, last) = points[0], points[-1]
    begin, end = (f"{format_number(y)} at {format_number(x)}" for x, y in (points[0], points[-1]))
    ends = f"from {begin} to {end} ({x.title}; {y.title})"
    if abs(y.share(last) - y.share(first)) < LEVEL:
        return f"stays about level, {ends}"
    return f"{'rises' if last > first else 'falls'} {ends}"
