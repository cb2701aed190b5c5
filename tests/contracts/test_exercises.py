"""Every exercise's solution is run by the build, and what it found is held here, by its label."""

import re
from ast import literal_eval
from itertools import pairwise
from math import comb, log2, log10, pi, prod

import pytest
from scipy.stats import binom
from tests.conftest import ROOT

from bookkit.checks.source import pages
from bookkit.execution.numbers import numbers_on_pages

START = re.compile(r"\{exercise(?:-start)?\}[^\n]*\n((?::[\w-]+:[^\n]*\n)*)")
SOLUTION = re.compile(r"\{solution-start\} ([\w-]+)\n(.*?)\{solution-end\}", re.S)
GRADES = ("worked", "blank", "free")


def reach(inside):
    """A point moves straight lines between its neighbours and nowhere else: by construction."""
    return inside == [True, True]


def more_points(medians):
    """Steps between points shrink as 1/n, lines as 1/n^2: 4 and 16 times, generously halved."""
    few, many = medians["smooth, 12 points"], medians["smooth, 48 points"]
    gains = {name: few[name] / many[name] for name in few}
    worse = medians["jump, 48 points"]["polynomial"] > medians["jump, 12 points"]["polynomial"]
    return gains["nearest neighbour"] > 2 and gains["piecewise linear"] > 8 and worse


def noise(medians):
    """The polynomial is first without noise and last with it."""
    clean, grainy = medians["noise 0.0"], medians["noise 0.1"]
    return min(clean, key=clean.get) == max(grainy, key=grainy.get) == "polynomial"


def copied(differ):
    """A copy is never nearer than its original, so no answer can change: by construction."""
    return differ == 0


def worlds(few):
    """Two constant worlds, and eleven places for a change with either label first."""
    return few == 2 + 11 * 2


def worth(enough):
    """The network needs more than the twenty pictures that the convolution had."""
    return 20 < enough <= 200


def own_case(skill):
    """Above the network's skill, below the convolution's, by their claims' margins."""
    return 0.5 < skill < 0.9


def blind(share):
    """The same sums in another order; the solver's rounding may turn a draw."""
    return share < 0.01


def places(found):
    """Fifteen by fifteen."""
    return found == 15**2


def patch(scores):
    """Two pixels see no part of a glyph; the book's size is at least as good, to the noise."""
    return scores[2] < scores[6] and all(0 < score <= 1 for score in scores.values())


def wide(found):
    """Copies of a 9 stand within 46 degrees of a 6 from turns of 134 on; 150 is the next range."""
    reach, first = found
    return reach == 134 and first == 150


def even_steps(found):
    """All the way round beats 45 degrees by far, and even steps lose nothing against chance."""
    return found["180"] < found["45"] / 2 and found["even"] <= found["180"]


def slope(times):
    """At slope -1/5, half the distance takes 2^5 times the pictures."""
    return times == pytest.approx(32)


def classes(by_class):
    """Ones are drawn with fewer strokes than eights."""
    some_class_reads_like_all = max(by_class[digit] for digit in range(10)) >= by_class["all"]
    return by_class[1] < by_class[8] and some_class_reads_like_all


def shift(reading):
    """The same pictures lie on ever more sheets, so neighbours are farther and readings fall."""
    steps = list(reading.values())
    return steps == sorted(steps, reverse=True)


def fill(power):
    """The volume of a ball again, by its recursion: V(D) = 2 pi r^2 V(D - 2) / D."""
    log_volume = sum(log10(2 * pi * (0.0135 * 8) ** 2 / dimension) for dimension in range(2, 65, 2))
    return power == pytest.approx(-log_volume)


def half(shares):
    """Four times the samples at half the radius: the same share, to 3 standard errors of each."""
    before, after = shares
    error = (before * (1 - before) / 1000) ** 0.5  # of a share of 1,000 new bars
    return abs(after - before) <= 3 * 2**0.5 * error


