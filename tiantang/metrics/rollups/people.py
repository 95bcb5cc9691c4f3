"""Metrics made of sets of members: active, trailing, sticky, returning, retained."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from tiantang.metrics.answers import Cell, Where
from tiantang.metrics.periods import Period
from tiantang.metrics.rollups import store
from tiantang.metrics.rollups.bitmaps import (
    Activity,
    load_days,
    load_joined,
    trailing_sizes,
    union_of,
)
from tiantang.metrics.rollups.wanted import numbers_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from pyroaring import BitMap

WEEK = 7


@dataclass
class People:
    """The sets that some questions need, loaded once. ``today`` is the day that is not over."""

    connection: DuckDBPyConnection
    where: Where
    today: int
    needed: frozenset[int]
    _loaded: dict[Activity, dict[int, BitMap]] = field(default_factory=dict)
    _trailing: dict[int, dict[int, int]] = field(default_factory=dict)

    def days(self, activity: Activity = Activity.ACTIVE) -> dict[int, BitMap]:
        """Who did so on each needed day."""
        if activity not in self._loaded:
            self._loaded[activity] = load_days(self.connection, activity, self.where, self.needed)
        return self._loaded[activity]

    @cached_property
    def joined(self) -> dict[int, BitMap]:
        """Members by the day of their first sign-up."""
        return load_joined(self.connection, self.where)

    def active(self, period: Period) -> BitMap:
        """Everyone active in the period."""
        return union_of(self.days(), store.number_of(period.start), store.number_of(period.end))

    def new(self, period: Period) -> BitMap:
        """Everyone who joined in the period."""
        return union_of(self.joined, store.number_of(period.start), store.number_of(period.end))

    def trailing(self, width: int) -> Mapping[int, int]:
        """For each needed day the people of the ``width`` days that end with it."""
        if width not in self._trailing:
            sizes: dict[int, int] = {}
            for start, end in _stretches(self.needed):
                sizes |= trailing_sizes(self.days(), width, start, end)
            self._trailing[width] = sizes
        return self._trailing[width]


def counted_days(period: Period, today: int) -> list[int]:
    """Days a mean is taken over: those that are over; the first one also while it runs."""
    start = store.number_of(period.start)
    return [number for number in numbers_of(period) if number < today or number == start <= today]


def _stretches(numbers: frozenset[int]) -> list[tuple[int, int]]:
    """(start, end) of the gapless stretches of some numbers."""
    found: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if found and found[-1][1] == number:
            found[-1] = (found[-1][0], number + 1)
        else:
            found.append((number, number + 1))
    return found


def _distinct(activity: Activity) -> Callable[[People, Period], Cell]:
    def read(people: People, period: Period) -> Cell:
        return _size(len(union_of(people.days(activity), *_bounds(period))))

    return read


def _bounds(period: Period) -> tuple[int, int]:
    return store.number_of(period.start), store.number_of(period.end)


def _size(count: int) -> Cell:
    return Cell(float(count), float(count), None, count)


def _dau(people: People, period: Period) -> Cell:
    days = people.days()
    counted = counted_days(period, people.today)
    total = sum(len(days[number]) for number in counted if number in days)
    return Cell(total / len(counted) if counted else None, float(total), float(len(counted)), len(counted))


def _window(width: int) -> Callable[[People, Period], Cell]:
    def read(people: People, period: Period) -> Cell:
        last = min(store.number_of(period.last_day), people.today)
        return _size(people.trailing(width).get(last, 0))

    return read


def _stickiness(people: People, period: Period) -> Cell:
    days, months = people.days(), people.trailing(30)
    shares = [
        (len(days[number]) if number in days else 0) / months[number]
        for number in counted_days(period, people.today)
        if months.get(number)
    ]
    total = sum(shares)
    if not shares:
        return Cell(None, 0.0, 0.0, 0)
    return Cell(total / len(shares), total, float(len(shares)), len(shares))


def _new(people: People, period: Period) -> Cell:
    return _size(len(people.new(period)))


def _returning(people: People, period: Period) -> Cell:
    both = people.active(period) & people.active(period.previous())
    return _size(len(both - people.new(period)))


def _resurrecting(people: People, period: Period) -> Cell:
    back = people.active(period) - people.active(period.previous())
    return _size(len(back - people.new(period)))


def _dormant(people: People, period: Period) -> Cell:
    return _size(len(people.active(period.previous()) - people.active(period)))


def _retention(people: People, period: Period) -> Cell:
    size = back = 0
    start, end = _bounds(period)
    monday = start - store.day_of(start).weekday()
    while monday < end:
        if monday + 2 * WEEK <= people.today:
            cohort = union_of(people.joined, max(monday, start), min(monday + WEEK, end))
            size += len(cohort)
            if cohort:
                back += len(cohort & union_of(people.days(), monday + WEEK, monday + 2 * WEEK))
        monday += WEEK
    return Cell(back / size if size else None, float(back), float(size), size)


ACTIVITY_OF: Mapping[str, Activity] = {
    "active_members": Activity.ACTIVE,
    "contributing_members": Activity.CONTRIBUTING,
    "engaged_members": Activity.ENGAGED,
}
"""Metrics that are the number of people of one activity."""
READERS: Mapping[str, Callable[[People, Period], Cell]] = {
    "dau": _dau,
    "wau": _window(7),
    "mau": _window(30),
    "stickiness": _stickiness,
    **{name: _distinct(activity) for name, activity in ACTIVITY_OF.items()},
    "new_members": _new,
    "returning_members": _returning,
    "resurrecting_members": _resurrecting,
    "dormant_members": _dormant,
    "retention": _retention,
}
BEFORE: Mapping[str, int] = {"wau": 6, "mau": 29, "stickiness": 29}
"""Days before the period that a metric looks at."""


def gather(
    connection: DuckDBPyConnection, names: Sequence[str], periods: Sequence[Period], where: Where, today: date
) -> People:
    """The sets for some metrics in some periods."""
    needed: set[int] = set()
    for period in periods:
        for name in names:
            needed.update(_needed(name, period))
    return People(connection, where, store.number_of(today), frozenset(needed))


def _needed(name: str, period: Period) -> range:
    start, end = _bounds(period)
    if name in ("returning_members", "resurrecting_members", "dormant_members"):
        return range(store.number_of(period.previous().start), end)
    if name == "retention":
        return range(start, end + 2 * WEEK)
    return range(start - BEFORE.get(name, 0), end)
