"""`python -m bookkit`: what the Makefile's verbs call."""

import json
import os
import sys
from pathlib import Path

import click

from bigcurves.running.notes import listening as noted_runs
from bigcurves.running.notes import summary
from bookkit.build import build as build_book
from bookkit.build import pack
from bookkit.execution.forced import NoPageError, page_named
from bookkit.numbers import moved as moved_numbers
from bookkit.numbers import numbers_on_pages
from bookkit.source_checks import check_book

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
    try:
        forced = page_named(ROOT, page) if page else ""
    except NoPageError as fault:
        raise click.ClickException(str(fault)) from fault
    with noted_runs(ROOT / "_build") as noted:
        built = build_book(ROOT, SITE, strict=not preview, page=forced)
    told = list(noted)
    for line in summary(told):
        click.echo(line)
    if os.environ.get("RECORDED") and any(each["made"] for each in told):
        click.secho("Not every run is recorded: run `make record`", fg="red", err=True)
        built = False
    if preview:
        click.echo("Preview: built" if built else "Preview: not built, see above")
        return
    if not built:
        click.secho("The book was not built: every fault is listed above.", fg="red", err=True)
        sys.exit(1)
    click.echo(f"The book is in {SITE.relative_to(ROOT)}. To read it, run")
    click.echo(f"    {_python()} -m http.server --directory {SITE.relative_to(ROOT)} 8000")
    click.echo("and open http://localhost:8000/")


@main.command()
@click.option("--address", help="Where the site will stand, such as https://example.org/book/.")
def site(address: str | None) -> None:
    """Build the book for its public address and copy it to _build/site."""
    if not build_book(ROOT, SITE, address=address):
        click.secho("The site was not made: every fault is listed above.", fg="red", err=True)
        sys.exit(1)
    target = ROOT / "_build" / "site"
    size = pack(SITE, target) / 1e6
    click.echo(f"The site is in {target.relative_to(ROOT)}: {size:.1f} MB. Copy it to the host.")
    if not (target / "sitemap.xml").exists():
        click.echo("It names no address of its own, and its 404 page fits only a host's root:")
        click.echo("    make site ADDRESS=https://example.org/book/")


@main.command()
@click.option("--port", default=8000, show_default=True)
def serve(port: int) -> None:
    """Serve the book; saving a chapter or a module rebuilds what depends on it and reloads."""
    from bookkit.preview import serve as serve_preview  # brings a server along

    click.echo(f"Live preview at http://localhost:{port}/ (Ctrl-C ends it)")
    serve_preview(ROOT, SITE, port)


@main.command()
def links() -> None:
    """Ask every outside address that the book names whether it is still there."""
    sys.exit(0 if build_book(ROOT, ROOT / "_build" / "links", builder="linkcheck") else 1)


@main.command()
def sources() -> None:
    """Check the chapters' source: typed results, claims, figures, sentences, opening and end."""
    faults = check_book(ROOT)
    for fault in faults:
        click.echo(fault)
    sys.exit(1 if faults else 0)


@main.command()
def numbers() -> None:
    """Print, as JSON, every number that the last build put on a page."""
    click.echo(json.dumps(numbers_on_pages(EXECUTED), indent=1, sort_keys=True))


@main.command()
@click.argument("before", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def moved(before: Path) -> None:
    """List the numbers that differ between BEFORE (what `numbers` printed) and the last build."""
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
