"""Whether what a page shows of others has moved: only then is it written again for their sake."""

from collections.abc import Mapping, Sequence
from typing import Any

from sphinx.environment import BuildEnvironment

from bookkit.execution.files import key_of


def moved(env: BuildEnvironment, name: str, shown: Any) -> bool:
    """Tell whether something differs from what the last build saw of it, and keep what it is now.

    Parameters
    ----------
    env
        The build's environment, after all pages were read.
    name
        What it is called.
    shown
        Plain values, in an order that does not depend on which page was read first.
    """
    kept: dict[str, str] = vars(env).setdefault("bookkit_shown", {})
    before, kept[name] = kept.get(name), key_of([repr(shown)])
    return before != kept[name]


def noted(env: BuildEnvironment, key: str) -> dict[str, Any]:
    """Look up what each page has left under a key of what Sphinx keeps of it; `()` if nothing."""
    return {page: env.metadata[page].get(key, ()) for page in sorted(env.found_docs)}


def pages_moved(env: BuildEnvironment, name: str, shown: Mapping[str, Sequence[Any]]) -> list[str]:
    """Name the pages for which what they show of others has moved.

    Parameters
    ----------
    env, name
        As in `moved`.
    shown
        What each page shows, by page; nothing for one that shows nothing of others.
    """
    return [
        page
        for page, values in sorted(shown.items())
        if values and moved(env, f"{name} on {page}", values)
    ]
