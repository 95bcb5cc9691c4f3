"""Keep the number of small files low while events arrive, without writing every event again and again.

Files of about the same size (within a factor of eight) are merged once there are twelve of them, so an
event is rewritten about log₈ times before its day or month is over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from tiantang.events import manifest
from tiantang.events.lake import Day, Sealed, read_segments, write_segment
from tiantang.events.models import Segment, SegmentDay

MOST_IN_TIER = 12
FACTOR_BITS = 3
LARGEST = 1_000_000
"""Rows above which a file is not merged again: memory stays below 400 MB."""


def merge_tiers(store: str, sealed: Iterable[Sealed]) -> int:
    """Merge small files beside newly sealed ones; returns how many merges. The caller holds the lock."""
    folders = sorted({file.path.rpartition("/")[0] + "/" for file in sealed})
    return sum(_merge_folder(store, folder) for folder in folders)


def _merge_folder(store: str, folder: str) -> int:
    tiers: dict[tuple[int, int], list[Segment]] = defaultdict(list)
    for segment in manifest.live(store).filter(path__startswith=folder, name=""):
        tiers[segment.stream, segment.rows.bit_length() // FACTOR_BITS].append(segment)
    full = [tier for tier in tiers.values() if len(tier) >= MOST_IN_TIER and _fits(tier)]
    for tier in full:
        merge(store, tier, folder.removeprefix("events/").rstrip("/"))
    return len(full)


def _fits(segments: Sequence[Segment]) -> bool:
    return sum(segment.rows for segment in segments) <= LARGEST


def merge(store: str, segments: Sequence[Segment], folder: str) -> None:
    """Write the rows of ``segments`` as one file of ``folder`` that counts instead of them."""
    table = read_segments([segment.path for segment in segments])
    sealed = write_segment(table, folder, known_days(store, segments))
    manifest.replace(store, segments, [sealed], segments[0].name)


def known_days(store: str, segments: Sequence[Segment]) -> tuple[Day, ...]:
    """The days of several segments together; the sums do not depend on how the rows were cut into files."""
    sums: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    parts = SegmentDay.objects.using(store).filter(segment__in=segments)
    for day, count, fingerprint in parts.values_list("day", "rows", "fingerprint"):
        sums[day][0] += count
        sums[day][1] += fingerprint
    bits = 2**manifest.FINGERPRINT_BITS
    return tuple(Day(day, count, mark % bits) for day, (count, mark) in sorted(sums.items()))
