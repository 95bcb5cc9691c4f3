"""Clockwork of the pages that compose the community."""

from __future__ import annotations

from huey import crontab

from tiantang.common.tasks import queue
from tiantang.portal.views_count import refresh_views


@queue.periodic_task(crontab(minute="*/10"))  # type: ignore[untyped-decorator]
def keep_views_current() -> None:
    """Count reads for the lists every ten minutes."""
    refresh_views()
