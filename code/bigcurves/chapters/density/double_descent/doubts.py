"""What may be doubted of the chapter's claims: rivals, and choices that could be others."""

from dataclasses import replace

import pandas as pd

from bigcurves.chapters.density.double_descent import networks_by_width, price, tempered
from bigcurves.claims.choices import by_four
from bigcurves.claims.claim import at_least, at_most, mean_where
from bigcurves.claims.doubts import Doubts, Rival

FEWER = by_four("sizes", lacking="x 4: ten sheets hold 1,277 digits")
ROUNDING = "/ 4: 64-bit numbers carry no Gaussian kernel that reaches farther"
RARER = by_four("shares", lacking="x 4: there are no more than all labels")


def _clean_by_kernel(run: pd.DataFrame) -> float:
    """Give the most that the Laplace kernel errs beyond the Gaussian on clean labels."""
    most = run[run["n"] == run["n"].max()]
    clean = most.pivot_table(index="scale", columns="kernel", values="clean")
    return float((clean["laplace"] - clean["gaussian"]).max())


def _clean_by_reach(run: pd.DataFrame) -> float:
    """Subtract the Gaussian kernel's error on clean labels at short reach from that at far."""
    most = run[(run["n"] == run["n"].max()) & (run["kernel"] == "gaussian")]
    clean = most.groupby("scale")["clean"].mean()
    return float(clean.iloc[0] - clean.iloc[-2])


def _clean_by_digits(run: pd.DataFrame) -> float:
    """Subtract the far Gaussian kernel's clean error with few digits from that with many."""
    far = run[(run["kernel"] == "gaussian") & (run["scale"] == run["scale"].min())]
    clean = far.groupby("n")["clean"].mean()
    return float(clean.iloc[-1] - clean.iloc[0])


def _fewer_digits(run: pd.DataFrame) -> float:
    """Give what a nearest neighbour loses when a third or more of its clean digits are left out."""
    rows = run[(run["labels"] == "clean") & (run["machine"] == "nearest neighbour")]
    errors = rows.sort_values("n")["test"].to_numpy()
    return float(errors[-2] - errors[-1])


def _clean_laplace(run: pd.DataFrame) -> float:
    laplace, every = (
        mean_where(run, labels="clean", machine=name, n=run["n"].max())["test"]
        for name in ("laplace", "every label")
    )
    return float(laplace - every)


def _heavier(run: pd.DataFrame) -> float:
    """Divide the ridge's error by that without it where two fifths are drawn anew."""
    ridge, every = (
        mean_where(run, labels="heavy", machine=name, n=run["n"].max())["test"]
        for name in ("ridge", "every label")
    )
    return float(ridge / every)


def count_by_squares(settings: price.Settings) -> price.Settings:
    """Count errors by squares, and not in names."""
    return replace(settings, score="squared")


SHORTER = (
    *by_four("n", lacking="x 4: ten sheets hold 1,277 digits"),
    *by_four("epochs", lacking="x 4: a quarter of an hour of runs"),
    *by_four("learning_rate"),
)

NONE_IS_MISSED = Rival(
    says="It leaves wrong labels out, as a ridge does.",
    figure=lambda run: float(run["missed"].max()),
    threshold=at_most(0),
)

DOUBTS = {
    "tempered-like-nearest": Doubts(
        rival=Rival(
            says="It is short of digits, not misled: as many left out would cost as much.",
            figure=_fewer_digits,
            threshold=at_most(0.03),
        ),
        choices=(*FEWER, *RARER, *by_four("neighbours", lacking="/ 4: one is the fewest")),
        limits={"neighbours x 4": "single"},
    ),
    "tempered-laplace": Doubts(
        rival=Rival(
            says="It is the better kernel for digits, whatever their labels.",
            figure=_clean_laplace,
            threshold=at_least(-0.01),
        ),
        choices=(*FEWER, *RARER, *by_four("scale")),
    ),
    "tempered-ridge-shakes-off": Doubts(
        rival=Rival(
            says="The ridge fits a fifth of noise by luck, and no more of it.",
            figure=_heavier,
            threshold=at_most(0.5),
        ),
        choices=(*by_four("penalty"), *by_four("scale"), *FEWER, *RARER),
        limits={"scale x 4": "of this reach"},
    ),
    "tempered-ridge-costs-little": Doubts(
        rival=Rival(
            says="On clean labels no ridge costs anything.",
            control=tempered.strengthen_the_ridge,
            threshold=at_least(0.02),
        ),
        choices=(*by_four("penalty"), *by_four("scale"), *FEWER),
        limits={"scale / 4": "of this reach"},
    ),
    "price-by-reach": Doubts(
        rival=Rival(
            says="A far-reaching kernel cannot tell digits apart, even with clean labels.",
            figure=_clean_by_reach,
            threshold=at_most(0.05),
        ),
        choices=(*FEWER, *RARER, *by_four("scales", lacking=ROUNDING), count_by_squares),
        limits={"scales x 4": "reaches over five typical distances"},
    ),
    "price-laplace-below": Doubts(
        rival=Rival(
            says="The Laplace kernel is the blunter, and pays on clean labels.",
            figure=_clean_by_kernel,
            threshold=at_most(0.02),
        ),
        choices=(*FEWER, *RARER, *by_four("scales", lacking=ROUNDING), count_by_squares),
        limits={"count by squares": "counted in wrong names"},
    ),
    "price-laplace-falls": Doubts(
        rival=NONE_IS_MISSED,
        choices=(*FEWER, *RARER, *by_four("scales", lacking=ROUNDING), count_by_squares),
        limits={"sizes / 4": "1,200 digits", "count by squares": "Counted in wrong names"},
    ),
    "price-gaussian-grows": Doubts(
        rival=Rival(
            says="It grows worse with more digits anyhow, even with clean labels.",
            figure=_clean_by_digits,
            threshold=at_most(0),
        ),
        choices=(*FEWER, *RARER, *by_four("scales", lacking=ROUNDING)),
        limits={"sizes / 4": "from 75 to 1,200", "scales x 4": "far-reaching"},
    ),
    "price-laplace-tempered": Doubts(
        rival=NONE_IS_MISSED,
        choices=(*FEWER, *RARER, *by_four("scales", lacking=ROUNDING)),
    ),
    "networks-peak-with-noise": Doubts(
        rival=Rival(
            says="Middling widths train badly, whatever the labels.",
            figure=lambda run: networks_by_width.beyond_the_widest(run, "clean"),
            threshold=at_most(0.03),
        ),
        choices=SHORTER,
        limits={"epochs / 4": "Trained long", "learning_rate / 4": "Trained long"},
    ),
    "networks-clean-no-peak": Doubts(
        rival=Rival(
            says="No network here is wide enough to fit its labels.",
            figure=lambda run: float(networks_by_width.errors(run, "clean", "train").min()),
            threshold=at_most(0),
        ),
        choices=SHORTER,
    ),
    "networks-stopped-early": Doubts(
        rival=Rival(
            says="Fewer epochs suit these digits, whatever the labels.",
            figure=lambda run: networks_by_width.stopped_for_late(run, "clean"),
            threshold=at_least(0.9),
        ),
        choices=SHORTER,
    ),
}
