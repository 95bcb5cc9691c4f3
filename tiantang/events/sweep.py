"""Remove files that hold no events any more, or never came to."""

from __future__ import annotations

import logging
import time
from pathlib import Path

from django.conf import settings
from django.db import connections

from tiantang.events.lake import events_folder
from tiantang.events.models import Segment
from tiantang.events.routers import stores

log = logging.getLogger(__name__)
GRACE_S = 900
"""Seconds for which a replaced file stays, for readers that have just begun with it."""

_swept: set[Path] = set()


def sweep_once() -> None:
    """Sweep when this process has not done so yet. The caller holds the lake lock."""
    if events_folder() not in _swept:
        sweep_lake()
        _swept.add(events_folder())


def sweep_lake() -> int:
    """Remove leftovers and files replaced long ago; returns how many. The caller holds the lock."""
    return _remove_retired() + _remove_leftovers()


def _remove_retired() -> int:
    oldest = time.time_ns() // 1000 - GRACE_S * 1_000_000
    removed = 0
    for store in stores():
        retired = list(Segment.objects.using(store).filter(retired_us__lt=oldest))
        if retired:
            _settle(store)
        for segment in retired:
            (Path(settings.LAKE) / segment.path).unlink(missing_ok=True)
            segment.delete()
            removed += 1
    return removed


def _settle(store: str) -> None:
    """Make the disk keep what the database knows, before files go for good.

    The store of visits does not wait for the disk with every commit (``synchronous=NORMAL``); after a power
    cut it could otherwise ask for files again that were replaced.
    """
    connection = connections[store]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _remove_leftovers() -> int:
    """Files that no database knows. A lake whose databases know nothing at all is left alone."""
    known = {
        path for store in stores() for path in Segment.objects.using(store).values_list("path", flat=True)
    }
    if not known:
        return 0
    lake = Path(settings.LAKE)
    unknown = [
        path for path in events_folder().glob("*/*.parquet") if str(path.relative_to(lake)) not in known
    ]
    for path in unknown:
        path.unlink()
    if unknown:
        log.info("removed %d unregistered files from %s", len(unknown), events_folder())
    return len(unknown)
