"""Move waiting events into the lake, each exactly once.

Per batch: read rows, write them as files, make sure the files are on disk, then in one transaction delete
exactly these rows and register the files. Killed before that transaction, the rows still wait and the
files are unregistered leftovers; killed after it, the files count and the rows are gone. There is no
third case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
from django.db import transaction

from tiantang.common.time import today
from tiantang.events import manifest
from tiantang.events.compaction import rebucket_lake
from tiantang.events.lake import Sealed, with_days, write_segment
from tiantang.events.locks import lake_lock
from tiantang.events.periods import split_by_folder
from tiantang.events.sweep import sweep_once
from tiantang.events.tiers import merge_tiers
from tiantang.events.waiting import Source, sources

BATCH = 50_000
"""Rows taken at once: about 60 MB of memory."""


@dataclass(frozen=True, slots=True)
class MoveReport:
    """How many events were sealed, and the site-local days that changed."""

    moved: int
    days: frozenset[date]

    def __add__(self, other: MoveReport) -> MoveReport:
        return MoveReport(self.moved + other.moved, self.days | other.days)


NOTHING = MoveReport(0, frozenset())


def move_once(limit: int = BATCH) -> MoveReport:
    """Seal up to ``limit`` waiting acts and as many visits. Raises LakeBusy."""
    with lake_lock():
        sweep_once()
        report = NOTHING
        for source in sources():
            report += _move_batch(source, limit)
        return report


def move_all(limit: int = BATCH) -> MoveReport:
    """Seal everything that waits, batch by batch; first mend days of another time zone. Raises LakeBusy."""
    rebucket_lake()
    total = NOTHING
    while (report := move_once(limit)).moved:
        total += report
    return total


def _move_batch(source: Source, limit: int) -> MoveReport:
    batch = source.read(limit)
    if not batch.num_rows:
        return NOTHING
    sealed = _seal(batch)
    _hand_over(source, batch["seq"].to_pylist(), sealed)
    merge_tiers(source.store, sealed)
    return MoveReport(batch.num_rows, frozenset(day.day for file in sealed for day in file.days))


def _seal(batch: pa.Table) -> list[Sealed]:
    return [write_segment(piece, folder) for folder, piece in split_by_folder(with_days(batch), today())]


def _hand_over(source: Source, ids: Sequence[int], sealed: Sequence[Sealed]) -> None:
    """The moment at which the rows stop waiting and the files start to count."""
    with transaction.atomic(using=source.store, durable=True):
        source.delete(ids)
        manifest.register(source.store, sealed)
