"""What every page of the built book costs its reader, against the budgets of a single page."""

import sys
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path

from browse import reading, served
from row import Row

SITE = Path(__file__).resolve().parents[2] / "_build" / "html"
WIDTHS = (390, 1280)


def measure() -> Iterator[Row]:
    """Read every page at both widths until two seconds of silence; give the dearest of each."""
    if not (SITE / "index.html").is_file():
        sys.exit("there is no built book to measure: run make book")
    pages = sorted(p.relative_to(SITE).as_posix() for p in (SITE / "book").rglob("*.html"))
    for width in WIDTHS:
        costs = [cost(page, width) for page in pages]
        for figure, unit, goal in (
            ("first view, without the engine", "kB", "<= 160"),
            ("first view", "kB", "<= 330"),
            ("requests", "", "<= 20"),
            ("layout shift", "", "<= .02"),
        ):
            worst = max(costs, key=itemgetter(figure))
            over = sum(found[figure] > float(goal.split()[1]) for found in costs)
            name = f"{width} px: {figure}, {worst['page']} ({over} of {len(costs)} pages above)"
            yield Row(figure=name, measured=worst[figure], unit=unit, goal=goal)


def cost(page: str, width: int) -> dict[str, float | str]:
    """Read one page as somebody does who has never been here."""
    with served(SITE) as site, reading(width) as visit:
        visit.visit(f"{site}/{page}")
        return {
            "page": page.removeprefix("book/").removesuffix(".html"),
            "first view, without the engine": visit.kilobytes(without="runtime.js"),
            "first view": visit.kilobytes(),
            "requests": len(visit.names),
            "layout shift": visit.felt()["cls"],
        }
