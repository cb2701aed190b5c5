"""Dimension: slopes against closed forms, claims that can fall, charts that say what they read."""

import numpy as np
import pandas as pd
import pytest
import vl_convert
from scipy import stats
from scipy.spatial.distance import cdist

from bigcurves.chapters.manifold.dimension import crowding, dimension, figures
from bigcurves.chapters.manifold.dimension.charts.estimates import (
    describe_estimates,
    describe_scrambled,
    estimate_chart,
    scrambled_chart,
)
from bigcurves.chapters.manifold.dimension.charts.gallery import describe_worlds, worlds_chart
from bigcurves.chapters.manifold.dimension.charts.noise import describe_noise, noise_chart
from bigcurves.chapters.manifold.dimension.charts.slope import BARS, describe_slopes, slope_chart
from bigcurves.measures.neighbours import nearest_within_parts
from bigcurves.plotting.picture import sprite
from bigcurves.running import runs
from bigcurves.worlds import BarWorld
from bookkit.charts.compile import compile_layouts
from bookkit.charts.compile import draw as draw_layout

SMALL = crowding.Settings(sizes=(32, 64))


@pytest.mark.parametrize("d", [1, 2, 7])
def test_a_pure_power_law_reads_its_own_dimension(d):
    n = np.array([32, 64, 128, 1024])
    rows = pd.DataFrame({"n": n, "distance": 0.3 * (n - 1.0) ** (-1 / d)})
    assert crowding.reading(rows) == pytest.approx(d, rel=1e-9)


def test_distances_are_those_of_a_full_table():
    found = pd.DataFrame(crowding.run(SMALL, 3))
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
    found = pd.DataFrame(crowding.run(SMALL, 0))
    clouds = found.groupby(["world", "d", "noise"], dropna=False)
    assert len(clouds) == 5 + len(SMALL.noises) + 4
    assert (clouds["n"].apply(tuple) == SMALL.sizes).all()


def test_more_rows_are_never_farther_apart():
    found = pd.DataFrame(crowding.run(SMALL, 1)).pivot_table(
        "distance", ["world", "d", "noise"], "n"
    )
    assert (found[64] < found[32]).all()


@pytest.fixture(scope="module")
def true():
    return pd.DataFrame(crowding.run(crowding.Settings(), 100))


@pytest.mark.parametrize("claim", crowding.CLAIMS, ids=lambda claim: claim.id)
def test_each_claim_stands_and_falls(claim, true):
    control = pd.DataFrame(crowding.run(claim.mutation(crowding.Settings()), 100))
    assert claim.threshold.holds(claim.figure(true))
    assert not claim.threshold.holds(claim.figure(control))


@pytest.fixture(scope="module")
def page():
    return figures.page(range(3))


@pytest.fixture(scope="module")
def crowds():
    return runs.run(crowding, seeds=range(3))


@pytest.fixture(scope="module")
def estimates():
    return runs.run(dimension, seeds=range(3))


def read_by_hand(rows):
    """Fit the slope of each run by `polyfit`, and average what it reads."""
    fits = [
        np.polyfit(np.log(run["n"] - 1), np.log(run["distance"]), 1)
        for _, run in rows.groupby("seed")
    ]
    return np.mean([-1 / slope for slope, _ in fits])


def test_the_page_reads_each_number_of_latents_off_its_own_bars(page, crowds):
    numbers = page.numbers
    told = [numbers.crowd_bar1, numbers.crowd_bar2, numbers.crowd_bar3]
    told += [numbers.crowd_bar4, numbers.crowd_bar5]
    bars = crowds[crowds["world"] == "bar"]
    by_hand = [read_by_hand(bars[bars["d"] == d]) for d in range(1, 6)]
    assert told == pytest.approx(by_hand, rel=1e-9)


def test_the_page_reads_few_and_many_pictures_apart(page, crowds):
    grainy = crowds[(crowds["world"] == "noisy bar") & (crowds["noise"] == page.numbers.grain)]
    few, many = (grainy[grainy["n"].isin(n)] for n in [(32, 64, 128), (256, 512, 1024)])
    assert page.numbers.few == pytest.approx(read_by_hand(few), rel=1e-9)
    assert page.numbers.many == pytest.approx(read_by_hand(many), rel=1e-9)


def test_the_interval_of_the_readers_guess_is_students(page, estimates):
    values = estimates.loc[estimates["world"] == "digits", "two_nn"]
    ends = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    told = page.numbers.two_digits
    assert (told.low, told.high) == pytest.approx(tuple(ends), rel=1e-9)


def test_the_shift_is_the_largest_between_two_sizes_of_one_world(page, estimates):
    bars = estimates[estimates["world"] == "bar"]
    means = bars.pivot_table("two_nn", "d", "pixels").to_numpy()
    assert page.numbers.shift == pytest.approx(np.ptp(means, axis=1).max(), rel=1e-9)


