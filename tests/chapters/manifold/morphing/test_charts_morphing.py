"""The charts of morphing: they compile, show what their tables say, and refuse broken ones."""

import json
import re

import altair as alt
import numpy as np
import pandas as pd
import pytest
import vl_convert
from sklearn.neighbors import NearestNeighbors

from bigcurves.chapters.manifold.morphing.charts.digit_ways import (
    describe_digit_ways,
    digit_ways_chart,
)
from bigcurves.chapters.manifold.morphing.charts.film import describe_film, film_chart
from bigcurves.chapters.manifold.morphing.charts.film_model import film_model
from bigcurves.chapters.manifold.morphing.charts.film_strips import WAYS
from bigcurves.chapters.manifold.morphing.charts.sagitta import describe_sagitta, sagitta_chart
from bigcurves.chapters.manifold.morphing.charts.torn import UNITS, describe_torn, torn_chart
from bigcurves.chapters.manifold.morphing.charts.union import describe_union, union_chart
from bigcurves.chapters.manifold.morphing.charts.ways import describe_ways, ways_chart
from bigcurves.plotting.picture import sprite
from bigcurves.worlds import BarWorld
from bookkit.charts.draw import pictures_of

PICTURE = sprite(np.eye(4)[np.newaxis])
RNG = np.random.default_rng(0)
KNOWN = pd.DataFrame(RNG.random((30, 2)).round(4), columns=["across", "down"])
MIDDLES = pd.DataFrame({"d": 2, "way": ["pixel line", "graph"], "measure": "middle"})
MIDDLES = MIDDLES.assign(share=[0.3, 0.0], control=[False, True])
APART = pd.DataFrame({"d": 2, "separation": [0.02, 0.16], "deviation": [1e-4, 6e-3]})
TRIP = pd.DataFrame({"step": [0, 1], "turn": [0.0, 0.5]}).merge(
    pd.DataFrame({"units": UNITS, "error": [1.8, 0.03], "picture": PICTURE}), how="cross"
)
HOPS = pd.DataFrame({"line": ["apart", "within"], "n": 100, "hop": [0.17, 0.08]})
CHAINS = pd.DataFrame({"world": ["none", "some"], "n": 100, "picture": PICTURE, "frames": 9})
CHAINS = CHAINS.assign(text=["a leap", "small hops"])
DIGITS = pd.DataFrame({"pair": "same class", "way": ["pixel line", "graph"], "unusual": [0.4, 0.3]})
FILMS = pd.DataFrame({"pair": "same class", "number": 1, "way": ["pixel line"], "place": 0})
FILMS = FILMS.assign(picture=PICTURE, side=8, text="from 3 to 3")


def mean_of(table, value):
    table = table.rename(columns={value: "mean"})
    return table.assign(low=table["mean"] * 0.9, high=table["mean"] * 1.1)


def model():
    """An autoencoder of random weights: it need not be good to be drawn."""
    latents = KNOWN.to_numpy()
    pictures = BarWorld(d=2, side=16).render(latents)
    near = NearestNeighbors(n_neighbors=4).fit(pictures).kneighbors(return_distance=False)
    sizes = [(5, 4), (4, 2), (2, 4), (4, 5)]
    return film_model(
        latents=latents,
        neighbours=near,
        mean=pictures.mean(axis=0),
        axes=np.linalg.svd(pictures - pictures.mean(axis=0))[2][:5],
        scale=1.0,
        weights=[RNG.standard_normal(size) for size in sizes],
        biases=[np.zeros(size[1]) for size in sizes],
    )


def film(table=KNOWN, description="Words."):
    return film_chart(table, model(), description=description)


def ways(table=MIDDLES, description="Words."):
    return ways_chart(table, mean_of(MIDDLES, "share"), description=description)


def sagitta(table=APART, description="Words."):
    return sagitta_chart(table, mean_of(APART, "deviation"), description=description)


def torn(table=TRIP, description="Words."):
    return torn_chart(table, TRIP[["units", "error"]], description=description)


def union(table=HOPS, description="Words."):
    return union_chart(CHAINS, table, mean_of(HOPS, "hop"), description=description)


def digit_ways(table=DIGITS, description="Words."):
    return digit_ways_chart(FILMS, table, mean_of(DIGITS, "unusual"), description=description)


TABLES = {film: KNOWN, ways: MIDDLES, sagitta: APART, torn: TRIP, union: HOPS, digit_ways: DIGITS}
CHARTS = pytest.mark.parametrize("draw", TABLES, ids=lambda draw: draw.__name__)


def picture(chart, **values):
    """Draw a chart as the book does, its parameters set."""
    spec = chart.to_dict()
    for param in spec["params"]:
        if param["name"] in values:
            param["value"] = values[param["name"]]
    return pictures_of([vl_convert.vegalite_to_vega(json.dumps(spec), vl_version="6.4")])[0]


@CHARTS
def test_it_compiles_carries_its_description_and_a_control(draw):
    vega = vl_convert.vegalite_to_vega(draw().to_json(), vl_version="6.4")
    assert vega["description"] == "Words."
    assert any(signal.get("bind", {}).get("name") for signal in vega["signals"])


