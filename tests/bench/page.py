"""What a page of twelve charts costs its reader, beside the stock Jupyter Book page.

The stock page holds the same charts, built by Jupyter Book's own settings in the same run.
What it takes from public hosts is served from this machine where npm has it (Vega and its
companions), and refused where not (MathJax, RequireJS), so its bytes are a lower bound.
"""

import gzip
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import yaml
from browse import Reading, reading, served
from row import Row

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
MODULES = ROOT / "code" / "web" / "node_modules"
PAGE = "book/twelve.html"


def measure() -> Iterator[Row]:
    """Build both pages, read both on a phone and on a screen."""
    with tempfile.TemporaryDirectory() as folder:
        ours, stock = Path(folder) / "ours", Path(folder) / "stock"
        yield from built(ours)
        build_stock(stock)
        with served(ours / "_build" / "html") as site, served(stock / "_build" / "html") as other:
            for width in (390, 1280):
                yield from compared(width, f"{site}/{PAGE}", f"{other}/twelve.html")
            yield from redrawn(f"{site}/{PAGE}")


def built(root: Path) -> Iterator[Row]:
    """Build our page; weigh its parts, and time the building of one chart."""
    shutil.copytree(ROOT / "code", root / "code", ignore=shutil.ignore_patterns("node_modules"))
    (root / "code" / "web" / "node_modules").symlink_to(MODULES)
    (root / "book").mkdir()
    for name in ("_config.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, root / name)
    shutil.copy(ROOT / "book" / "references.bib", root / "book")
    shutil.copy(HERE / "twelve.md", root / "book")
    (root / "_toc.yml").write_text(yaml.safe_dump({"format": "jb-book", "root": "book/twelve"}))
    run([sys.executable, "-m", "bookkit", "build"], root)
    static = root / "_build" / "html" / "_static"
    limits = {"runtime.js": 165, "page.js": 20, "kernels.js": 20, "book.css": 40}
    for name, limit in limits.items():
        yield weight(name, [static / name], f"<= {limit}")
    yield weight("largest chart", static.glob("charts/*/*.json"), "<= 100")
    yield Row(figure="build one chart", measured=chart_time(), unit="ms", goal="<= 60")


def weight(figure: str, files: object, goal: str) -> Row:
    sizes = [len(gzip.compress(path.read_bytes())) / 1000 for path in files]  # type: ignore[attr-defined]
    return Row(figure=f"{figure}, gzip", measured=max(sizes), unit="kB", goal=goal)


def chart_time() -> float:
    """Time compiling and drawing one chart in both layouts and themes, in ms."""
    import altair as alt
    import pandas as pd

    from bookkit.charts.compile import compile_layouts, draw_layouts
    from bookkit.charts.picture import darkened, lightened

    spec = alt.Chart(pd.DataFrame({"x": range(50)})).mark_line().encode(x="x", y="x").to_dict()
    times = []
    for _ in range(12):
        start = time.perf_counter()
        for drawing in draw_layouts(compile_layouts(spec)).values():
            darkened(lightened(drawing.picture), {"#000000": "#ffffff"})
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times[2:])


def build_stock(root: Path) -> None:
    """Build the same page as Jupyter Book does unasked, with Altair's own renderer."""
    root.mkdir()
    text = (HERE / "twelve.md").read_text("utf-8").replace("import bigcurves.plotting", "pass")
    (root / "twelve.md").write_text(text, "utf-8")
    (root / "_toc.yml").write_text("format: jb-book\nroot: twelve\n")
    (root / "_config.yml").write_text("title: Stock\nexecute: {execute_notebooks: force}\n")
    run([str(Path(sys.executable).with_name("jupyter-book")), "build", "."], root)


def run(command: list[str], root: Path) -> None:
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr[-3000:])


def compared(width: int, ours: str, stock: str) -> Iterator[Row]:
    """Read both pages at one width: bytes and requests, then paint and blocking, throttled."""
    mine, theirs = first_view(width, ours, None), first_view(width, stock, MODULES)
    goals = {
        "first view without engine": ("kB", "<= 160"),
        "first view": ("kB", "<= 330"),
        "requests": ("", "<= 20"),
        "lcp": ("s", "<= 1.8"),
        "tbt": ("ms", "<= 200"),
        "longest": ("ms", "<= 150"),
        "cls": ("", "<= .02"),
    }
    for name, (unit, goal) in goals.items():
        yield Row(
            figure=f"{width} px: {name}",
            measured=mine[name],
            unit=unit,
            goal=goal,
            baseline=theirs.get(name),
        )


def first_view(width: int, url: str, packages: Path | None) -> dict[str, float]:
    """Read a page twice: at full speed for its bytes, throttled for how it feels."""
    with reading(width, packages=packages) as quick:
        quick.visit(url)
        cost = {
            "first view": quick.kilobytes(),
            "first view without engine": quick.kilobytes(without="runtime.js"),
            "requests": float(len(quick.names)),
        }
    with reading(width, packages=packages) as slow:
        slow.slow()
        slow.visit(url)
        if packages is None:
            assert_live(slow)
        return cost | slow.felt()


def assert_live(slow: Reading) -> None:
    """Blocking time counts only with every chart of the first view live."""
    waiting = slow.page.evaluate(
        "[...document.querySelectorAll('.chart:not([data-state=live])')]"
        ".filter(e => e.getBoundingClientRect().top < innerHeight).length"
    )
    if waiting:
        sys.exit(f"{waiting} charts of the first view were not live when the trace ended")


def redrawn(url: str) -> Iterator[Row]:
    """Move a slider at a quarter of the speed, and time each redraw, 95th percentile."""
    script = """async () => {
        const input = document.querySelector('.chart[data-state=live] input[type=range]');
        const target = document.querySelector('.chart[data-state=live] .mark-line path');
        const times = [];
        for (let i = 0; i < 60; i += 1) {
            input.value = String(i / 60);
            const changed = new Promise((done) => new MutationObserver((_, o) => {
                o.disconnect();
                done();
            }).observe(target, { attributes: true }));
            let begun; // the frame's start: the page draws later in the same frame
            requestAnimationFrame(() => (begun = performance.now()));
            input.dispatchEvent(new Event('input', { bubbles: true }));
            await Promise.race([changed, new Promise((d) => setTimeout(d, 500))]);
            times.push(performance.now() - begun);
            await new Promise(requestAnimationFrame);
        }
        return times;
    }"""
    with reading(1280) as slow:
        slow.visit(url)
        slow.page.locator(".chart[data-state=live]").first.wait_for()
        slow.session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        times = sorted(slow.page.evaluate(script))
    last = times[int(0.95 * len(times))]
    yield Row(figure="slider step, 95th percentile", measured=last, unit="ms", goal="<= 50")


if __name__ == "__main__":
    for row in measure():
        print(json.dumps(row.cells()))  # noqa: T201
