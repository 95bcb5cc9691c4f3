"""Every test runs in a home of its own, with fast password hashing."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator

_HOME = tempfile.TemporaryDirectory(prefix="tiantang-test-")
os.environ["TIANTANG_HOME"] = _HOME.name
os.environ["TIANTANG_FAST_HASHING"] = "1"
os.environ.setdefault("TIANTANG_SECRET_KEY", "tests-only")
os.environ.setdefault("TIANTANG_STRICT", "0")
os.environ["DJANGO_SETTINGS_MODULE"] = "tiantang.config.settings"  # in pyproject it would be read too early

import django  # noqa: E402 - the environment above must be set before anything reads it
import hypothesis  # noqa: E402
import pytest  # noqa: E402
from pytest_django.plugin import blocking_manager_key  # noqa: E402

django.setup()
hypothesis.settings.register_profile("shared machine", deadline=None)  # a clock tells nothing on a busy one
hypothesis.settings.load_profile("shared machine")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Open every database to tests that use one."""
    for item in items:
        mark = item.get_closest_marker("django_db")
        uses = {"db", "transactional_db", "client", "live_server"} & set(getattr(item, "fixturenames", ()))
        if mark is None and not uses - {"client"}:
            continue
        wishes = {**(mark.kwargs if mark else {}), "databases": "__all__"}
        if "transactional_db" in uses or "live_server" in uses:
            wishes["transaction"] = True
        if wishes.get("transaction"):
            wishes["serialized_rollback"] = True  # makes Django note what migrations put into the tables
        item.add_marker(pytest.mark.django_db(**wishes), append=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """A test with real transactions empties the tables at its end; give back what migrations put there."""
    yield
    mark = item.get_closest_marker("django_db")
    if nextitem is None or mark is None or not mark.kwargs.get("transaction"):
        return  # after the last test its database is gone, too
    from django.apps import apps
    from django.db import connections

    from tests.keys import count_on

    with item.config.stash[blocking_manager_key].unblock():
        for connection in connections.all():
            rows = getattr(connection, "_test_serialized_contents", "")
            if rows:
                connection.creation.deserialize_db_from_string(rows)
                count_on(connection.alias, apps.get_models())


@pytest.fixture(autouse=True)
def _forget_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test is refused for how often another knocked, or sees what another drew (ids come again)."""
    from django.core.cache import cache

    from tiantang.common import pace
    from tiantang.community.forum.renderings import STORE
    from tiantang.ui.kept import KEPT

    monkeypatch.setattr(pace, "monotonic", lambda: 0.0)  # no minute ends in the middle of a test
    cache.clear()
    STORE.clear()
    KEPT.clear()
    for one in pace.PACES:
        one.forget()
