"""What a network's layers do to new digits: untrained, and with labels that are true or random.

MNIST's test digits, which no network here learns, pass through four hidden layers of 128 units,
and each layer's representation of them is measured. Five networks start from the same weights. One
stays as it is drawn; two learn all 60,000 digits, and two the same 5,000 in more epochs; one of
each two learns the true labels, and the other labels drawn at random: 5,000 of these are learned by
heart, 60,000 are not. 4,000 test digits, drawn at random with all others, are known to probe,
neighbours and hulls; 2,000 others are asked about. Sizes were chosen for their cost, before the
first result was seen, but for 80 epochs in place of 60, which left some labels unlearned. The
60,000 random labels came later: a claim was to fall with them, and did not.

Ansuini et al. 2019 see the dimension rise and then fall, in large convolutional networks on
photographs. At 128 units it falls at once; see `convolution` for other networks and for the width.

What could fool us: an estimate grows with the digits that it sees. Ours are for comparison.
"""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from bigcurves.chapters.manifold.layers.geometry import (
    MEASURES,
    Readers,
    geometry,
    hidden,
    last_hidden,
    of_layers,
)
from bigcurves.chapters.manifold.layers.learning import Form, Labels, drawn, taught, teach
from bigcurves.chapters.manifold.layers.looking import dense, looked_at
from bigcurves.chapters.manifold.layers.strangers import strangers
from bigcurves.claims.claim import Claim, at_least, at_most, in_place_of, mean_where
from bigcurves.running.repeats import Rows, exact, trained

PARTS = ("untrained", "true_all", "true_few", "random_few", "random_all")  # the networks


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Which networks learn which digits, and with how many they are looked at.

    Attributes
    ----------
    hidden
        Units of the networks' hidden layers.
    digits, epochs, few, few_epochs
        How many digits the networks of all and those of few learn, and how often.
    known, asked, components
        Test digits known with their labels and asked about; principal components of the hulls.
    labels
        What each of `PARTS` learns. A control puts other labels there.
    form
        The form of all digits. A control shuffles the pixels of each in its own way.
    """

    hidden: tuple[int, ...] = (128, 128, 128, 128)
    digits: int = 60_000
    epochs: int = 8
    few: int = 5000
    few_epochs: int = 80
    known: int = 4000
    asked: int = 2000
    components: int = 5
    labels: tuple[Labels, ...] = ("none", "true", "true", "random", "random")
    form: Form = "raw"


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each network and layer, and for each kind of stranger.

    `layer` is 0 for the pixels and counts up to the outputs. The measures are those of
    `geometry`, of new digits; `own_` measures are of digits that the network was taught, with
    their labels then. `train` and `test` are shares of errors on these labels and on new digits.
    A row with `shown` has shares of strangers: those it is `sure` of, and those named `right`.
    """
    rng = np.random.default_rng([seed, 0])
    new = drawn("test", settings.known + settings.asked, settings.form, rng)
    learned = drawn("train", settings.digits, settings.form, rng)
    readers = Readers(new=new, known=settings.known, components=settings.components)
    shown = strangers(readers.asked, rng)
    pixels = geometry(new.inputs, readers)
    rows: Rows = []
    for part, labels in zip(PARTS, settings.labels, strict=True):
        n, epochs = settings.few, settings.few_epochs
        if part.endswith("all"):
            n, epochs = settings.digits, settings.epochs
        own = taught(learned, n, labels, seed)
        network = dense(settings.hidden, epochs, seed)
        teach(network, own, labels)
        found = looked_at(network, own, readers, pixels, shown)
        rows += [{"seed": seed, "part": part} | row for row in found]
    return rows


def randomise_true_labels(settings: Settings) -> Settings:
    """Draw all true labels at random."""
    return replace(settings, labels=in_place_of(settings.labels, true="random"))


def restore_labels(settings: Settings) -> Settings:
    """Give the digits with random labels their own."""
    return replace(settings, labels=in_place_of(settings.labels, random="true"))


def teach_nothing(settings: Settings) -> Settings:
    """Leave all networks without labels, as they are drawn."""
    return replace(settings, labels=in_place_of(settings.labels, true="none", random="none"))


