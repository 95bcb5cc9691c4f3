"""The queue of slow work: one per installation, on the same kind of store as the rows."""

from __future__ import annotations

import psycopg
from django.conf import settings
from huey import Huey, PostgresHuey, SqliteHuey


def _open_queue() -> Huey:
    environment = settings.ENVIRONMENT
    if environment.embedded:
        return SqliteHuey("tiantang", filename=str(settings.HOME / "tasks.sqlite3"), utc=True)
    return _open_shared_queue(environment.database_url)


def _open_shared_queue(url: str, tries: int = 5) -> Huey:
    """The queue's tables are made by whoever comes first; PostgreSQL refuses those who make them meanwhile.

    ``CREATE TABLE IF NOT EXISTS`` of two processes at once lets one fail on the catalogue's unique key.
    """
    for remaining in reversed(range(tries)):
        try:
            return PostgresHuey("tiantang", dsn=url, utc=True)
        except (psycopg.errors.UniqueViolation, psycopg.errors.DuplicateObject):
            if not remaining:
                raise
    raise AssertionError("unreachable")


queue = _open_queue()
"""Decorate slow verbs with ``@queue.task()`` and clockwork with ``@queue.periodic_task(crontab(…))``."""
