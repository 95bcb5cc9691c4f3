"""Site-local days and hours of an event in SQL, exact through every change of the clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from tiantang.common.time import instant_of

HOUR_US = 3_600_000_000
DAY_US = 24 * HOUR_US


def offset_changes(start_us: int, end_us: int, zone: ZoneInfo) -> list[tuple[int, int]]:
    """(instant, offset in µs from it on): the range's start, then every change of the clock in it."""
    changes = [(start_us, _offset_us(start_us, zone))]
    probe = start_us
    while probe < end_us:
        following = min(probe + DAY_US, end_us)
        if _offset_us(following, zone) != changes[-1][1]:
            turn = _first_instant(probe, following, changes[-1][1], zone)
            changes.append((turn, _offset_us(turn, zone)))
        probe = following
    return changes


def _offset_us(instant_us: int, zone: ZoneInfo) -> int:
    local: datetime = instant_of(instant_us).astimezone(zone)
    return (local.utcoffset() or timedelta(0)) // timedelta(microseconds=1)


def _first_instant(low: int, high: int, old: int, zone: ZoneInfo) -> int:
    """The first whole second after ``low`` (old offset) and up to ``high`` with another offset."""
    while high - low > 1_000_000:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset_us(middle, zone) == old else (low, middle)
    return high // 1_000_000 * 1_000_000


def local_us_sql(column: str, start_us: int, end_us: int, zone: ZoneInfo) -> str:
    """SQL for an instant's site-local wall clock as microseconds; valid for instants in the range."""
    changes = offset_changes(start_us, end_us, zone)
    expression = f"({column} + {changes[-1][1]})"
    if len(changes) == 1:
        return expression
    steps = " ".join(
        f"WHEN {column} < {turn} THEN {column} + {offset}" for (_, offset), (turn, _) in pairwise(changes)
    )
    return f"(CASE {steps} ELSE {column} + {changes[-1][1]} END)"


def local_hours_sql(column: str, start_us: int, end_us: int, zone: ZoneInfo) -> str:
    """SQL for whole site-local hours since 1970."""
    return f"(({local_us_sql(column, start_us, end_us, zone)}) // {HOUR_US})"


def local_days_sql(column: str, start_us: int, end_us: int, zone: ZoneInfo) -> str:
    """SQL for the site-local day number since 1970."""
    return f"(({local_us_sql(column, start_us, end_us, zone)}) // {DAY_US})"


__all__ = ["local_days_sql", "local_hours_sql", "local_us_sql", "offset_changes"]
