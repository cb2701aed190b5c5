"""Addition tables against group theory: which of them hide a group, and which cannot."""

from collections.abc import Callable, Iterator
from itertools import permutations

import numpy as np
import numpy.typing as npt
import pytest
from numpy.testing import assert_array_equal

from bigcurves.worlds import is_group_isotope
from bigcurves.worlds.tables import Table, latin_table, random_table, renamed_table, sum_table


def quadrangles_close(square: Table, rng: np.random.Generator, tries: int = 4000) -> float:
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
    return float(np.mean(closed))


def is_latin(square: Table) -> bool:
    every = np.arange(len(square))
    return all(np.array_equal(np.sort(line), every) for line in [*square, *square.T])


def test_sums_are_sums() -> None:
    table = sum_table(7)
    assert all(table[a, b] == (a + b) % 7 for a in range(7) for b in range(7))


def test_renaming_keeps_the_group() -> None:
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
def test_the_latin_square_is_symmetric_latin_and_no_group(p: int) -> None:
    for seed in range(3):
        square = latin_table(p, np.random.default_rng(seed))
        assert is_latin(square)
        assert_array_equal(square, square.T)
        assert not is_group_isotope(square)
        assert quadrangles_close(square, np.random.default_rng(seed)) < 1


@pytest.mark.parametrize(("p", "count"), [(3, 1), (5, 6)])
def test_below_seven_every_symmetric_latin_square_is_a_groups(p: int, count: int) -> None:
    """All of them, up to the answers' names: so a smaller square would be sought for ever."""
    squares = list(symmetric_squares(p))
    # As many as there are plans for a tournament of p + 1 players (OEIS A000438).
    assert len(squares) == count
    for square in squares:
        assert is_latin(square)
        assert is_group_isotope(square)
        assert quadrangles_close(square, np.random.default_rng(0), tries=200) == 1


def test_group_isotopes_are_recognised_however_they_are_renamed() -> None:
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


def test_a_group_in_which_order_matters_is_a_group_too() -> None:
    every = list(permutations(range(3)))
    table = np.array([[every.index(tuple(a[i] for i in b)) for b in every] for a in every])
    assert not np.array_equal(table, table.T)
    rows, columns = (np.random.default_rng(seed).permutation(6) for seed in (1, 2))
    assert is_group_isotope(table[np.ix_(rows, columns)])


def test_the_random_table_is_symmetric_and_even() -> None:
    tables = np.stack([random_table(31, np.random.default_rng(s)) for s in range(40)])
    assert_array_equal(tables, tables.transpose(0, 2, 1))
    counts = np.bincount(tables[:, *np.triu_indices(31)].ravel(), minlength=31)
    expected = 40 * 496 / 31
    assert np.all(np.abs(counts - expected) < 5 * np.sqrt(expected))


@pytest.mark.parametrize("draw", [renamed_table, random_table, latin_table])
def test_a_seed_gives_one_table_and_another_seed_another(
    draw: Callable[[int, np.random.Generator], Table],
) -> None:
    one, again, other = (draw(11, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert_array_equal(one, again)
    assert not np.array_equal(one, other)


@pytest.mark.parametrize("p", [5, 8])
def test_a_latin_square_too_small_or_even_is_refused(p: int) -> None:
    with pytest.raises(ValueError, match=f"p must be odd and at least 7 .* got {p}"):
        latin_table(p, np.random.default_rng(0))


def symmetric_squares(p: int, *rows: tuple[int, ...]) -> Iterator[Table]:
    """List the symmetric Latin squares whose first row is 0, 1, 2 and so on."""
    rows = rows or (tuple(range(p)),)
    if len(rows) == p:
        yield np.array(rows)
        return
    start = tuple(row[len(rows)] for row in rows)
    for row in permutations(range(p)):
        new = all(a != b for above in rows for a, b in zip(above, row, strict=True))
        if new and row[: len(rows)] == start:
            yield from symmetric_squares(p, *rows, row)


@pytest.mark.parametrize(
    ("square", "message"),
    [
        ([[0, 1, 2]], r"square must have shape \(p, p\) with p at most 1000, got \(1, 3\)"),
        (np.zeros((1001, 1001)), r"square must have shape .* got \(1001, 1001\)"),
        ([[0, 1], [1, 2]], "square must be whole numbers from 0 to 1, got 2"),
        ([[0, 0.5], [0.5, 0]], "square must be whole numbers from 0 to 1, got 0.5"),
        ([[0, 1], [0, 1]], "square must hold each of 0 to 1 once in .*, got column 0 without it"),
        ([[0, 0], [1, 1]], "square must hold each of 0 to 1 once in .*, got row 0 without it"),
        (np.full((3, 3), np.nan), "square must be finite"),
    ],
)
def test_what_is_no_latin_square_is_named(square: npt.ArrayLike, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        is_group_isotope(square)  # type: ignore[arg-type]


def test_a_square_may_be_a_list_or_floats() -> None:
    assert is_group_isotope([[0, 1], [1, 0]])  # type: ignore[arg-type]
    assert is_group_isotope(sum_table(5).astype(float))  # type: ignore[arg-type]


@pytest.mark.parametrize("draw", [renamed_table, random_table, latin_table])
def test_what_a_table_is_drawn_with_is_checked(
    draw: Callable[[int, np.random.Generator], Table],
) -> None:
    with pytest.raises(TypeError, match="rng must be a numpy Generator"):
        draw(7, None)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="p must be between 1 and "):
        draw(10**9, np.random.default_rng(0))
