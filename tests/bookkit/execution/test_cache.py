"""The notebook cache, while several pages are read at once."""

from types import SimpleNamespace

import nbformat
import pytest
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.cache.db import NbCacheRecord
from jupyter_cache.cache.main import JupyterCacheBase

from bookkit.execution.cache import create_cache, delete_oldest

PYTHON = {"name": "python3", "display_name": "Python 3"}


@pytest.fixture
def app(tmp_path, monkeypatch):
    monkeypatch.setattr(JupyterCacheBase, "truncate_caches", JupyterCacheBase.truncate_caches)
    path = str(tmp_path / ".jupyter_cache")
    config = SimpleNamespace(execution_cache_path=path)
    return SimpleNamespace(env=SimpleNamespace(mystnb_config=config), path=path)


@pytest.fixture
def cache(app):
    create_cache(app, app.env, [])
    opened = get_cache(app.path)
    yield opened
    opened.db.dispose()


def keep(cache, number):
    cell = nbformat.v4.new_code_cell(f"{number}", execution_count=1)
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": PYTHON})
    return cache.cache_notebook_bundle(CacheBundleIn(notebook, f"page-{number}.md"))


def test_a_notebook_that_another_reader_keeps_meanwhile_is_not_deleted(cache, monkeypatch):
    other = keep(cache, 0)
    # What the two questions answer when the other one comes between them.
    monkeypatch.setattr(NbCacheRecord, "records_to_delete", lambda *_: [other.pk])
    keep(cache, 1)
    assert cache.get_cache_record(other.pk).hashkey == other.hashkey


def test_what_is_beyond_the_limit_is_deleted_when_the_build_has_ended(app, cache):
    cache.change_cache_limit(2)
    kept = [keep(cache, number).pk for number in range(4)]
    assert len(cache.list_cache_records()) == 4
    delete_oldest(app, None)
    assert {record.pk for record in cache.list_cache_records()} == set(kept[2:])


def test_a_build_that_broke_off_deletes_nothing(app, cache):
    cache.change_cache_limit(1)
    for number in range(3):
        keep(cache, number)
    delete_oldest(app, KeyboardInterrupt())
    assert len(cache.list_cache_records()) == 3
