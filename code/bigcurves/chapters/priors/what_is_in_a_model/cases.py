"""The cases of the last chapter's map: what each had, in our reading, and how its skill is read."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from bigcurves.chapters.priors.what_is_in_a_model.synthesis import (
    Case,
    Prior,
    Samples,
    Skill,
    missed,
    scored,
)


def _cases(
    experiment: str,
    skill: Callable[..., Skill],
    *found: tuple[str, Mapping[str, Any], Samples, Prior],
    rule: bool = True,
) -> tuple[Case, ...]:
    """Gather cases of one experiment: name, which rows, samples, prior."""
    return tuple(
        Case(
            name=name,
            experiment=experiment,
            structure=rule,
            samples=samples,
            prior=prior,
            skill=skill(**where),
        )
        for name, where, samples, prior in found
    )


def _right(chance: float, **fixed: Any) -> Callable[..., Skill]:
    return partial(scored, "test", chance=chance, **fixed)


_DIGITS, _TABLE, _COIN = _right(0.1), _right(1 / 31), _right(0.5)
_TURNED = partial(missed, "error", chance=7 / 8)
_SUMS = partial(scored, "exact", chance=0, task="sums")
_ON_LINE = partial(missed, "error", n=32)

CASES = (
    *_cases(
        "data_not_model",
        _DIGITS,
        (
            "digits, nearest neighbour",
            {"data": "real", "model": "nearest neighbour"},
            "enough",
            "general",
        ),
        ("digits, network", {"data": "real", "model": "network"}, "enough", "general"),
    ),
    *_cases(
        "data_not_model",
        _DIGITS,
        ("digits, each scrambled", {"data": "scrambled", "model": "network"}, "enough", "general"),
        ("digits, labels shuffled", {"data": "shuffled", "model": "network"}, "enough", "general"),
        rule=False,
    ),
    *_cases(
        "primes",
        _right(0.5, part="sweep"),
        ("numbers, smooth label", {"task": "twin", "m": 4000}, "enough", "general"),
        ("numbers, smooth label, 125", {"task": "twin", "m": 125}, "few", "general"),
        ("primes from bits", {"task": "label", "m": 4000}, "enough", "against it"),
    ),
    *_cases(
        "number_priors",
        _COIN,
        ("primes, sieve handed over", {"part": "ladder", "flags": 32}, "enough", "made for it"),
        ("numbers, each a name", {"task": "twin", "encoding": "names"}, "enough", "against it"),
    ),
    *_cases(
        "grokking",
        _TABLE,
        ("sums, half of the table", {"part": "sums", "step": 1000}, "enough", "general"),
    ),
    *_cases(
        "grokking_limits",
        _TABLE,
        ("sums, a fifth of the table", {"sweep": "share", "share": 0.2}, "few", "general"),
    ),
    *_cases(
        "grokking",
        _TABLE,
        ("random table", {"part": "random", "step": 1000}, "enough", "general"),
        rule=False,
    ),
    *_cases(
        "circle_prior",
        _right(1 / 31, pairs=48),
        ("sums, circle handed over", {"part": "sums"}, "few", "made for it"),
        ("sums renamed, circle handed over", {"part": "renamed"}, "few", "against it"),
    ),
    *_cases(
        "circle_prior",
        _right(1 / 31, pairs=48),
        ("random table, circle handed over", {"part": "random"}, "few", "made for it"),
        rule=False,
    ),
    *_cases(
        "parity",
        _right(0.5, learner="network"),
        ("parity of 3 bits, 500 rows", {"task": "sparse", "rows": 500}, "few", "general"),
        ("parity of 3 bits, 2,000 rows", {"task": "sparse", "rows": 2000}, "enough", "general"),
        ("parity of 20 bits, network", {"task": "full", "bits": 20}, "enough", "against it"),
    ),
    *_cases(
        "parity",
        _right(0.5, learner="elimination"),
        ("parity of 20 bits, elimination", {"task": "full", "bits": 20}, "few", "made for it"),
    ),
    *_cases(
        "digit_sums",
        _SUMS,
        ("digit sums, least squares", {"learner": "least squares", "m": 60}, "few", "made for it"),
        ("digit sums, nearest neighbour", {"learner": "1-NN", "m": 200}, "enough", "against it"),
    ),
    *_cases(
        "augmentation",
        _TURNED,
        ("turned glyphs, four drawings", {"set": "copies"}, "few", "general"),
        ("turned glyphs, augmented", {"set": "turned 180, darker"}, "few", "made for it"),
    ),
    *_cases(
        "architecture",
        _right(1 / 8, part="sizes", n=20, order="natural"),
        ("shifted glyphs, network", {"learner": "network"}, "few", "general"),
        ("shifted glyphs, convolution", {"learner": "convolution"}, "few", "made for it"),
    ),
    *_cases(
        "architecture",
        _right(1 / 8, part="sizes", n=20, order="shuffled"),
        ("shifted, pixels shuffled, convolution", {"learner": "convolution"}, "few", "against it"),
    ),
    *_cases(
        "curve_and_coins",
        _ON_LINE,
        ("points of a smooth curve", {"world": "curve"}, "enough", "general"),
    ),
    *_cases(
        "curve_and_coins",
        _ON_LINE,
        ("coins along a line", {"world": "coins"}, "enough", "general"),
        rule=False,
    ),
)
