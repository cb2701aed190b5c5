"""What the chapter on primes shows: its runs as tables, as numbers and as charts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
import pandas as pd

from bigcurves.chapters.discrete.primes import composite_trap, number_priors, primes
from bigcurves.chapters.discrete.primes.charts import prime_curve, prime_scores
from bigcurves.chapters.discrete.primes.charts import sieve as sieve_charts
from bigcurves.chapters.discrete.primes.tables import (
    NETWORK,
    ON,
    PRIME,
    RULE,
    SHUFFLED,
    SMOOTH,
    Tables,
)
from bigcurves.claims.results import Results, results
from bigcurves.measures.intervals import Interval
from bigcurves.measures.summary import interval_at
from bigcurves.plotting.marks import Figure
from bigcurves.running.catalogue import BOOK_SEEDS
from bigcurves.worlds import Integers, is_prime


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the page says in numbers; each field is a glue name.

    Shares are in percent. `label` is the prime label, and `twin` its smooth twin.
    """

    results: Results
    seeds: int
    trap_plain_net: float
    trap_plain_rule: float
    trap_balanced_net: float
    trap_hard_net: Interval
    rule_three: float  # the composites that three divisors recall
    net_smooth: float
    nn_smooth: float
    least_train: float  # of any run of any learner, on the primes it learned
    all_prime: Interval  # over the four learners
    all_shuffled: Interval  # the same, with labels shuffled
    base: float  # the primes among the candidates
    after: float  # the primes among the candidates right after a prime
    below: float  # points from all_shuffled down to all_prime
    prime_curve: list[tuple[int, float]]  # (numbers learned, share), the guess's truth
    fewest: int  # numbers learned
    most: int
    few_prime: float
    many_prime: float
    few_smooth: float
    many_smooth: float
    rung_1: float  # by the number of divisors handed over
    rung_1_theory: float
    rung_8: float
    rung_8_theory: float
    rung_32: float
    rung_32_theory: float
    off: float  # points from a rung's mean to theory, at most
    last: int  # the largest divisor
    scalar_stored: float
    scalar_label: Interval
    bits_label: Interval
    decimal_label: Interval
    fourier_label: Interval
    residues_label: Interval
    flags_label: Interval
    names_label: Interval
    scalar_twin: float
    bits_twin: float
    decimal_twin: float
    fourier_twin: float
    residues_twin: float
    flags_twin: float
    names_twin: float


