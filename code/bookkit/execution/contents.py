"""The pages that the table of contents lists."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml


def pages(root: Path) -> list[str]:
    """List the pages of the contents that are written in MyST, in reading order."""
    contents = yaml.safe_load((root / "_toc.yml").read_text("utf-8"))
    listed = [contents["root"], *_files(contents)]
    return [page for page in listed if (root / f"{page}.md").is_file()]


def _files(part: Any) -> Iterator[str]:
    """Walk the contents below a page or a part."""
    for entry in [*part.get("parts", []), *part.get("chapters", []), *part.get("sections", [])]:
        if "file" in entry:
            yield entry["file"]
        yield from _files(entry)
