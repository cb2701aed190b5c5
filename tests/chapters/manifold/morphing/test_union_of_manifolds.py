"""The union of manifolds: rows, shapes between, and hops by a slower way."""

import numpy as np
import pandas as pd
import pytest
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial.distance import cdist

from bigcurves.chapters.manifold.morphing import union_of_manifolds as union

TINY = union.Settings(sizes=(20, 40))


def test_rows_are_tidy_and_repeatable():
    table = pd.DataFrame(union.run(TINY, 3))
    assert not table.duplicated(["world", "classes", "n"]).any()
    assert len(table) == 8
    assert (table["hop"] > 0).all()
    pd.testing.assert_frame_equal(table, pd.DataFrame(union.run(TINY, 3)))
    assert not table.equals(pd.DataFrame(union.run(TINY, 4)).assign(seed=3))


def test_shapes_between_are_as_many_as_asked():
    _, none = union.draw(TINY, 400, 0.0, np.random.default_rng(0))
    assert set(none) == {0.0, 1.0}
    _, some = union.draw(TINY, 400, 0.25, np.random.default_rng(0))
    # 4 standard errors of a share of .25 among 400
    assert np.mean((some > 0) & (some < 1)) == pytest.approx(0.25, abs=4 * 0.0217)


def test_hops_between_classes_are_the_widest_on_the_spanning_tree():
    """Walk the minimum spanning tree from each three, keeping the widest edge so far."""
    rng = np.random.default_rng([3, 0, 20])
    pictures, shape = union.draw(TINY, 20, 0.0, rng)
    apart = cdist(pictures, pictures) / 16
    tree = minimum_spanning_tree(apart).toarray()
    tree += tree.T
    widest = []
    for start in np.flatnonzero(shape == 0):
        hop, todo = {start: 0.0}, [start]
        while todo:
            here = todo.pop()
            for there in np.flatnonzero(tree[here]):
                if there not in hop:
                    hop[there] = max(hop[here], tree[here, there])
                    todo.append(there)
        widest += [hop[end] for end in np.flatnonzero(shape == 1)]
    rows = pd.DataFrame(union.run(union.Settings(sizes=(20,)), 3)).set_index(["world", "classes"])
    assert rows.loc[("apart", "between"), "hop"] == pytest.approx(np.median(widest))


def test_halves_of_a_class_leave_the_middle_of_the_turn_empty():
    settings = union.Settings(whole=False)
    pictures, _ = union.draw(settings, 60, 0.0, np.random.default_rng(0))
    turn = union.WORLD.project(pictures[:12]).latents[:, union.WORLD.latent_names.index("turn")]
    assert not ((turn > 0.21) & (turn < 0.79)).any()


def test_shrinkage_is_the_share_that_is_gone():
    rows = [
        {"world": "apart", "classes": "within", "n": n, "hop": hop}
        for n, hop in [(10, 0.4), (20, 0.2), (40, 0.1)]
    ]
    table = pd.DataFrame(rows)
    assert union.shrinkage(table, world="apart", classes="within") == pytest.approx(0.75)
