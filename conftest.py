"""Every test runs in a home of its own, with fast password hashing."""

from __future__ import annotations

import os
import tempfile

_HOME = tempfile.TemporaryDirectory(prefix="tiantang-test-")
os.environ["TIANTANG_HOME"] = _HOME.name
os.environ["TIANTANG_FAST_HASHING"] = "1"
os.environ.setdefault("TIANTANG_SECRET_KEY", "tests-only")

import pytest  # noqa: E402 - the environment above must be set before anything reads it


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Open every database to tests that use one, and give rows of migrations back after a flush."""
    for item in items:
        mark = item.get_closest_marker("django_db")
        uses = {"db", "transactional_db", "client", "live_server"} & set(getattr(item, "fixturenames", ()))
        if mark is None and not uses - {"client"}:
            continue
        wishes = {**(mark.kwargs if mark else {}), "databases": "__all__"}
        if wishes.get("transaction") or "transactional_db" in uses or "live_server" in uses:
            wishes["serialized_rollback"] = True
        item.add_marker(pytest.mark.django_db(**wishes), append=False)


@pytest.fixture(autouse=True)
def _forget_counts() -> None:
    """No test is refused because of how often another one knocked."""
    from django.core.cache import cache

    cache.clear()
