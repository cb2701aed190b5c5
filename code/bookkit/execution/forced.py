"""The page that is to run whatever is known of it: `make book PAGE=book/big-curves.md`."""

from pathlib import Path

FORCE = "BOOKKIT_PAGE"  # told to the processes that read pages


class NoPageError(Exception):
    """There is no page of that name."""


def page_named(root: Path, name: str) -> str:
    """Find Sphinx's name for a page that an author names by its file.

    Raises
    ------
    NoPageError
        If there is no such page.
    """
    for suffix in ("", ".md", ".ipynb"):
        path = root / f"{name}{suffix}"
        if path.is_file() and path.suffix in (".md", ".ipynb"):
            return path.resolve().relative_to(root.resolve()).with_suffix("").as_posix()
    raise NoPageError(f"PAGE={name}: there is no such page; name its file, as book/big-curves.md")
