"""The charts of the chapters, each made from figures and in the summary's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from math import ceil, floor

from django.utils.translation import pgettext

from tiantang.dashboards.days import ahead_of
from tiantang.dashboards.reading import is_duration, is_percent, label_of
from tiantang.metrics import query
from tiantang.metrics.periods import Grain, Period, period_of
from tiantang.metrics.query import Point, Where
from tiantang.metrics.registry import METRICS
from tiantang.summary.facts import Facts
from tiantang.summary.wording import unit_of
from tiantang.ui.charts.model import Chart, ChartKind, Series, SeriesRole

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
FEW_CASES = 10
FEW_POINTS = 7
"""Up to so many points a course is drawn as bars."""


def part_name(facts: Facts, day: date, by: Grain) -> str:
    """What a part of the period is called on an axis."""
    if by in ("day", "week"):
        return f"{day.month}/{day.day}" if facts.zh else f"{MONTHS[day.month - 1]}\u00a0{day.day}"
    if by == "month":
        return f"{day.month} 月" if facts.zh else MONTHS[day.month - 1]
    return period_of(day, by).label(facts.language)


def _axis_name(facts: Facts, day: date, by: Grain) -> str:
    """The same on a crowded axis: within one month the day alone."""
    return str(day.day) if by == "day" and facts.period.kind == "month" else part_name(facts, day, by)


def _noun(facts: Facts, metric: str) -> str:
    """The word after a chart's figures; in English the title has it, and "1 posts" is no English."""
    return unit_of(metric) if facts.zh or METRICS[metric].unit == "per_1000" else ""


def grain_word(by: Grain) -> str:
    """per day, per week, per month."""
    return {
        "day": pgettext("summary chart", "by day"),
        "week": pgettext("summary chart", "by week"),
        "month": pgettext("summary chart", "by month"),
        "quarter": pgettext("summary chart", "by quarter"),
        "half": pgettext("summary chart", "by half-year"),
        "year": pgettext("summary chart", "by year"),
    }[by]


def known(points: Sequence[Point]) -> list[Point]:
    """Finished parts that have a value."""
    return [point for point in points if point.value is not None and not point.partial]


def spark(points: Sequence[Point]) -> tuple[float | None, ...]:
    """The course for a tile."""
    return tuple(round(point.value, 6) for point in known(points) if point.value is not None)


def course(facts: Facts, metric: str, *, band: bool = False, board: int | None = None) -> Chart | None:
    """The metric through the period beside the one before; None when there is nothing to draw."""
    by = facts.grain
    points = _inside(facts.series(metric, by, board=board), facts.period)
    if by == "day" and is_percent(metric) and _thin(points):
        by = "week"
        points = _inside(facts.series(metric, by, board=board), facts.period)
    if not any(point.value for point in points):
        return None
    kind = ChartKind.BARS if len(points) <= FEW_POINTS else ChartKind.LINE
    series = [Series(facts.period.label(facts.language), _values(points))]
    before = facts.period.previous()
    earlier = _inside(facts.series(metric, by, before, board), before)
    if any(point.value for point in earlier):
        values = (*_values(earlier), *(None,) * len(points))[: len(points)]
        series.append(Series(before.label(facts.language), values, SeriesRole.PREVIOUS))
    if band and by == "day" and kind is ChartKind.LINE:
        series += _band(facts, metric, board)
    peak = max(known(points) or points, key=lambda point: point.value or 0)
    return Chart(
        kind=kind,
        title=f"{label_of(metric)} · {grain_word(by)}",
        summary=pgettext("summary chart", "{label}: highest in {when}.").format(
            label=label_of(metric), when=part_name(facts, peak.start, by)
        ),
        categories=tuple(_axis_name(facts, point.start, by) for point in points),
        series=tuple(series),
        unit=_noun(facts, metric),
        percent=is_percent(metric),
        duration=is_duration(metric),
        open_last=points[-1].partial,
        ahead=ahead_of(points),
        open_label=pgettext("summary chart", "running") if points[-1].partial else "",
        language=facts.language,
        note=pgettext("summary chart", "Band: usual range of the same weekday in the eight weeks before")
        if any(one.role is SeriesRole.BAND_LOW for one in series)
        else "",
    )


