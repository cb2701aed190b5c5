"""What the chapter on counter-evidence says in numbers."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from bigcurves.chapters.discrete.counter_evidence import (
    circle_prior,
    digit_sums,
    grokking,
    grokking_limits,
    parity,
)
from bigcurves.chapters.discrete.counter_evidence.charts.grokking import OTHERS, TAUGHT
from bigcurves.chapters.discrete.counter_evidence.tables import GIVEN, NET, PARTS, Tables, beside
from bigcurves.claims.results import Results, results
from bigcurves.measures.fourier import concentration_by_chance
from bigcurves.measures.intervals import Interval, t_interval
from bigcurves.measures.summary import interval_at, interval_table


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the page says in numbers; each field is a glue name.

    Shares are in per cent of the pairs, or rows, never taught, unless the name says `taught`.
    """

    results: Results
    seeds: int
    grok_curve: list[tuple[int, float]]  # (step, share) on the sums, the guess's truth
    chance: float
    winding: int  # from one number to the next on the largest group's circle
    known_step: float  # at which the median run knows 95%
    sums_40: Interval  # at step 40 of training
    sums_taught_40: float
    sums_1000: float
    no_decay_1000: Interval
    latin_40: float
    latin_1000: float
    random_40: float
    random_1000: float
    renamed_1000: float
    waves_sums: float  # of a hidden unit's power, in one frequency
    waves_by_chance: float
    heard_net: Interval  # of the network's answers, taught beside the pair
    heard_guess: float
    given_6: float  # from 6 pairs, given the circle
    given_48: float
    given_renamed: float
    net_fifth: float  # the network, from a fifth of the pairs
    net_third: float
    net_more: Interval
    net_half: float
    numbers_17_low: float  # on a clock of 17 hours
    numbers_17_high: float
    numbers_23: float
    relu_31: float
    relu_worst: float
    least_50: float  # least squares, from 50 sums
    least_55: float
    least_60: float
    least_80: float
    near_200: float
    shuffled_60: float
    rank: int  # directions that 200 sums span
    sparse_500: float  # three secret bits, from 500 rows
    sparse_2000: float
    full_10: float  # all of ten bits
    full_16: float
    full_20: float
    solved: float  # by elimination, the worst run


def numbers_of(tables: Tables) -> Numbers:
    """Read the page's numbers off the chapter's tables."""
    share = partial(interval_at, tables.course_means, scale=100)
    sums = partial(share, part=PARTS["sums"])
    waves = interval_table(tables.last, ["part"], "concentration")
    heard_net, heard_guess = 100 * np.array([beside(seed) for seed in tables.seeds]).T
    worth = dict(list(tables.worth_means.groupby("table")))
    given = partial(interval_at, worth[PARTS["sums"]], scale=100, who=GIVEN)
    net = partial(interval_at, worth[PARTS["sums"]], scale=100, who=NET)
    renamed = partial(interval_at, worth[PARTS["renamed"]], scale=100, who=GIVEN)
    limits = tables.limits
    half_way = limits[(limits["sweep"] == "share") & (limits["share"] == 0.5)]["step"]
    borders = interval_table(limits[limits["sweep"] != "share"], ["sweep", "p"], "test")
    border = partial(interval_at, borders, scale=100)
    exact = interval_table(tables.sums, ["task", "learner", "m"], "exact")
    least = partial(interval_at, exact, scale=100, task="sums", learner="least squares")
    spanned = tables.sums[(tables.sums["task"] == "sums") & (tables.sums["m"] == 200)]["rank"]
    told = tables.bits[tables.bits["learner"] == "network"]
    parities = interval_table(told, ["task", "bits", "rows"], "test")
    parity_of = partial(interval_at, parities, scale=100)
    eliminated = tables.bits[tables.bits["learner"] == "elimination"]
    modules = (grokking, grokking_limits, circle_prior, parity, digit_sums)
    return Numbers(
        results=results(*modules, seeds=tables.seeds),
        seeds=int(tables.learned["seed"].nunique()),
        grok_curve=grok_curve(tables),
        chance=100 / 31,
        winding=winding(tables),
        known_step=float(half_way.median()),
        sums_40=sums(on=OTHERS, step=40),
        sums_taught_40=sums(on=TAUGHT, step=40).mean,
        sums_1000=sums(on=OTHERS, step=1000).mean,
        no_decay_1000=share(part=PARTS["no decay"], on=OTHERS, step=1000),
        latin_40=share(part=PARTS["latin"], on=OTHERS, step=40).mean,
        latin_1000=share(part=PARTS["latin"], on=OTHERS, step=1000).mean,
        random_40=share(part=PARTS["random"], on=OTHERS, step=40).mean,
        random_1000=share(part=PARTS["random"], on=OTHERS, step=1000).mean,
        renamed_1000=share(part=PARTS["renamed"], on=OTHERS, step=1000).mean,
        waves_sums=interval_at(waves, scale=100, part="sums").mean,
        waves_by_chance=100 * concentration_by_chance(31),
        heard_net=t_interval(heard_net),
        heard_guess=float(heard_guess.mean()),
        given_6=given(pairs=6).mean,
        given_48=given(pairs=48).mean,
        given_renamed=renamed(pairs=96).mean,
        net_fifth=net(pairs=192).mean,
        net_third=net(pairs=288).mean,
        net_more=net(pairs=384),
        net_half=net(pairs=480).mean,
        numbers_17_low=border(sweep="numbers", p=17).low,
        numbers_17_high=border(sweep="numbers", p=17).high,
        numbers_23=border(sweep="numbers", p=23).mean,
        relu_31=border(sweep="relu", p=31).mean,
        relu_worst=float(100 * limits[limits["sweep"] == "relu"]["test"].min()),
        least_50=least(m=50).mean,
        least_55=least(m=55).mean,
        least_60=least(m=60).mean,
        least_80=least(m=80).mean,
        near_200=interval_at(exact, scale=100, task="sums", learner="1-NN", m=200).mean,
        shuffled_60=interval_at(
            exact, scale=100, task="random", learner="least squares", m=60
        ).mean,
        rank=int(spanned.iloc[0]),
        sparse_500=parity_of(task="sparse", rows=500).mean,
        sparse_2000=parity_of(task="sparse", rows=2000).mean,
        full_10=parity_of(task="full", bits=10).mean,
        full_16=parity_of(task="full", bits=16).mean,
        full_20=parity_of(task="full", bits=20).mean,
        solved=float(100 * eliminated[eliminated["task"] != "shuffled"]["test"].min()),
    )


def grok_curve(tables: Tables) -> list[tuple[int, float]]:
    """List (step of training, per cent right) on sums that were never taught."""
    means = tables.course_means
    curve = means[(means["part"] == PARTS["sums"]) & (means["on"] == OTHERS)]
    return [
        (int(step), float(100 * mean))
        for step, mean in zip(curve["step"], curve["mean"], strict=True)
    ]


def winding(tables: Tables) -> int:
    """Say in what steps the largest group of units that learned sums visits the numbers."""
    films = tables.films
    first = films[(films["part"] == PARTS["sums"]) & (films["group"] == 1)]["number"].iloc[0]
    return int(first[1])
