"""One writer at a time in the lake."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from tiantang.common.errors import TiantangError

ADVISORY_KEY = 7_409_112_053
"""Number of the PostgreSQL advisory lock; any constant of our own."""


class LakeBusy(TiantangError):
    """Another process has been writing into the lake all the time we waited."""


@contextmanager
def lake_lock(patience: float = 30.0) -> Iterator[None]:
    """Hold the right to change the lake. Waits up to ``patience`` seconds, then raises LakeBusy.

    The lock dies with its process. It keeps writers from working twice on the same rows; that nothing is
    doubled or lost rests on the transactions, not on this.
    """
    held = _file_lock(patience) if settings.ENVIRONMENT.embedded else _advisory_lock(patience)
    with held:
        yield


@contextmanager
def _file_lock(patience: float) -> Iterator[None]:
    path = Path(settings.LAKE) / "writer.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        _wait(lambda: _try_flock(file.fileno()), patience)
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)


def _try_flock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _advisory_lock(patience: float) -> Iterator[None]:
    _wait(lambda: _ask("SELECT pg_try_advisory_lock(%s)"), patience)
    try:
        yield
    finally:
        _ask("SELECT pg_advisory_unlock(%s)")


def _ask(sql: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, [ADVISORY_KEY])
        return bool(cursor.fetchone()[0])


def _wait(attempt: Callable[[], bool], patience: float) -> None:
    deadline = time.monotonic() + patience
    while not attempt():
        if time.monotonic() > deadline:
            raise LakeBusy("Another process is writing into the lake. Try again when it has finished.")
        time.sleep(0.05)
