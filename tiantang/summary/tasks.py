"""Slow work: writing a release that was ordered in the console, and the draft after each month."""

from __future__ import annotations

from huey import crontab

from tiantang.common.errors import TiantangError
from tiantang.common.tasks import queue
from tiantang.summary.actions import draft_last_month, write_release
from tiantang.summary.models import Release


@queue.task()  # type: ignore[untyped-decorator]
def write_ordered(release_id: int) -> None:
    """Write an ordered release; its page shows how far it is, and why it failed if it did."""
    release = Release.objects.filter(pk=release_id).first()
    if release is None:
        return
    try:
        write_release(release=release)
    except TiantangError:
        return  # the reason is kept with the release


@queue.periodic_task(crontab(day="1", hour="1,5", minute="20"))  # type: ignore[untyped-decorator]
def draft_after_the_month() -> None:
    """On the first of a month, draft the summary of the one before; a second try changes nothing."""
    draft_last_month()
