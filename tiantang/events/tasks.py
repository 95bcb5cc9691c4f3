"""Clockwork: every hour the lake gets fewer, larger files."""

from __future__ import annotations

from huey import crontab

from tiantang.common.tasks import queue
from tiantang.events.compaction import compact_lake
from tiantang.events.staging import forget_seen


@queue.periodic_task(crontab(minute="17"))  # type: ignore[untyped-decorator]
def compact_every_hour() -> None:
    """Merge files, remove replaced ones, forget ids of visits from before yesterday."""
    compact_lake()
    forget_seen()
