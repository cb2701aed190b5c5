"""What the chapter on imperfect models shows: its runs as tables, as numbers and as charts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from bigcurves.chapters.density.imperfect_model import decoder_samples, imperfect_model
from bigcurves.chapters.density.imperfect_model.charts import hole, missing
from bigcurves.chapters.density.imperfect_model.patchy import WORLD
from bigcurves.claims.results import Results, results
from bigcurves.learners import kernel_decoder
from bigcurves.measures.intervals import Interval
from bigcurves.measures.summary import interval_at, interval_table
from bigcurves.plotting.marks import Figure
from bigcurves.plotting.picture import sprite
from bigcurves.running import runs
from bigcurves.running.catalogue import BOOK_SEEDS
from bigcurves.worlds import BarWorld, GaussianField

AREA = 0.15  # of the latents, that the disc takes
NAMES = {"nearest": "nearest neighbour", "ridge": "kernel machine", "network": "network"}
LABELS = {"hole": "true labels", "control": "shuffled labels"}


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the page says in numbers; each field is a glue name."""

    results: Results
    seeds: int
    share_nearest: float  # of the squared error, that lies in the disc
    share_ridge: float
    share_network: float
    percent_ridge: float  # its share once more, as the reader guesses it
    rank_nearest: float  # rank correlation of error and distance to the nearest training latent
    rank_ridge: float
    rank_network: float
    control_nearest: float  # mean error in the disc over that outside, with shuffled labels
    control_ridge: float
    control_network: float
    ideal_worst: float  # the ideal model's largest mean squared error in the disc
    beyond_nearest: Interval  # mean error beyond the edge over that before it
    beyond_ridge: Interval
    beyond_network: Interval
    first_deviation: float  # RMS distance of decoded pictures from the manifold, after 20 bars
    last_deviation: float  # and after 160
    nearer: float  # the first over the last


class Page:
    """What the page shows, drawn from the chapter's runs."""

    def __init__(self, seeds: Iterable[int]) -> None:
        self.seeds = list(seeds)
        self.table = runs.run(imperfect_model, seeds=self.seeds)
        decoders = runs.run(decoder_samples, seeds=self.seeds)
        self.deviations = decoders[["seed", "latents", "n", "deviation"]]

    @cached_property
    def mean_deviations(self) -> pd.DataFrame:
        """How far decoded pictures are from the manifold, averaged geometrically over seeds."""
        return interval_table(self.deviations, ["latents", "n"], "deviation", log=True)

    @cached_property
    def numbers(self) -> Numbers:
        """What the page says in numbers."""
        share, rank = self.picked("hole", "share"), self.picked("hole", "rank")
        control = self.picked("control", "ratio")
        beyond = self.picked("beyond", "ratio", log=True)
        first = interval_at(self.mean_deviations, latents="true", n=20).mean
        last = interval_at(self.mean_deviations, latents="true", n=160).mean
        return Numbers(
            results=results(imperfect_model, decoder_samples, seeds=self.seeds),
            seeds=int(self.table["seed"].nunique()),
            share_nearest=share["nearest"].mean,
            share_ridge=share["ridge"].mean,
            share_network=share["network"].mean,
            percent_ridge=100 * share["ridge"].mean,
            rank_nearest=rank["nearest"].mean,
            rank_ridge=rank["ridge"].mean,
            rank_network=rank["network"].mean,
            control_nearest=control["nearest"].mean,
            control_ridge=control["ridge"].mean,
            control_network=control["network"].mean,
            ideal_worst=float(self.table.loc[self.table["part"] == "ideal", "in_hole"].max()),
            beyond_nearest=beyond["nearest"],
            beyond_ridge=beyond["ridge"],
            beyond_network=beyond["network"],
            first_deviation=first,
            last_deviation=last,
            nearer=first / last,
        )

    def picked(self, part: str, column: str, *, log: bool = False) -> dict[str, Interval]:
        """Average a column of one part over seeds, by learner."""
        rows = self.table[self.table["part"] == part]
        means = interval_table(rows, ["learner"], column, log=log)
        return {name: interval_at(means, learner=name) for name in means["learner"]}

    def hole_share(self) -> Figure:
        """Draw the share of each model's error that lies in the disc."""
        rows = self.table[self.table["part"].isin(LABELS)]
        rows = rows.assign(learner=rows["learner"].map(NAMES), labels=rows["part"].map(LABELS))
        learned = rows[["seed", "learner", "labels", "share"]]
        means = interval_table(learned, ["learner", "labels"], "share")
        order = {name: place for place, name in enumerate(NAMES.values())}
        means = means.sort_values("learner", key=lambda names: names.map(order))
        words = missing.describe_shares(means, AREA)
        return missing.share_chart(learned, means, area=AREA, description=words)

    def hole(self) -> Figure:
        """Draw the errors of three models round a hole that the reader moves."""
        target = GaussianField.draw(np.random.default_rng(0), d=2, kappa=6, features=100)
        field = {
            "frequencies": target.frequencies.round(2).tolist(),
            "phases": target.phases.round(2).tolist(),
        }
        line = np.linspace(0, 1, hole.PROBES)
        asked = np.array([[x, y] for y in line[::-1] for x in line])
        found = WORLD.project(WORLD.render(asked)).latents
        gaps = np.abs(target(found) - target(asked)).reshape(1, hole.PROBES, hole.PROBES)
        ideal = pd.DataFrame({"picture": [sprite(gaps / hole.WHITE)], "worst": [float(gaps.max())]})
        return hole.hole_chart(field, ideal, description=hole.describe_hole(ideal))

    def decoder(self) -> Figure:
        """Draw what a decoder draws after 20 to 160 bars, and how far that is from any bar."""
        rng = np.random.default_rng(1)  # as the page decodes them in an open cell
        bars, known = BarWorld(d=2, side=16), rng.random((160, 2))
        pictures, shuffled = bars.render(known), rng.permutation(known)
        asked = rng.random((6, 2))
        strips = pd.DataFrame(
            {
                "latents": name,
                "n": n,
                "picture": sprite(
                    kernel_decoder(latents[:n], pictures[:n])(asked).reshape(-1, 16, 16)
                ),
            }
            for name, latents in (("true", known), ("shuffled", shuffled))
            for n in (20, 40, 80, 160)
        )
        means, drawn = self.mean_deviations, self.deviations[["latents", "n", "deviation"]]
        words = missing.describe_decoders(means)
        return missing.decoder_chart(strips, drawn, means, description=words)


def page(seeds: Iterable[int] = BOOK_SEEDS) -> Page:
    """Read the chapter's runs."""
    return Page(seeds)
