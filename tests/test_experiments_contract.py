"""What every experiment promises, asked of each one that the layer holds."""

import dataclasses
import inspect

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from bigcurves import catalogue, runs
from bigcurves.experiments.claim import Claim
from bigcurves.workers import Task

every_experiment = pytest.mark.parametrize("name", catalogue.titles())


@every_experiment
def test_an_experiment_has_its_parts(name):
    module = catalogue.load(name)
    assert module.__doc__.splitlines()[0].endswith((".", "?")), "the first line is its title"
    assert "What could fool us" in module.__doc__, "each experiment prints its caveat"
    assert list(inspect.signature(module.run).parameters) == ["settings", "seed"]
    assert module.CLAIMS
    assert all(isinstance(claim, Claim) for claim in module.CLAIMS)


@every_experiment
def test_settings_are_frozen_have_defaults_and_only_keywords(name):
    settings = catalogue.load(name).Settings
    assert settings.__dataclass_params__.frozen
    assert all(field.kw_only for field in dataclasses.fields(settings))
    assert settings() == settings()


@every_experiment
def test_mutations_change_settings_of_the_same_experiment(name):
    module = catalogue.load(name)
    for claim in module.CLAIMS:
        assert isinstance(claim.mutation, module.Settings)
        assert claim.mutation != module.Settings()


@pytest.mark.slow
@every_experiment
def test_a_kept_run_is_what_running_gives(name):
    """Run one seed anew: the store's rows, bit by bit, and numpy's global stream untouched."""
    module = catalogue.load(name)
    before = np.random.get_state()[1].tolist()  # noqa: NPY002
    fresh = Task(experiment=module.__name__, settings=module.Settings())(0)
    assert np.random.get_state()[1].tolist() == before  # noqa: NPY002
    assert_frame_equal(runs.run(module, seeds=[0]), pd.DataFrame(fresh), check_exact=True)