PICTURE = sprite(np.eye(4)[np.newaxis])
STRIPS = pd.DataFrame({"latent": ["across", "angle"], "number": [1, 2], "picture": PICTURE})
DRAWS = pd.DataFrame({"d": [1, 2], "line": 1, "picture": PICTURE})
CLOUD = pd.DataFrame({"rows": BARS, "d": 2, "n": [32, 64], "distance": [0.2, 0.1]})
READINGS = pd.DataFrame(
    {"rows": [BARS], "d": 2, "name": "d = 2", "text": "slope -1.00: reads 1.0 dimensions"}
)
LATENTS = np.random.default_rng(0).random((128, 5))
SCANS = np.random.default_rng(1).integers(0, 17, (128, 64)) / 16
LEVELS = pd.DataFrame({"level": [0, 1], "noise": [0.0, 0.1], "picture": PICTURE})
LEVELS = LEVELS.assign(floor=[1e-9, 0.14], text=["none: reads 2", "much: reads 20"])
NOISY = pd.DataFrame({"level": [0, 1], "n": 32, "distance": [0.1, 0.2]})
BARRED = pd.DataFrame({"pixels": 64, "d": [1, 2], "estimator": "TwoNN", "reading": [1.0, 1.9]})
NAMED = pd.DataFrame({"name": ["real", "noise"], "estimator": "TwoNN", "reading": [8.5, 33.0]})
CLOUDS = pd.DataFrame({"name": ["real", "noise"], "picture": PICTURE})


def mean_of(table, value):
    table = table.rename(columns={value: "mean"})
    return table.assign(low=table["mean"] * 0.9, high=table["mean"] * 1.1)


def worlds():
    return worlds_chart(STRIPS, DRAWS, description="Words.")


def slope():
    means = mean_of(CLOUD, "distance")
    return slope_chart(CLOUD, means, READINGS, latents=LATENTS, digits=SCANS, description="Words.")


def noise():
    return noise_chart(LEVELS, NOISY, mean_of(NOISY, "distance"), description="Words.")


def estimate():
    return estimate_chart(BARRED, mean_of(BARRED, "reading"), description="Words.")


def scrambled():
    return scrambled_chart(CLOUDS, NAMED, mean_of(NAMED, "reading"), description="Words.")


def drawn(chart):
    """Draw with the live kernels, as the build does."""
    return draw_layout(compile_layouts(chart.to_dict())["wide"])


@pytest.mark.parametrize(
    ("draw", "signals"),
    [
        (worlds, ["d"]),
        (slope, ["rows", "d", "n", "grain", "moved"]),  # a slider for each way to spoil
        (noise, ["level"]),
        (estimate, ["pixels"]),
        (scrambled, ["estimator"]),
    ],
)
def test_each_chart_has_its_controls(draw, signals):
    assert [control.signal for control in drawn(draw()).controls] == signals


def test_images_are_drawn_as_single_images_not_pixel_by_pixel():
    # Both strips on the left; on the right the default d = 2 has one line.
    assert drawn(worlds()).picture.count("<image") == 3


def test_the_meter_says_what_it_reads():
    world, sizes = BarWorld(d=2, side=8), [16, 32, 64, 128]
    parts = nearest_within_parts(world.render(LATENTS[:, :2]), sizes)
    logs = [np.mean([np.log(gaps).mean() for gaps in same]) for same in parts]
    fit = np.polynomial.Polynomial.fit(np.log(np.array(sizes) - 1), logs, 1).convert()
    assert f"reads {-1 / fit.coef[1]:.1f} dimensions" in drawn(slope()).picture


def test_without_noise_there_is_no_floor():
    chart = noise().to_dict()
    for param in chart["params"]:
        if param["name"] == "level":
            param["value"] = 0
    assert "noise alone" not in vl_convert.vegalite_to_svg(chart, vl_version="6.4")
    for param in chart["params"]:
        if param["name"] == "level":
            param["value"] = 1
    assert "noise alone" in vl_convert.vegalite_to_svg(chart, vl_version="6.4")


def test_a_guess_is_drawn_once_there_is_one():
    chart = scrambled().to_dict()
    assert "your guess" not in vl_convert.vegalite_to_svg(chart, vl_version="6.4")
    for param in chart["params"]:
        if param["name"] == "guess":
            param["value"] = 12
    assert "your guess" in vl_convert.vegalite_to_svg(chart, vl_version="6.4")


def test_the_words_come_from_the_tables():
    assert "across, angle" in describe_worlds(STRIPS)
    assert "d = 2: slope -1.00" in describe_slopes(READINGS)
    assert "much: reads 20" in describe_noise(LEVELS)
    assert "TwoNN: 1.0, 1.9" in describe_estimates(mean_of(BARRED, "reading"))
    assert "noise: TwoNN 33.0" in describe_scrambled(mean_of(NAMED, "reading"))