@CHARTS
def test_it_asks_for_a_description(draw):
    with pytest.raises(ValueError, match="description"):
        draw(description="")


@CHARTS
def test_a_table_without_its_columns_is_refused_by_name(draw):
    with pytest.raises(ValueError, match="must have the columns"):
        draw(pd.DataFrame({"nothing": [1]}))


@CHARTS
def test_an_empty_table_is_refused(draw):
    with pytest.raises(ValueError, match="at least one row"):
        draw(TABLES[draw].iloc[:0])


def test_the_lab_measures_the_frame_that_is_chosen():
    """Frame 6 of 12 is half-way: its distance is the exact projection's, to three digits."""
    world = BarWorld(d=2, side=16)
    middle = world.render(np.array([[0.05, 0.95], [0.95, 0.05]])).mean(axis=0, keepdims=True)
    off = float(world.project(middle).distances[0])
    drawn = picture(film())
    assert f"{off:.3f} pixel line" in drawn
    assert "0.000 pixel line" in picture(film(), step=0)
    assert drawn.count("<image") == 2 * len(WAYS)


def test_a_guess_is_drawn_only_when_there_is_one():
    assert "your guess" not in picture(film())
    assert "your guess" in picture(film(), guess=30)


def test_larger_canvases_are_drawn_with_smaller_pixels():
    """Eleven frames and their gaps: 98 pixels at 4, or 164 at 2.4; they fit the plot's 430."""
    large = digit_ways_chart(
        FILMS.assign(side=14), DIGITS, mean_of(DIGITS, "unusual"), description="Words."
    )
    assert 'width="392"' in picture(digit_ways())
    assert 'width="393.' in picture(large)


def test_the_model_says_what_does_not_fit():
    parts = {"latents": np.zeros((3, 2)), "mean": np.zeros(4), "axes": np.eye(4), "scale": 1.0}
    with pytest.raises(ValueError, match="neighbours must have 3 rows, got 2"):
        film_model(**parts, neighbours=np.zeros((2, 1), int), weights=[], biases=[])
    with pytest.raises(ValueError, match="even"):
        film_model(
            **parts, neighbours=np.zeros((3, 1), int), weights=[np.eye(2)], biases=[np.zeros(2)]
        )


def test_nothing_is_written_as_none():
    drawn = picture(ways())
    assert ">0.3<" in drawn
    assert ">none<" in drawn


def test_the_diamond_is_measured_as_it_moves():
    reads = [re.search(r"B: ([\d.]+) off", picture(sagitta(), apart=a))[1] for a in (0.1, 0.2)]
    # Twice as far apart, four times as far off, to the two digits that are written.
    assert float(reads[1]) / float(reads[0]) == pytest.approx(4, rel=0.1)


def test_the_guide_is_the_square_through_a_near_pair():
    """Where the pair is near the diamond lies on the guide; far away it has fallen below it."""
    spec = sagitta().to_dict()
    bend = next(p["expr"] for p in spec["params"] if p["name"] == "bend")
    world = BarWorld(d=2, side=16)
    way = np.array([0.565, -0.825])
    middle = world.render(0.5 + 0.04 * np.array([[-1], [1]]) * way).mean(axis=0, keepdims=True)
    height = float(world.project(middle).distances[0]) / 0.08**2
    assert bend.endswith("/ 0.0064")
    guide = alt.Chart(pd.DataFrame({"x": [0]})).mark_text().encode(text="t:N")
    guide = guide.transform_calculate(t="format(bend, '.3f')")
    guide = guide.add_params(alt.param(name="bend", expr=bend)).properties(description="Words.")
    assert f">{height:.3f}<" in picture(guide)


def test_a_quarter_of_a_half_turn_is_written_as_such():
    assert ">0.25<" in picture(torn())


def test_a_chain_keeps_its_pictures_square():
    """Nine pictures of 16 and their gaps are 152 wide; twice as large, 304 by 32."""
    drawn = picture(union())
    assert 'width="304"' in drawn
    assert 'height="32"' in drawn


def test_the_worst_angle_is_shown_first():
    worst_last = TRIP.assign(error=[0.1, 0.03, 1.8, 0.03])
    params = {param["name"]: param for param in torn(worst_last).to_dict()["params"]}
    assert params["step"]["value"] == 1
    assert "[0.1, 1.8][step]" in params["announce"]["expr"]


def test_the_words_come_from_the_tables():
    assert "pixel line 0.25" in describe_film({"pixel line": 0.25})
    assert "graph 0" in describe_ways(mean_of(MIDDLES, "share"))
    assert "d = 2: 0.006 at 0.16 apart, 0.0001 at 0.02" in describe_sagitta(
        mean_of(APART, "deviation")
    )
    assert "one unit: at worst 1.80" in describe_torn(TRIP, TRIP[["units", "error"]])
    assert "apart: 0.170 at 100" in describe_union(mean_of(HOPS, "hop"))
    assert "same class: pixel line 0.40" in describe_digit_ways(mean_of(DIGITS, "unusual"))
    assert "from 3 to 3" in picture(digit_ways())
    assert "a leap" in picture(union())
