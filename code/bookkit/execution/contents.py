"""The pages that the table of contents lists, in reading order."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from sphinx.environment import BuildEnvironment


def pages(root: Path) -> list[str]:
    """List the pages of the contents that are written in MyST, in reading order."""
    contents = yaml.safe_load((root / "_toc.yml").read_text("utf-8"))
    listed = [contents["root"], *_files(contents)]
    return [page for page in listed if (root / f"{page}.md").is_file()]


def in_order(env: BuildEnvironment) -> list[tuple[str, str]]:
    """List the pages of a book that is being built, each behind the caption of its part."""
    return list(_below(env.config.external_site_map, env.config.root_doc, ""))


def _below(site_map: Any, page: str, caption: str) -> Iterator[tuple[str, str]]:
    """List a page and all below it."""
    yield caption, page
    for tree in site_map[page].subtrees if page in site_map else ():
        for name in tree.files():
            yield from _below(site_map, name, tree.caption or caption)


def _files(part: Any) -> Iterator[str]:
    """Walk the contents below a page or a part."""
    for entry in [*part.get("parts", []), *part.get("chapters", []), *part.get("sections", [])]:
        if "file" in entry:
            yield entry["file"]
        yield from _files(entry)
