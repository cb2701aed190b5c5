"""The charts of missing samples: they compile, show what their tables say, refuse broken ones."""

import re

import numpy as np
import pandas as pd
import pytest
import vl_convert

from bigcurves.chapters.density.imperfect_model.charts.hole import PROBES, describe_hole, hole_chart
from bigcurves.chapters.density.imperfect_model.charts.missing import (
    decoder_chart,
    describe_decoders,
    describe_shares,
    share_chart,
)
from bigcurves.plotting.picture import sprite
from bookkit.charts.compile import compile_layouts, draw

FIELD = {"frequencies": [[6.0, 2.0], [3.0, 5.0]], "phases": [0.1, 0.2]}
IDEAL = pd.DataFrame({"picture": [sprite(np.zeros((1, PROBES, PROBES)))], "worst": [1e-12]})
SHARES = pd.DataFrame({"learner": "net", "labels": ["true labels", "shuffled labels"]})
SHARES = SHARES.assign(mean=[0.9, 0.15], low=0.1, high=0.95)
DECODERS = pd.DataFrame({"latents": ["true", "true", "shuffled"], "n": [20, 160, 20]})
DECODERS = DECODERS.assign(mean=[0.03, 0.0001, 1.0], low=1e-4, high=2.0)
STRIPS = DECODERS[["latents", "n"]].assign(picture=sprite(np.zeros((6, 16, 16))))


def hole(table=IDEAL, description="Words."):
    return hole_chart(FIELD, table, description=description)


def share(table=SHARES, description="Words."):
    runs = SHARES.rename(columns={"mean": "share"})
    return share_chart(runs, table, area=0.15, description=description)


def decoder(table=DECODERS, description="Words."):
    runs = DECODERS.rename(columns={"mean": "deviation"})
    return decoder_chart(STRIPS, runs, table, description=description)


TABLES = {hole: IDEAL, share: SHARES, decoder: DECODERS}
CHARTS = pytest.mark.parametrize("make", TABLES, ids=lambda make: make.__name__)


def picture(chart, **values):
    """Draw a chart as the book does, some of its parameters set."""
    spec = chart.to_dict()
    for param in spec["params"]:
        param["value"] = values.pop(param["name"], param.get("value"))
        if param["value"] is None:
            del param["value"]
    assert not values
    return draw(compile_layouts(spec)["wide"]).picture


@CHARTS
def test_it_compiles_and_carries_its_description(make):
    vega = vl_convert.vegalite_to_vega(make().to_json(), vl_version="6.4")
    assert vega["description"] == "Words."


@CHARTS
def test_it_asks_for_a_description(make):
    with pytest.raises(ValueError, match="description"):
        make(description="")


@CHARTS
@pytest.mark.parametrize("broken", [pd.DataFrame({"nothing": [1]}), pd.DataFrame()])
def test_a_broken_table_is_refused(make, broken):
    with pytest.raises(ValueError, match="must have"):
        make(broken)


def shares_inside(svg):
    return [int(share) for share in re.findall(r">(\d+)% of its error inside<", svg)]


def test_the_errors_follow_the_hole_and_shuffled_labels_do_not():
    # A disc of radius .3 takes 28 % of the square: 9 points is 4 standard errors, with errors of
    # one size at about 400 images' worth of places.
    kept, dealt = (shares_inside(picture(hole(), radius=0.3, shuffled=s)) for s in (False, True))
    assert min(kept) > 60
    assert dealt == pytest.approx([28, 28], abs=9)


def test_without_a_hole_nothing_is_inside():
    assert shares_inside(picture(hole(), radius=0)) == [0, 0]


def test_a_guess_is_drawn_once_there_is_one():
    assert "your guess" not in picture(share())
    assert "your guess" in picture(share(), guess=70)
    assert "15%" in picture(share())


def test_the_choice_shows_one_decoder_and_the_other_pale():
    true, shuffled = (picture(decoder(), told=told) for told in ("true", "shuffled"))
    assert true.count("<image") == 2
    assert shuffled.count("<image") == 1


def test_the_words_come_from_the_tables():
    assert "net, true labels: 90%" in describe_shares(SHARES, 0.15)
    assert "told true latents, 0.03 after 20 images" in describe_decoders(DECODERS)
    assert "1e-12 at worst" in describe_hole(IDEAL)
