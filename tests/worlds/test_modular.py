"""Modular addition: rows read back, and the split against leaks."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from bigcurves.worlds import ModularAddition


@pytest.mark.parametrize("kind", ["sum", "renamed", "latin", "random"])
def test_the_split_never_leaks_a_pair_to_the_other_side(kind):
    world = ModularAddition(p=11, kind=kind)
    train, test = world.split(0.5, np.random.default_rng(0))
    assert len(train) + len(test) == 121
    ordered = np.rint(np.vstack([train.latents, test.latents]) * 11)
    assert len(np.unique(ordered, axis=0)) == 121, "each pair in both orders, once"

    def pairs(sample):
        return {tuple(sorted(pair)) for pair in np.rint(sample.latents * 11).astype(int).tolist()}

    assert not pairs(train) & pairs(test)
    assert len(pairs(train)) == 33  # half of the 66 unordered pairs
    answers = {}
    for sample in (train, test):
        for pair, answer in zip(np.rint(sample.latents * 11), sample.targets, strict=True):
            answers.setdefault(tuple(sorted(pair)), set()).add(int(answer))
    assert all(len(given) == 1 for given in answers.values())  # (a, b) as (b, a)


@pytest.mark.parametrize(("share", "pairs"), [(0, (1, 5)), (1, (5, 1))])
def test_each_side_of_a_split_gets_at_least_one_pair(share, pairs):
    sides = ModularAddition(p=3).split(share, np.random.default_rng(0))  # six unordered pairs
    counts = [len({tuple(sorted(pair)) for pair in side.latents.tolist()}) for side in sides]
    assert tuple(counts) == pairs


def test_rows_are_one_hot_symbols():
    sample = ModularAddition(p=5).sample(25, np.random.default_rng(0))
    a, b = sample.inputs[:, :5].argmax(axis=1), sample.inputs[:, 5:].argmax(axis=1)
    assert_array_equal(sample.inputs.sum(axis=1), 2)
    assert_array_equal(sample.targets, (a + b) % 5)
    assert len({*zip(a.tolist(), b.tolist(), strict=True)}) == 25


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda _: ModularAddition(p=2), "p must be between 3 and 199, got 2"),
        (lambda _: ModularAddition(kind="product"), "kind must be one of sum, .* got 'product'"),
        (lambda _: ModularAddition(p=8, kind="latin"), "p must be odd and at least 7"),
        (lambda rng: ModularAddition(p=5).sample(26, rng), "n must be between 1 and 25, got 26"),
        (lambda rng: ModularAddition().split(np.nan, rng), "share must be between 0 and 1"),
        (
            lambda _: ModularAddition().render(np.ones((1, 2))),
            "latents must be below 1, and nearer to ",
        ),
    ],
)
def test_bad_settings_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call(np.random.default_rng(0))


@pytest.mark.parametrize("kind", ["sum", "renamed", "latin", "random"])
def test_a_table_or_split_without_a_generator_is_refused(kind):
    for call in (lambda world: world.table(None), lambda world: world.split(0.5, None)):
        with pytest.raises(TypeError, match=r"^rng must be a numpy Generator, .* got None$"):
            call(ModularAddition(p=7, kind=kind))
