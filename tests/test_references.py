"""The designs' figures beside the book's runs: a difference has a cause, a cause a difference."""

from pathlib import Path

import pandas as pd
import pytest

from bigcurves.references import Reference, compare, load

PATH = Path(__file__).parent / "references" / "references.toml"
TABLE = pd.DataFrame({"seed": [0, 0, 1, 1], "n": [1, 2, 1, 2], "error": [1.0, 0.5, 1.2, 0.6]})


def figure(**settings):
    return Reference(experiment="e", figure="f", column="error", **settings)


def test_a_figure_is_read_run_by_run_and_averaged_over_seeds():
    found = figure(where="n == 2", reference=0.55).measure(TABLE)
    assert found.mean == pytest.approx(0.55)
    assert found.seeds == 2
    power = Reference(experiment="e", figure="f", column="error", slope="n", reference=-1)
    assert power.measure(TABLE).mean == pytest.approx(-1)


def test_near_is_a_twentieth_and_a_gate_holds_the_mean():
    found = figure(where="n == 1", reference=1.1).measure(TABLE)
    assert figure(reference=1.1).agrees(found)
    assert not figure(reference=11).agrees(found)
    assert figure(low=1).agrees(found)
    assert not figure(high=1).agrees(found)


def test_what_contradicts_itself_is_refused():
    with pytest.raises(ValueError, match="either reference, or low or high"):
        figure()
    with pytest.raises(ValueError, match="take must be one of"):
        figure(reference=1, take="middle")
    with pytest.raises(ValueError, match="no row has n == 9"):
        figure(reference=1, where="n == 9").measure(TABLE)


@pytest.mark.slow
def test_every_difference_has_a_cause_and_every_cause_a_difference():
    faults = [
        f"{each.experiment}, {each.figure}: {found.mean:.4g} ({found.low:.4g} to {found.high:.4g})"
        for each, found in compare(load(PATH))
        if each.agrees(found) == bool(each.cause)
    ]
    assert not faults, "\n".join(faults)
