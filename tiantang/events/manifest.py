"""The list of files that make up the lake.

A segment's row lies in the database that held its events, so that "these rows are gone from the waiting
table" and "this file counts" are one transaction: an event is always in exactly one of the two places.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from tiantang.common.errors import TiantangError
from tiantang.events.lake import Sealed
from tiantang.events.models import Segment, SegmentDay
from tiantang.events.routers import stores

FINGERPRINT_BITS = 62


class ManifestChanged(Exception):
    """Segments that were to be replaced are not live any more; somebody else has replaced them."""


def live(store: str) -> QuerySet[Segment]:
    """The segments of one database that count now."""
    return Segment.objects.using(store).filter(retired_us=None)


def register(store: str, sealed: Iterable[Sealed], name: str = "") -> None:
    """Make files count, in the caller's transaction on ``store``."""
    for file in sealed:
        segment = Segment.objects.using(store).create(
            path=file.path,
            stream=file.stream,
            name=name,
            zone=settings.TIME_ZONE,
            first_day=min(day.day for day in file.days),
            last_day=max(day.day for day in file.days),
            rows=file.rows,
            bytes=file.bytes,
            sealed_us=time.time_ns() // 1000,
        )
        SegmentDay.objects.using(store).bulk_create(
            SegmentDay(segment=segment, day=day.day, rows=day.rows, fingerprint=day.fingerprint)
            for day in file.days
        )


def retire(store: str, segments: Sequence[Segment]) -> None:
    """Make files count no more, in the caller's transaction on ``store``. Raises ManifestChanged."""
    ids = [segment.pk for segment in segments]
    changed = live(store).filter(pk__in=ids).update(retired_us=time.time_ns() // 1000)
    if changed != len(ids):
        raise ManifestChanged(f"{len(ids) - changed} of {len(ids)} segments were replaced meanwhile")


def replace(store: str, old: Sequence[Segment], new: Iterable[Sealed], name: str = "") -> None:
    """Let ``new`` files count instead of ``old`` ones, in one transaction.

    Never inside another: until it is committed, a sweep would take the files for leftovers.
    """
    with transaction.atomic(using=store, durable=True):
        retire(store, old)
        register(store, new, name)


def live_paths(start: date | None = None, end: date | None = None) -> list[str]:
    """Files that may hold events of days in [start, end), relative to the lake, oldest first."""
    found = chain.from_iterable(_between(store, start, end) for store in stores())
    return [path for _, path in sorted(found)]


def lacking_files() -> list[str]:
    """Files that count but are not there, or not as long as when they were sealed; relative to the lake."""
    sealed = chain.from_iterable(live(store).values_list("path", "bytes") for store in stores())
    return sorted(path for path, size in sealed if _size(Path(settings.LAKE) / path) != size)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else -1


def refuse_lacking_files() -> None:
    """Raise TiantangError when events are missing: nothing can be counted again without them."""
    lacking = lacking_files()
    if lacking:
        raise TiantangError(
            f"{len(lacking)} files of events are missing or cut off, the first: {lacking[0]}. "
            f"Bring them back from a backup of {settings.LAKE} first; the figures stay as they are."
        )


def _between(store: str, start: date | None, end: date | None) -> Iterable[tuple[date, str]]:
    segments = live(store)
    if start is not None:
        segments = segments.filter(last_day__gte=start)
    if end is not None:
        segments = segments.filter(first_day__lt=end)
    return segments.values_list("first_day", "path")


def day_versions() -> dict[date, str]:
    """For every day with sealed events a text that changes exactly when the day's set of events changes."""
    rows: dict[date, int] = defaultdict(int)
    marks: dict[date, int] = defaultdict(int)
    for store in stores():
        parts = SegmentDay.objects.using(store).filter(segment__retired_us=None)
        for day, count, fingerprint in parts.values_list("day", "rows", "fingerprint"):
            rows[day] += count
            marks[day] += fingerprint
    return {day: f"{rows[day]}-{marks[day] % 2**FINGERPRINT_BITS:016x}" for day in sorted(rows)}
