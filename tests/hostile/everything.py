"""The recipes of all layers in one row, and the input that each number stands for."""

import numpy as np
from tests.hostile import followed, labels, laws, learners, measures, trained, worlds
from tests.hostile.harness import Call, Recipe, drawn

LAYERS = {
    "measures": [*measures.RECIPES, *laws.RECIPES],
    "learners": [*learners.RECIPES, *trained.RECIPES, *followed.RECIPES],
    "worlds": [*worlds.RECIPES, *labels.RECIPES],
}
ALL = [(layer, recipe) for layer, recipes in LAYERS.items() for recipe in recipes]


def recipe_of(number: int) -> tuple[str, Recipe]:
    """Give the layer and the recipe of an input: they are taken in turn."""
    return ALL[number % len(ALL)]


def call_of(number: int) -> Call:
    """Draw the input of a number, the same each time."""
    return drawn(recipe_of(number)[1], np.random.default_rng([number]))
