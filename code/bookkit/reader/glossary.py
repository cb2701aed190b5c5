"""Definitions at hand: each term that a page uses brings its definition along.

The definitions stand hidden at the page's end; the script shows one beside its term when
the reader points at it, reaches it by keyboard or taps it. The term stays a link to the
glossary, which is all there is without JavaScript.
"""

from typing import Any, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from bookkit.site.markup import element


class BringDefinitions(SphinxPostTransform):
    """Put the definitions of a page's terms at its end."""

    default_priority = 6  # before references are resolved: a definition may hold some
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Collect the terms of the page and copy each definition once."""
        links = self.document.findall(addnodes.pending_xref)
        asked = {link["reftarget"] for link in links if link.get("reftype") == "term"}
        notes = [note for term in sorted(asked) if (note := self.note(term))]
        if notes:
            box = element("div", *notes, class_="definitions", hidden=True, data_definitions=True)
            self.document += box

    def note(self, term: str) -> nodes.Element | None:
        """Copy the definition of one term; none on the glossary's own page."""
        place = place_of(self.env, term)
        if place is None or place[0] == self.env.docname:
            return None
        owner, name = place
        for item in self.env.get_doctree(owner).findall(nodes.definition_list_item):
            if any(name in entry["ids"] for entry in item.findall(nodes.term)):
                body = item.children[-1].deepcopy()
                _ask_from(body, self.env.docname)
                return element("div", *body.children, id=f"about-{name}", class_="definition")
        return None


def place_of(env: BuildEnvironment, term: str) -> tuple[str, str] | None:
    """Find the page and the id of a term, whatever case it is written in."""
    domain = cast(StandardDomain, env.get_domain("std"))
    found = domain.objects.get(("term", term))
    if found is None:
        found = domain._terms.get(term.lower())
    return found


def _ask_from(body: nodes.Node, docname: str) -> None:
    """Have the references in a copied definition start from the page that it is copied to."""
    for link in body.findall(addnodes.pending_xref):
        link["refdoc"] = docname
    for node in body.findall(nodes.Element):
        node["ids"] = []


def connect(app: Sphinx) -> None:
    """Connect the definitions to Sphinx."""
    app.add_post_transform(BringDefinitions)
