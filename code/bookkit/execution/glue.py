"""What a chapter hands to its text, all at once: each field of a dataclass is a glue name."""

from dataclasses import fields
from typing import Any

ENDS = {"mean", "low", "high"}


def glue_all(numbers: Any) -> None:
    """Glue every field of a page's numbers.

    Parameters
    ----------
    numbers
        A dataclass of plain values. An interval, with `mean`, `low` and `high`, gives four
        names: `shift` for the mean, `shift_low`, `shift_high`, and `shift_interval` for the pair.
    """
    from myst_nb import glue  # the page's own: an author's tools need no kernel

    for field in fields(numbers):
        value = getattr(numbers, field.name)
        if set(getattr(value, "__dataclass_fields__", ())) >= ENDS:
            glue(field.name, value.mean, display=False)
            glue(f"{field.name}_low", value.low, display=False)
            glue(f"{field.name}_high", value.high, display=False)
            glue(f"{field.name}_interval", (value.low, value.high), display=False)
        else:
            glue(field.name, value, display=False)
