"""What is asked for, and the calendar the story runs on."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.utils import timezone

from tiantang.common.errors import TiantangError
from tiantang.common.time import day_start, site_day

SPRING_FESTIVALS = (
    date(2024, 2, 10),
    date(2025, 1, 29),
    date(2026, 2, 17),
    date(2027, 2, 6),
    date(2028, 1, 26),
    date(2029, 2, 13),
    date(2030, 2, 3),
    date(2031, 1, 23),
    date(2032, 2, 11),
)
"""First days of the lunar year: the days around them are quiet at first, then lively."""

LONG_HOLIDAYS = ((5, 1, 5), (10, 1, 7))
"""Month, first day, last day of the public holidays with a fixed date."""


@dataclass(frozen=True)
class Plan:
    """How large, how long, until when. ``now`` is a second count since 1970 after which nothing happens."""

    members: int
    posts: int
    months: int
    until: date
    seed: int
    now: int

    def stream(self, step: str) -> random.Random:
        """The random numbers of one step, untouched by what other steps draw."""
        return random.Random(f"{self.seed}/{self.until}/{step}")  # noqa: S311 - play, not secrets

    @cached_property
    def first_day(self) -> date:
        """The first of the month in which the community opens."""
        return shift_month(self.until.replace(day=1), 1 - self.months)

    @cached_property
    def days(self) -> list[date]:
        """Every day of the story."""
        return [self.first_day + timedelta(n) for n in range((self.until - self.first_day).days + 1)]

    @cached_property
    def midnights(self) -> list[int]:
        """The second at which each day begins in the site's zone."""
        return [int(day_start(day).timestamp()) for day in self.days]

    @cached_property
    def release_day(self) -> int:
        """Number of the day on which the big game comes out: the 18th, four months before the last."""
        return self._story_day(-4, 18)

    @cached_property
    def quarrel(self) -> tuple[int, int]:
        """First and last day number of the quarrel, two months before the last."""
        return self._story_day(-2, 6), self._story_day(-2, 27)

    def _story_day(self, month: int, day: int) -> int:
        found = (shift_month(self.until.replace(day=1), month).replace(day=day) - self.first_day).days
        return max(found, 0)

    def day_number(self, second: int) -> int:
        """Which day of the story a second falls on."""
        low, high = 0, len(self.midnights)
        while low < high:
            middle = (low + high) // 2
            if self.midnights[middle] <= second:
                low = middle + 1
            else:
                high = middle
        return low - 1

    def progress(self, day: int) -> float:
        """0 on the first day, 1 on the last."""
        return day / max(1, len(self.days) - 1)

    def mood(self, day: int) -> float:
        """How many more come than on a plain day: weekends, holidays, the release, the festival."""
        when = self.days[day]
        factor = (0.94, 0.92, 0.95, 0.97, 1.08, 1.22, 1.17)[when.weekday()]
        since = day - self.release_day
        if 0 <= since < 45:
            factor *= 1 + 0.75 * 0.93**since
        elif -6 <= since < 0:
            factor *= 1.15
        if any(when.month == m and first <= when.day <= last for m, first, last in LONG_HOLIDAYS):
            factor *= 1.18
        return factor * festival_factor(when)


def festival_factor(when: date) -> float:
    """People travel and eat before the lunar new year, then have a week to play."""
    for festival in SPRING_FESTIVALS:
        distance = (when - festival).days
        if -3 <= distance <= 1:
            return 0.55
        if 2 <= distance <= 9:
            return 1.25
    return 1.0


def shift_month(first: date, months: int) -> date:
    """The first of the month so many months later (or, negative, earlier)."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


def make_plan(
    *, members: int = 2000, posts: int = 40_000, months: int = 18, until: date | None = None, seed: int = 1
) -> Plan:
    """Check the wishes and fix the last second.

    Raises TiantangError when the numbers make no community.
    """
    if members < 40 or posts < members * 2 or not 7 <= months <= 60:
        raise TiantangError(
            "The sample community needs at least 40 members, two posts for each of them, and 7 to 60 months."
        )
    today = site_day(timezone.now())
    last = until or today
    if last > today:
        raise TiantangError(f"{last} has not come yet: --until takes a day up to {today}.")
    now = int(min(timezone.now(), day_start(last + timedelta(1))).timestamp()) - 1
    return Plan(members, posts, months, last, seed, now)


def at(second: int) -> datetime:
    """The aware instant of a second count."""
    return datetime.fromtimestamp(second, tz=timezone.get_default_timezone()).astimezone(_UTC)


_UTC = timezone.get_fixed_timezone(0)
