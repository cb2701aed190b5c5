"""Label fields against their covariance, cells against their definition, flips against counts."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from bigcurves.worlds import GaussianField, VoronoiCells, flip_symmetric, flip_systematic


@pytest.mark.parametrize(("d", "kappa"), [(1, 10), (2, 2.5), (3, 5)])
def test_a_field_has_the_covariance_it_says(d, kappa):
    """E(f(z) - f(z'))^2 / 2 = 1 - exp(-(kappa r)^2 / 2), over many draws of the field."""
    rng = np.random.default_rng(d)
    for r in (0.05, 0.2, 0.4):
        here = np.full((1, d), 0.3)
        there = here.copy()
        there[0, -1] += r
        both = np.vstack([here, there])
        fields = (GaussianField.draw(rng, d=d, kappa=kappa, features=200) for _ in range(1500))
        values = np.array([field(both) for field in fields])
        expected = np.exp(-((kappa * r) ** 2) / 2)
        # 1,500 draws: the standard error of a covariance is at most sqrt(2 / 1500) = .037.
        assert np.mean(values[:, 0] * values[:, 1]) == pytest.approx(expected, abs=0.13)
        assert np.mean(values[:, 0] ** 2) == pytest.approx(1, abs=0.13)
        halved = np.mean((values[:, 0] - values[:, 1]) ** 2) / 2
        spread = max(1 - expected, 0.01) * np.sqrt(2 / 1500)
        assert halved == pytest.approx(1 - expected, abs=4 * spread)


def test_a_single_field_varies_over_a_large_cube_as_its_process_does():
    field = GaussianField.draw(np.random.default_rng(0), d=2, kappa=60)
    values = field(np.random.default_rng(1).random((20_000, 2)))
    # Some 60^2 / 4 = 900 independent patches and 2,048 cosines: 4 standard errors.
    assert values.mean() == pytest.approx(0, abs=0.14)
    assert values.var() == pytest.approx(1, abs=0.24)


def test_stretch_speeds_up_the_first_latent_only():
    plain = GaussianField.draw(np.random.default_rng(0), d=2, kappa=1)
    fast = GaussianField.draw(np.random.default_rng(0), d=2, kappa=1, stretch=10)
    latents = np.random.default_rng(1).random((50, 2)) * [0.1, 1]
    assert_allclose(fast(latents), plain(latents * [10, 1]), atol=1e-9)


@pytest.mark.parametrize("features", [100, 2048, 40_000])
def test_a_field_is_its_cosines_however_many_rows_are_taken_at_a_time(features):
    field = GaussianField.draw(np.random.default_rng(2), d=2, kappa=30, features=features)
    latents = np.random.default_rng(3).random((300, 2))
    waves = np.cos(latents @ field.frequencies.T + field.phases)
    # Angles of some hundred radians are rounded to 3e-14, values of size 1 by as much and less.
    expected = waves.sum(axis=1) * np.sqrt(2 / features)
    assert_allclose(field(latents), expected, rtol=0, atol=1e-12)


def test_cells_are_those_of_the_nearest_centre():
    cells = VoronoiCells.draw(np.random.default_rng(0), d=3, classes=5)
    latents = np.random.default_rng(1).random((200, 3))
    nearest = [min(range(5), key=lambda c: np.linalg.norm(z - cells.centres[c])) for z in latents]
    assert_array_equal(cells(latents), nearest)
    assert_array_equal(cells(cells.centres), np.arange(5))


def test_the_fewest_latents_and_classes_will_do():
    rng = np.random.default_rng(0)
    cells = VoronoiCells.draw(rng, d=1, classes=2)
    assert set(cells(np.linspace(0, 1, 50)[:, np.newaxis])) == {0, 1}
    assert_array_equal(flip_systematic(np.array([0, 1, 1]), 1.0, rng, classes=2), [1, 0, 0])


@pytest.mark.parametrize("share", [0.0, 0.2, 0.6, 1.0])
def test_flips_are_as_many_as_asked_and_go_where_they_should(share):
    labels = np.random.default_rng(0).integers(0, 5, 20_000)
    symmetric = flip_symmetric(labels, share, np.random.default_rng(1), classes=5)
    systematic = flip_systematic(labels, share, np.random.default_rng(1), classes=5)
    tolerance = 4 * np.sqrt(0.25 / 20_000)
    assert np.mean(symmetric != labels) == pytest.approx(share, abs=tolerance)
    assert np.mean(systematic != labels) == pytest.approx(share, abs=tolerance)
    steps = (systematic - labels) % 5
    assert set(steps) <= {0, 1}
    counts = np.bincount((symmetric - labels) % 5, minlength=5)[1:] / 20_000
    assert_allclose(counts, share / 4, atol=tolerance)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda rng: GaussianField.draw(rng, d=0, kappa=1), "d must be between 1 and 16, got 0"),
        (lambda rng: GaussianField.draw(rng, d=1, kappa=np.nan), "kappa must be between"),
        (lambda rng: GaussianField.draw(rng, d=1, kappa=1, stretch=0.5), "stretch must be between"),
        (
            lambda rng: GaussianField.draw(rng, d=1, kappa=1, features=9),
            "^features must be between 100 and 1048576, got 9$",
        ),
        (lambda rng: GaussianField.draw(rng, d=2, kappa=1)(np.zeros((3, 1))), r"shape \(n, 2\)"),
        (
            lambda rng: VoronoiCells.draw(rng, d=2, classes=1),
            "classes must be between 2 and 1048576, got 1",
        ),
        (
            lambda rng: VoronoiCells.draw(rng, d=17, classes=2),
            "^d must be between 1 and 16, got 17",
        ),
        (
            lambda rng: flip_symmetric(np.arange(6), 0.1, rng, classes=5),
            "^labels must be whole numbers from 0 to 4, got 5$",
        ),
        (
            lambda rng: flip_systematic(np.zeros(3), 0.1, rng, classes=1),
            "^classes must be at least 2, got 1",
        ),
        (lambda rng: flip_systematic(np.zeros(0), 0.1, rng, classes=5), r"got \(0,\)"),
        (lambda rng: flip_symmetric(np.arange(5), 1.1, rng, classes=5), "share must be between"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call(np.random.default_rng(0))


ROWS = np.random.default_rng(1).random((7, 2))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: GaussianField(frequencies=ROWS, phases=np.zeros(3)),
            r"phases must have shape \(7,\), got \(3,\)",
        ),
        (
            lambda: GaussianField(frequencies=1e13 * np.ones((2, 1)), phases=np.zeros(2)),
            r"frequencies must be at most 1e\+12 in size, in radians, got 1e\+13",
        ),
        (
            lambda: GaussianField(frequencies=np.ones((1, 1)), phases=[-1e13]),
            r"phases must be at most 1e\+12 in size, in radians, got 1e\+13",
        ),
        (
            lambda: GaussianField(frequencies=ROWS * np.nan, phases=np.zeros(7)),
            "frequencies must be finite",
        ),
        (lambda: VoronoiCells(centres=ROWS[0]), r"centres must have shape \(n, features\)"),
        (lambda: VoronoiCells(centres=ROWS * np.inf), "centres must be finite"),
    ],
)
def test_a_field_of_ones_own_is_checked(call, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        call()


def test_a_field_of_ones_own_may_be_lists():
    field = GaussianField(frequencies=[[0.0], [1.0]], phases=[0.0, 1.0])
    assert_allclose(field([[0.5]]), [1 + np.cos(1.5)], atol=1e-14)  # sqrt(2 / 2) of the sum
    assert_array_equal(VoronoiCells(centres=[[0.0], [1.0]])([[0.2], [0.9]]), [0, 1])


def test_cells_do_not_depend_on_how_many_are_asked_at_once(monkeypatch):
    cells = VoronoiCells.draw(np.random.default_rng(0), d=2, classes=5)
    whole = cells(ROWS)
    monkeypatch.setattr("bigcurves.worlds.fields.GAPS", 20)  # two rows at a time
    assert_array_equal(cells(ROWS), whole)


@pytest.mark.parametrize("flip", [flip_symmetric, flip_systematic])
def test_labels_may_be_a_list_of_any_number_of_classes(flip):
    """Two thousand million classes were once written out to be looked up."""
    flipped = flip([0, 1, 2], 1, np.random.default_rng(0), classes=2**31 - 1)
    assert (flipped != [0, 1, 2]).all()
    with pytest.raises(TypeError, match=r"^rng must be a numpy Generator"):
        flip([0, 1], 0.5, None, classes=2)
