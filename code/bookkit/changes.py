"""Whether a build has read any page anew: pages made of others are written again only then."""

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


def begin(_: Sphinx, env: BuildEnvironment, *_pages: set[str]) -> list[str]:
    """Begin with nothing changed; no page is read again on our account."""
    env.bookkit_changed = False  # type: ignore[attr-defined]
    return []


def note(_: Sphinx, env: BuildEnvironment, _docname: str) -> None:
    """Note that a page is gone, or will be read again."""
    env.bookkit_changed = True  # type: ignore[attr-defined]


def any_page_changed(env: BuildEnvironment) -> bool:
    """Tell whether this build has read a page anew, or found one gone."""
    return bool(getattr(env, "bookkit_changed", True))


def connect(app: Sphinx) -> None:
    """Listen as pages come and go."""
    app.connect("env-get-outdated", begin)
    app.connect("env-purge-doc", note)
