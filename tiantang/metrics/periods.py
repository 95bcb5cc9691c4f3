"""Stretches of site-local days: what a figure is asked for and what it is compared with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from tiantang.common.errors import TiantangError
from tiantang.metrics import clock

Kind = Literal["day", "week", "month", "quarter", "half", "year", "custom"]
Grain = Literal["day", "week", "month", "quarter", "half", "year"]
ONE_DAY = timedelta(days=1)
EARLIEST = date(1990, 1, 1)
"""Nobody kept a community on the web before; and the year before the year 1 is no date at all."""
LATEST = date(2199, 12, 31)
"""Far enough for every plan; beyond it calendars end, and a list of days would take minutes."""
MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}


class PeriodError(TiantangError):
    """A period that cannot be read; the text says what can."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Site-local days from ``start`` up to, not including, ``end``."""

    start: date
    end: date
    kind: Kind = "custom"

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise PeriodError(f"a period must end after it starts: {self.start} to {self.end}")

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days

    @property
    def last_day(self) -> date:
        return self.end - ONE_DAY

    def previous(self) -> Period:
        """The period before it: the calendar month before a month; equal length before a custom one."""
        if self.kind in MONTHS:
            return Period(add_months(self.start, -MONTHS[self.kind]), self.start, self.kind)
        return Period(self.start - (self.end - self.start), self.start, self.kind)

    def last_year(self) -> Period:
        """The same period a year ago; for a week the one 52 weeks ago, so that weekdays agree."""
        if self.kind == "week":
            return Period(self.start - timedelta(weeks=52), self.end - timedelta(weeks=52), "week")
        if self.kind in MONTHS:
            return Period(add_months(self.start, -12), add_months(self.end, -12), self.kind)
        start = add_months(self.start, -12)
        return Period(start, max(add_months(self.last_day, -12), start) + ONE_DAY, self.kind)

    def contains(self, day: date) -> bool:
        return self.start <= day < self.end

    def contains_today(self) -> bool:
        """True while it is running: it has begun and not ended."""
        return self.contains(clock.today())

    def is_partial(self) -> bool:
        """True while its last day is not over; also for a period that has not begun."""
        return self.end > clock.today()

    def finished_part(self) -> Period | None:
        """The days of it that are over, None when there are none."""
        today = clock.today()
        if self.end <= today:
            return self
        return Period(self.start, today) if self.start < today else None

    def first_days(self, count: int) -> Period:
        """Its first ``count`` days; itself when it has no more than that."""
        return self if count >= self.days else Period(self.start, self.start + timedelta(days=count))

    def weekdays(self) -> tuple[int, ...]:
        """How many Mondays, Tuesdays … Sundays it has: a month has five of some and four of others."""
        weeks, rest = divmod(self.days, 7)
        first = self.start.weekday()
        return tuple(weeks + ((day - first) % 7 < rest) for day in range(7))

    def split(self, by: Grain) -> list[Period]:
        """The calendar days, weeks (from Monday), months … that touch it, in order, uncut."""
        return list(_split(self, by))

    def label(self, language: str = "zh") -> str:
        """What people call it: 2018年8月, August 2018."""
        from tiantang.metrics.period_labels import label_of

        return label_of(self, language)

    @property
    def code(self) -> str:
        """The text that ``parse_period`` reads back."""
        year, month = self.start.year, self.start.month
        match self.kind:
            case "day":
                return self.start.isoformat()
            case "week":
                iso = self.start.isocalendar()
                return f"{iso.year}-W{iso.week:02d}"
            case "month":
                return f"{year:04d}-{month:02d}"
            case "quarter":
                return f"{year:04d}-Q{(month + 2) // 3}"
            case "half":
                return f"{year:04d}-H{1 if month == 1 else 2}"
            case "year":
                return f"{year:04d}"
        return f"{self.start.isoformat()}..{self.last_day.isoformat()}"


