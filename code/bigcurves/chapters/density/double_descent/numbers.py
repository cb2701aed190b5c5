"""What the chapter on double descent says in numbers."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from bigcurves.chapters.density.double_descent import (
    calming_curves,
    double_descent,
    interpolation_threshold,
    networks_by_width,
    price,
    tempered,
)
from bigcurves.chapters.density.double_descent.tables import (
    GAUSSIAN,
    LAPLACE,
    LATE,
    NEAREST,
    RIDGE,
    SCORES,
    STOPPED,
    TAUGHT,
    Tables,
)
from bigcurves.claims.results import Results, results
from bigcurves.measures.intervals import Interval
from bigcurves.measures.summary import interval_at, interval_table


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the page says in numbers; each field is a glue name.

    Errors are in percent, unless a comment says otherwise.
    """

    results: Results
    seeds: int
    # By training labels (`noisy`: a fifth random) and number of features.
    real_100: Interval
    real_200: float
    real_3000: Interval
    noisy_50: Interval
    noisy_3000: Interval
    norm_peak: float  # the weights' length with 200 features
    norm_most: float  # and with 3,000
    descent_curve: list[list[float]]  # [features, error as a share], the guess's truth
    calm_peak: float  # the curve's root mean square error with 10 cosines
    calm_last: float  # and with 400
    swing_peak: float  # the curve's greatest height with 10 cosines
    swing_last: float
    # Without and with a ridge, by number of digits.
    plain_100: float
    plain_200: float
    damped_100: float
    damped_200: float
    damped_1200: float
    wrong_fifth: float  # percent of labels that are wrong where a fifth is random
    digits_most: str  # as it is written
    # With the most digits, by machine and by how many labels are random.
    gaussian_none: float
    gaussian_fifth: float
    laplace_none: float
    laplace_fifth: float
    nearest_fifth: float
    ridge_none: float
    ridge_fifth: float
    # Errors for each wrong label, with the most digits unless a size is named.
    gaussian_far: Interval
    gaussian_near: Interval  # at the shortest reach but one
    laplace_far: Interval
    laplace_far_few: float
    gaussian_squared_few: float
    gaussian_squared: float
    laplace_squared_few: float
    laplace_squared: float
    few: int
    reach_far: float  # in typical distances
    reach_near: float
    # Networks taught noisy labels, by width.
    peak_width: int
    peak: Interval
    peak_train: float
    widest: float
    widest_stopped: float
    widest_clean: float
    widest_width: int


def numbers_of(tables: Tables) -> Numbers:
    """Read off the tables what the page says in numbers."""
    real = partial(interval_at, tables.errors, scale=100, labels="as they are")
    noisy = partial(interval_at, tables.errors, scale=100, labels="a fifth random")
    norm = partial(interval_at, tables.norms, labels="as they are")
    calm = partial(interval_at, interval_table(tables.calmed, ["features"], "error", log=True))
    swing = partial(interval_at, interval_table(tables.calmed, ["features"], "swing", log=True))
    plain = partial(interval_at, tables.grown_means, scale=100, fit="no ridge")
    damped = partial(interval_at, tables.grown_means, scale=100, fit="a small ridge")
    most = int(tables.noisy["n"].max())
    last = partial(interval_at, tables.noisy_means, scale=100, n=most)
    curve = tables.errors[tables.errors["labels"] == "as they are"]
    return Numbers(
        results=results(
            double_descent,
            calming_curves,
            interpolation_threshold,
            tempered,
            price,
            networks_by_width,
            seeds=tables.seeds,
        ),
        seeds=int(tables.errors["seeds"].min()),
        real_100=real(features=100),
        real_200=real(features=200).mean,
        real_3000=real(features=3000),
        noisy_50=noisy(features=50),
        noisy_3000=noisy(features=3000),
        norm_peak=norm(features=200).mean,
        norm_most=norm(features=3000).mean,
        descent_curve=[
            [int(features), float(error)]
            for features, error in zip(curve["features"], curve["mean"], strict=True)
        ],
        calm_peak=calm(features=10).mean,
        calm_last=calm(features=400).mean,
        swing_peak=swing(features=10).mean,
        swing_last=swing(features=400).mean,
        plain_100=plain(n=100).mean,
        plain_200=plain(n=200).mean,
        damped_100=damped(n=100).mean,
        damped_200=damped(n=200).mean,
        damped_1200=damped(n=1200).mean,
        wrong_fifth=100 * float(tables.wrong.set_index("labels")["share"]["a fifth"]),
        digits_most=f"{most:,}",
        gaussian_none=last(labels="none", machine=GAUSSIAN).mean,
        gaussian_fifth=last(labels="a fifth", machine=GAUSSIAN).mean,
        laplace_none=last(labels="none", machine=LAPLACE).mean,
        laplace_fifth=last(labels="a fifth", machine=LAPLACE).mean,
        nearest_fifth=last(labels="a fifth", machine=NEAREST).mean,
        ridge_none=last(labels="none", machine=RIDGE).mean,
        ridge_fifth=last(labels="a fifth", machine=RIDGE).mean,
        **_prices(tables),
        **_networks(tables),
    )


def _prices(tables: Tables) -> dict[str, Any]:
    """Say what a wrong label costs."""
    names, squares = SCORES.values()
    sizes, reaches = (np.sort(tables.prices[name].unique()) for name in ("n", "reach"))
    few, most, near, far = sizes[0], sizes[-1], reaches[1], reaches[-1]
    at = partial(interval_at, tables.prices)
    gaussian = partial(at, kernel=GAUSSIAN, score=names, n=most)
    laplace = partial(at, kernel=LAPLACE, score=names)
    squared = partial(at, score=squares, reach=far)
    return {
        "gaussian_far": gaussian(reach=far),
        "gaussian_near": gaussian(reach=near),
        "laplace_far": laplace(reach=far, n=most),
        "laplace_far_few": laplace(reach=far, n=few).mean,
        "gaussian_squared_few": squared(kernel=GAUSSIAN, n=few).mean,
        "gaussian_squared": squared(kernel=GAUSSIAN, n=most).mean,
        "laplace_squared_few": squared(kernel=LAPLACE, n=few).mean,
        "laplace_squared": squared(kernel=LAPLACE, n=most).mean,
        "few": int(few),
        "reach_far": float(far),
        "reach_near": float(near),
    }


def _networks(tables: Tables) -> dict[str, Any]:
    """Say how networks err, by their width."""
    noisy = partial(interval_at, tables.width_means, scale=100, labels="a fifth")
    clean = partial(interval_at, tables.width_means, scale=100, labels="none")
    late = tables.width_means.query("labels == 'a fifth' and when == @LATE and width > 16")
    late = late.sort_values("mean")
    peak, widest = int(late["width"].iloc[-1]), int(late["width"].max())
    return {
        "peak_width": peak,
        "peak": noisy(when=LATE, width=peak),
        "peak_train": noisy(when=TAUGHT, width=peak).mean,
        "widest": noisy(when=LATE, width=widest).mean,
        "widest_stopped": noisy(when=STOPPED, width=widest).mean,
        "widest_clean": clean(when=LATE, width=widest).mean,
        "widest_width": widest,
    }
