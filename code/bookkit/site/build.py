"""Build the site through Jupyter Book's own configuration, every warning a fault."""

import gc
import os
import shutil
from pathlib import Path
from typing import TextIO

import jupyter_book.sphinx as jupyter_book
import yaml

from bookkit.execution.forced import FORCE
from bookkit.execution.unchanged import State
from bookkit.watching.broken import in_words

GARBAGE_EVERY = 50_000  # new objects; with Python's 700 a seventh of a short build goes into it
ROOT_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<meta http-equiv="refresh" content="0; url={page}.html">
<title>{title}</title>
<p>The book begins at <a href="{page}.html">{title}</a>.
</html>
"""


def pack(site: Path, target: Path) -> int:
    """Copy a built site to a folder to publish, without what only a build needs.

    Returns
    -------
    The folder's size in bytes.
    """
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(site, target, ignore=shutil.ignore_patterns(".buildinfo", "*.map"))
    (target / ".nojekyll").touch()  # GitHub Pages would leave out folders that begin with _
    return sum(path.stat().st_size for path in target.rglob("*") if path.is_file())


def build(
    root: Path,
    output: Path,
    *,
    strict: bool = True,
    jobs: int | None = None,
    builder: str = "html",
    address: str | None = None,
    page: str = "",
) -> bool:
    """Execute the chapters below `root` and write the site to `output`.

    Parameters
    ----------
    root
        The folder of `_config.yml` and `_toc.yml`.
    output
        The folder of the pages; caches are kept beside it.
    strict
        Whether a warning is a fault. Either way every one is listed before the end.
    jobs
        How many chapters run at once; by default one a core.
    builder
        Sphinx's name for what is built; `linkcheck` asks every outside address instead.
    address
        Where the site will stand, in place of what `_config.yml` says.
    page
        Sphinx's name of a page to execute whatever is known of it.

    Returns
    -------
    Whether the book was built without a fault.
    """
    gc.set_threshold(GARBAGE_EVERY)
    state = State(root, output, address)
    state.forget()
    os.environ[FORCE] = page
    jupyter_book.handle_exception = _tell
    settings = {"external_toc_path": str(root / "_toc.yml"), "latex_individualpages": False}
    result = jupyter_book.build_sphinx(
        root,
        output,
        builder=builder,
        path_config=root / "_config.yml",
        noconfig=True,
        confoverrides=settings if address is None else settings | {"html_baseurl": address},
        warningiserror=strict,
        keep_going=True,
        quiet=True,
        jobs=jobs or int(os.environ.get("BOOK_JOBS", os.cpu_count() or 1)),
    )
    if result != 0 or builder != "html":
        return bool(result == 0)
    _write_root_page(root, output)
    if strict:
        state.keep()
    return True


def _write_root_page(root: Path, output: Path) -> None:
    """Lead from the site's root to the book's first page."""
    first_page = yaml.safe_load((root / "_toc.yml").read_text("utf-8"))["root"]
    title = yaml.safe_load((root / "_config.yml").read_text("utf-8"))["title"]
    (output / "index.html").write_text(ROOT_PAGE.format(page=first_page, title=title), "utf-8")


def _tell(_app: object, _options: object, fault: BaseException, stderr: TextIO) -> None:
    """Say why a build broke off; Sphinx would keep the trace in a file and ask to report it."""
    stderr.write(f"{in_words(fault)}\n")
