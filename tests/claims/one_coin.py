"""An experiment with one claim: what its file holds."""

COIN = '''"""A coin, fair or loaded.

The rest of the docstring.
"""

from dataclasses import dataclass, replace

import numpy as np

from bigcurves.claims.claim import Claim, at_least, mean_where


@dataclass(frozen=True, kw_only=True)
class Settings:
    chance: float = 0.9


def run(settings, seed):
    throws = np.random.default_rng([seed, 1]).random(100) < settings.chance
    return [{"seed": seed, "side": "heads", "share": throws.mean()}]


def weigh_evenly(settings):
    """Let both sides fall alike.

    No more of this is told.
    """
    return replace(settings, chance=0.5)


CLAIMS = (
    Claim(
        id="coin-is-loaded",
        sentence="The coin falls on heads.",
        thread=3,
        chapter="manifold/coin",
        figure=lambda run: mean_where(run, side="heads")["share"],
        threshold=at_least(0.7),
        mutation=weigh_evenly,
    ),
)
'''
