"""What a public site needs beside its pages: addresses, summaries, pictures, a way back.

All of it hangs on one setting, `html.baseurl` in `_config.yml` (or `make site ADDRESS=...`),
the address at which the book will stand. Without it the pages are whole, but name no
canonical address, no picture for those who share them, and no map of the site.
"""

import json
import shutil
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.sax.saxutils import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from bookkit.charts.node import charts_of, store_of
from bookkit.site.pages import THEME

SUMMARY = 160  # characters: what search engines and messengers show
CARD = 1200  # px: the width that they ask of a picture
LOST = """<h1>This page is not here</h1>
<p>The address may have a slip in it, or the page may have moved.
Every chapter is in the contents, and the search finds words.</p>"""


def choose_settings(_: Sphinx, config: Config) -> None:
    """Derive the extensions' settings from the book's one address."""
    address = str(config.html_baseurl or "")
    if address and not (urlsplit(address).scheme in ("http", "https") and urlsplit(address).netloc):
        raise ValueError(f"html.baseurl must be a whole address, https://..., got {address!r}")
    config.html_baseurl = address and address.rstrip("/") + "/"
    config.notfound_urls_prefix = urlsplit(str(config.html_baseurl)).path or "/"
    config.notfound_context = {"title": "Page not found", "body": LOST}
    config.redirect_html_template_file = str(THEME / "moved.html")


def describe_page(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: nodes.document
) -> None:
    """Give the template the page's summary, address, picture and citation."""
    if pagename == app.config.notfound_pagename:
        context["content_root"] = app.config.notfound_urls_prefix
        context["pageurl"] = None
    if doctree is None:
        return
    context["summary"] = summary(app, pagename, doctree)
    context["author"] = app.config.author
    context["version"] = metadata.version("bigcurves")
    if app.config.html_baseurl:
        context["card"] = urljoin(app.config.html_baseurl, _card_name(app, pagename))
    if app.config.bookkit_report:
        context["report"] = app.config.bookkit_report.format(page=pagename)


def summary(app: Sphinx, docname: str, doctree: nodes.document) -> str:
    """Return the `description` of a page's front matter, else its first words, else its title."""
    given = app.env.metadata[docname].get("description")
    if given:
        return str(given)
    sections = doctree.findall(nodes.section)
    own = (child for section in sections for child in section.children)
    words = " ".join(p.astext() for p in own if isinstance(p, nodes.paragraph)).split()
    text = " ".join(words) or f"{app.env.titles[docname].astext()}, in {app.config.html_title}"
    if len(text) <= SUMMARY:
        return text
    return text[:SUMMARY].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _card_name(app: Sphinx, docname: str) -> str:
    return f"_static/cards/{docname if _first_chart(app, docname) else 'book'}.jpg"


def _first_chart(app: Sphinx, docname: str) -> str | None:
    shown = charts_of(app.env).get(docname, [])
    return next((place["key"] for place in shown), None)


def publish(app: Sphinx, fault: Exception | None) -> None:
    """Write the map of the site and a picture for each page that has a chart."""
    if fault is not None or app.builder.format != "html" or not app.config.html_baseurl:
        return
    site, pages = Path(app.outdir), sorted(app.env.found_docs)
    (site / "sitemap.xml").write_text(site_map(app, pages), "utf-8")
    cards = {name: key for name in pages if (key := _first_chart(app, name))}
    if cards:
        cards["book"] = next(cards[name] for name in app.env.collect_relations() if name in cards)
    shutil.rmtree(site / "_static" / "cards", ignore_errors=True)
    for name, key in cards.items():
        target = site / "_static" / "cards" / f"{name}.jpg"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_picture(app, key))


def _picture(app: Sphinx, key: str) -> bytes:
    """Draw a built chart on white, once; a third of the bytes of a PNG."""
    folder = store_of(app).folder / key
    kept = folder.with_name(f"{key}.card.jpg")
    if not kept.exists():
        import vl_convert

        width = json.loads((folder / "info.json").read_text("utf-8"))["sizes"]["wide"][0]
        svg = (folder / "wide.svg").read_text("utf-8")
        head, rest = svg.split(">", 1)
        paper = '<rect width="100%" height="100%" fill="white"/>'
        card = f"{head}>{paper}{rest}"
        kept.write_bytes(vl_convert.svg_to_jpeg(card, scale=CARD / width, quality=80))
    return kept.read_bytes()


def site_map(app: Sphinx, pages: list[str]) -> str:
    """List every page's address, in the format of sitemaps.org.

    Not by a package: those we found list only the pages that this build has written anew.
    """
    uris = (urljoin(app.config.html_baseurl, app.builder.get_target_uri(name)) for name in pages)
    lines = "\n".join(f"  <url><loc>{escape(uri)}</loc></url>" for uri in uris)
    head = '<?xml version="1.0" encoding="utf-8"?>'
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'{head}\n<urlset xmlns="{space}">\n{lines}\n</urlset>\n'


def connect(app: Sphinx) -> None:
    """Connect to Sphinx, with the packages for lost and moved pages."""
    app.add_config_value("bookkit_report", "", "html", types=frozenset({str}))
    app.setup_extension("notfound.extension")
    app.setup_extension("sphinx_reredirects")
    app.connect("config-inited", choose_settings, priority=200)
    app.connect("html-page-context", describe_page, priority=910)
    app.connect("build-finished", publish)
