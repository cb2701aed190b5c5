"""Ask the command line in this process: one small experiment to ask about, and what is answered."""

from click.testing import CliRunner

from bigcurves.__main__ import main

COIN = '''"""A coin, fair or loaded."""

from dataclasses import dataclass, replace
import time

import numpy as np

from bigcurves.claims.claim import Claim, at_least


@dataclass(frozen=True, kw_only=True)
class Settings:
    chance: float = 0.9


def run(settings, seed):
    throws = np.random.default_rng([seed, 1]).random(100) < settings.chance
    return [{"seed": seed, "side": "heads", "share": throws.mean()}]


def weigh_evenly(settings):
    """Let both sides fall alike."""
    return replace(settings, chance=0.5)


CLAIMS = (
    Claim(
        id="coin-is-loaded",
        sentence="The coin falls on heads.",
        thread=3,
        chapter="manifold/coin",
        figure=lambda run: run["share"].mean(),
        threshold=at_least(0.7),
        mutation=weigh_evenly,
    ),
)
'''


def said(*words: object, code: int = 0) -> str:
    """Run a command in this process; give its output, checked for tracebacks."""
    result = CliRunner().invoke(main, [str(word) for word in words], prog_name="bigcurves")
    assert result.exit_code == code, result.output
    assert isinstance(result.exception, SystemExit | None)
    return result.output


def complaint(*words: object, code: int = 1) -> str:
    """Run a command that must fail, with one line."""
    output = said(*words, code=code)
    assert output.startswith("Error: ")
    assert output.count("\n") == 1, output
    return output
