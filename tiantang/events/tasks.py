"""Clockwork: once a day the lake gets fewer, larger files."""

from __future__ import annotations

from huey import crontab

from tiantang.common.tasks import queue
from tiantang.events.compaction import compact_lake
from tiantang.events.staging import forget_seen


@queue.periodic_task(crontab(minute="17", hour="20"))  # type: ignore[untyped-decorator]  # 4:17 in Shanghai
def compact_every_night() -> None:
    """Merge files, remove replaced ones, forget ids of visits from before yesterday."""
    compact_lake()
    forget_seen()
