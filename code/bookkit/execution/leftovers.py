"""What a page leaves behind when it goes: its address, its notebook, its pictures.

Sphinx forgets a page that has left the contents, and leaves its files in the site.
"""

from pathlib import Path

from sphinx.application import Sphinx

OUR_OWN = {"index", "search", "genindex"}  # written by us or by Sphinx, and no chapters


def remove(app: Sphinx, fault: Exception | None) -> None:
    """Take out of the site, and of what executed pages leave, all that no page owns."""
    if fault is not None or app.builder.format != "html":
        return
    site = Path(app.outdir)
    others = OUR_OWN | {app.config.notfound_pagename, *app.config.redirects}
    wanted = {f"{name}.html" for name in (*app.env.found_docs, *others)}
    for path in site.rglob("*.html"):
        name = path.relative_to(site)
        if name.parts[0] != "_static" and name.as_posix() not in wanted:
            path.unlink()
    notebooks = {f"{name}.ipynb" for name in app.env.found_docs}
    _only(site / "_static" / "notebooks", notebooks)
    glued = {f"{name}.glue.json" for name in app.env.found_docs}
    _only(site.parent / "jupyter_execute", notebooks | glued, suffixes=(".ipynb", ".json"))
    _only(site / "reports", {f"{name}.err.log" for name in app.env.found_docs})
    _only(site / "_images", {name for _, name in app.env.images.values()})
    _only(site / "_downloads", {name for _, name in app.env.dlfiles.values()})
    for folder in sorted((p for p in site.rglob("*") if p.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def _only(folder: Path, wanted: set[str], *, suffixes: tuple[str, ...] = ()) -> None:
    """Leave of a folder's files, those of some suffixes, only the wanted ones."""
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in wanted and (not suffixes or path.suffix in suffixes):
            path.unlink()


def connect(app: Sphinx) -> None:
    """Clean up when the site is whole."""
    app.connect("build-finished", remove, priority=900)
