"""Addition tables against group theory, and the split against leaks."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from bigcurves.worlds import ModularAddition, is_group_isotope
from bigcurves.worlds.tables import latin_table, random_table, renamed_table, sum_table


def quadrangles_close(square, rng, tries=4000):
    """Test the quadrangle criterion on random pairs of quadrangles (Brandt 1927).

    A Latin square belongs to a group if, whenever two quadrangles agree in three corners,
    they agree in the fourth.
    """
    p = len(square)
    column_of = np.argsort(square, axis=1)  # column_of[row, answer]
    closed = []
    for r1, r2, c1, c2, r3, c3 in rng.integers(0, p, (tries, 6)):
        # The second quadrangle starts at (r3, c3) if it shows the first's first corner there.
        if square[r3, c3] != square[r1, c1]:
            c3 = column_of[r3, square[r1, c1]]
        c4 = column_of[r3, square[r1, c2]]
        r4 = int(np.flatnonzero(square[:, c3] == square[r2, c1])[0])
        closed.append(square[r4, c4] == square[r2, c2])
    return np.mean(closed)


def is_latin(square):
    every = np.arange(len(square))
    return all(np.array_equal(np.sort(line), every) for line in [*square, *square.T])


def test_sums_are_sums():
    table = sum_table(7)
    assert all(table[a, b] == (a + b) % 7 for a in range(7) for b in range(7))


def test_renaming_keeps_the_group():
    table = renamed_table(31, np.random.default_rng(0))
    assert is_latin(table)
    assert is_group_isotope(table)
    assert not np.array_equal(table, sum_table(31))
    assert quadrangles_close(table, np.random.default_rng(1)) == 1
    zero = int(np.flatnonzero((table == np.arange(31)).all(axis=1))[0])
    element, name = np.delete(np.arange(31), zero)[0], [zero]
    for _ in range(30):
        name.append(int(table[name[-1], element]))  # walk round the cycle: its names in order
    assert sorted(name) == list(range(31))
    assert_array_equal(table[np.ix_(name, name)], np.array(name)[sum_table(31)])


@pytest.mark.parametrize("p", [7, 9, 31])
def test_the_latin_square_is_symmetric_latin_and_no_group(p):
    for seed in range(3):
        square = latin_table(p, np.random.default_rng(seed))
        assert is_latin(square)
        assert_array_equal(square, square.T)
        assert not is_group_isotope(square)
        assert quadrangles_close(square, np.random.default_rng(seed)) < 1


def test_group_isotopes_are_recognised_however_they_are_renamed():
    rng = np.random.default_rng(0)
    for p in (5, 8, 31):
        rows, columns, names = (rng.permutation(p) for _ in range(3))
        assert is_group_isotope(names[sum_table(p)][np.ix_(rows, columns)])
    xor = np.bitwise_xor.outer(np.arange(8), np.arange(8))
    assert is_group_isotope(xor)
    swapped = xor.copy()  # one 2 x 2 subsquare turned over: still Latin, no longer a group
    swapped[np.ix_([0, 1], [0, 1])] = swapped[np.ix_([1, 0], [0, 1])]
    assert is_latin(swapped)
    assert not is_group_isotope(swapped)


def test_the_random_table_is_symmetric_and_even():
    tables = np.stack([random_table(31, np.random.default_rng(s)) for s in range(40)])
    assert_array_equal(tables, tables.transpose(0, 2, 1))
    counts = np.bincount(tables[:, *np.triu_indices(31)].ravel(), minlength=31)
    expected = 40 * 496 / 31
    assert np.all(np.abs(counts - expected) < 5 * np.sqrt(expected))


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
        (lambda rng: latin_table(5, rng), "p must be odd and at least 7"),
        (lambda rng: ModularAddition(p=5).sample(26, rng), "n must be between 1 and 25, got 26"),
        (lambda rng: ModularAddition().split(np.nan, rng), "share must be between 0 and 1"),
        (lambda _: ModularAddition().render(np.ones((1, 2))), "latents must be below 1, got 1.0"),
    ],
)
def test_bad_settings_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call(np.random.default_rng(0))