def add_months(day: date, months: int) -> date:
    """``day`` moved by whole months; the 31st becomes the month's last day where there is none."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (first_of_next - ONE_DAY).day))


def period_of(day: date, kind: Grain) -> Period:
    """The calendar period of that kind in which ``day`` lies."""
    return _period_of(day, kind)


@lru_cache(65_536)
def _period_of(day: date, kind: Grain) -> Period:
    if kind == "day":
        return Period(day, day + ONE_DAY, "day")
    if kind == "week":
        monday = day - timedelta(days=day.weekday())
        return Period(monday, monday + timedelta(days=7), "week")
    months = MONTHS[kind]
    start = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(start, add_months(start, months), kind)


def trailing(days: int, last_day: date) -> Period:
    """The ``days`` days that end with ``last_day``."""
    return Period(last_day - timedelta(days=days - 1), last_day + ONE_DAY)


def recognise(start: date, end: date) -> Period:
    """Days from ``start`` up to ``end`` as the calendar period they are, else as a custom one."""
    for kind in ("day", "week", "month", "quarter", "half", "year"):
        period = period_of(start, kind)
        if (period.start, period.end) == (start, end):
            return period
    return Period(start, end)


def _split(period: Period, by: Grain) -> Iterator[Period]:
    part = period_of(period.start, by)
    while part.start < period.end:
        yield part
        part = period_of(part.end, by)


_FORMS: tuple[tuple[str, str], ...] = (
    (r"(\d{4})", "year"),
    (r"(\d{4})-H([12])", "half"),
    (r"(\d{4})-Q([1-4])", "quarter"),
    (r"(\d{4})-W(\d{2})", "week"),
    (r"(\d{4})-(\d{2})", "month"),
    (r"(\d{4}-\d{2}-\d{2})", "day"),
    (r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})", "custom"),
)


def parse_period(text: str) -> Period:
    """Read ``2018``, ``2018-H2``, ``2018-Q3``, ``2018-W07``, ``2018-08``, ``2018-08-31`` or a range.

    A range is ``2018-03-12..2018-09-01``, both days inclusive. Raises PeriodError.
    """
    for form, kind in _FORMS:
        match = re.fullmatch(form, text.strip(), re.IGNORECASE)
        if match:
            try:
                period = _read(kind, *match.groups())
            except (ValueError, OverflowError) as error:  # no such day, or none after it
                raise PeriodError(f"{text!r} is not a date that exists") from error
            refuse_far_away(period, text)
            return period
    raise PeriodError(
        f"{text!r} is no period. Use 2018-08, 2018-Q3, 2018-H2, 2018, 2018-W07 or 2018-03-12..2018-09-01."
    )


def refuse_far_away(period: Period, text: str) -> None:
    """Raise PeriodError for a period that begins or ends where nobody counts; ``text`` is as it was asked."""
    if period.start < EARLIEST:
        raise PeriodError(f"{text!r} lies before {EARLIEST.year}, when there was nothing to count")
    if period.last_day > LATEST:
        raise PeriodError(f"{text!r} ends after {LATEST.year}; ask for an earlier end")


def _read(kind: str, first: str, second: str = "") -> Period:
    match kind:
        case "year":
            return period_of(date(int(first), 1, 1), "year")
        case "half":
            return period_of(date(int(first), int(second) * 6 - 5, 1), "half")
        case "quarter":
            return period_of(date(int(first), int(second) * 3 - 2, 1), "quarter")
        case "week":
            return period_of(date.fromisocalendar(int(first), int(second), 1), "week")
        case "month":
            return period_of(date(int(first), int(second), 1), "month")
        case "day":
            return period_of(date.fromisoformat(first), "day")
    start, last = date.fromisoformat(first), date.fromisoformat(second)
    if last < start:
        raise PeriodError(f"a period must end after it starts: {first}..{second}")
    return recognise(start, last + ONE_DAY)
