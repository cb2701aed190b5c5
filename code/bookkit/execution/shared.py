"""What pages show of one another, and the search of all: written again where it has moved.

Sphinx writes the pages that it has read, and those that ask for a number of theirs. The contents,
the neighbours at a page's end, titles in references and definitions of terms stay as they were on
every other page. So where what pages show of one another has moved, all are written again.
"""

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.search import IndexBuilder
from sphinx.util.index_entries import split_index_msg

from bookkit.execution.changes import moved
from bookkit.execution.files import digest


def shown_elsewhere(app: Sphinx, env: BuildEnvironment) -> list[Any]:
    """List all of a book's pages that other pages show."""
    std = env.domaindata["std"]
    owners = sorted({docname for docname, _ in std["terms"].values()})
    return [
        digest(Path(str(app.config.external_toc_path))),
        sorted(env.collect_relations().items()),
        sorted((name, title.astext()) for name, title in env.titles.items()),
        sorted(env.toc_secnumbers.items()),
        sorted((name, sorted(kinds.items())) for name, kinds in env.toc_fignumbers.items()),
        *(sorted(std[kind].items()) for kind in ("labels", "anonlabels", "objects", "terms")),
        [(name, digest(Path(env.doc2path(name)))) for name in owners],  # their definitions
        sorted(
            (
                each.citation_id,
                str(each.bibliography_key),
                each.formatted_entry.label,
                str(each.entry),
            )
            for each in env.domaindata.get("cite", {}).get("citations", [])
        ),
        sorted(str(each) for each in env.domaindata["py"]["objects"].items()),
    ]


def rewritten(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have every page written again where what they show of one another has moved."""
    return sorted(env.found_docs) if moved(env, "shared", shown_elsewhere(app, env)) else []


def complete_search(app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
    """Give the search what Sphinx forgets of pages that are not written now.

    It reads the words of the last build's index, and neither its entries nor which words are left.
    """
    indexer: IndexBuilder | None = getattr(app.builder, "indexer", None)
    if indexer is not None:
        indexer.prune(app.env.all_docs)
        for words in (indexer._mapping, indexer._title_mapping):
            for word in [word for word, pages in words.items() if not pages]:
                del words[word]
        entries = indexer._index_entries
        for docname in set(entries) - set(app.env.all_docs):
            del entries[docname]
        for docname in sorted(set(app.env.all_docs) - set(entries)):
            entries[docname] = _entries(app.env, docname)
        indexer._index_entries = dict(sorted(entries.items()))
    return []


def _entries(env: BuildEnvironment, docname: str) -> list[tuple[str, str, str]]:
    """List a page's entries as Sphinx's search takes them up while it writes the page."""
    found: set[tuple[str, str, str]] = set()
    for kind, value, target, main, _ in env.domaindata["index"]["entries"].get(docname, []):
        words = split_index_msg(kind, value)
        found |= {(word, target or "", main) for word in words}
    return sorted(found)


def connect(app: Sphinx) -> None:
    """Look when all pages are read and numbered, and before the search is written."""
    app.connect("env-get-updated", rewritten, priority=900)
    app.connect("html-collect-pages", complete_search)
