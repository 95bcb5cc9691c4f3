"""Days, weeks and months as labels under a chart and in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol

from django.utils.translation import get_language, pgettext

from tiantang.metrics import clock
from tiantang.metrics.period_labels import MONTH_NAMES
from tiantang.metrics.periods import Period


class HasStart(Protocol):
    """A part of a course: a point, an interval, a period."""

    @property
    def start(self) -> date: ...


def _chinese() -> bool:
    return (get_language() or "").startswith("zh")


def short_day(day: date) -> str:
    """``11/26`` or ``26 Nov``."""
    return f"{day.month}/{day.day}" if _chinese() else f"{day.day} {MONTH_NAMES[day.month - 1][:3]}"


def short_part(start: date, grain: str) -> str:
    """The label of one part of a series: its first day, or its month."""
    if grain != "month":
        return short_day(start)
    return f"{start.year}/{start.month}" if _chinese() else f"{MONTH_NAMES[start.month - 1][:3]} {start.year}"


def long_day(day: date, *, year: bool) -> str:
    """``11 月 26 日``, with the year when asked for."""
    if _chinese():
        return f"{day.year} 年 {day.month} 月 {day.day} 日" if year else f"{day.month} 月 {day.day} 日"
    text = f"{day.day} {MONTH_NAMES[day.month - 1]}"
    return f"{text} {day.year}" if year else text


def ahead_of(parts: Sequence[HasStart]) -> int:
    """How many of the parts of a course have not begun: a chosen month reaches beyond today."""
    today = clock.today()
    return sum(part.start > today for part in parts)


def spoken(period: Period) -> str:
    """The period as its first and last day: 10 月 28 日至 11 月 26 日; years where needed."""
    last = period.end - timedelta(days=1)
    told = last.year != clock.today().year or period.start.year != last.year
    if period.days == 1:
        return long_day(last, year=told)
    apart = told and period.start.year != last.year
    first_year, last_year = (told, apart) if _chinese() else (apart, told)
    return pgettext("period", "%(first)s to %(last)s") % {
        "first": long_day(period.start, year=first_year),
        "last": long_day(last, year=last_year),
    }
