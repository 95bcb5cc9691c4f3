"""The last seven days of a desk's figures, day by day."""

from __future__ import annotations

from dataclasses import dataclass

from tiantang.dashboards.cards import figure_address
from tiantang.dashboards.days import short_day
from tiantang.dashboards.filters import Filters
from tiantang.dashboards.kept import kept
from tiantang.dashboards.panels.participation import weekday_names
from tiantang.dashboards.reading import label_of, value_text
from tiantang.metrics import clock, query
from tiantang.metrics.periods import trailing

DAYS = 7


@dataclass(frozen=True, slots=True)
class Day:
    """The head of a column; ``running`` for today."""

    weekday: str
    day: str
    running: bool


@dataclass(frozen=True, slots=True)
class WeekRow:
    """A figure with its days."""

    name: str
    address: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Week:
    days: tuple[Day, ...]
    rows: tuple[WeekRow, ...]


def week_of(metrics: tuple[str, ...]) -> Week:
    """Today and the six days before, kept as long as their figures stand."""
    filters = Filters(trailing(DAYS, clock.today()), "7d")
    return kept("week", filters, {"metrics": " ".join(metrics)}, lambda: _week(metrics, filters))


def _week(metrics: tuple[str, ...], filters: Filters) -> Week:
    today, names = clock.today(), weekday_names()
    starts = [part.start for part in filters.period.split("day")]
    days = tuple(Day(names[day.weekday()], short_day(day), day == today) for day in starts)
    return Week(days, tuple(_row(metric, filters) for metric in metrics))


def _row(metric: str, filters: Filters) -> WeekRow:
    points = query.series(metric, filters.period, "day", filters.where)
    values = tuple(value_text(metric, point.value, unit=False) for point in points)
    return WeekRow(label_of(metric), figure_address(metric, filters), values)
