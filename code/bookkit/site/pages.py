"""Strict pages: the book's own theme, its policy, and what must never reach a reader.

A page loads nothing but the book's own files, runs no inline script, and says so in its
policy, which the browser enforces.
"""

import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

LOG = logging.getLogger(__name__)
THEME = Path(__file__).parents[1] / "theme"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # set formulas carry style attributes
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
    )
)
# What others write into a page, and how it is named rightly. docutils gives references a role that
# is deprecated, and that their list may not hold; MyST-NB hides what stands on a code cell's fold
# behind another name, by which nobody who speaks to a browser would call it.
NAMED = {
    'role="doc-biblioentry"': 'role="listitem"',
    ' aria-label="Toggle hidden content"': "",
}
MISNAMED = re.compile("|".join(NAMED))
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|<[^>]+\son\w+=", re.IGNORECASE)
OTHER_HOST = re.compile(r'<(?:script|img|link|iframe|source)[^>]+(?:src|href)="(?:https?:)?//')


def choose_settings(_: Sphinx, config: Config) -> None:
    """Set what the theme and the formulas need, whatever the book's own settings say."""
    config.html_theme = "bookkit"
    config.html_theme_options = {}
    config.html_copy_source = False
    config.html_permalinks_icon = "#"
    config.html_math_renderer = "bookkit"


def complete_page(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Give the template its policy and contents; report what may not be on a page."""
    context["content_policy"] = POLICY
    context["contents_html"] = _contents(context)
    context["project"] = app.config.html_title or app.config.project
    titles = app.env.titles
    root = app.config.root_doc
    context["root_title"] = titles[root].astext() if root in titles else app.config.project
    body = context.get("body") or ""
    context["body"] = MISNAMED.sub(lambda found: NAMED[found[0]], body)
    _report(pagename, body)


def _contents(context: dict[str, Any]) -> str:
    """Write the book's contents, the present page's sections opened."""
    tree = context.get("toctree")
    written = tree(maxdepth=2, collapse=True, includehidden=True, titles_only=False) if tree else ""
    text = str(written or "")
    text = re.sub(r'<p class="caption"[^>]*>', '<p class="part">', text)
    return re.sub(
        r'(class="current reference internal" href="#?[^"]*")', r'\1 aria-current="page"', text
    )


def _report(pagename: str, body: str) -> None:
    """Warn of inline scripts and of files of other hosts."""
    for found in INLINE_SCRIPT.findall(body):
        _warn(pagename, f"an inline script would be refused by the page's policy: {found}")
    for found in OTHER_HOST.findall(body):
        _warn(pagename, f"a page may load nothing from another host: {found}")


def _warn(pagename: str, message: str) -> None:
    """Name the page that is at fault."""
    LOG.warning(message, location=pagename, type="bookkit", subtype="page")


def connect(app: Sphinx) -> None:
    """Connect the theme and the checks to Sphinx."""
    app.add_html_theme("bookkit", str(THEME))
    app.connect("config-inited", choose_settings, priority=100)
    app.connect("html-page-context", complete_page, priority=900)
