"""The queue of slow work: one per installation, on the same kind of store as the rows."""

from __future__ import annotations

from django.conf import settings
from huey import Huey, PostgresHuey, SqliteHuey


def _open_queue() -> Huey:
    environment = settings.ENVIRONMENT
    if environment.embedded:
        return SqliteHuey("tiantang", filename=str(settings.HOME / "tasks.sqlite3"), utc=True)
    return PostgresHuey("tiantang", dsn=environment.database_url, utc=True)


queue = _open_queue()
"""Decorate slow verbs with ``@queue.task()`` and clockwork with ``@queue.periodic_task(crontab(…))``."""
