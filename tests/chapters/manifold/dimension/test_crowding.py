"""Crowding: the slope's reading against closed forms, and claims that can fall."""

import numpy as np
import pandas as pd
import pytest
from scipy.spatial.distance import cdist

from bigcurves.chapters.manifold.dimension.crowding import CLAIMS, Settings, reading, run
from bigcurves.worlds import BarWorld

SMALL = Settings(sizes=(32, 64))


@pytest.mark.parametrize("d", [1, 2, 7])
def test_a_pure_power_law_reads_its_own_dimension(d):
    n = np.array([32, 64, 128, 1024])
    rows = pd.DataFrame({"n": n, "distance": 0.3 * (n - 1.0) ** (-1 / d)})
    assert reading(rows) == pytest.approx(d, rel=1e-9)


def test_distances_are_those_of_a_full_table():
    found = pd.DataFrame(run(SMALL, 3))
    images = BarWorld(d=2, side=8).sample(64, np.random.default_rng([3, 2])).inputs
    for n in SMALL.sizes:
        logs = []
        for part in images.reshape(-1, n, 64):
            table = cdist(part, part) + np.diag(np.full(n, np.inf))
            logs.append(np.log(table.min(axis=1)).mean())
        row = found[(found["world"] == "bar") & (found["d"] == 2) & (found["n"] == n)]
        # RMS pixel value: Euclid's distance over the square root of 64 pixels.
        assert row["distance"].item() == pytest.approx(np.exp(np.mean(logs)) / 8, rel=1e-9)


def test_every_cloud_has_a_row_for_every_size():
    found = pd.DataFrame(run(SMALL, 0))
    clouds = found.groupby(["world", "d", "noise"], dropna=False)
    assert len(clouds) == 5 + len(SMALL.noises) + 4
    assert (clouds["n"].apply(tuple) == SMALL.sizes).all()


def test_more_rows_are_never_farther_apart():
    found = pd.DataFrame(run(SMALL, 1)).pivot_table("distance", ["world", "d", "noise"], "n")
    assert (found[64] < found[32]).all()


@pytest.fixture(scope="module")
def true():
    return pd.DataFrame(run(Settings(), 100))


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_each_claim_stands_and_falls(claim, true):
    control = pd.DataFrame(run(claim.mutation, 100))
    assert claim.threshold.holds(claim.figure(true))
    assert not claim.threshold.holds(claim.figure(control))