def scramble(settings: Settings) -> Settings:
    """Shuffle the pixels of each digit in its own way."""
    return replace(settings, form="scrambled")


_second, _fourth = (partial(Claim, thread=n, chapter="manifold/layers") for n in (2, 4))

OF_WORLD = "labels form"
REPEATS = exact("part layer shown") | trained(
    f"train test {MEASURES} own_two_nn own_scatter right sure"
)

CLAIMS = (
    _second(
        id="layers-trained-narrow",
        sentence="Up to the last of four layers of 128 units, digits lose three dimensions.",
        figure=lambda run: float(hidden(run, "true_all")[-1]),
        threshold=at_most(-2.8),
        mutation=randomise_true_labels,
    ),
    _second(
        id="layers-classes-narrow",
        sentence="So do the digits of one class, seen by themselves.",
        figure=lambda run: float(hidden(run, "true_all", "within")[-1]),
        threshold=at_most(-2),
        mutation=teach_nothing,
    ),
    _second(
        id="layers-no-rise",
        sentence="Trained, each layer of 128 units reads fewer dimensions than the pixels.",
        figure=lambda run: float(hidden(run, "true_all").max()),
        threshold=at_most(-1),
        mutation=teach_nothing,
    ),
    _second(
        id="layers-untrained-keep",
        sentence="Untrained, each reads at least as many as the pixels, within half a dimension.",
        figure=lambda run: float(hidden(run, "untrained").min()),
        threshold=at_least(-0.5),
        mutation=scramble,
    ),
    _fourth(
        id="layers-by-heart-keep",
        sentence="Random labels known by heart leave three dimensions more than true ones.",
        figure=lambda run: (
            last_hidden(run, "random_few", "two_nn") - last_hidden(run, "true_few", "two_nn")
        ),
        threshold=at_least(3),
        mutation=restore_labels,
    ),
    _fourth(
        id="layers-noise-narrows",
        sentence="Random labels that are not learned take dimensions away as well.",
        figure=lambda run: float(hidden(run, "random_all")[-1]),
        threshold=at_most(-0.8),
        mutation=teach_nothing,
    ),
    _second(
        id="layers-pull-apart",
        sentence="True labels pull classes apart: between over within grows at least fivefold.",
        figure=lambda run: (
            last_hidden(run, "true_all", "scatter") / last_hidden(run, "untrained", "scatter")
        ),
        threshold=at_least(5),
        mutation=randomise_true_labels,
    ),
    _fourth(
        id="layers-noise-pulls-nothing",
        sentence="Random labels, learned or not, pull the classes of new digits no further apart.",
        figure=lambda run: max(hidden(run, part, "scatter")[-1] for part in PARTS[3:]),
        threshold=at_most(0.05),
        mutation=restore_labels,
    ),
    _second(
        id="layers-hulls-part",
        sentence="A trained network takes most digits out of the hulls of other classes.",
        figure=lambda run: float(hidden(run, "true_all", "overlap")[-1]),
        threshold=at_most(-0.2),
        mutation=randomise_true_labels,
    ),
    _second(
        id="layers-easy-to-read",
        sentence="A linear probe of its last hidden layer errs at most half as often as of pixels.",
        figure=lambda run: np.divide(*(1 - of_layers(run, "true_all", "readable")[[-2, 0]])),
        threshold=at_most(0.5),
        mutation=randomise_true_labels,
    ),
    _second(
        id="layers-untrained-mix",
        sentence="Untrained, each layer puts more digits beside digits of another class.",
        figure=lambda run: float(np.diff(of_layers(run, "untrained", "agreement")[:-1]).max()),
        threshold=at_most(-0.01),
        mutation=scramble,
    ),
    _fourth(
        id="layers-memorised-late",
        sentence="Even those digits themselves hardly part, by these labels, before the outputs.",
        figure=lambda run: last_hidden(run, "random_few", "own_scatter"),
        threshold=at_most(0.5),
        mutation=restore_labels,
    ),
    _second(
        id="layers-sure-of-strangers",
        sentence="A trained network is sure of three in ten pictures of two digits in one.",
        figure=lambda run: mean_where(run, part="true_all", shown="two in one")["sure"],
        threshold=at_least(0.3),
        mutation=randomise_true_labels,
    ),
)
