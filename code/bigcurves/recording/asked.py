"""Which runs the book asks for: those that a page shows, or that a claim is judged on, or tried."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from bigcurves.claims.mutations import mutated
from bigcurves.claims.specifications import specifications_of
from bigcurves.provenance.source import Source, describe
from bigcurves.running import catalogue
from bigcurves.running.catalogue import BOOK_SEEDS, CHOICE_SEEDS, MUTATION_SEEDS
from bigcurves.running.record import key_of


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One experiment under one setting, and the seeds that are asked for.

    Attributes
    ----------
    module, source
        The experiment, and what stands behind it.
    settings, text
        The settings, and the same as JSON.
    seeds
        Those asked for, in order.
    """

    module: ModuleType
    source: Source
    settings: Any
    text: str
    seeds: range

    @property
    def name(self) -> str:
        """The experiment's own name."""
        return self.source.short_name

    @property
    def key(self) -> str:
        """Hash of the code and the settings, under which these runs are recorded."""
        return key_of(self.source.key, self.text)


def asked(name: str) -> Iterator[Ask]:
    """List what is asked of an experiment: its defaults first, each setting once.

    `ALSO_SHOWN` of an experiment holds further settings that a page shows.
    """
    module, source = catalogue.load(name), catalogue.source(name)
    defaults = module.Settings()
    shown = (defaults, *getattr(module, "ALSO_SHOWN", ()))
    worlds = tuple(mutated(claim, defaults) for claim in module.CLAIMS)
    choices = tuple(spec.settings for spec in specifications_of(module))
    done: set[str] = set()
    for settings, seeds in (
        *((each, BOOK_SEEDS) for each in shown),
        *((each, MUTATION_SEEDS) for each in worlds),
        *((each, CHOICE_SEEDS) for each in choices),
    ):
        text = describe(settings)
        if text not in done:
            yield Ask(module=module, source=source, settings=settings, text=text, seeds=seeds)
        done.add(text)


def changes(ask: Ask) -> dict[str, Any]:
    """List the settings that differ from the experiment's defaults."""
    defaults = ask.module.Settings()
    return {
        name: value
        for name, value in vars(ask.settings).items()
        if value != getattr(defaults, name)
    }
