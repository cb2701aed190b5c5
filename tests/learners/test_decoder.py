"""Decoders: functions they must draw exactly, and codes that the network itself confirms."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.spatial.distance import pdist

from bigcurves.learners import Autoencoder, isomap_coder, kernel_decoder, straight_path


def bumps(latents, pixels=30):
    """Draw a bump at each latent in [0, 1]: a smooth curve of pictures."""
    grid = np.linspace(0, 1, pixels)
    return np.exp(-0.5 * ((grid - latents) / 0.15) ** 2)


def curve(n, seed=0):
    latents = np.random.default_rng(seed).random((n, 1))
    return latents, bumps(latents)


@pytest.fixture(scope="module")
def trained():
    latents, pictures = curve(400)
    return latents, pictures, Autoencoder(bottleneck=1, random_state=0).fit(pictures)


def test_decoding_a_code_is_the_networks_own_prediction(trained):
    _, pictures, model = trained
    components = model.pca_.transform(pictures) / model.scale_
    expected = model.pca_.inverse_transform(model.network_.predict(components) * model.scale_)
    assert_allclose(model.inverse_transform(model.transform(pictures)), expected, atol=1e-12)


def test_one_unit_is_enough_for_a_curve(trained):
    latents, pictures, model = trained
    codes = model.transform(pictures)
    assert codes.shape == (400, 1)
    assert (np.abs(codes) <= 1).all()
    error = np.sqrt(((model.inverse_transform(codes) - pictures) ** 2).mean())
    # Four seeds read .036 to .059; one principal component alone leaves .66.
    assert error < 0.1 * pictures.std()
    # The code runs along the curve one way: rank correlation with the latent of +1 or -1.
    ranks = np.corrcoef(latents[:, 0].argsort().argsort(), codes[:, 0].argsort().argsort())
    assert abs(ranks[0, 1]) > 0.99


def test_training_lasts_as_many_epochs_as_asked_and_no_seed_differs(trained):
    _, pictures, model = trained
    assert len(model.loss_curve_) == 150
    again = Autoencoder(bottleneck=1, random_state=0).fit(pictures)
    assert_allclose(again.transform(pictures), model.transform(pictures))


def test_a_kernel_decoder_draws_between_its_rows():
    latents, pictures = curve(60)
    decode = kernel_decoder(latents, pictures)
    new = np.linspace(latents.min(), latents.max(), 41)[:, np.newaxis]
    # 60 rows stand .017 apart on average, a ninth of the bump's width: a Gaussian kernel
    # interpolates so smooth a curve to 1e-3 of its height, but for what the ridge lets go.
    assert_allclose(decode(new), bumps(new), atol=1e-3)
    assert_allclose(decode(latents), pictures, atol=1e-3)


def test_a_decoder_of_shuffled_latents_knows_nothing():
    latents, pictures = curve(60)
    decode = kernel_decoder(np.random.default_rng(1).permutation(latents), pictures)
    new = np.linspace(0.1, 0.9, 41)[:, np.newaxis]
    assert np.sqrt(((decode(new) - bumps(new)) ** 2).mean()) > pictures.std() / 2


def test_isomap_lays_a_curve_out_by_its_length():
    latents, pictures = curve(150)
    codes, decode = isomap_coder(pictures, d=1)
    # Away from its ends the curve is walked at constant speed: distances of codes are
    # distances of latents up to one factor, but for the graph's rounding of corners.
    inner = (latents[:, 0] > 0.3) & (latents[:, 0] < 0.7)
    ratio = pdist(codes[inner]) / np.maximum(pdist(latents[inner]), 1e-12)
    far = pdist(latents[inner]) > 0.1
    assert ratio[far].std() / ratio[far].mean() < 0.05
    assert_allclose(decode(codes), pictures, atol=0.05)


def test_a_straight_path_through_latents_stays_on_the_curve():
    latents, pictures = curve(60)
    start, end = np.array([0.1]), np.array([0.9])
    path = straight_path(start, end, frames=9, decode=kernel_decoder(latents, pictures))
    assert_allclose(path, bumps(np.linspace(0.1, 0.9, 9)[:, np.newaxis]), atol=1e-3)


def test_a_straight_path_through_pixels_is_a_cross_fade():
    start, end = bumps(np.array([[0.1], [0.9]]))
    path = straight_path(start, end, frames=3, decode=lambda rows: rows)
    assert_allclose(path, [start, (start + end) / 2, end])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: Autoencoder(bottleneck=0).fit(np.eye(4)),
            "bottleneck must be between 1 and 1000000, got 0",
        ),
        (
            lambda: Autoencoder(epochs=0).fit(np.eye(4)),
            "epochs must be between 1 and 1000000, got 0",
        ),
        (lambda: Autoencoder().fit(np.full((4, 4), math.nan)), "contains NaN"),
        (lambda: kernel_decoder(np.ones((3, 1)), np.ones((4, 2))), "pictures must have 3 rows"),
        (lambda: isomap_coder(np.eye(20), d=0), "d must be between 1 and 19, got 0"),
        (
            lambda: straight_path(np.ones(2), np.ones(3), frames=3, decode=np.asarray),
            r"start and end must be \(d,\) each, got \(2,\) and \(3,\)",
        ),
        (
            lambda: straight_path(np.ones(2), np.ones(2), frames=1, decode=np.asarray),
            "frames must be between 2 and 100000, got 1",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_bad_codes_are_named(trained):
    with pytest.raises(
        ValueError, match=r"codes must have shape \(n, 1\) with n at least 1, got \(2, 2\)"
    ):
        trained[2].inverse_transform(np.eye(2))


def test_units_and_shifts_change_no_coordinates_and_no_pictures():
    rng = np.random.default_rng(0)
    latents, pictures = rng.integers(0, 99, (30, 2)) / 64, rng.integers(0, 99, (30, 6)) / 64
    codes, _ = isomap_coder(pictures, d=2)
    decoded = kernel_decoder(latents, pictures, alpha=0.01)(latents)
    for unit in (2.0**-40, 2.0**40):
        assert_allclose(isomap_coder(pictures * unit, d=2)[0], codes * unit, rtol=1e-9)
        again = kernel_decoder(latents / unit, pictures * unit, alpha=0.01)(latents / unit)
        assert_allclose(again, decoded * unit, rtol=1e-9)
    assert_allclose(isomap_coder(pictures + 2.0**40, d=2)[0], codes, rtol=1e-9)
    assert_allclose(
        kernel_decoder(latents + 2.0**40, pictures, alpha=0.01)(latents + 2.0**40), decoded
    )


def test_equal_pictures_are_given_back():
    pictures = np.full((9, 4), 0.1)
    network = Autoencoder(hidden=(3,), epochs=2, random_state=0).fit(pictures)
    assert_allclose(network.inverse_transform(network.transform(pictures)), pictures)
    codes, decode = isomap_coder(pictures, d=2, neighbours=2)
    assert_allclose(codes, 0)
    assert_allclose(decode(codes), pictures)


def test_more_coordinates_than_the_lengths_allow_are_refused():
    pictures = np.random.default_rng(0).random((20, 4))
    with pytest.raises(ValueError, match="d must be between 1 and 19, got 20"):
        isomap_coder(pictures, d=20)
    with pytest.raises(ValueError, match="d must be less for these pictures, got 19"):
        isomap_coder(pictures, d=19)
    with pytest.raises(ValueError, match="neighbours must be between 1 and 19, got 20"):
        isomap_coder(pictures, d=2, neighbours=20)


def test_a_ridge_that_rounding_loses_is_refused():
    with pytest.raises(ValueError, match="alpha must be 1e-10 or more and finite, got 0"):
        kernel_decoder(np.eye(3), np.eye(3), alpha=0)


def test_codes_that_overflow_are_refused_and_far_ones_are_of_no_picture():
    assert_allclose(kernel_decoder(np.eye(3) * 1e-99, np.eye(3))(np.eye(3) * 1e99), 0)
    decode = kernel_decoder(np.eye(3) * 1e-300, np.eye(3))
    with pytest.raises(ValueError, match="codes must be nearer in size to the latents"):
        decode(np.eye(3) * 1e99)


def test_a_path_of_what_is_no_picture_is_refused():
    with pytest.raises(ValueError, match="what decode gives must be finite"):
        straight_path([0, 0], [1, 1], frames=3, decode=lambda codes: codes * np.nan)
    with pytest.raises(TypeError, match="decode must be a function, got None"):
        straight_path([0, 0], [1, 1], frames=3, decode=None)


def test_the_fastest_training_stays_finite_and_faster_ones_are_refused():
    X = np.random.default_rng(0).random((9, 4))
    network = Autoencoder(learning_rate=1e6, hidden=(3, 3), epochs=9, random_state=0).fit(X)
    assert np.isfinite(network.inverse_transform(network.transform(X))).all()
    with pytest.raises(ValueError, match=r"learning_rate must be between 0 and 1000000\.0, got"):
        Autoencoder(learning_rate=1e7).fit(X)
