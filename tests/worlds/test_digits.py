"""The real digits against scikit-learn's own copy, and each way of spoiling them."""

from itertools import pairwise

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.spatial.distance import pdist
from sklearn.datasets import load_digits
from sklearn.neighbors import KNeighborsClassifier

from bigcurves.sample import Sample
from bigcurves.worlds import Digits
from bigcurves.worlds.digits import SHEET, SHEETS, STARTS, fewest

ALL = 1797
PLACES = {image.tobytes(): place for place, image in enumerate(load_digits().data / 16)}


def draw(n=ALL, seed=0, **settings):
    return Digits(**settings).sample(n, np.random.default_rng(seed))


def split(seed=0, sheets=(10, 4), **settings):
    return Digits(**settings).split(np.random.default_rng(seed), sheets)


def sheets_of(rows):
    """Find the sheet of each picture in scikit-learn's own copy."""
    return SHEET[[PLACES[row.tobytes()] for row in rows]]


def one_nearest_error(known, new):
    return 1 - KNeighborsClassifier(1).fit(known.inputs, known.targets).score(
        new.inputs, new.targets
    )


def sorted_rows(rows):
    return rows[np.lexsort(rows.T)]


def test_raw_digits_are_those_of_scikit_learn_in_another_order():
    sample = draw()
    assert sample.latents is None
    bunch = load_digits()
    ours = np.column_stack([sample.inputs * 16, sample.targets])
    theirs = np.column_stack([bunch.data, bunch.target])
    assert_array_equal(sorted_rows(ours), sorted_rows(theirs))


def test_a_small_sample_has_no_digit_twice():
    assert len(np.unique(draw(900).inputs, axis=0)) == 900


def test_one_permutation_for_all_keeps_every_distance():
    raw, permuted = draw(200), draw(200, form="permuted")
    assert_allclose(pdist(permuted.inputs), pdist(raw.inputs), atol=1e-12)
    assert_array_equal(permuted.targets, raw.targets)
    assert not np.array_equal(permuted.inputs, raw.inputs)


def test_a_permutation_for_each_image_keeps_only_its_values():
    raw, scrambled = draw(200), draw(200, form="scrambled")
    assert_array_equal(np.sort(scrambled.inputs, axis=1), np.sort(raw.inputs, axis=1))
    assert not np.allclose(pdist(scrambled.inputs), pdist(raw.inputs), rtol=0.01)
    assert_array_equal(scrambled.targets, raw.targets)


def test_gaussian_rows_share_mean_and_covariance():
    raw, gaussian = draw(), draw(form="gaussian")
    spread = raw.inputs.std(axis=0)
    # 64 means, each with standard error spread / sqrt(1797): 4.5 of them hold all.
    assert np.all(
        np.abs(gaussian.inputs.mean(axis=0) - raw.inputs.mean(axis=0)) <= 4.5 * spread / 42 + 1e-12
    )
    ours, theirs = np.cov(gaussian.inputs.T), np.cov(raw.inputs.T)
    # A covariance has standard error at most sqrt(2) x product of spreads / 42; 4,096 entries.
    assert np.all(np.abs(ours - theirs) <= 5 * np.sqrt(2) * np.outer(spread, spread) / 42 + 1e-12)
    assert gaussian.targets is None


def test_uniform_rows_fill_the_cube():
    sample = draw(form="uniform")
    # 115,008 numbers of variance 1/12: the mean's standard error is 0.00085.
    assert sample.inputs.mean() == pytest.approx(0.5, abs=0.004)
    assert sample.inputs.var() == pytest.approx(1 / 12, abs=0.001)
    assert sample.targets is None


def test_shifts_keep_all_ink_and_reach_every_place():
    raw, shifted = draw(), draw(shift=2)
    images = shifted.inputs.reshape(-1, 12, 12)
    assert_allclose(images.sum(axis=(1, 2)), raw.inputs.sum(axis=1), atol=1e-12)
    digit = raw.inputs[0].reshape(8, 8)
    windows = [images[0, i : i + 8, j : j + 8] for i in range(5) for j in range(5)]
    assert sum(np.array_equal(window, digit) for window in windows) == 1
    centres = (images.sum(axis=2) @ np.arange(12)) / images.sum(axis=(1, 2))
    own = (raw.inputs.reshape(-1, 8, 8).sum(axis=2) @ np.arange(8)) / raw.inputs.sum(axis=1)
    moves, counts = np.unique(np.round(centres - own, 6), return_counts=True)
    assert_allclose(moves, [0, 1, 2, 3, 4])
    assert counts.min() > ALL / 5 - 5 * np.sqrt(ALL * 0.2 * 0.8)  # 5 standard errors


@pytest.mark.parametrize("form", ["raw", "permuted", "scrambled", "gaussian", "uniform"])
def test_same_seed_same_sample(form):
    assert_array_equal(draw(50, 3, form=form).inputs, draw(50, 3, form=form).inputs)


def test_the_sheets_are_those_that_the_labels_show():
    # A sheet has 130 boxes, 13 for each digit, in one order; some boxes were left out of the data.
    labels = load_digits().target.tolist()
    boxes = labels[:130]
    assert np.bincount(boxes).tolist() == 10 * [13]
    sheets = [labels[start:end] for start, end in pairwise([*STARTS, ALL])]
    assert len(sheets) == SHEETS == 14
    assert sum(sheet == boxes for sheet in sheets) == 8
    for sheet in sheets:
        if len(sheet) == len(boxes):  # on one of them one box is named otherwise
            assert sum(told != meant for told, meant in zip(sheet, boxes, strict=True)) <= 1
        else:
            left = iter(boxes)
            assert all(digit in left for digit in sheet), "the boxes, in their order, but for some"


