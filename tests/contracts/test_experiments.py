"""What every experiment promises, asked of each one that the layer holds."""

import dataclasses
import inspect

import pytest

from bigcurves.claims.claim import Claim
from bigcurves.claims.mutations import mutated
from bigcurves.provenance.source import describe
from bigcurves.recording.asked import asked
from bigcurves.recording.keeping import faults_of
from bigcurves.running import catalogue
from bigcurves.running.record import recorded

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
def test_no_setting_is_named_after_its_value_or_a_flag(name):
    for field in dataclasses.fields(catalogue.load(name).Settings):
        assert field.default != field.name, "several kinds of one thing are one tuple"
        assert not isinstance(field.default, bool), f"{field.name}: name what it sets, by kinds"


@every_experiment
def test_a_mutation_is_a_function_of_its_experiment_that_gives_other_settings(name):
    module = catalogue.load(name)
    defaults = module.Settings()
    worlds = {}
    for claim in module.CLAIMS:
        mutation = claim.mutation
        assert inspect.isfunction(mutation), claim.id
        assert getattr(module, mutation.__name__, None) is mutation, "defined there by its name"
        assert mutation.__module__ == module.__name__
        first_line = (mutation.__doc__ or "").partition("\n")[0]
        assert first_line.endswith("."), f"{mutation.__name__}: say what it does to the world"
        settings = mutated(claim, defaults)
        assert isinstance(settings, module.Settings)
        assert worlds.setdefault(describe(settings), mutation) is mutation, "one for each world"


@every_experiment
def test_every_column_says_how_it_repeats(name):
    """`make verify` holds each repeated run to it; a run is repeated there, not here."""
    module = catalogue.load(name)
    found = recorded(name).runs
    assert found, "nothing is recorded of it yet: run `make record`"
    columns = {column for run in found for row in run.rows for column in row} - {"seed"}
    assert columns == set(module.REPEATS), columns ^ set(module.REPEATS)


@every_experiment
def test_what_the_record_says_of_a_setting_is_what_is_asked_for(name):
    there = recorded(name)
    assert there.fault == ""
    asked_for = {(ask.key, seed) for ask in asked(name) for seed in ask.seeds}
    assert {(run.key, run.seed) for run in there.runs} == asked_for, "run `make record`"


def test_the_record_holds_nothing_else_and_its_index_fits():
    assert faults_of() == []