def camera(found):
    """The same share at four times the pixels, and a bound that falls by powers of ten."""
    coarse, fine, bound, finer_bound = found
    return coarse == fine > 0.9 and finer_bound < bound - 10


def million(lead):
    """There are 78,498 primes below a million, so always "composite" is right on 92.1502 %."""
    return lead == pytest.approx(93 - 92.1502)


def one_divisor(bought):
    """A divisor p catches about one candidate in p, fewer than 15 % of the composites for 11."""
    worth = list(bought.values())
    falls = worth == sorted(worth, reverse=True)
    return falls and all(50 < w < 50 + 90 / p for p, w in bought.items())


def neighbour(tried):
    """On the line itself only the numbers beside the label's seven changes can go wrong."""
    primes = [scores["prime"] for scores in tried.values()]
    return tried["scalar"]["smooth"] > 0.97 > 0.9 > tried["bits"]["smooth"] and max(primes) < 0.53


def thirds(shares):
    """A midpoint is divisible by p for one in p - 1, up to what nearness does to pairs."""
    return all(abs(share - 1 / (p - 1)) < 0.015 for share, p in zip(shares, (3, 5, 7), strict=True))


def turns(tried):
    """The miss grows with the turns, and passes that of the mean between 99 and 132."""
    misses = list(tried.values())
    return misses == sorted(misses) and tried[99] < 1 < tried[132]


def remainder(found):
    """There are 48 remainders, the totient of 210, at rates no farther apart than by chance."""
    places, spread, by_chance = found
    return places == 48 and spread < 1.2 * by_chance


def two_ghosts(found):
    """Outside, and off by a good part of the distance between the two."""
    share, length = found
    return share == 0 and 0.2 < length < 1


def any_glass(by_count):
    """Fewer inside as directions are added: from nearly all to none."""
    shares = list(by_count.values())
    falls = all(now <= before for before, now in pairwise(shares))
    return falls and shares[0] > 0.9 and shares[-1] < 0.05


def ball(tried):
    """In a plane nearly all are inside, at 16 dimensions none of them."""
    return tried[2] > 0.9 and tried[16] == 0


def ink(share):
    """Above a blind guess, by five standard errors of 0.0083 (1,297 digits) over twenty draws."""
    return 0.1 + 5 * 0.0083 / 20**0.5 < share < 0.15


def shuffle_twice(share):
    """Neighbours of other pictures are no neighbours; classes fall together, so it scatters."""
    return share == pytest.approx(0.1, abs=0.03)


def labels_by_degrees(named):
    """Of the labels dealt out one in ten is right again: a line from all of them to one in ten."""
    real = named[0.0]
    line = {share: (1 - share) * real + share * 0.1 for share in named}
    return real > 0.95 and named == pytest.approx(line, abs=0.025)


def half_price(factors):
    """Double the images in two dimensions and 32 times as many in ten: the law read backwards."""
    return all(2 / d * log2(factor) == pytest.approx(1) for d, factor in factors.items())


def foretell(found):
    """Pixels are another distance than latents, so the law is an estimate: within twice."""
    foretold, measured = found
    return foretold < measured < 2 * foretold


def crowded(found):
    """The law holds in both worlds, and asking everywhere costs several times the error."""
    inside, everywhere = found["all crowded"], found["new ones from everywhere"]
    holds = all(0.5 < told / error < 2 for told, error in (inside, everywhere))
    return holds and everywhere[1] > 4 * inside[1]


def better_guess(found):
    """A guess among the answers left beats a blind one, and is right at most once in the fewest."""
    better, least = found
    return 100 / 31 < better < 100 / least


def rows(bought):
    """The chance that m random rows of bits span all 20 directions, to 4 standard errors."""
    exact = {m: prod(1 - 2.0 ** -(m - i) for i in range(20)) if m >= 20 else 0 for m in bought}
    # A bit that the rows leave free is set to 0, and the secret has none.
    return all(
        abs(share - exact[m]) <= 4 * (exact[m] * (1 - exact[m]) / 200) ** 0.5 + 1e-12
        for m, share in bought.items()
    )