class Page(Tables):
    """What the page shows, drawn from the tables."""

    @cached_property
    def numbers(self) -> Numbers:
        """What the page says in numbers."""
        trap = partial(interval_at, self.trap_means, scale=100)
        new = partial(interval_at, self.four_means, scale=100, on=ON["test"])
        every = partial(interval_at, self.all_means, scale=100)
        swept = partial(interval_at, self.sweep_means, scale=100)
        rung = partial(interval_at, self.ladder_means, scale=100)
        way = partial(interval_at, self.ways, scale=100)
        theory = 100 * self.rungs["theory"]  # from no divisor on
        fitted = self.asked[(self.asked["part"] == "learners") & (self.asked["task"] == PRIME)]
        stored = self.written[
            (self.written["encoding"] == "scalar") & (self.written["task"] == "label")
        ]
        candidate = is_prime(Integers().numbers)
        course = self.sweep_means[self.sweep_means["task"] == PRIME]
        curve = [
            (int(m), float(100 * mean)) for m, mean in zip(course["m"], course["mean"], strict=True)
        ]
        fewest, most = int(course["m"].min()), int(course["m"].max())
        recalled = self.recalls.set_index("divisors")["recall_composites"]
        return Numbers(
            results=results(composite_trap, number_priors, primes, seeds=self.seeds),
            seeds=int(self.traps["seed"].nunique()),
            trap_plain_net=trap(score="plain", who=NETWORK).mean,
            trap_plain_rule=trap(score="plain", who=RULE).mean,
            trap_balanced_net=trap(score="balanced", who=NETWORK).mean,
            trap_hard_net=trap(score="hard", who=NETWORK),
            rule_three=float(100 * recalled[3]),
            net_smooth=new(learner="network", task=SMOOTH).mean,
            nn_smooth=new(learner="1-NN", task=SMOOTH).mean,
            least_train=float(100 * fitted["train"].min()),
            all_prime=every(task=PRIME),
            all_shuffled=every(task=SHUFFLED),
            base=100 * float(candidate.mean()),
            after=100 * float(candidate[1:][candidate[:-1]].mean()),
            below=every(task=SHUFFLED).mean - every(task=PRIME).mean,
            prime_curve=curve,
            fewest=fewest,
            most=most,
            few_prime=swept(task=PRIME, m=fewest).mean,
            many_prime=swept(task=PRIME, m=most).mean,
            few_smooth=swept(task=SMOOTH, m=fewest).mean,
            many_smooth=swept(task=SMOOTH, m=most).mean,
            rung_1=rung(flags=1).mean,
            rung_1_theory=float(theory[1]),
            rung_8=rung(flags=8).mean,
            rung_8_theory=float(theory[8]),
            rung_32=rung(flags=32).mean,
            rung_32_theory=float(theory[32]),
            off=100 * self.off(),
            last=int(self.rungs["largest"].iloc[-1]),
            scalar_stored=float(100 * stored["train"].mean()),
            scalar_label=way(encoding="scalar", task="label"),
            bits_label=way(encoding="bits", task="label"),
            decimal_label=way(encoding="decimal", task="label"),
            fourier_label=way(encoding="fourier", task="label"),
            residues_label=way(encoding="residues", task="label"),
            flags_label=way(encoding="flags", task="label"),
            names_label=way(encoding="names", task="label"),
            scalar_twin=way(encoding="scalar", task="twin").mean,
            bits_twin=way(encoding="bits", task="twin").mean,
            decimal_twin=way(encoding="decimal", task="twin").mean,
            fourier_twin=way(encoding="fourier", task="twin").mean,
            residues_twin=way(encoding="residues", task="twin").mean,
            flags_twin=way(encoding="flags", task="twin").mean,
            names_twin=way(encoding="names", task="twin").mean,
        )

    def trap(self) -> Figure:
        """Draw a network beside the rule "always composite"."""
        end = "Buttons choose what is counted."
        words = prime_scores.describe_shares(self.trap_means, ["score", "who"], end)
        return prime_scores.trap_chart(self.shares, self.trap_means, description=words)

    def own_learner(self) -> Figure:
        """Draw a kernel mean of labels on the number line, for the reader to tune."""
        line = Integers(encoding="scalar")
        drawn = line.sample(720, np.random.default_rng(3))
        assert drawn.latents is not None
        placed = pd.DataFrame({"place": drawn.latents[:, 0], "prime": drawn.targets})
        placed["smooth"] = Integers(encoding="scalar", label="smooth").labels(drawn.latents)
        learned, new = placed[:120], placed[120:]
        words = prime_curve.describe_prime_curve(learned, new)
        return prime_curve.prime_curve_chart(learned, new, description=words)

    def four_learners(self) -> Figure:
        """Draw what four learners score on primes, their smooth twin and labels shuffled."""
        new = self.four_means[self.four_means["on"] == ON["test"]]
        end = "Every share on the numbers learned is one, or next to it."
        end += " Buttons choose the numbers asked."
        words = prime_scores.describe_shares(new, ["learner", "task"], end)
        return prime_scores.learners_chart(self.four, self.four_means, description=words)

    def more_numbers(self) -> Figure:
        """Draw the network's score as it is given more numbers."""
        end = "A slider doubles the numbers learned."
        words = prime_scores.describe_shares(self.sweep_means, ["m", "task"], end)
        return prime_scores.more_numbers_chart(self.sweep, self.sweep_means, description=words)

    def sieve(self) -> Figure:
        """Draw candidates crossed out divisor by divisor, beside what each divisor buys."""
        pool = Integers().numbers[3000:3225]
        divides = pool[:, np.newaxis] % Integers(primes=50).divisors == 0
        late = 51  # composites whose least divisor is beyond the fifty that we look for
        unseen = np.where(is_prime(pool), 0, late)
        first = np.where(divides.any(axis=1), divides.argmax(axis=1) + 1, unseen)
        square = pd.DataFrame({"number": pool, "rung": first})
        square["row"], square["column"] = np.divmod(np.arange(225), 15)
        words = sieve_charts.describe_sieve(self.rungs, self.ladder_means)
        return sieve_charts.sieve_chart(square, self.rungs, self.ladder_means, description=words)


def page(seeds: Iterable[int] = BOOK_SEEDS) -> Page:
    """Read the chapter's runs."""
    return Page(seeds)
