"""How much is due in each duty, for the navigation of every console page."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.cache import cache

from tiantang.community.moderation.models import Report
from tiantang.dashboards.desks.content import CONTENT
from tiantang.dashboards.desks.data import DATA
from tiantang.dashboards.desks.desk import Desk, Due
from tiantang.dashboards.desks.events import EVENTS
from tiantang.dashboards.desks.members import MEMBERS
from tiantang.dashboards.desks.technology import TECHNOLOGY

DUTIES: dict[str, Desk] = {desk.key: desk for desk in (CONTENT, EVENTS, MEMBERS, DATA, TECHNOLOGY)}
"""The five duties in the order of the navigation."""
KEPT_S = 60


def counts() -> dict[str, int]:
    """Things due by duty, at most a minute old; reports as they are now."""
    keys = {duty: _key(duty) for duty in DUTIES}
    kept: dict[str, int] = cache.get_many(keys.values())
    return {
        duty: kept[keys[duty]] if keys[duty] in kept else note(duty, desk.due())
        for duty, desk in DUTIES.items()
    }


def note(duty: str, due: Sequence[Due]) -> int:
    """Remember what a desk has just found, so that the navigation says the same."""
    count = sum(one.count for one in due)
    if duty in DUTIES:
        cache.set(_key(duty), count, KEPT_S)
    return count


def _key(duty: str) -> str:
    """Another as soon as a report is made or decided: the queue says its own number beside the navigation."""
    if duty != MEMBERS.key:
        return f"dashboards.due.{duty}"
    return f"dashboards.due.{duty}.{Report.objects.open().count()}"
