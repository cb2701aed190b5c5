"""The notebook cache, kept whole while several pages are read at once.

After each notebook that it keeps, jupyter-cache deletes the oldest beyond its limit. It asks twice
which there are; a notebook that another reader keeps between the two questions counts as old, and
is deleted while it is written. So readers delete nothing, and the build does, once it has ended.
"""

from jupyter_cache import get_cache
from jupyter_cache.cache.db import OrmBase
from jupyter_cache.cache.main import JupyterCacheBase
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

_delete_oldest = JupyterCacheBase.truncate_caches


def create_cache(_: Sphinx, env: BuildEnvironment, _pages: list[str]) -> None:
    """Create the cache before pages are read: two readers that did it at once would break off.

    A cache whose creation was cut short by a kill is completed.
    """
    JupyterCacheBase.truncate_caches = _leave_all
    database = _cache_of(env).db
    OrmBase.metadata.create_all(database)
    database.dispose()  # no connection is handed on to forked readers


def delete_oldest(app: Sphinx, fault: Exception | None) -> None:
    """Delete what is beyond the cache's limit."""
    JupyterCacheBase.truncate_caches = _delete_oldest
    if fault is None and hasattr(app.env, "mystnb_config"):
        cache = _cache_of(app.env)
        cache.truncate_caches()
        cache.db.dispose()  # Python 3.13 warns of a connection that is left open


def _cache_of(env: BuildEnvironment) -> JupyterCacheBase:
    return get_cache(env.mystnb_config.execution_cache_path)  # type: ignore[attr-defined]


def _leave_all(_: JupyterCacheBase) -> None:
    return


def connect(app: Sphinx) -> None:
    """Create the cache before pages are read; clean it when all is done."""
    app.connect("env-before-read-docs", create_cache)
    app.connect("build-finished", delete_oldest)
