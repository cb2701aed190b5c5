"""Definitions at hand: each term that a page uses brings its definition along.

The definitions stand hidden at the page's end; the script shows one beside its term when
the reader points at it, reaches it by keyboard or taps it. The term stays a link to the
glossary, which is all there is without JavaScript.

A page may define a term of its own, in a `{glossary}` where it is needed. `{terms}` lists those of
all other pages, below the sentence that is its body; where there are none it shows nothing.
"""

from collections.abc import Iterator
from typing import Any, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from bookkit.site.markup import element


class terms(nodes.General, nodes.Element):  # noqa: N801, D101 - docutils names nodes so
    pass


class Terms(SphinxDirective):
    """Put the list of other pages' terms here."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Leave a place; the terms are known when all pages have been read."""
        node = terms()
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]


class ListTerms(SphinxPostTransform):
    """Write the list, each term with the page that defines it."""

    default_priority = 5  # before definitions are brought along: these terms get theirs
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Write every list of the page."""
        for node in list(self.document.findall(terms)):
            items = list(self.items())
            listed = element("div", *node.children, nodes.bullet_list("", *items))
            node.replace_self(listed if items else [])

    def items(self) -> Iterator[nodes.list_item]:
        """Write a line for each term that another page defines, in alphabetical order."""
        domain = cast(StandardDomain, self.env.get_domain("std"))
        found = [
            (name, page) for (kind, name), (page, _) in domain.objects.items() if kind == "term"
        ]
        for name, page in sorted(found, key=lambda each: each[0].lower()):
            if page != self.env.docname:
                term, title = self.link("term", name, name), self.link("doc", f"/{page}", page)
                yield nodes.list_item("", nodes.paragraph("", "", term, nodes.Text(", in "), title))

    def link(self, kind: str, target: str, words: str) -> addnodes.pending_xref:
        """Refer to a term or a page; a page is called by its title."""
        where = {"refdoc": self.env.docname, "refdomain": "std", "reftype": kind}
        said = nodes.inline(words, words, classes=["xref", "std", f"std-{kind}"])
        return addnodes.pending_xref("", said, **where, reftarget=target, refexplicit=False)


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
    """Connect definitions and the list of terms to Sphinx."""
    app.add_node(terms)
    app.add_directive("terms", Terms)
    app.add_post_transform(ListTerms)
    app.add_post_transform(BringDefinitions)