def test_no_sheet_could_begin_elsewhere():
    # Where a sheet is whole there is no doubt; between them only one cut leaves two parts of boxes.
    labels = load_digits().target.tolist()

    def fits(part):
        left = iter(labels[:130])
        return all(digit in left for digit in part)

    for start, end in ((776, 1029), (1415, 1667)):
        cuts = [
            cut
            for cut in range(start + 1, end)
            if fits(labels[start:cut]) and fits(labels[cut:end])
        ]
        assert cuts == [STARTS[STARTS.index(start) + 1]]


def test_so_many_sheets_hold_so_many_digits_at_least():
    counts = np.bincount(SHEET)
    assert (counts.sum(), counts.min(), counts.max()) == (ALL, 122, 130)
    assert [fewest(count) for count in (1, 2, SHEETS)] == [122, 122 + 123, ALL]


@pytest.mark.parametrize("sheets", [(10, 4), (8, 3, 3), (1,), (2, 1)])
def test_groups_share_no_picture_and_no_sheet_and_hold_all_digits_of_theirs(sheets):
    groups = split(sheets=sheets)
    hands = [sheets_of(group.inputs) for group in groups]
    assert [len(set(hand)) for hand in hands] == list(sheets)
    every = np.concatenate(hands)
    assert len(set(every)) == sum(sheets)
    pictures = np.concatenate([group.inputs for group in groups])
    assert len(np.unique(pictures, axis=0)) == len(pictures) == np.isin(SHEET, every).sum()


@pytest.mark.parametrize("form", ["raw", "permuted", "scrambled"])
@pytest.mark.parametrize("shift", [0, 2])
def test_a_split_is_a_sample_shared_out_in_its_own_order(form, shift):
    rng = np.random.default_rng(3)
    groups = Digits(form=form, shift=shift).split(rng)
    after = rng.random()
    rng = np.random.default_rng(3)
    whole = Digits(form=form, shift=shift).sample(ALL, rng)
    assert after == rng.random()
    places = {row.tobytes(): place for place, row in enumerate(whole.inputs)}
    found = [[places[row.tobytes()] for row in group.inputs] for group in groups]
    assert sorted(found[0] + found[1]) == list(range(ALL))
    for rows, group in zip(found, groups, strict=True):
        assert rows == sorted(rows)
        assert_array_equal(group.targets, whole.targets[rows])


def test_every_form_and_shift_is_of_the_same_digits():
    known, new = split()
    for other in (split(form="permuted"), split(form="scrambled"), split(shift=2)):
        assert_array_equal(other[0].targets, known.targets)
        assert_allclose(other[1].inputs.sum(axis=1), new.inputs.sum(axis=1))


def test_one_permutation_is_the_same_for_all_groups():
    raw, permuted = (np.concatenate([g.inputs for g in split(form=f)]) for f in ("raw", "permuted"))
    columns = [tuple(column) for column in permuted.T]
    assert sorted(columns) == sorted(tuple(column) for column in raw.T)
    assert columns != [tuple(column) for column in raw.T]


def test_the_first_digits_of_a_group_are_of_all_its_sheets():
    for seed in range(5):
        known, _ = split(seed)
        counts = np.bincount(sheets_of(known.inputs[:300]), minlength=SHEETS)
        # 300 of 10 sheets: 30 of each, and a standard error of 4.5; 5 of them either way.
        assert counts[counts > 0].min() > 30 - 23
        assert counts.max() < 30 + 23


def test_each_sheet_is_learned_from_as_often_as_others():
    learned = [set(sheets_of(split(seed)[0].inputs[:200])) for seed in range(200)]
    often = np.bincount([sheet for hands in learned for sheet in hands], minlength=SHEETS)
    # 200 draws of 10 of 14: 143 times each, and a standard error of 6.4; 5 of them either way.
    assert often == pytest.approx(200 * 10 / 14, abs=32)


def test_digits_of_other_sheets_are_named_wrongly_twice_as_often():
    apart, mixed = [], []
    for seed in range(10):
        known, new = split(seed)
        apart.append(one_nearest_error(known, new))
        both, n = draw(seed=seed), len(known)
        parts = slice(n), slice(n, None)
        mixed.append(
            one_nearest_error(
                *(Sample(inputs=both.inputs[p], targets=both.targets[p]) for p in parts)
            )
        )
    # 3.9 % against 1.3 %: of ten draws of 500 digits each the error is known to a tenth or so.
    assert np.mean(apart) > 2 * np.mean(mixed)


@pytest.mark.parametrize("form", ["gaussian", "uniform"])
def test_rows_that_nobody_wrote_have_no_sheets_to_split_by(form):
    with pytest.raises(ValueError, match=f"form must be one that has sheets .*, got '{form}'"):
        split(form=form)


@pytest.mark.parametrize(
    ("sheets", "message"),
    [
        ((10, 5), "sheets must be at most 14 in all, got 15"),
        ((9, 0), "sheets must be whole numbers from 1 to 14, got 0"),
        ((2.5, 1), "sheets must be whole numbers from 1 to 14, got 2.5"),
        ((), r"sheets must have shape \(n,\) with n at least 1, got \(0,\)"),
    ],
)
def test_numbers_of_sheets_that_do_not_fit_are_named(sheets, message):
    with pytest.raises(ValueError, match=message):
        split(sheets=sheets)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Digits(form="blurred"), "form must be one of raw, .*, got 'blurred'"),
        (lambda: Digits(shift=-1), "shift must be between 0 and 8, got -1"),
        (lambda: Digits(shift=0.5), "shift must be a whole number, got 0.5"),
        (lambda: draw(0), "n must be between 1 and 1797, got 0"),
        (lambda: draw(1798), "n must be between 1 and 1797, got 1798"),
    ],
)
def test_bad_settings_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
