"""Fewer, larger files: one a day, and one a month once the month is over and small enough.

Readers are not disturbed: the list of files changes in one transaction, replaced files stay for a while, and
the versions of days do not change, for the set of events does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from tiantang.common.time import today
from tiantang.events import manifest
from tiantang.events.lake import read_segments, with_days, write_segment
from tiantang.events.locks import lake_lock
from tiantang.events.models import Segment
from tiantang.events.periods import month_folder, month_is_over, split_by_folder
from tiantang.events.routers import stores
from tiantang.events.sweep import sweep_lake
from tiantang.events.tiers import LARGEST, merge

Group = tuple[str, int, str]
"""Folder, stream, name: what may lie in one file."""


@dataclass(frozen=True, slots=True)
class CompactReport:
    """Files before and after, and files removed from disk."""

    merged: int
    written: int
    removed: int


def compact_lake() -> CompactReport:
    """Merge what can be merged, group by group, then remove what was replaced long ago. Raises LakeBusy."""
    merged = written = 0
    for store in stores():
        for group in _groups(store):
            taken = _compact_group(store, group)
            merged += taken
            written += bool(taken)
    with lake_lock():
        return CompactReport(merged, written, sweep_lake())


def _groups(store: str) -> list[Group]:
    """Groups with more than one file, found without the lock; each is looked at again with it."""
    return [group for group, segments in _grouped(manifest.live(store)).items() if _mergeable(segments)]


def _grouped(live: QuerySet[Segment]) -> dict[Group, list[Segment]]:
    now = today()
    groups: dict[Group, list[Segment]] = defaultdict(list)
    months: dict[Group, int] = defaultdict(int)
    segments = list(live)
    for segment in segments:
        months[_month_group(segment)] += segment.rows
    for segment in segments:
        group = _month_group(segment)
        if month_is_over(segment.last_day, now) and months[group] <= LARGEST:
            groups[group].append(segment)
        else:
            groups[segment.path.split("/")[1], segment.stream, segment.name].append(segment)
    return groups


def _month_group(segment: Segment) -> Group:
    return month_folder(segment.first_day), segment.stream, segment.name


def _mergeable(segments: Sequence[Segment]) -> list[Segment]:
    """As many of the smallest segments as fit into one file; none when that is a single one."""
    chosen: list[Segment] = []
    rows = 0
    for segment in sorted(segments, key=lambda segment: segment.rows):
        rows += segment.rows
        if rows > LARGEST:
            break
        chosen.append(segment)
    return chosen if len(chosen) > 1 else []


def _compact_group(store: str, group: Group) -> int:
    with lake_lock():
        segments = _mergeable(_grouped(manifest.live(store)).get(group, []))
        if segments:
            merge(store, segments, group[0])
        return len(segments)


def rebucket_lake() -> int:
    """Seal files again whose days were counted in another time zone; the number of files. Raises LakeBusy.

    Every event then stands on its day of the zone that is set now, and all versions of the days that changed
    are new, so everything measured from them is measured again.
    """
    done = 0
    for store in stores():
        for segment in manifest.live(store).exclude(zone=settings.TIME_ZONE):
            with lake_lock():
                done += _rebucket(store, segment.pk)
    return done


def _rebucket(store: str, number: int) -> int:
    segment = manifest.live(store).filter(pk=number).first()
    if segment is None:
        return 0
    table = with_days(read_segments([segment.path]).drop_columns(["dt"]))
    sealed = [write_segment(piece, folder) for folder, piece in split_by_folder(table, today())]
    manifest.replace(store, [segment], sealed, segment.name)
    return 1
