"""What becomes of each claim under the choices that could have been made, and beside its rival.

A choice is one specification of the claim. It is judged as the book's own settings are, on the
mean of the same figure and with the same threshold, on five seeds. A claim may fall under a choice
only where its sentence says so (`limits`); a limit under which it holds is no limit.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from os import PathLike
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

from bigcurves.claims.claim import Claim, Threshold
from bigcurves.claims.doubts import Doubts, doubts_of
from bigcurves.claims.judge import finite
from bigcurves.claims.kept import kept_rows
from bigcurves.claims.mutations import changed
from bigcurves.running import catalogue, runs
from bigcurves.running.catalogue import CHOICE_SEEDS
from bigcurves.running.repeats import Rows

if TYPE_CHECKING:
    import pandas as pd

AS_CHOSEN = "as chosen"  # the book's own settings
RIVAL = "rival"


@dataclass(frozen=True, kw_only=True)
class Specification:
    """A claim's figure under one choice, or its rival's: what is to be run, and what is asked.

    Attributes
    ----------
    claim
        The claim.
    label
        The choice's own, `AS_CHOSEN` or `RIVAL`.
    settings
        The experiment's settings.
    figure, threshold
        The claim's own, or those of its rival.
    words
        What the rival says; or the words of the sentence that say that it falls here, if any do.
    """

    claim: Claim
    label: str
    settings: Any
    figure: "Callable[[pd.DataFrame], float]"
    threshold: Threshold
    words: str


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A specification, judged.

    Attributes
    ----------
    claim, label
        The claim's id, and the specification's label.
    figures
        The figure on each seed.
    threshold
        What is asked of their mean.
    words
        What the rival says; or the words of the sentence that say that it falls here, if any do.
    """

    claim: str
    label: str
    figures: tuple[float, ...]
    threshold: Threshold
    words: str

    @property
    def mean(self) -> float:
        """The figure on which it is judged."""
        return float(np.mean(self.figures))

    @property
    def holds(self) -> bool:
        """Whether the claim holds under this choice; of a rival, whether it is ruled out."""
        return self.threshold.holds(self.mean)

    @property
    def fault(self) -> str:
        """What is wrong with it; nothing if it is as the sentence has it."""
        found = f"{self.claim}, {self.label}: {self.mean:.3g}, asked for {self.threshold}"
        if self.label == RIVAL:
            return "" if self.holds else f"{found}: not ruled out: {self.words}"
        if self.holds:
            return f"{found}: holds, so that it is no limit: {self.words}" if self.words else ""
        return "" if self.words else f"{found}: falls, and the sentence does not say so"


def in_words(tried: Iterable[Tried]) -> Iterator[str]:
    """Say in a line each, claim by claim, what was found, the nearest to falling first."""
    claims: dict[str, list[Tried]] = {}
    for each in tried:
        claims.setdefault(each.claim, []).append(each)
    for claim, mine in claims.items():
        choices = [each for each in mine if each.label != RIVAL]
        if choices:
            holding = sum(each.holds for each in choices)
            yield f"{claim}: holds under {holding} of {len(choices)}"
        for each in sorted(choices, key=lambda each: each.threshold.margin(each.mean)):
            word = "holds" if each.holds else f"falls: {each.words or 'NOT SAID'}"
            yield f"  {each.label}: {each.mean:.3g}, asked for {each.threshold}: {word}"
        for each in (each for each in mine if each.label == RIVAL):
            word = "ruled out" if each.holds else "NOT RULED OUT"
            yield f"  rival: {each.words} {each.mean:.3g}, asked for {each.threshold}: {word}"


def specifications_of(experiment: ModuleType) -> Iterator[Specification]:
    """List what is to be run of an experiment's claims: each as chosen, its choices, its rival.

    A choice that gives the book's own settings is that one, and left out.

    Raises
    ------
    ValueError
        If a choice or a control gives no settings of the experiment.
    """
    defaults, every = experiment.Settings(), doubts_of(experiment)
    for claim in experiment.CLAIMS:
        doubts = every.get(claim.id, Doubts())
        if doubts.choices:
            yield _of_claim(claim, AS_CHOSEN, defaults, "")
        for choice in doubts.tried:
            settings = changed(choice, defaults, f"a choice of {claim.id}")
            if settings != defaults:
                words = doubts.limits.get(choice.label, "")
                yield _of_claim(claim, choice.label, settings, words)
        if rival := doubts.rival:
            what = f"the control of {claim.id}'s rival"
            yield Specification(
                claim=claim,
                label=RIVAL,
                settings=changed(rival.control, defaults, what) if rival.control else defaults,
                figure=rival.figure or claim.figure,
                threshold=rival.threshold,
                words=rival.says,
            )


def _of_claim(claim: Claim, label: str, settings: Any, words: str) -> Specification:
    return Specification(
        claim=claim,
        label=label,
        settings=settings,
        figure=claim.figure,
        threshold=claim.threshold,
        words=words,
    )


def try_choices(
    name: str,
    *,
    jobs: int | None = None,
    store: str | PathLike[str] | None = None,
) -> list[Tried]:
    """Judge the claims of the experiment called `name` under their choices, and their rivals.

    Figures are kept beside the runs, so that a second call imports no experiment at all.
    """

    def figures(seeds: list[int]) -> dict[int, Rows]:
        return _figures(catalogue.load(name), seeds, jobs, store)

    rows = kept_rows("specifications", name, CHOICE_SEEDS, figures, store)
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault((row["claim"], row["label"]), []).append(row)
    return [
        Tried(
            claim=claim,
            label=label,
            figures=tuple(row["figure"] for row in mine),
            threshold=Threshold(low=mine[0]["low"], high=mine[0]["high"]),
            words=mine[0]["words"],
        )
        for (claim, label), mine in found.items()
    ]


def _figures(
    experiment: ModuleType,
    seeds: list[int],
    jobs: int | None,
    store: str | PathLike[str] | None,
) -> dict[int, Rows]:
    """Work out every specification's figure on some seeds, as rows that need no import."""
    rows: dict[int, Rows] = {seed: [] for seed in seeds}
    tables: list[tuple[Any, pd.DataFrame]] = []
    for spec in specifications_of(experiment):
        known = [table for settings, table in tables if settings == spec.settings]
        if not known:
            known = [runs.run(experiment, spec.settings, seeds, jobs=jobs, store=store)]
            tables.append((spec.settings, known[0]))
        for seed in seeds:
            run = known[0][known[0]["seed"] == seed]
            rows[seed].append(
                {
                    "claim": spec.claim.id,
                    "label": spec.label,
                    "low": spec.threshold.low,
                    "high": spec.threshold.high,
                    "words": spec.words,
                    "figure": finite(spec.figure, run, f"{spec.claim.id}, {spec.label}"),
                }
            )
    return rows
