"""What each kind of prediction needs, and what it may have besides."""

from typing import Any

from bookkit.reader.options import Axis, OptionError, axis, number, only, required

COMMON = ("kind", "answer", "figure", "param")
NEEDS = {"number": ("min", "max"), "choice": (), "order": (), "curve": ("x", "y")}
MAY = {
    "number": ("step", "start", "scale", "unit", "format", "interval", "close"),
    "choice": (),
    "order": (),
    "curve": ("handles",),
}
FEWEST = {"choice": 2, "order": 3}


def read_settings(options: dict[str, str]) -> dict[str, Any]:
    """Read the options that the kind of question takes, and refuse all others.

    Raises
    ------
    OptionError
        If one is missing, means nothing to this kind, or cannot be read.
    """
    kind = options.get("kind", "")
    if kind not in NEEDS:
        raise OptionError(f":kind: must be one of {', '.join(NEEDS)}, got {kind!r}")
    what = f"a prediction of kind {kind}"
    required(options, ("answer", *NEEDS[kind]), what)
    if "param" in options:
        required(options, ("figure",), "a prediction with :param:")
    only(options, (*COMMON, *NEEDS[kind], *MAY[kind]), what)
    read: dict[str, Any] = {name: options[name] for name in COMMON if name in options}
    if kind == "number":
        read |= _number_settings(options)
    if kind == "curve":
        read |= _curve_settings(options)
    return read


def _curve_settings(options: dict[str, str]) -> dict[str, Any]:
    """Read the options of a drawn curve."""
    handles = int(number("handles", options.get("handles", "9")))
    if not 8 <= handles <= 12:
        raise OptionError(f":handles: must be from 8 to 12, got {handles}")
    return {"handles": handles} | {name: axis(name, options[name]) for name in ("x", "y")}


def _number_settings(options: dict[str, str]) -> dict[str, Any]:
    """Read the options of a guessed number."""
    low, high = number("min", options["min"]), number("max", options["max"])
    log = options.get("scale", "linear") == "log"
    if options.get("scale", "linear") not in ("linear", "log"):
        raise OptionError(f":scale: must be linear or log, got {options['scale']!r}")
    line = Axis(low=low, high=high, log=log, title=options.get("unit", ""))
    if low >= high or (log and low <= 0):
        raise OptionError(f":min: must be below :max:, and above 0 on a log scale, got {low:g}")
    middle = line.at(0.5)
    start = number("start", options["start"]) if "start" in options else middle
    if not low <= start <= high:
        raise OptionError(f":start: must be from {low:g} to {high:g}, got {start:g}")
    return {
        "line": line,
        "step": number("step", options.get("step", "1")),
        "start": start,
        "unit": options.get("unit", ""),
        "format": options.get("format", ".3g"),
        "interval": options.get("interval", ""),
        "close": number("close", options.get("close", "0")),
    }
