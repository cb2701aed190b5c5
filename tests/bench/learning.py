"""How fast the science's heaviest tools are: a grokking run, the hull, nearest rows, and MNIST."""

import time
import warnings
from collections.abc import Iterator

import mnist
import numpy as np
from row import Row, seconds
from sklearn.exceptions import ConvergenceWarning
from sklearn.neighbors import NearestNeighbors
from sklearn.neural_network import MLPRegressor
from threadpoolctl import threadpool_limits

from bigcurves.chapters.discrete.counter_evidence.table_learning import Training, learn_table
from bigcurves.distances import nearest
from bigcurves.measures import two_nn
from bigcurves.measures.hull import in_hull_lp, inside_hull, separating_direction
from bigcurves.sample import Floats
from bigcurves.worlds import BarWorld, ModularAddition


def measure() -> Iterator[Row]:
    """Time all on one core, and what MNIST costs on all."""
    with threadpool_limits(limits=1):
        yield grokking()
        yield from hull()
        yield from nearest_rows()
    yield from mnist.quick()


def grokking() -> Row:
    """Time one network that learns a + b mod 31, beside the same steps by scikit-learn."""
    world, training = ModularAddition(p=31), Training()
    learned, _ = world.split(training.share, np.random.default_rng([0, 0]))
    wanted = np.eye(world.p)[np.asarray(learned.targets)]
    plain = MLPRegressor(
        hidden_layer_sizes=(training.hidden,),
        batch_size=len(learned),
        max_iter=training.steps,
        n_iter_no_change=training.steps,
        tol=0,
        random_state=0,
    )

    def by_scikit_learn() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            plain.fit(learned.inputs, wanted)

    return Row(
        figure=f"grokking run of {training.steps} steps (baseline: MLPRegressor's steps alone)",
        measured=seconds(lambda: list(learn_table(world, training, 0)), runs=3),
        unit="s",
        goal="<= 1",
        baseline=seconds(by_scikit_learn, runs=3),
    )


def hull() -> Iterator[Row]:
    """Time the hull of 1,000 bars of 256 pixels on new bars, beside a linear programme each."""
    world = BarWorld(d=2, side=16)
    points, queries = (world.sample(n, np.random.default_rng(n)).inputs for n in (1000, 100))
    begun = time.process_time()
    few = queries[:5]
    by_programme = [in_hull_lp(points, query) for query in few]
    each = 1e3 * (time.process_time() - begun) / len(few)
    if by_programme != inside_hull(points, few).tolist():
        raise ValueError("the certificate and the linear programme must agree")
    kept = [query for query in queries if separating_direction(points, query) is not None]
    timed = {
        f"hull certificate, {len(kept)} bars proved outside": (
            kept,
            lambda: [separating_direction(points, query) for query in kept],
        ),
        "inside_hull, all new bars": (queries, lambda: inside_hull(points, queries)),
    }
    for figure, (asked, call) in timed.items():
        yield Row(
            figure=f"{figure} (baseline: a linear programme)",
            measured=1e3 * seconds(call, runs=3) / len(asked),
            unit="ms/query",
            goal="<= 2",
            baseline=each,
        )


def nearest_rows() -> Iterator[Row]:
    """Time exact searches for neighbours beside scikit-learn's expanded squares, which are not."""
    bars = BarWorld(d=5, side=28).sample(22_000, np.random.default_rng(0)).inputs
    points, queries = bars[2000:], bars[:2000]
    few = np.random.default_rng(0).random((8000, 3))

    def expanded(known: Floats, asked: Floats, k: int) -> None:
        NearestNeighbors(n_neighbors=k, algorithm="brute").fit(known).kneighbors(asked)

    timed = {
        "nearest of 20,000 bars of 784 pixels to 2,000 others": (
            lambda: nearest(points, queries, 1),
            lambda: expanded(points, queries, 1),
        ),
        "two_nn of 8,000 rows in 3 features": (
            lambda: two_nn(few),
            lambda: expanded(few, few, 3),
        ),
    }
    for figure, (ours, theirs) in timed.items():
        yield Row(
            figure=f"{figure} (baseline: brute by scikit-learn)",
            measured=seconds(ours, runs=3),
            unit="s",
            baseline=seconds(theirs, runs=3),
        )