def _thin(points: Sequence[Point]) -> bool:
    """Whether most days have too few cases for a rate of their own."""
    return sum((point.denominator or 0) < FEW_CASES for point in points) > len(points) / 2


def _inside(points: Sequence[Point], period: Period) -> list[Point]:
    """Parts that begin in the period or reach into it, without those that have not begun."""
    return [point for point in points if point.end > period.start and point.start < period.end]


def _values(points: Sequence[Point]) -> tuple[float | None, ...]:
    return tuple(point.value for point in points)


def _band(facts: Facts, metric: str, board: int | None) -> list[Series]:
    days = query.usual_range(metric, facts.counted, Where(board=board))
    if sum(day.low is not None for day in days) < len(days) * 0.9:
        return []
    low = tuple(_whole(metric, day.low, floor) for day in days)
    high = tuple(_whole(metric, day.high, ceil) for day in days)
    return [
        Series(pgettext("summary chart", "usual range"), low, SeriesRole.BAND_LOW),
        Series(pgettext("summary chart", "usual range"), high, SeriesRole.BAND_HIGH),
    ]


def _whole(metric: str, value: float | None, rounded: Callable[[float], int]) -> float | None:
    """A limit of the usual range in whole people or posts, rounded outwards."""
    if value is None or METRICS[metric].unit != "count":
        return value
    return float(rounded(value))


def weekdays() -> list[str]:
    """Monday to Sunday, short."""
    return [
        pgettext("summary weekday", "Mon"),
        pgettext("summary weekday", "Tue"),
        pgettext("summary weekday", "Wed"),
        pgettext("summary weekday", "Thu"),
        pgettext("summary weekday", "Fri"),
        pgettext("summary weekday", "Sat"),
        pgettext("summary weekday", "Sun"),
    ]


def long_weekdays() -> list[str]:
    """Monday to Sunday, in full."""
    return [
        pgettext("summary weekday", "Monday"),
        pgettext("summary weekday", "Tuesday"),
        pgettext("summary weekday", "Wednesday"),
        pgettext("summary weekday", "Thursday"),
        pgettext("summary weekday", "Friday"),
        pgettext("summary weekday", "Saturday"),
        pgettext("summary weekday", "Sunday"),
    ]


def hours_map(facts: Facts, cells: dict[tuple[int, int], float]) -> Chart:
    """When people write, on the mean: a row for each weekday, a column for each hour."""
    return Chart(
        kind=ChartKind.HEATMAP,
        title=pgettext("summary chart", "Posts per hour, mean of each weekday"),
        summary=pgettext("summary chart", "The darker a cell, the more posts in that hour."),
        categories=tuple(str(hour) for hour in range(24)),
        series=tuple(
            Series(name, tuple(cells.get((day, hour)) for hour in range(24)))
            for day, name in enumerate(weekdays())
        ),
        unit=_noun(facts, "posts"),
        language=facts.language,
    )


def hours_chart(facts: Facts, by_hour: Mapping[int, float]) -> Chart:
    """When people write within a few days: a bar for each hour."""
    return Chart(
        kind=ChartKind.BARS,
        title=pgettext("summary chart", "Posts by hour"),
        summary=pgettext("summary chart", "The higher a bar, the more posts in that hour."),
        categories=tuple(str(hour) for hour in range(24)),
        series=(Series(facts.counted.label(facts.language), tuple(by_hour[hour] for hour in range(24))),),
        unit=_noun(facts, "posts"),
        language=facts.language,
    )


def rows_chart(
    facts: Facts, title: str, rows: Sequence[tuple[str, float]], *, highlight: int | None = None
) -> Chart:
    """Lying bars of counted members."""
    return Chart(
        kind=ChartKind.ROWS,
        title=title,
        summary=title,
        categories=tuple(name for name, _ in rows),
        series=(Series(pgettext("summary chart", "Members"), tuple(value for _, value in rows)),),
        unit=_noun(facts, "active_members"),
        highlight=highlight,
        language=facts.language,
    )