def longer(spans):
    """Nine directions for each place of either number, and one constant."""
    return spans == {k: 18 * k + 1 for k in (1, 2, 3, 4)}


def honest(mark):
    """0.46 of the labels are true, give or take three standard errors of 1,200 draws."""
    return abs(mark - 0.46) < 0.045


def stop(found):
    """The epoch chosen on false labels is far better than the last, and next to the best."""
    return found["chosen"] > found["last"] + 0.15 and found["oracle"] - found["chosen"] < 0.05


def system(by_rule):
    """A systematic lie is corrected while it is in the minority, and believed once it is not."""
    return by_rule[0.2] > 0.75 > 0.5 > by_rule[0.6]


def lead(limits):
    """All labels but those of one class may be wrong, if they are spread over all the others."""
    return limits == pytest.approx({2: 1 / 2, 5: 4 / 5, 10: 9 / 10, 1000: 999 / 1000})


def vote(won):
    """Against one rival the count is binomial; 10,000 draws are known to 0.005 and 4 times that."""
    rival = {f"{k} voters": binom.sf(k // 2, k, 0.4) for k in (1, 7, 31, 121)}
    apart, agreed = zip(*won.values(), strict=True)
    return list(agreed) == pytest.approx(list(rival.values()), abs=0.02) and min(apart) == apart[0]


def borders(found):
    """Mistakes anywhere fade with more rows; at the borders they do not."""
    anywhere, gathered = found["anywhere"], found["at the borders"]
    return anywhere[1] < anywhere[0] / 2 and gathered[1] > gathered[0]


def ghost(found):
    """The deviation is even in the distance, so the square is wrong by its square: under 4 %."""
    apart, levels = found
    return apart < 0.2 and levels == pytest.approx(1, abs=0.04)


def hop(off):
    """Plain costs never pay for a stop on the way, so hops are longer and sink deeper."""
    squared, plain = off
    return squared < plain


def codes(looked):
    """Both redraw alike; where the middles go wrong it is where no known code is near."""
    best, worst = looked["best"], looked["worst"]
    return worst[0] < 2 * best[0] and worst[1] > 10 * best[1] and worst[2] > 0.8


def behind(factor):
    """Nine to one in the sums, 15 to 85 in the areas."""
    return factor == pytest.approx(9 * 85 / 15)


def three_holes(shares):
    """More than the area, and more the larger the hole."""
    found = list(shares.values())
    return found == sorted(found) and all(share > 1.5 * area for area, share in shares.items())


def warn(caught):
    """Far above the 15% that a warning at random would catch."""
    return 0.6 < caught < 1


def grid(found):
    """Cells with a diagonal of 0.3 in four dimensions are 0.15 wide: seven along each side."""
    samples, times = found
    return samples == 7**4 and times > 3


def half_range(gaps):
    """The even gap falls by the root of 16; with samples on one half only the other stays."""
    even = gaps[1.0, 100] / gaps[1.0, 1600]
    return even == pytest.approx(4, rel=0.15) and gaps[0.5, 100] / gaps[0.5, 1600] < 1.15


def wish(found):
    """Right in its order, and above the wish: pixels are another distance than latents."""
    samples, error = found
    return 500 < samples < 1500 and 0.1 < error < 0.3


def known_keys(bits):
    """The logarithm of the number of sets, by whole-number arithmetic."""
    return bits == pytest.approx(log2(comb(65536, 1024)) / 1024)


def per_parameter(tried):
    """Two bits a parameter at (1024 / 2 - 1) / 18 units, and fewer bits with more units."""
    exact = (1024 / 2 - 1) / 18
    return all((bits > 2) == (units < exact) for units, bits in tried.items())


def fingerprint(found):
    """Every key fits; of 4,000 strangers one in 256 does, to 4 standard errors."""
    own, let_in = found
    return own and abs(let_in - 1 / 256) < 4 * (1 / 256 * 255 / 256 / 4000) ** 0.5


def peak(errors):
    """The peak stands where features meet the hundred digits, and nowhere else."""
    others = [error for features, error in errors.items() if features != 100]
    return errors[100] > 2 * max(others)


def length_of_weights(lengths):
    """More to choose from: the least of the lengths can only fall."""
    found = list(lengths.values())
    return found == sorted(found, reverse=True) and found[0] > 10 * found[-1]


def junk(errors):
    """Noise with room to hide halves the error, at either strength."""
    return max(errors[0.3], errors[1]) < 0.6 * errors[0]


HOLDS = {
    "ex-fill": fill,
    "ex-half": half,
    "ex-camera": camera,
    "ex-half-price": half_price,
    "ex-foretell": foretell,
    "ex-crowded": crowded,
    "ex-ghost": ghost,
    "ex-hop": hop,
    "ex-codes": codes,
    "ex-behind": behind,
    "ex-three-holes": three_holes,
    "ex-warn": warn,
    "ex-grid": grid,
    "ex-half-range": half_range,
    "ex-wish": wish,
    "ex-reach": reach,
    "ex-more-points": more_points,
    "ex-worlds": worlds,
    "ex-worth": worth,
    "ex-case": own_case,
    "ex-blind": blind,
    "ex-places": places,
    "ex-patch": patch,
    "ex-copied": copied,
    "ex-wide": wide,
    "ex-lean": even_steps,
    "ex-noise": noise,
    "ex-slope": slope,
    "ex-classes": classes,
    "ex-shift": shift,
    "ex-ink": ink,
    "ex-shuffle-twice": shuffle_twice,
    "ex-labels-by-degrees": labels_by_degrees,
    "ex-lead": lead,
    "ex-vote": vote,
    "ex-borders": borders,
    "ex-peak": peak,
    "ex-length": length_of_weights,
    "ex-junk": junk,
    "ex-million": million,
    "ex-one-divisor": one_divisor,
    "ex-neighbour": neighbour,
    "ex-thirds": thirds,
    "ex-turns": turns,
    "ex-remainder": remainder,
    "ex-two-ghosts": two_ghosts,
    "ex-any-glass": any_glass,
    "ex-ball": ball,
    "ex-better-guess": better_guess,
    "ex-rows": rows,
    "ex-longer": longer,
    "ex-honest": honest,
    "ex-stop": stop,
    "ex-system": system,
    "ex-known-keys": known_keys,
    "ex-per-parameter": per_parameter,
    "ex-fingerprint": fingerprint,
}


def chapters():
    return {page: (ROOT / f"{page}.md").read_text("utf-8") for page in pages(ROOT)}


def exercises():
    for page, text in chapters().items():
        for options in START.findall(text):
            found = dict(re.findall(r":([\w-]+): *([^\n]*)", options))
            yield page, found.get("label", ""), found.get("class", "")


def test_exercises_grow_from_a_worked_one_to_a_free_one():
    by_page = {}
    for page, _, grade in exercises():
        by_page.setdefault(page, []).append(grade)
    for page, grades in by_page.items():
        assert sorted(grades, key=GRADES.index) == grades, page
        assert set(grades) == set(GRADES), page


def test_each_exercise_has_a_solution_that_hands_over_its_result_and_is_held():
    solutions = dict(found for text in chapters().values() for found in SOLUTION.findall(text))
    labels = [label for _, label, _ in exercises()]
    assert sorted(labels) == sorted(solutions) == sorted(HOLDS)
    for label, solution in solutions.items():
        assert f'glue("{label}",' in solution, f"{label}: glue what the solution found"


@pytest.mark.slow
@pytest.mark.parametrize(("page", "label"), [found[:2] for found in exercises()])
def test_a_solution_finds_what_it_must(page, label):
    executed = ROOT / "_build" / "jupyter_execute"
    if not executed.is_dir():
        pytest.skip("the book is not built: run `make book` first")
    found = numbers_on_pages(executed)[page][label]
    assert HOLDS[label](literal_eval(found)), f"{label} found {found}"
