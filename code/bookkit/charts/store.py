"""Where built charts live: one folder a chart, named by what it was built from.

The name hashes the chart's specification and the code that builds it, so an unchanged
chart is never built again, and a changed one never shows its old self. A folder is
written under another name and renamed when whole; half a chart is never found.
"""

import gzip
import hashlib
import json
import os
import shutil
from dataclasses import asdict
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from bookkit.assets.bundle import WEB
from bookkit.charts.compile import ChartError, compile_layouts, draw_layouts
from bookkit.charts.pack import packed
from bookkit.charts.picture import darkened, lightened
from bookkit.charts.tables import source_csv
from bookkit.execution.files import write_whole

Spec = dict[str, Any]
LARGEST = 100_000  # bytes of a chart's specification, gzip: what a phone can bear


class ChartStore:
    """The built charts of one book, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, spec: Spec) -> str:
        """Keep a chart's specification until it is built; return the chart's key."""
        text = json.dumps(spec, sort_keys=True, ensure_ascii=False)
        key = hashlib.sha256((tools() + text).encode()).hexdigest()[:16]
        waiting = self.folder / f"{key}.vl.json"
        if not self.is_built(key) and not waiting.exists():
            write_whole(waiting, text)
        return key

    def is_built(self, key: str) -> bool:
        """Tell whether a chart stands ready."""
        return (self.folder / key / "info.json").is_file()

    def build(self, key: str) -> None:
        """Build one chart, unless it stands ready.

        Raises
        ------
        ChartError
            If the chart cannot be compiled or drawn, or is too large for a page.
        """
        if self.is_built(key):
            return
        waiting = self.folder / f"{key}.vl.json"
        spec = json.loads(waiting.read_text("utf-8"))
        part = self.folder / f"{key}.part-{os.getpid()}"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        try:
            _build_into(part, spec)
            part.rename(self.folder / key)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        waiting.unlink(missing_ok=True)

    def info(self, key: str) -> Spec:
        """Read a built chart's sizes, controls and picks."""
        found: Spec = json.loads((self.folder / key / "info.json").read_text("utf-8"))
        return found

    def parameters(self, key: str) -> set[str]:
        """List the parameters of a built chart, those without an input as well."""
        vega = json.loads((self.folder / key / "chart.json").read_text("utf-8"))["wide"]
        return {signal["name"] for signal in vega.get("signals", [])}

    def publish(self, keys: set[str], target: Path) -> None:
        """Copy the charts that the book shows into the site, and remove all others."""
        target.mkdir(parents=True, exist_ok=True)
        for old in target.iterdir():
            if old.name not in keys:
                shutil.rmtree(old)
        for key in sorted(keys):
            if self.is_built(key) and not (target / key).exists():
                keep_out = shutil.ignore_patterns("info.json")
                shutil.copytree(self.folder / key, target / key, ignore=keep_out)


def _build_into(folder: Path, spec: Spec) -> None:
    """Write a chart's layouts, pictures in both themes, source data and description."""
    twins = spec.get("usermeta", {}).get("dark", {})
    drawn = draw_layouts(compile_layouts(spec))
    text = packed({layout: drawing.vega for layout, drawing in drawn.items()})
    _refuse_large(text)
    (folder / "chart.json").write_text(text, "utf-8")
    for layout, drawing in drawn.items():
        picture = lightened(drawing.picture)
        (folder / f"{layout}.svg").write_text(picture, "utf-8")
        (folder / f"{layout}-dark.svg").write_text(darkened(picture, twins), "utf-8")
    wide = drawn["wide"]
    table = source_csv(wide.vega, wide.vega["usermeta"]["tables"])
    (folder / "data.csv").write_text(table, "utf-8")
    info = {
        "sizes": {layout: drawing.size for layout, drawing in drawn.items()},
        "controls": [asdict(control) for control in wide.controls],
        "picks": [asdict(pick) for pick in wide.picks],
    }
    (folder / "info.json").write_text(json.dumps(info, sort_keys=True), "utf-8")


def _refuse_large(text: str) -> None:
    """Stop a chart that would cost the reader more than 100 kB."""
    size = len(gzip.compress(text.encode(), mtime=0))
    if size > LARGEST:
        raise ChartError(
            f"the chart takes {size / 1000:.0f} kB compressed, at most {LARGEST // 1000} kB "
            "are allowed: draw fewer rows, or fewer columns, or an aggregate"
        )


@cache
def tools() -> str:
    """Name the drawing library's version and the code that builds charts."""
    digest = hashlib.sha256(metadata.version("vl-convert-python").encode())
    kernels = (WEB / "draw.js", *(WEB / "kernels").glob("*.js"))
    for source in (*sorted(Path(__file__).parent.glob("*.py")), *sorted(kernels)):
        digest.update(source.read_bytes())
    return digest.hexdigest()
