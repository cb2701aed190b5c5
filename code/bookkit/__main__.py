"""`python -m bookkit`: what the Makefile's verbs call."""

import json
import sys
from pathlib import Path

import click

from bookkit.execution.forced import NoPageError, page_named
from bookkit.watching.command import build_watched, fail, in_a_book, say

# Sphinx takes a second to import: each verb imports what it needs after its first line is out.
ROOT = Path.cwd()
SITE = ROOT / "_build" / "html"
EXECUTED = ROOT / "_build" / "jupyter_execute"


@click.group(help=__doc__)
def main() -> None:
    """Group the verbs."""


@main.command()
@click.option("--preview", is_flag=True, help="Build for `serve`: list faults, but carry on.")
@click.option("--page", default="", help="A page to execute whatever is known of it.")
def build(preview: bool, page: str) -> None:
    """Execute the chapters and write the site to _build/html."""
    in_a_book(ROOT)
    try:
        forced = page_named(ROOT, page) if page else ""
    except NoPageError as fault:
        raise click.ClickException(str(fault)) from fault
    if preview:
        built = build_watched(ROOT, SITE, "Building the preview", terse=True, strict=False)
        say("Preview: built" if built else "Preview: not built, see above")
        return
    if not build_watched(ROOT, SITE, "Building the book", page=forced):
        click.secho("The book was not built: every fault is listed above.", fg="red", err=True)
        sys.exit(1)
    say(f"The book is in {SITE.relative_to(ROOT)}. To read it, run")
    say(f"    {_python()} -m http.server --directory {SITE.relative_to(ROOT)} 8000")
    say("and open http://localhost:8000/")


@main.command()
@click.option("--address", help="Where the site will stand, such as https://example.org/book/.")
def site(address: str | None) -> None:
    """Build the book for its public address and copy it to _build/site."""
    if not build_watched(ROOT, SITE, "Building the site", address=address):
        click.secho("The site was not made: every fault is listed above.", fg="red", err=True)
        sys.exit(1)
    from bookkit.site.build import pack

    target = ROOT / "_build" / "site"
    try:
        size = pack(SITE, target) / 1e6
    except OSError as fault:
        fail(fault)
    say(f"The site is in {target.relative_to(ROOT)}: {size:.1f} MB. Copy it to the host.")
    if not (target / "sitemap.xml").exists():
        say("It names no address of its own, and its 404 page fits only a host's root:")
        say("    make site ADDRESS=https://example.org/book/")


@main.command()
@click.option("--port", default=8000, show_default=True)
def serve(port: int) -> None:
    """Serve the book; saving a chapter or a module rebuilds what depends on it and reloads."""
    in_a_book(ROOT)
    click.echo(f"Live preview at http://localhost:{port}/ (Ctrl-C ends it)")
    from bookkit.site.preview import serve as serve_preview

    serve_preview(ROOT, SITE, port)


@main.command()
@click.argument("part")
@click.argument("chapter")
def new(part: str, chapter: str) -> None:
    """Write the stub of CHAPTER, a name such as random-walk, at the end of PART, such as density.

    It has a page, an experiment, a chart and a test; it builds and passes before you change it.
    """
    in_a_book(ROOT)
    from bookkit.stub.write import StubError, write_stub

    try:
        paths = write_stub(ROOT, part, chapter)
    except StubError as fault:
        raise click.ClickException(str(fault)) from fault
    for path in paths:
        say(f"wrote {path.relative_to(ROOT)}")
    say("Keep its runs with `make record`, and look at it with `make serve`.")
    say("Read once what was the last page of the part: it may say that nothing follows.")


@main.command()
def links() -> None:
    """Ask every outside address that the book names whether it is still there."""
    target = ROOT / "_build" / "links"
    sys.exit(0 if build_watched(ROOT, target, "Asking addresses", builder="linkcheck") else 1)


@main.command()
def cells() -> None:
    """Check the Python of the pages' cells with ruff and mypy, at the pages' own lines."""
    from bookkit.checks.python import check_cells

    in_a_book(ROOT)
    said = check_cells(ROOT, ROOT / "_build" / "cells")
    click.echo(said, nl=False)
    sys.exit(1 if said else 0)


@main.command()
def numbers() -> None:
    """Print, as JSON, every number that the last build put on a page."""
    from bookkit.execution.numbers import numbers_on_pages

    click.echo(json.dumps(numbers_on_pages(EXECUTED), indent=1, sort_keys=True))


@main.command()
@click.argument("before", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def moved(before: Path) -> None:
    """List the numbers that differ between BEFORE (what `numbers` printed) and the last build."""
    from bookkit.execution.numbers import moved as moved_numbers
    from bookkit.execution.numbers import numbers_on_pages

    rows = moved_numbers(json.loads(before.read_text("utf-8")), numbers_on_pages(EXECUTED))
    for page, name, old, new in rows:
        click.echo(f"{page}: {name}: {old} -> {new}")
    click.echo(f"{len(rows)} numbers moved" if rows else "No number moved")


def _python() -> str:
    """Name this Python as a reader at the root would type it."""
    executable = Path(sys.executable)
    return str(executable.relative_to(ROOT)) if executable.is_relative_to(ROOT) else str(executable)


if __name__ == "__main__":
    main()
